use serde::Deserialize;

use crate::{Document, decode};

#[derive(Debug, Deserialize)]
struct Spec {
    order: Option<f64>,
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    action: String,
}

fn read(text: &str) -> crate::Decoded<Spec> {
    decode(&Document::parse(text).root.expect("a root"))
}

#[test]
fn reads_typed_data() {
    let decoded = read("order: 5\nrules: [{action: Allow}]");
    let spec = decoded.value.unwrap();
    assert_eq!(
        (spec.order, spec.rules[0].action.as_str()),
        (Some(5.0), "Allow")
    );
}

#[test]
fn an_error_names_its_path() {
    let error = read("rules: [{action: Allow}, {action: [x]}]")
        .value
        .unwrap_err();
    assert_eq!(error.path.to_string(), "rules[1].action");
}

#[test]
fn unknown_fields_are_listed() {
    let decoded = read("odrer: 5\nrules: [{action: Allow, to: {}}]");
    let unknown: Vec<_> = decoded.unknown.iter().map(ToString::to_string).collect();
    assert!(decoded.value.is_ok());
    assert_eq!(unknown, ["odrer", "rules[0].to"]);
}
