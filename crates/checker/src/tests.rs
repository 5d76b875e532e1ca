use std::time::Duration;

use tierwalk_protocol::apply::{ApplyChange, ApplyView, ApplyWhat, FileBefore};
use tierwalk_protocol::checks::{CheckReport, CheckSource, CheckView, FindingLevel};

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
        "  annotations:\n    owner: team-storefront\n"
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

macro_rules! personas {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../../static/examples/personas/", $name)))),*]
    };
}

const PERSONAS: [(&str, &str); 9] = personas![
    "cluster/guarded-label.yaml",
    "cluster/orders.yaml",
    "cluster/personas.yaml",
    "cluster/pods.yaml",
    "cluster/required-labels.yaml",
    "cluster/roles.yaml",
    "cluster/tiers.yaml",
    "policies/quarantine.yaml",
    "policies/web.yaml"
];

fn applied(checker: &mut Checker, apply: ApplyView) -> Vec<(String, ApplyChange, Option<String>)> {
    let report = checker.check(&CheckView {
        apply: Some(apply),
        ..CheckView::default()
    });
    let apply = report.apply.unwrap_or_default();
    let objects = apply.objects.into_iter();
    objects
        .map(|one| (one.object, one.change, one.refused_by))
        .collect()
}

fn as_persona(persona: &str) -> ApplyView {
    ApplyView {
        persona: persona.to_owned(),
        ..ApplyView::default()
    }
}

#[test]
fn constraints_and_admission_policies_are_checks_with_findings_at_their_lines() {
    let mut checker = checker(&PERSONAS);
    let said = report(&mut checker);
    assert_eq!(said.diagnostics, []);
    let checks: Vec<(&str, CheckSource)> = (said.checks.iter())
        .map(|check| (check.id.as_str(), check.source))
        .collect();
    assert_eq!(
        checks,
        [
            ("fw-zone", CheckSource::Constraint),
            ("app-policies", CheckSource::Policy),
            ("zone-and-owner", CheckSource::Constraint)
        ]
    );
    assert_eq!(said.findings, []);

    let web = PERSONAS[8].1.replace("order: 500", "order: 320");
    let pods = PERSONAS[3].1.replace("owner: shop, ", "");
    edit(
        &mut checker,
        &[("policies/web.yaml", &web), ("cluster/pods.yaml", &pods)],
    );
    let said = report(&mut checker);
    let findings: Vec<(&str, &str, u32, &str)> = (said.findings.iter())
        .map(|it| {
            (
                it.message.as_str(),
                it.place.file.as_str(),
                it.place.line,
                it.path.as_str(),
            )
        })
        .collect();
    assert_eq!(
        findings,
        [
            (
                "Pod web lacks the labels {\"owner\"}",
                "cluster/pods.yaml",
                6,
                "/metadata/labels"
            ),
            (
                "order 320 is below 500",
                "policies/web.yaml",
                10,
                "/spec/order"
            )
        ]
    );
    assert_eq!((said.checks[1].fails, said.checks[2].fails), (1, 1));
}

#[test]
fn somebody_applies_what_their_rights_and_the_rules_let_through() {
    let mut checker = checker(&PERSONAS);
    let quarantine = "globalnetworkpolicy.projectcalico.org/quarantine".to_owned();
    let web = "networkpolicy.projectcalico.org/web".to_owned();
    assert_eq!(
        applied(&mut checker, as_persona("shop-admin")),
        [
            (
                quarantine.clone(),
                ApplyChange::Refused,
                Some("tier".to_owned())
            ),
            (web.clone(), ApplyChange::Created, None)
        ]
    );
    assert_eq!(
        applied(&mut checker, as_persona("security-admin")),
        [
            (quarantine, ApplyChange::Created, None),
            (web.clone(), ApplyChange::Refused, Some("tier".to_owned()))
        ]
    );
    // What changed since the baseline is changed in the cluster, as far as it is admitted.
    let was = PERSONAS[8].1;
    let changes = || ApplyView {
        persona: "shop-admin".to_owned(),
        what: ApplyWhat::Changes,
        before: vec![FileBefore {
            path: "policies/web.yaml".to_owned(),
            text: Some(was.to_owned()),
        }],
    };
    assert_eq!(applied(&mut checker, changes()), []);
    edit(
        &mut checker,
        &[("policies/web.yaml", &was.replace("443", "8443"))],
    );
    assert_eq!(
        applied(&mut checker, changes()),
        [(web.clone(), ApplyChange::Configured, None)]
    );
    edit(
        &mut checker,
        &[("policies/web.yaml", &was.replace("order: 500", "order: 5"))],
    );
    assert_eq!(
        applied(&mut checker, changes()),
        [(web, ApplyChange::Refused, Some("policy".to_owned()))]
    );
}

#[test]
fn what_a_template_makes_is_applied_and_told_at_the_template() {
    let mut files: Vec<(&str, &str)> = PERSONAS.to_vec();
    files.push((
        "templates/t.yaml",
        include_str!("../../../static/examples/templates/templates/backend.yaml"),
    ));
    let mut checker = checker(&files);
    let report = checker.check(&CheckView {
        apply: Some(as_persona("kubernetes-admin")),
        ..CheckView::default()
    });
    let apply = report.apply.unwrap_or_default();
    assert_eq!(
        apply.personas[apply.persona as usize].name,
        "kubernetes-admin"
    );
    assert!(
        apply
            .objects
            .iter()
            .any(|it| it.place.file == "templates/t.yaml")
    );
}

/// The text after the fix of this title for a finding that speaks of something.
fn fixed(checker: &mut Checker, about: &str, title: &str) -> String {
    let report = report(checker);
    let mut findings = report.findings.iter();
    let finding = findings.find(|it| it.message.contains(about)).unwrap();
    let titles: Vec<&str> = finding.fixes.iter().map(|it| it.title.as_str()).collect();
    let mut fixes = finding.fixes.iter();
    let fix = fixes.find(|it| it.title == title);
    let fix = fix.unwrap_or_else(|| panic!("{titles:?}"));
    let path = finding.place.file.clone();
    let mut text = checker.files[&path].text.clone();
    for edit in fix.edits.iter().rev() {
        assert_eq!(edit.place.file, path);
        let (from, to) = (edit.place.from as usize, edit.place.to as usize);
        text.replace_range(from..to, &edit.text);
    }
    let message = finding.message.clone();
    edit(checker, &[(&path, &text)]);
    let after = self::report(checker);
    assert!(
        after.findings.iter().all(|it| it.message != message),
        "{text}"
    );
    text
}

const SETTINGS: (&str, &str) = (
    "checks/checks.yaml",
    "apiVersion: tierwalk.dev/v1\nkind: Checks\nchecks:\n  owner: {enabled: true}\n",
);

#[test]
fn fixes_of_the_pack_change_what_they_say_and_make_the_check_pass() {
    let policy = |metadata: &str, order: &str| {
        format!(
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: a # the first\n{metadata}spec:\n{order}  selector: app == 'a'\n  types: [Egress]\n  egress:\n  # the database\n  - action: Allow\n    protocol: TCP\n    destination: {{selector: app == 'db', ports: [5432]}}\n"
        )
    };
    let good = policy(
        "  namespace: shop\n  annotations:\n    owner: team-shop\n",
        "  order: 600\n",
    )
    .replace("name: a #", "name: good #");
    let bad = policy("", "  order: 20\n");
    let other = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: partners\nspec:\n  nets: [203.0.113.0/24]\n";
    let mut checker = checker(&[
        SETTINGS,
        ("policies/bad.yaml", &bad),
        ("policies/good.yaml", &good),
        ("policies/sets.yaml", other),
    ]);
    let text = fixed(&mut checker, "order 20 of a", "Set `order` to `500`");
    assert_eq!(text, bad.replace("order: 20", "order: 500"));
    let text = fixed(
        &mut checker,
        "NetworkPolicy a has no namespace",
        "Add `namespace: shop`",
    );
    assert_eq!(
        text,
        bad.replace("order: 20", "order: 500")
            .replace("# the first\n", "# the first\n  namespace: shop\n")
    );
    let text = fixed(
        &mut checker,
        "a has no annotation `owner`",
        "Add `owner: team-shop`",
    );
    assert!(
        text.contains("  annotations:\n    owner: team-shop\nspec:\n"),
        "{text}"
    );
    let text = fixed(
        &mut checker,
        "a allows egress, but not to DNS",
        "Allow DNS first",
    );
    assert!(text.contains("  egress:\n  - action: Allow\n    protocol: UDP\n    destination:\n      namespaceSelector: projectcalico.org/name == 'kube-system'\n      selector: k8s-app == 'kube-dns'\n      ports: [53]\n"), "{text}");
    assert!(
        text.contains("  # the database\n  - action: Allow\n    protocol: TCP\n"),
        "{text}"
    );
    let text = fixed(
        &mut checker,
        "partners is seen by every policy",
        "Make it a NetworkSet of `shop`",
    );
    assert_eq!(
        text,
        other
            .replace("GlobalNetworkSet", "NetworkSet")
            .replace("name: partners\n", "name: partners\n  namespace: shop\n")
    );
    let messages: Vec<String> = (report(&mut checker).findings.into_iter())
        .filter(|it| it.place.file == "policies/bad.yaml")
        .map(|it| it.message)
        .collect();
    assert_eq!(messages, [] as [&str; 0]);
}

#[test]
fn what_the_workspace_does_not_know_is_not_offered() {
    let policy = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {order: 600, selector: all(), ingress: [{action: Deny}]}\n";
    let set = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata: {name: partners}\nspec: {nets: [203.0.113.0/24]}\n";
    let mut checker = checker(&[SETTINGS, ("a.yaml", policy), ("sets.yaml", set)]);
    let report = report(&mut checker);
    let found: Vec<(&str, usize)> = (report.findings.iter())
        .map(|it| (it.path.as_str(), it.fixes.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("/metadata/namespace", 0),
            ("/metadata/annotations/owner", 0),
            ("/kind", 0)
        ]
    );
}

#[test]
fn a_missing_order_and_the_dns_of_kubernetes_are_mended_too() {
    let policy = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec:\n  selector: app == 'a'\n  ingress:\n  - action: Deny\n";
    let kubernetes = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: k, namespace: shop}\nspec:\n  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n  - to:\n    - podSelector: {matchLabels: {app: db}}\n    ports:\n    - port: 5432\n";
    let settings = SETTINGS
        .1
        .replace("owner: {enabled: true}", "owner: {enabled: false}");
    let mut checker = checker(&[
        (SETTINGS.0, &settings),
        ("a.yaml", policy),
        ("k.yaml", kubernetes),
    ]);
    let text = fixed(&mut checker, "a has no order", "Add `order: 500`");
    assert_eq!(text, policy.replace("spec:\n", "spec:\n  order: 500\n"));
    let text = fixed(
        &mut checker,
        "k allows egress, but not to DNS",
        "Allow DNS first",
    );
    assert!(text.contains("k8s-app: kube-dns"), "{text}");
    assert!(
        text.ends_with(
            "  - to:\n    - podSelector: {matchLabels: {app: db}}\n    ports:\n    - port: 5432\n"
        ),
        "{text}"
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
