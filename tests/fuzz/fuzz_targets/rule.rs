//! Any text is read as a one-line rule without panic; an error points into it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tierwalk_template::{parse_rule, split_rules};

fuzz_target!(|text: &str| {
    for (offset, rule) in split_rules(text) {
        assert_eq!(text.get(offset..offset + rule.len()), Some(rule));
        match parse_rule(rule) {
            Ok(rule) => {
                rule.describe(true);
            }
            Err(error) => assert!(rule.get(error.span.range()).is_some(), "{error:?}"),
        }
    }
});
