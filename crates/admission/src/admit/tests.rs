use serde_json::json;

use super::*;
use crate::{User, read};

struct Open;

impl Gate for Open {
    fn review(&self, _: &Request<'_>, _: &Objects) -> Said {
        Said::default()
    }
}

struct Closed;

impl Gate for Closed {
    fn review(&self, request: &Request<'_>, _: &Objects) -> Said {
        let message = format!("no to {}", request.to_review()["userInfo"]["username"]);
        Said {
            refusal: Some(Refusal::new(Stage::Gatekeeper, Reason::Forbidden, message)),
            warnings: vec!["mind".to_owned()],
            ..Said::default()
        }
    }
}

const RIGHTS: &str = "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: all}
roleRef: {kind: ClusterRole, name: all}
subjects: [{kind: User, name: ada}]
";

fn outcome(
    user: &str,
    object: &Json,
    objects: &Objects,
    webhooks: &[(Stage, &dyn Gate)],
) -> Outcome {
    let mut access = Access::default();
    for found in read(RIGHTS).0 {
        access.rbac.add_found(&found).unwrap();
    }
    access.tiers.insert("default".to_owned());
    let admission = Admission {
        access: &access,
        objects,
        schema: &Open,
        policies: &Policies::default(),
        webhooks,
    };
    let user = User::new(user, &[]);
    let request = Request {
        user: &user,
        verb: Verb::Create,
        object: Some(object),
        old: None,
    };
    admit(&admission, &request)
}

fn policy() -> Json {
    json!({"apiVersion": "projectcalico.org/v3", "kind": "NetworkPolicy",
           "metadata": {"name": "web", "namespace": "shop"}, "spec": {"egress": [{"action": "Allow"}]}})
}

#[test]
fn what_is_admitted_has_the_servers_defaults() {
    let outcome = outcome("ada", &policy(), &Objects::default(), &[]);
    assert_eq!(outcome.refusal, None);
    let object = outcome.object.unwrap();
    assert_eq!(object["spec"]["tier"], "default");
    assert_eq!(object["spec"]["types"], json!(["Egress"]));
    assert_eq!(
        object["metadata"]["labels"]["projectcalico.org/tier"],
        "default"
    );
    let stages: Vec<Stage> = outcome.passed.iter().map(|passed| passed.stage).collect();
    assert_eq!(
        stages,
        [Stage::Rbac, Stage::Schema, Stage::Policy, Stage::Tier]
    );
    assert!(outcome.passed[0].why.contains("ClusterRoleBinding \"all\""));
}

#[test]
fn rights_come_first_and_webhooks_last() {
    let closed: [(Stage, &dyn Gate); 1] = [(Stage::Gatekeeper, &Closed)];
    let refused = outcome("bob", &policy(), &Objects::default(), &closed);
    assert_eq!(refused.refusal.map(|it| it.stage), Some(Stage::Rbac));
    assert!(refused.warnings.is_empty());
    let refused = outcome("ada", &policy(), &Objects::default(), &closed);
    assert_eq!(
        refused.refusal.map(|it| it.message),
        Some("no to \"ada\"".to_owned())
    );
    assert_eq!(refused.warnings, ["mind"]);
    assert_eq!(refused.object, None);
}

#[test]
fn a_tier_must_be_there() {
    let mut object = policy();
    object["spec"]["tier"] = json!("nowhere");
    let refused = outcome("ada", &object, &Objects::default(), &[]);
    assert_eq!(refused.refusal.map(|it| it.stage), Some(Stage::TierExists));
}

#[test]
fn a_namespace_must_be_there_once_namespaces_are_known() {
    let mut objects = Objects::default();
    objects.insert(json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "pay"}}));
    let refused = outcome("ada", &policy(), &objects, &[]).refusal.unwrap();
    assert_eq!(
        (refused.reason, refused.message.as_str()),
        (Reason::NotFound, "namespaces \"shop\" not found")
    );
}
