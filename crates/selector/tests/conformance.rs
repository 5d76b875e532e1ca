//! Every selector vector: validity, canonical form, matches and Calico's message.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use serde::Deserialize;
use tierwalk_selector::Selector;

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    selector: String,
    valid: bool,
    canonical: Option<String>,
    #[serde(default)]
    labels: Vec<BTreeMap<String, String>>,
    #[serde(default)]
    matches: Vec<bool>,
    error: Option<String>,
}

fn vectors() -> Vec<Case> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/conformance/selectors.json"
    );
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str::<Vectors>(&text).unwrap().cases
}

#[test]
fn calico_agrees_on_every_vector() {
    let cases = vectors();
    assert_eq!(cases.len(), 1500);
    for case in cases {
        let text = &case.selector;
        match Selector::parse(text) {
            Ok(selector) => {
                assert!(case.valid, "{text:?} must not parse");
                assert_eq!(Some(selector.canonical()), case.canonical, "{text:?}");
                let matches: Vec<bool> = case
                    .labels
                    .iter()
                    .map(|labels| selector.matches(labels))
                    .collect();
                assert_eq!(matches, case.matches, "{text:?}");
            }
            Err(error) => {
                assert!(!case.valid, "{text:?} must parse: {error}");
                assert_eq!(Some(error.message), case.error, "{text:?}");
            }
        }
    }
}
