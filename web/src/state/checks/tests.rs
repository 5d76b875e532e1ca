use std::rc::Rc;

use tierwalk_protocol::{
    Analysis, FileSummary, Place,
    checks::{Check, CheckReport, Finding},
};

use crate::{
    checker::Event,
    engine,
    shared::Shared,
    state::{Effect, Middle, Model, Msg, checks, files::Files},
};

const REGO: &str = "package main\n\ndeny[\"no\"] { true }\n";
const YAML: &str = "spec:\n  order: 320\n";

fn place(line: u32, from: u32, to: u32) -> Place {
    Place {
        file: "a.yaml".into(),
        line,
        column: 10,
        from,
        to,
    }
}

fn report() -> CheckReport {
    CheckReport {
        checks: vec![Check {
            id: "order".into(),
            fails: 1,
            on: true,
            ..Check::default()
        }],
        findings: vec![Finding {
            message: "no".into(),
            rule: "deny".into(),
            place: place(2, 15, 18),
            ..Finding::default()
        }],
        ..CheckReport::default()
    }
}

fn model() -> Model {
    let file = |path: &str, text: &str| tierwalk_protocol::File {
        path: path.into(),
        text: text.into(),
    };
    Model {
        files: Files::from(vec![file("a.yaml", YAML), file("order.rego", REGO)]),
        open: "a.yaml".into(),
        ..Model::default()
    }
}

fn analysed(model: &mut Model) -> Vec<Effect> {
    let files = vec![FileSummary {
        path: "a.yaml".into(),
        ..FileSummary::default()
    }];
    let analysis = Rc::new(Analysis {
        files,
        ..Analysis::default()
    });
    model.update(Msg::Engine(engine::Event::Analysis {
        revision: 1,
        analysis,
    }))
}

fn reported(model: &mut Model) {
    let event = Event::Report(Rc::new(report()), model.files.clone());
    model.update(checks::Msg::Heard(event).into());
}

#[test]
fn checks_are_asked_once_the_engine_has_answered_and_only_where_there_are_some() {
    let mut model = model();
    assert!(analysed(&mut model).contains(&Effect::Check));
    let mut without = Model {
        files: model.files.without("order.rego"),
        ..Model::default()
    };
    assert!(!analysed(&mut without).contains(&Effect::Check));
}

#[test]
fn findings_are_problems_of_their_file_and_move_with_its_text() {
    let mut model = model();
    analysed(&mut model);
    reported(&mut model);
    assert_eq!(model.analysis.diagnostics[0].place, place(2, 15, 18));
    assert_eq!(model.analysis.files[0].errors, 1);
    let text = format!("# more\n{YAML}");
    model.update(Msg::Typed {
        path: "a.yaml".into(),
        text: text.into(),
        at: 0.0,
    });
    analysed(&mut model);
    assert_eq!(model.analysis.diagnostics[0].place, place(3, 22, 25));
    assert_eq!(model.analysis.diagnostics.len(), 1, "told once");
}

#[test]
fn without_checks_nothing_is_left_of_them() {
    let mut model = model();
    analysed(&mut model);
    reported(&mut model);
    model.files = model.files.without("order.rego");
    let effects = analysed(&mut model);
    assert!(effects.contains(&Effect::RestChecker) && model.analysis.diagnostics.is_empty());
}

#[test]
fn a_policy_opens_the_checks_and_a_manifest_leaves_them_as_they_are() {
    let mut model = model();
    analysed(&mut model);
    reported(&mut model);
    model.update(Msg::Open("order.rego".into()));
    assert_eq!(model.middle(), Middle::Checks);
    model.update(Msg::Open("a.yaml".into()));
    assert_eq!(model.middle(), Middle::Checks);
    assert!(model.chosen_finding().is_some());
}

#[test]
fn an_expression_is_forgotten_when_its_text_changes() {
    let mut model = model();
    analysed(&mut model);
    reported(&mut model);
    model.checks.object = Some("a.yaml#0".into());
    let evaluate = checks::Msg::Evaluate("order.rego".into(), 19, 23);
    let effects = model.update(evaluate.into());
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Evaluate(_)))
    );
    assert!(model.checks.evaluated.is_some());
    model.files = model.files.with("order.rego", "package main\n");
    reported(&mut model);
    assert!(model.checks.evaluated.is_none());
    let _: Option<Shared<CheckReport>> = model.checks.report.clone();
}
