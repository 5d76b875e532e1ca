//! Hostile sizes: a clear answer, quickly, on the small stack that a web worker may have.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use tierwalk_selector::{MAX_NESTING, Selector};

/// Runs on a stack of 256 KB, and within a time that allows for a slow machine without optimisation.
fn confined(work: impl FnOnce() + Send + 'static) {
    let start = Instant::now();
    let thread = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(work);
    thread.unwrap().join().unwrap();
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "took {:?}",
        start.elapsed()
    );
}

/// Does everything that can be done with a selector.
fn use_fully(text: &str) -> Selector {
    let labels = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
    let selector = Selector::parse(text).unwrap();
    let explanation = selector.explain(&labels);
    assert_eq!(explanation.matches, selector.matches(&labels));
    selector.necessary();
    assert_eq!(
        selector.prefixed("").with_all_as_has("a").atoms().len(),
        selector.atoms().len()
    );
    assert_eq!(
        Selector::parse(&selector.canonical())
            .unwrap()
            .matches(&labels),
        explanation.matches
    );
    selector
}

#[test]
fn the_deepest_nesting_works_on_a_small_stack() {
    confined(|| {
        let open = "(!(has(x) || has(y)) && !".repeat(MAX_NESTING / 2);
        let text = format!("{open}has(a){}", ")".repeat(MAX_NESTING / 2));
        use_fully(&text);
        use_fully(&format!(
            "{}a == 'b'{}",
            "!(".repeat(MAX_NESTING),
            ")".repeat(MAX_NESTING)
        ));
    });
}

#[test]
fn deeper_nesting_is_refused() {
    let depth = MAX_NESTING + 1;
    let text = format!("{}has(a){}", "(".repeat(depth), ")".repeat(depth));
    let error = Selector::parse(&text).unwrap_err();
    assert_eq!(error.message, "more than 512 nested parentheses");
    assert_eq!(error.offset, MAX_NESTING);
}

#[test]
fn a_hundred_thousand_of_anything_is_answered() {
    for piece in [
        "!", "(", ")", "!(", "{", "'", "\"", "a", "a ", "=", "==", "&&", "has(", "has(a) ", ",",
        "\n", "é", "[",
    ] {
        confined(move || {
            let text = piece.repeat(100_000);
            assert!(Selector::parse(&text).is_err());
            assert!(Selector::parse(&format!("a in {text}")).is_err());
        });
    }
}

#[test]
fn an_even_number_of_negations_is_none() {
    confined(|| {
        let text = format!("{}has(a)", "!".repeat(100_000));
        assert_eq!(use_fully(&text).canonical(), "has(a)");
    });
}

#[test]
fn selectors_of_100_kb_work() {
    confined(|| {
        use_fully(&["a == 'b'"; 9_000].join(" && "));
        use_fully(&["a == 'b'"; 9_000].join(" || "));
        use_fully(&["a == 'b' && !(c != 'd' || has(e))"; 2_800].join(" || "));
        let values: Vec<String> = (0..12_000).map(|value| format!("'{value}'")).collect();
        use_fully(&format!("a in {{{}}}", values.join(", ")));
    });
}
