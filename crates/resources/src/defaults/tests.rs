use tierwalk_yaml::Document;

use super::default_types;
use crate::kinds::{Object, Resource};
use crate::{Mode, read};

fn one(text: &str) -> Object {
    let checked = read(&Document::parse(text), Mode::Load);
    assert_eq!(checked.diagnostics, []);
    checked.value.into_iter().next().unwrap()
}

/// Reference §4.3, first row: directions follow the rules that are there; both lists empty is ingress.
#[test]
fn types_follow_the_rules() {
    assert_eq!(default_types(false, false), ["Ingress"]);
    assert_eq!(default_types(true, false), ["Ingress"]);
    assert_eq!(default_types(false, true), ["Egress"]);
    assert_eq!(default_types(true, true), ["Ingress", "Egress"]);
}

fn policy(api_version: &str, kind: &str, name: &str, spec: &str) -> Object {
    one(&format!(
        "apiVersion: {api_version}\nkind: {kind}\nmetadata: {name}\nspec: {spec}"
    ))
}

/// Reference §6.9.
#[test]
fn tier_and_types_of_a_policy() {
    let object = policy(
        "projectcalico.org/v3",
        "NetworkPolicy",
        "{name: p}",
        "{tier: '', types: []}",
    );
    let Resource::NetworkPolicy(spec) = &object.resource else {
        panic!("{object:?}");
    };
    assert_eq!(spec.tier, "default");
    assert_eq!(spec.types, ["Ingress"]);
    assert_eq!(object.metadata.namespace, "default");
}

/// Reference §4.3, row for raw `crd.projectcalico.org/v1`: no types are filled in.
#[test]
fn raw_objects_keep_missing_types() {
    let spec = "{ingress: [{action: Allow}]}";
    let object = policy(
        "crd.projectcalico.org/v1",
        "NetworkPolicy",
        "{name: p}",
        spec,
    );
    assert!(matches!(&object.resource, Resource::NetworkPolicy(spec) if spec.types.is_empty()));
}

/// Reference §1.1: names of raw objects.
#[test]
fn names_of_raw_objects() {
    let crd = |metadata, spec| {
        policy(
            "crd.projectcalico.org/v1",
            "GlobalNetworkPolicy",
            metadata,
            spec,
        )
    };
    assert_eq!(crd("{name: default.web}", "{}").metadata.name, "web");
    assert_eq!(
        crd("{name: default.web}", "{tier: apps}").metadata.name,
        "default.web"
    );
    let annotated = crd(
        "{name: default.web, annotations: {projectcalico.org/metadata: '{\"name\":\"real\",\"labels\":{\"a\":\"b\"}}'}}",
        "{}",
    );
    assert_eq!(annotated.metadata.name, "real");
    assert_eq!(annotated.metadata.labels["a"], "b");
}

/// Reference §6.9 and §4.3: `stagedAction` is `Set`; `Delete` clears the types.
#[test]
fn staged_actions() {
    let staged = |spec| {
        let object = policy(
            "projectcalico.org/v3",
            "StagedNetworkPolicy",
            "{name: p}",
            spec,
        );
        match object.resource {
            Resource::StagedNetworkPolicy(spec) => (spec.staged_action, spec.types),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        staged("{stagedAction: ''}"),
        ("Set".to_owned(), vec!["Ingress".to_owned()])
    );
    assert_eq!(
        staged("{stagedAction: Delete, types: [Egress]}"),
        ("Delete".to_owned(), vec![])
    );
}

/// Reference §6.9.
#[test]
fn tiers_deny_and_come_with_the_default_tier() {
    let object = policy("projectcalico.org/v3", "Tier", "{name: apps}", "{}");
    let Resource::Tier(tier) = &object.resource else {
        panic!("{object:?}");
    };
    assert_eq!(tier.order, Some(1_000_000.0));
    assert_eq!(tier.default_action.as_deref(), Some("Deny"));
}

/// Reference §4.3, KNP row.
#[test]
fn kubernetes_policies_always_isolate_ingress() {
    let types = |spec| {
        let object = policy("networking.k8s.io/v1", "NetworkPolicy", "{name: p}", spec);
        match object.resource {
            Resource::KubernetesNetworkPolicy(spec) => spec.policy_types,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(types("{}"), ["Ingress"]);
    assert_eq!(types("{egress: [{}]}"), ["Ingress", "Egress"]);
    assert_eq!(types("{policyTypes: [Egress]}"), ["Egress"]);
}

/// Reference §7.
#[test]
fn pods_run_as_the_default_service_account() {
    let pod = |spec: &str| {
        let object = one(&format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {spec}"
        ));
        match object.resource {
            Resource::Pod(pod) => pod.spec.service_account_name,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(pod("{}"), "default");
    assert_eq!(pod("{serviceAccount: db}"), "db");
    assert_eq!(pod("{serviceAccountName: web, serviceAccount: web}"), "web");
}
