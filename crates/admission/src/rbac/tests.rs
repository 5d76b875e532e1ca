use serde_json::json;

use super::*;

fn rbac() -> Rbac {
    let mut rbac = Rbac::default();
    for object in [
        json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "edit"},
               "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]}, {"verbs": null}]}),
        json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
               "metadata": {"name": "editors", "namespace": "shop"},
               "roleRef": {"kind": "ClusterRole", "name": "edit"},
               "subjects": [{"kind": "Group", "name": "team"}, {"kind": "ServiceAccount", "name": "robot"}]}),
    ] {
        rbac.add(&object).unwrap();
    }
    rbac
}

fn create_pod(namespace: &str) -> Attributes {
    Attributes {
        verb: "create".into(),
        resource: "pods".into(),
        namespace: namespace.into(),
        ..Attributes::default()
    }
}

#[test]
fn a_grant_names_its_binding() {
    let ada = User::new("ada", &["team".to_owned()]);
    let verdict = rbac().authorize(&ada, &create_pod("shop"));
    assert!(verdict.allowed);
    assert_eq!(
        verdict.reason,
        "RBAC: allowed by RoleBinding \"editors/shop\" of ClusterRole \"edit\" to Group \"team\""
    );
    assert!(!rbac().authorize(&ada, &create_pod("pay")).allowed);
}

#[test]
fn a_service_account_is_of_the_bindings_namespace() {
    let robot = User::service_account("shop", "robot");
    assert!(rbac().authorize(&robot, &create_pod("shop")).allowed);
    let other = User::service_account("pay", "robot");
    assert!(!rbac().authorize(&other, &create_pod("shop")).allowed);
}

#[test]
fn a_slip_says_its_field() {
    let object = json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
                        "metadata": {"name": "r", "namespace": "n"}, "rules": [{"verbs": "get"}]});
    let error = Rbac::default().add(&object).unwrap_err();
    assert_eq!(error.path().to_string(), "rules[0].verbs");
}
