use std::rc::Rc;

use tierwalk_governance::{Input, InputFile, LoadOptions, Namespaces, Policies, PolicyFile, reach};

use super::Reached;

const REGO: &str = "package main

import rego.v1

least := 500

deny contains msg if {
  input.kind == \"NetworkPolicy\"
  input.spec.order < least
  not exempt
  msg := sprintf(\"%v\", [input.spec.order])
}

exempt if {
  input.metadata.name == \"old\"
}

warn contains \"never\" if {
  input.kind == \"Nothing\"
  input.spec
}
";

#[test]
fn each_line_says_how_often_it_held() {
    let options = LoadOptions {
        by_definition: true,
        ..LoadOptions::default()
    };
    let (policies, problems) = Policies::load(&[PolicyFile::new("a.rego", REGO)], &[], &options);
    assert_eq!(problems, []);
    let inputs = [
        "{kind: NetworkPolicy, metadata: {name: a}, spec: {order: 320}}",
        "{kind: NetworkPolicy, metadata: {name: old}, spec: {order: 320}}",
        "{kind: NetworkPolicy, metadata: {name: b}, spec: {order: 600}}",
        "{kind: Pod, metadata: {name: c}}",
    ];
    let inputs = inputs.map(|text| {
        let file = InputFile {
            path: "a.yaml".into(),
            text: text.into(),
            parser: None,
        };
        Input::parse(&file).unwrap()
    });
    let inputs: Vec<&Input> = inputs.iter().collect();
    let reached = reach(&policies, &inputs, &Namespaces::All);
    let reached: Vec<_> = reached.into_iter().map(Rc::new).collect();
    let reached = Reached::of("a.rego", &reached);
    let module = &policies.modules()[0];
    let lines = reached.lines(module);
    let lines: Vec<_> = lines
        .iter()
        .map(|it| (it.line, it.held, it.asked))
        .collect();
    assert_eq!(
        lines,
        [
            (5, 3, 3),
            (7, 1, 4),
            (8, 3, 4),
            (9, 2, 3),
            (10, 1, 2),
            (11, 1, 1),
            (14, 1, 2),
            (15, 1, 2),
            (18, 0, 4),
            (19, 0, 4),
            (20, 0, 0),
        ]
    );
    let bodies = |rule: &'static str| module.bodies.iter().filter(move |body| body.rule == rule);
    assert_eq!(reached.applies(bodies("deny")), 2);
}
