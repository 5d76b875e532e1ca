use serde_json::{Value, json};

use super::{Selection, evaluate};
use crate::{Input, InputFile, LoadOptions, Policies, PolicyFile};

const REGO: &str = "package main\n\nimport rego.v1\n\nleast := 500\n\ndeny contains msg if {\n\torder := input.spec.order\n\torder < least\n\tsome rule in input.spec.ingress\n\tmsg := sprintf(\"%v\", [rule.action])\n}\n";
const DOCUMENT: &str = "spec: {order: 320, ingress: [{action: Allow}, {action: Deny}]}\n";

fn values(chosen: &str) -> Result<Vec<Value>, String> {
    let options = LoadOptions {
        by_definition: true,
        ..LoadOptions::default()
    };
    let (policies, problems) = Policies::load(&[PolicyFile::new("a.rego", REGO)], &[], &options);
    assert_eq!(problems, []);
    let file = InputFile {
        path: "a.yaml".into(),
        text: DOCUMENT.into(),
        parser: None,
    };
    let input = Input::parse(&file).unwrap();
    let from = REGO.find(chosen).unwrap();
    let selection = Selection {
        path: "a.rego",
        range: (from, from + chosen.len()),
    };
    evaluate(&policies, selection, &input).map_err(|problem| problem.diagnostic.message)
}

#[test]
fn an_expression_has_its_value_and_may_use_what_stands_before_it() {
    assert_eq!(values("input.spec.order"), Ok(vec![json!(320)]));
    assert_eq!(values("least"), Ok(vec![json!(500)]));
    assert_eq!(values("order < least"), Ok(vec![json!(true)]));
    assert_eq!(
        values("rule.action"),
        Ok(vec![json!("Allow"), json!("Deny")])
    );
    assert_eq!(
        values("some rule in input.spec.ingress"),
        Ok(vec![json!(true)])
    );
    assert_eq!(values("deny"), Ok(vec![json!(["Allow", "Deny"])]));
}

#[test]
fn what_is_no_expression_is_said() {
    assert!(values("contains msg if {").is_err());
}
