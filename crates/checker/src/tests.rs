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
        ("Set `order` to `500`", "500")
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

/// The files of an example, as the page opens it.
fn example(name: &str) -> Vec<(String, String)> {
    let root = format!(
        "{}/../../static/examples/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap().path();
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let relative = path
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            files.push((relative, text));
        }
    }
    files
}

#[test]
fn the_storefront_opens_with_one_policy_refused_one_warned_about_and_one_excepted() {
    let mut checker = Checker::new(|| Duration::ZERO);
    checker.edit(example("storefront"), &[]);
    let report = report(&mut checker);
    assert_eq!(report.diagnostics, []);
    let rows = report.checks.iter();
    let rows: Vec<_> = rows
        .map(|it| {
            (
                it.id.as_str(),
                it.on,
                it.applies,
                it.fails,
                it.warns,
                it.excepted,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("order", true, Some(11), 1, 0, 0),
            ("owner", true, Some(6), 0, 1, 1),
            ("scope", true, Some(7), 0, 0, 0),
            ("environments", true, Some(0), 0, 0, 0),
            ("name", false, None, 0, 0, 0),
            ("namespace", true, Some(6), 0, 0, 0),
            ("open_ingress", true, Some(0), 0, 0, 0),
        ]
    );
    assert_eq!(report.policies, 13);
    let told: Vec<_> = report
        .findings
        .iter()
        .map(|it| (it.place.file.as_str(), it.place.line))
        .collect();
    assert_eq!(
        told,
        [
            ("policies/dev.yaml", 5),
            ("policies/frontend-legacy.yaml", 5),
            ("policies/microservice2.yaml", 10),
        ]
    );
    assert_eq!(
        report.findings[0].excepted.as_ref().unwrap().expires,
        "2027-03-31"
    );
    assert_eq!(
        report.findings[1].fixes[0].edits[0].text,
        "\n  annotations:\n    owner: team-storefront"
    );
    let team = |at: usize| {
        let mut objects = report.objects.iter();
        objects
            .find(|it| it.id == report.findings[at].object)
            .unwrap()
            .team
            .as_str()
    };
    assert_eq!((team(1), team(2)), ("team-storefront", "team-storefront"));
}
