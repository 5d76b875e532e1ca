use crate::model::{Action, Profile};
use crate::testing::{built, model};
use crate::{BuildOptions, Built};
use tierwalk_source::Severity;

fn profile(profiles: &[Profile], name: &str) -> Option<Profile> {
    profiles
        .iter()
        .find(|profile| profile.name == name)
        .cloned()
}

/// Reference sections 4.5 and 7 (Calico `conversion.go`).
#[test]
fn profiles_of_namespaces_allow_and_those_of_service_accounts_have_no_rules() {
    let text = "{apiVersion: v1, kind: Namespace, metadata: {name: prod}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot, namespace: prod}}
";
    let profiles = model(text).profiles.clone();
    for name in ["kns.prod", "projectcalico-default-allow"] {
        let profile = profile(&profiles, name).unwrap();
        let actions = [&profile.ingress[..], &profile.egress[..]].map(|rules| rules[0].action);
        assert_eq!(actions, [Action::Allow; 2]);
    }
    let account = profile(&profiles, "ksa.prod.robot").unwrap();
    assert_eq!((account.ingress, account.egress), (vec![], vec![]));
    assert_eq!(account.origin.unwrap().document, 1);
}

const POD: &str = "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: prod}, spec: {serviceAccountName: robot}}\n";

fn codes(built: &Built) -> Vec<(&str, Severity, String)> {
    let notes = built.notes.iter();
    notes
        .map(|note| {
            (
                note.diagnostic.code,
                note.diagnostic.severity,
                note.path.to_string(),
            )
        })
        .collect()
}

/// Reference section 7: an undeclared namespace is made up.
#[test]
fn mentioned_namespaces_and_accounts_exist() {
    let built = built(POD, BuildOptions::default());
    assert_eq!(
        codes(&built),
        [
            (
                "cluster/namespace-assumed",
                Severity::Info,
                "metadata.namespace".into()
            ),
            (
                "cluster/service-account-assumed",
                Severity::Hint,
                "spec.serviceAccountName".into()
            ),
        ]
    );
    assert_eq!(
        profile(&built.model.profiles, "kns.prod").unwrap().origin,
        None
    );
    let labels = &built.model.workloads[0].labels;
    assert_eq!(labels["pcns.projectcalico.org/name"], "prod");
    assert_eq!(labels["pcns.kubernetes.io/metadata.name"], "prod");
    assert_eq!(labels["pcsa.projectcalico.org/name"], "robot");
}

/// Reference section 9, edge case 60: a cluster would have no profile for such a namespace.
#[test]
fn strictly_a_mentioned_namespace_does_not_exist() {
    let strict = BuildOptions {
        strict_namespaces: true,
    };
    let built = built(POD, strict);
    assert_eq!(codes(&built)[0].1, Severity::Warning);
    assert_eq!(profile(&built.model.profiles, "kns.prod"), None);
    let workload = &built.model.workloads[0];
    assert_eq!(workload.profiles, ["kns.prod", "ksa.prod.robot"]);
    assert!(!workload.labels.contains_key("pcns.projectcalico.org/name"));
}

#[test]
fn namespaces_of_every_cluster_need_no_note() {
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: web}}";
    for strict_namespaces in [false, true] {
        let built = built(text, BuildOptions { strict_namespaces });
        assert_eq!(codes(&built), []);
        assert!(profile(&built.model.profiles, "kns.default").is_some());
    }
}

#[test]
fn one_note_per_namespace_at_its_first_mention() {
    let text =
        "{apiVersion: projectcalico.org/v3, kind: NetworkSet, metadata: {name: s, namespace: prod}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: prod}}
---
{apiVersion: v1, kind: Pod, metadata: {name: api, namespace: prod}}
";
    let built = built(text, BuildOptions::default());
    let places: Vec<_> = built.notes.iter().map(|note| note.document).collect();
    assert_eq!(places, [0]);
}

/// Reference section 4.5: host endpoints list written profiles.
#[test]
fn written_profiles_keep_their_rules_and_yield_to_those_of_namespaces() {
    let text = "{apiVersion: projectcalico.org/v3, kind: Profile, metadata: {name: strict}, spec: {ingress: [{action: Deny}], egress: []}}
---
{apiVersion: projectcalico.org/v3, kind: Profile, metadata: {name: kns.prod}, spec: {ingress: [{action: Deny}], egress: []}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: prod}}
";
    let profiles = model(text).profiles.clone();
    let strict = profile(&profiles, "strict").unwrap();
    assert_eq!(
        (strict.ingress[0].action, strict.egress.len()),
        (Action::Deny, 0)
    );
    assert_eq!(strict.ingress[0].path, "spec.ingress[0]");
    assert_eq!(
        profile(&profiles, "kns.prod").unwrap().ingress[0].action,
        Action::Allow
    );
    assert_eq!(profiles.len(), 3);
}

#[test]
fn a_templates_account_is_noted_where_the_template_says_it() {
    let job = "template: {spec: {serviceAccountName: robot}}";
    for (api_version, kind, spec, path) in [
        (
            "apps/v1",
            "Deployment",
            job,
            "spec.template.spec.serviceAccountName",
        ),
        (
            "batch/v1",
            "CronJob",
            "jobTemplate: {spec: {template: {spec: {serviceAccountName: robot}}}}",
            "spec.jobTemplate.spec.template.spec.serviceAccountName",
        ),
    ] {
        let text = format!(
            "{{apiVersion: {api_version}, kind: {kind}, metadata: {{name: w}}, spec: {{{spec}}}}}"
        );
        let built = built(&text, BuildOptions::default());
        assert_eq!(built.notes[0].path.to_string(), path);
    }
}
