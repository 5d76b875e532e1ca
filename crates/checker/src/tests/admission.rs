//! Gatekeeper, admission policies and personas.

use tierwalk_protocol::apply::{ApplyChange, ApplyView, ApplyWhat, FileBefore};
use tierwalk_protocol::checks::{CheckSource, CheckView};

use super::{checker, edit, report};
use crate::Checker;

macro_rules! personas {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../../../static/examples/personas/", $name)))),*]
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
        include_str!("../../../../static/examples/templates/templates/backend.yaml"),
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
