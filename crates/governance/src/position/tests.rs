use crate::{CheckOptions, Input, InputFile, LoadOptions, Policies, PolicyFile, check};

const POLICY: &str = "\
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  tier: application
  order: 100
  selector: all()
  ingress:
    - action: Allow
      destination: {ports: [8080, 9000]}
    - action: Deny
  egress:
    - action: Allow
      destination: {nets: ['10.0.0.0/8', 0.0.0.0/0]}
";

/// Path and text under the only finding.
fn place(module: &str) -> (String, String) {
    let files = [PolicyFile::new(
        "x.rego",
        format!("package main\n{module}\n"),
    )];
    let (policies, problems) = Policies::load(&files, &[], &LoadOptions::default());
    assert_eq!(problems, []);
    let input = Input::parse(&InputFile {
        path: "a.yaml".into(),
        text: POLICY.into(),
        parser: None,
    })
    .unwrap_or_else(|problem| panic!("{problem:?}"));
    let report = check(&policies, &[input], &CheckOptions::default());
    assert_eq!(report.errors, []);
    let found = report.results[0].failures.first();
    let found = found.and_then(|finding| finding.place.as_ref());
    let found = found.unwrap_or_else(|| panic!("{report:?}"));
    (found.path.to_string(), found.span.of(POLICY).to_owned())
}

fn is(module: &str, path: &str, text: &str) {
    assert_eq!(place(module), (path.to_owned(), text.to_owned()));
}

#[test]
fn a_named_field_is_taken_at_its_word() {
    is(
        r#"deny contains {"msg": "a", "path": "spec.selector"}"#,
        "spec.selector",
        "all()",
    );
    is(
        r#"violation contains {"msg": "a", "details": {"field": "/spec/ingress/1/action"}}"#,
        "spec.ingress[1].action",
        "Deny",
    );
    is(
        r#"deny contains {"msg": "a", "path": ["spec", "egress", 0, "destination", "nets", 1]}"#,
        "spec.egress[0].destination.nets[1]",
        "0.0.0.0/0",
    );
}

#[test]
fn the_field_that_is_compared() {
    is(
        r#"deny contains msg if {
  input.kind == "NetworkPolicy"
  input.spec.order < 500
  msg := sprintf("%s is too early", [input.metadata.name])
}"#,
        "spec.order",
        "100",
    );
}

#[test]
fn an_item_of_a_list_by_its_value() {
    is(
        r#"deny contains msg if {
  some rule in input.spec.egress
  some net in rule.destination.nets
  net == "0.0.0.0/0"
  msg := sprintf("%s is the internet", [net])
}"#,
        "spec.egress[0].destination.nets[1]",
        "0.0.0.0/0",
    );
}

#[test]
fn an_item_of_a_list_by_its_number() {
    is(
        r#"deny contains msg if {
  rule := input.spec.ingress[i]
  rule.action == "Deny"
  msg := sprintf("ingress[%d] denies", [i])
}"#,
        "spec.ingress[1].action",
        "Deny",
    );
}

#[test]
fn through_helpers() {
    is(
        "too_early if input.spec.order < 500\n\ndeny contains \"order is too low\" if too_early",
        "spec.order",
        "100",
    );
    is(
        "deny contains \"no tier of ours\" if object.get(input.spec, \"tier\", \"default\") != \"platform\"",
        "spec.tier",
        "application",
    );
}

#[test]
fn what_is_missing_stands_at_its_parent() {
    is(
        r#"deny contains "types missing" if not input.spec.types"#,
        "spec.types",
        "tier",
    );
    is(
        r#"deny contains "no owner" if not input.metadata.annotations.owner"#,
        "metadata.annotations.owner",
        "name",
    );
}

#[test]
fn nothing_to_go_by_is_the_document() {
    is(r#"deny contains "always""#, "", "apiVersion");
}
