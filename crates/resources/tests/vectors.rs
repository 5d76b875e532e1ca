//! Verdicts of Calico's own code on 694 resources (`tests/conformance/validation.json`).

use serde::Deserialize;
use tierwalk_resources::conform::{create, is_about};

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    resource: String,
    #[serde(default)]
    tiers: Vec<String>,
    accepted: bool,
    errors: Vec<Expected>,
    #[serde(default)]
    lenient: bool,
}

#[derive(Deserialize)]
struct Expected {
    field: String,
}

/// What is wrong with our verdict on a case.
fn difference(case: &Case) -> Option<String> {
    let refusals = create(&case.resource, &case.tiers);
    let said: Vec<_> = refusals
        .iter()
        .map(|it| format!("{}: {}", it.path, it.message))
        .collect();
    if refusals.is_empty() != case.accepted && !case.lenient {
        return Some(format!(
            "{}: accepted should be {}, {said:?}",
            case.name, case.accepted
        ));
    }
    let placed = refusals.iter().any(|refusal| {
        case.errors
            .iter()
            .any(|expected| is_about(refusal, &expected.field))
    });
    let fields: Vec<_> = case.errors.iter().map(|expected| &expected.field).collect();
    (!refusals.is_empty() && !case.lenient && !placed).then(|| {
        format!(
            "{}: wrong place, wanted {fields:?}, found {said:?}",
            case.name
        )
    })
}

#[test]
fn verdicts_are_calicos() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/conformance/validation.json"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let vectors: Vectors = serde_json::from_str(&text).unwrap();
    let differences: Vec<_> = vectors.cases.iter().filter_map(difference).collect();
    assert_eq!(vectors.cases.len(), 694);
    assert!(
        differences.is_empty(),
        "{}\n{}",
        differences.len(),
        differences.join("\n")
    );
}
