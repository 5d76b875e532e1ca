//! Any text is a selector or an error with a place in it; a selector keeps its meaning when printed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tierwalk_selector::{ParseError, Selector};

fuzz_target!(|text: &str| {
    match Selector::parse(text) {
        Ok(selector) => check_selector(&selector),
        Err(error) => check_error(text, &error),
    }
});

fn check_selector(selector: &Selector) {
    let again = Selector::parse(&selector.canonical()).expect("the canonical form parses");
    for labels in [vec![], vec![("a", "b")], vec![("a", ""), ("app", "web"), ("in", "x")]] {
        let explanation = selector.explain(&labels);
        assert_eq!(explanation.matches, selector.matches(&labels));
        assert_eq!(explanation.matches, again.matches(&labels));
    }
    let _ = (selector.necessary(), selector.prefixed("pcns."));
}

fn check_error(text: &str, error: &ParseError) {
    assert!(text.get(error.offset..error.offset + error.len).is_some(), "{error:?}");
    if let Some(fix) = &error.fix {
        assert!(text.get(fix.range.clone()).is_some(), "{error:?}");
    }
}
