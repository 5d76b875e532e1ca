mod admission;
mod fixes;
mod storefront;

use std::time::Duration;

use tierwalk_protocol::checks::{CheckReport, CheckView, FindingLevel};

use crate::Checker;

const ORDER: &str = "package main

import rego.v1

# METADATA
# title: Application order is 500 or more
# custom:
#   id: order
deny_order contains finding if {
  input.kind == \"NetworkPolicy\"
  input.spec.order < data.params.least
  finding := {
    \"msg\": sprintf(\"%s: order %v is below %v\", [input.metadata.name, input.spec.order, data.params.least]),
    \"path\": \"/spec/order\",
    \"want\": data.params.least,
  }
}
";
const PARAMS: &str = "params:\n  least: 500\n";
const POLICY: &str = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: a\n  namespace: shop\n  annotations: {owner: team-shop}\nspec:\n  order: 320\n---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: b\n  namespace: shop\nspec:\n  order: 600\n";

fn checker(files: &[(&str, &str)]) -> Checker {
    let mut checker = Checker::new(|| Duration::ZERO);
    edit(&mut checker, files);
    checker
}

fn edit(checker: &mut Checker, files: &[(&str, &str)]) {
    let files = files.iter();
    checker.edit(
        files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())),
        &[],
    );
}

fn report(checker: &mut Checker) -> CheckReport {
    checker.check(&CheckView {
        coverage: true,
        object: None,
        // 2026-11-21
        now: 1_795_219_200_000.0,
        apply: None,
    })
}

fn storefront() -> Checker {
    checker(&[
        ("checks/order.rego", ORDER),
        ("checks/params.yaml", PARAMS),
        ("policies/a.yaml", POLICY),
    ])
}

#[test]
fn a_finding_has_its_check_its_line_and_a_fix() {
    let report = report(&mut storefront());
    assert_eq!(report.diagnostics, []);
    let check = &report.checks[0];
    assert_eq!(
        (check.id.as_str(), check.title.as_str()),
        ("order", "Application order is 500 or more")
    );
    assert_eq!(
        (check.applies, check.fails, report.policies),
        (Some(2), 1, 2)
    );
    let finding = &report.findings[0];
    assert_eq!(finding.message, "a: order 320 is below 500");
    assert_eq!(
        (finding.place.line, finding.path.as_str()),
        (8, "/spec/order")
    );
    assert_eq!(finding.level, FindingLevel::Fail);
    let fix = &finding.fixes[0];
    assert_eq!(
        (fix.title.as_str(), fix.edits[0].text.as_str()),
        ("Set `order` to `500`", "50")
    );
    let teams: Vec<&str> = report.objects.iter().map(|it| it.team.as_str()).collect();
    assert_eq!(teams, ["team-shop", "team-shop"]);
}

#[test]
fn an_edit_of_policies_data_or_objects_shows() {
    let mut checker = storefront();
    report(&mut checker);
    edit(
        &mut checker,
        &[("policies/a.yaml", &POLICY.replace("600", "400"))],
    );
    assert_eq!(report(&mut checker).findings.len(), 2);
    edit(
        &mut checker,
        &[("checks/params.yaml", "params:\n  least: 350\n")],
    );
    assert_eq!(report(&mut checker).findings.len(), 1);
    edit(
        &mut checker,
        &[("checks/order.rego", "package main\n\ndeny contains {\n")],
    );
    let broken = report(&mut checker);
    assert!(broken.checks[0].broken && broken.findings.is_empty());
    assert_eq!(broken.diagnostics[0].place.file, "checks/order.rego");
}

#[test]
fn an_exception_is_written_and_holds() {
    let mut checker = storefront();
    let except = report(&mut checker).findings[0].except.clone().unwrap();
    let text = except
        .text
        .replace("%reason%", "a vendor's")
        .replace("%expires%", "2027-03-31");
    edit(&mut checker, &[(&except.place.file, &text)]);
    let report = report(&mut checker);
    assert_eq!(report.diagnostics, []);
    let finding = &report.findings[0];
    let excepted = finding.excepted.clone().unwrap();
    assert_eq!(
        (excepted.reason.as_str(), excepted.expires.as_str()),
        ("a vendor's", "2027-03-31")
    );
    assert_eq!(excepted.place.unwrap().line, 6);
    assert_eq!(
        (
            report.checks[0].fails,
            report.checks[0].excepted,
            report.checks.len()
        ),
        (0, 1, 1)
    );
}

#[test]
fn the_pack_is_asked_for_by_its_settings_and_set_there() {
    let settings = "apiVersion: tierwalk.dev/v1\nkind: Checks\nchecks:\n  order: {min: 300}\n";
    let mut checker = checker(&[("checks.yaml", settings), ("policies/a.yaml", POLICY)]);
    let first = report(&mut checker);
    assert_eq!(first.diagnostics, []);
    let order = first
        .checks
        .iter()
        .find(|check| check.id == "order")
        .unwrap();
    assert!(order.on && order.rego.is_some());
    assert_eq!(order.parameters[0].value, "300");
    let edits = &order.switch.as_ref().unwrap().edits;
    assert_eq!(
        (edits[0].text.as_str(), edits[0].place.line),
        (", enabled: false", 4)
    );
}

#[test]
fn what_a_template_makes_is_checked_and_told_at_the_template() {
    let template = include_str!("../../../static/examples/templates/templates/backend.yaml");
    let rego = "package main\n\nimport rego.v1\n\ndeny contains {\"msg\": \"always\", \"path\": \"spec.selector\"} if input.spec.selector\n";
    let mut checker = checker(&[("t.yaml", template), ("a.rego", rego)]);
    let report = report(&mut checker);
    assert!(report.objects.iter().all(|object| object.compiled));
    assert!(!report.findings.is_empty());
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.place.line > 1 && finding.fixes.is_empty())
    );
}

#[test]
fn an_endless_check_is_stopped_and_named() {
    let clock = || {
        use std::sync::OnceLock;
        use std::time::Instant;
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    };
    tierwalk_governance::set_clock(clock);
    let endless = "package main\n\nimport rego.v1\n\ndeny contains \"never\" if {\n  some a in numbers.range(1, 100000)\n  some b in numbers.range(1, 100000)\n  a + b < 0\n}\n";
    let mut checker = checker(&[
        ("checks/endless.rego", endless),
        ("policies/a.yaml", POLICY),
    ]);
    let report = report(&mut checker);
    let problem = &report.diagnostics[0];
    assert_eq!(
        (problem.code.as_str(), problem.place.file.as_str()),
        ("governance/deadline", "checks/endless.rego")
    );
}

/// Turns a check on or off.
fn switched(checker: &mut Checker, id: &str) -> String {
    let report = report(checker);
    let check = report.checks.iter().find(|check| check.id == id).unwrap();
    let fix = check.switch.as_ref().unwrap();
    let made = &fix.edits[0];
    let path = made.place.file.clone();
    let mut text = checker
        .files
        .get(&path)
        .map_or_else(String::new, |file| file.text.clone());
    text.replace_range(made.place.from as usize..made.place.to as usize, &made.text);
    edit(checker, &[(&path, &text)]);
    text
}

#[test]
fn a_check_of_the_workspace_is_switched_off_and_on_in_the_settings() {
    let mut checker = storefront();
    let text = switched(&mut checker, "order");
    assert!(
        text.ends_with("kind: Checks\nshipped: false\nown:\n  order: false\n"),
        "{text}"
    );
    let off = report(&mut checker);
    assert_eq!(off.diagnostics, []);
    assert_eq!(off.findings, []);
    assert_eq!(
        (off.checks[0].id.as_str(), off.checks[0].on),
        ("order", false)
    );
    let text = switched(&mut checker, "order");
    assert!(text.ends_with("own:\n  order: true\n"), "{text}");
    assert_eq!(report(&mut checker).findings.len(), 1);

    let unknown = text.replace("order: true", "ordre: false");
    edit(&mut checker, &[("checks/checks.yaml", &unknown)]);
    let said = report(&mut checker);
    assert_eq!(said.diagnostics[0].message, "there is no check `ordre`");
}
