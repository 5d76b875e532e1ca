use serde_json::json;

use super::patch::{between, merged};
use super::*;
use crate::{Access, Gate, Objects, Policies, Said, Stage, read};

struct Open;

impl Gate for Open {
    fn review(&self, _: &Request<'_>, _: &Objects) -> Said {
        Said::default()
    }
}

struct Invalid(usize);

impl Gate for Invalid {
    fn review(&self, _: &Request<'_>, _: &Objects) -> Said {
        let causes = (0..self.0).map(|n| format!("spec.f{n}: wrong")).collect();
        Said {
            refusal: Some(Refusal {
                about: "NetworkPolicy".to_owned(),
                causes,
                ..Refusal::new(Stage::Schema, Reason::Invalid, "invalid")
            }),
            ..Said::default()
        }
    }
}

fn policy(order: u32) -> Json {
    json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
           "metadata": {"name": "web", "namespace": "shop"}, "spec": {"order": order}})
}

/// Applies as somebody with these verbs.
fn applied(verbs: &str, old: Option<Json>, new: &Json, schema: &dyn Gate) -> String {
    let rights = format!(
        "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: r}}
rules: [{{apiGroups: [networking.k8s.io], resources: [networkpolicies], verbs: [{verbs}]}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {{name: r}}
roleRef: {{kind: ClusterRole, name: r}}
subjects: [{{kind: User, name: ada}}]
"
    );
    let mut access = Access::default();
    for found in read(&rights).0 {
        access.rbac.add_found(&found).unwrap();
    }
    let mut objects = Objects::default();
    if let Some(old) = old {
        objects.insert(old);
    }
    let admission = Admission {
        access: &access,
        objects: &objects,
        schema,
        policies: &Policies::default(),
        webhooks: &[],
    };
    apply(&admission, &User::new("ada", &[]), new, "f.yaml").printed
}

#[test]
fn created_configured_unchanged() {
    let name = "networkpolicy.networking.k8s.io/web";
    assert_eq!(
        applied("get, create", None, &policy(1), &Open),
        format!("{name} created")
    );
    assert_eq!(
        applied("get, patch", Some(policy(1)), &policy(2), &Open),
        format!("{name} configured")
    );
    assert_eq!(
        applied("get", Some(policy(1)), &policy(1), &Open),
        format!("{name} unchanged")
    );
}

#[test]
fn refusals_are_printed_as_by_kubectl() {
    let forbidden = |verb: &str, name: &str| {
        format!(
            "networkpolicies.networking.k8s.io {name}is forbidden: User \"ada\" cannot {verb} resource \"networkpolicies\" in API group \"networking.k8s.io\" in the namespace \"shop\""
        )
    };
    assert_eq!(
        applied("get", None, &policy(1), &Open),
        format!(
            "Error from server (Forbidden): error when creating \"f.yaml\": {}",
            forbidden("create", "")
        )
    );
    let info = "Resource: \"networking.k8s.io/v1, Resource=networkpolicies\", GroupVersionKind: \"networking.k8s.io/v1, Kind=NetworkPolicy\"\nName: \"web\", Namespace: \"shop\"";
    assert_eq!(
        applied("create", None, &policy(1), &Open),
        format!(
            "Error from server (Forbidden): error when retrieving current configuration of:\n{info}\nfrom server for: \"f.yaml\": {}",
            forbidden("get", "\"web\" ")
        )
    );
    let printed = applied("get", Some(policy(1)), &policy(2), &Open);
    assert!(
        printed.starts_with(
            "Error from server (Forbidden): error when applying patch:\n{\"metadata\":"
        ),
        "{printed}"
    );
    assert!(
        printed.ends_with(&format!(
            "}}\nto:\n{info}\nfor: \"f.yaml\": error when patching \"f.yaml\": {}",
            forbidden("patch", "\"web\" ")
        )),
        "{printed}"
    );
}

#[test]
fn with_native_crds_nothing_is_kept_behind_them() {
    let mut stored = policy(1);
    stored["apiVersion"] = json!("crd.projectcalico.org/v1");
    assert_eq!(
        applied("get, create", None, &stored, &Open),
        "error: resource mapping not found for name: \"web\" namespace: \"shop\" from \"f.yaml\": no matches for kind \"NetworkPolicy\" in version \"crd.projectcalico.org/v1\"\nensure CRDs are installed first"
    );
}

#[test]
fn what_is_invalid_is_listed() {
    assert_eq!(
        applied("get, create", None, &policy(1), &Invalid(1)),
        "The NetworkPolicy \"web\" is invalid: spec.f0: wrong"
    );
    assert_eq!(
        applied("get, create", None, &policy(1), &Invalid(2)),
        "The NetworkPolicy \"web\" is invalid: \n* spec.f0: wrong\n* spec.f1: wrong"
    );
}

#[test]
fn a_patch_takes_what_is_gone_and_leaves_what_others_added() {
    let last = json!({"spec": {"a": 1, "b": [1, 2]}}).to_string();
    let annotations = json!({"kubectl.kubernetes.io/last-applied-configuration": last});
    let old = json!({"metadata": {"annotations": annotations}, "spec": {"a": 1, "b": [1, 2], "added": 3}});
    let new = json!({"metadata": {}, "spec": {"b": [2]}});
    let merged = merged(&old, &new);
    assert_eq!(merged["spec"], json!({"b": [2], "added": 3}));
    let patch = between(&old, &merged, &new);
    assert_eq!(patch["spec"], json!({"a": null, "b": [2]}));
}

#[test]
fn an_object_in_a_file_was_applied_as_it_stands() {
    let old = json!({"metadata": {"uid": "1", "labels": {"a": "b"}}, "status": {"x": 1}});
    assert_eq!(
        merged(&old, &json!({"metadata": {}})),
        json!({"metadata": {"uid": "1"}, "status": {"x": 1}})
    );
}
