use serde_json::{Value as Json, json};

use super::*;
use crate::{Key, User, Verb, read};

/// Policies, bindings and everything else in one text.
fn load(text: &str) -> (Policies, Objects, Rbac) {
    let (found, problems) = read(text);
    assert!(problems.is_empty(), "{problems:?}");
    let (mut policies, mut objects, mut rbac) =
        (Policies::default(), Objects::default(), Rbac::default());
    for found in found {
        assert_eq!(policies.add(&found), []);
        rbac.add_found(&found).unwrap();
        objects.insert(found.object);
    }
    (policies, objects, rbac)
}

fn pod(labels: Json) -> Json {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop", "labels": labels}})
}

fn said(text: &str, object: &Json, old: Option<&Json>) -> Said {
    let (policies, objects, rbac) = load(text);
    let user = User::new("ada", &["team".to_owned()]);
    let request = Request {
        user: &user,
        verb: if old.is_some() {
            Verb::Update
        } else {
            Verb::Create
        },
        object: Some(object),
        old,
    };
    policies.review(&request, &objects, &rbac)
}

/// A policy about pods, with more of its `spec`, and its binding.
fn policy(spec: &str, binding: &str) -> String {
    format!(
        "apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {{name: owners}}
spec:
  matchConstraints:
    resourceRules: [{{apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods]}}]
{spec}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {{name: everywhere}}
spec:
  policyName: owners
  validationActions: [Deny]
{binding}
"
    )
}

const OWNER: &str =
    "  validations: [{expression: 'has(object.metadata.labels.owner)', message: 'name an owner'}]";

fn refusal(text: &str, labels: Json) -> Option<String> {
    said(text, &pod(labels), None)
        .refusal
        .map(|refusal| refusal.message)
}

#[test]
fn a_policy_that_is_not_met_refuses() {
    let text = policy(OWNER, "");
    assert_eq!(
        refusal(&text, json!({})).as_deref(),
        Some(
            "pods \"web\" is forbidden: ValidatingAdmissionPolicy 'owners' with binding 'everywhere' denied request: name an owner"
        )
    );
    assert_eq!(refusal(&text, json!({"owner": "ada"})), None);
}

#[test]
fn without_a_message_the_expression_is_told() {
    let text = policy(
        "  validations: [{expression: ' 1 > 2 ', reason: Forbidden}]",
        "",
    );
    let refusal = said(&text, &pod(json!({})), None).refusal.unwrap();
    assert!(
        refusal
            .message
            .ends_with("denied request: failed expression: 1 > 2"),
        "{}",
        refusal.message
    );
    assert_eq!(refusal.reason, Reason::Forbidden);
}

#[test]
fn variables_and_a_message_expression() {
    let text = policy(
        "  variables:
  - {name: labels, expression: 'object.metadata.?labels.orValue({})'}
  - {name: zone, expression: \"'zone' in variables.labels ? variables.labels.zone : 'none'\"}
  validations:
  - {expression: \"variables.zone == 'blue'\", messageExpression: \"'zone is ' + variables.zone\"}",
        "",
    );
    assert!(
        refusal(&text, json!({"zone": "red"}))
            .unwrap()
            .ends_with(": zone is red")
    );
    assert!(
        refusal(&text, json!({}))
            .unwrap()
            .ends_with(": zone is none")
    );
    assert_eq!(refusal(&text, json!({"zone": "blue"})), None);
}

#[test]
fn what_cannot_be_evaluated_refuses_unless_it_is_to_be_ignored() {
    let spec = "  validations: [{expression: \"object.metadata.labels.zone == 'blue'\"}]";
    let closed = refusal(&policy(spec, ""), json!({})).unwrap();
    assert!(
        closed.ends_with("expression 'object.metadata.labels.zone == 'blue'' resulted in error: no such key: zone"),
        "{closed}"
    );
    let open = format!("  failurePolicy: Ignore\n{spec}");
    assert_eq!(refusal(&policy(&open, ""), json!({})), None);
}

#[test]
fn a_broken_variable_says_why() {
    let spec = "  variables: [{name: a, expression: object.spec.x}]\n  validations: [{expression: variables.a == 1}]";
    let message = refusal(&policy(spec, ""), json!({})).unwrap();
    assert!(
        message.ends_with("composited variable \"a\" fails to evaluate: no such key: spec"),
        "{message}"
    );
}

#[test]
fn conditions_leave_requests_out() {
    let spec = format!(
        "  matchConditions: [{{name: not-ada, expression: \"request.userInfo.username != 'ada'\"}}]\n{OWNER}"
    );
    assert_eq!(refusal(&policy(&spec, ""), json!({})), None);
}

#[test]
fn namespaces_objects_and_exclusions_select() {
    let namespace =
        "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {env: prod}}\n";
    let bound = |binding: &str| policy(OWNER, binding) + namespace;
    let is_refused = |text: &str| refusal(text, json!({"app": "web"})).is_some();
    assert!(is_refused(&bound(
        "  matchResources: {namespaceSelector: {matchLabels: {env: prod}}}"
    )));
    assert!(!is_refused(&bound(
        "  matchResources: {namespaceSelector: {matchLabels: {env: dev}}}"
    )));
    assert!(is_refused(&bound(
        "  matchResources: {namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [pay]}]}}"
    )));
    assert!(!is_refused(&bound(
        "  matchResources: {objectSelector: {matchLabels: {app: db}}}"
    )));
    assert!(!is_refused(&bound(
        "  matchResources: {excludeResourceRules: [{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'], resourceNames: [web]}]}"
    )));
}

#[test]
fn warnings_and_audit_let_through() {
    let text = policy(OWNER, "").replace("[Deny]", "[Warn, Audit]");
    let said = said(&text, &pod(json!({})), None);
    assert_eq!(said.refusal, None);
    assert_eq!(
        said.warnings,
        [
            "Validation failed for ValidatingAdmissionPolicy 'owners' with binding 'everywhere': name an owner"
        ]
    );
    assert_eq!(said.audit.len(), 1);
}

#[test]
fn parameters_come_from_objects() {
    let spec = "  paramKind: {apiVersion: v1, kind: ConfigMap}
  validations: [{expression: \"object.metadata.labels.zone in params.data.zones.split(',')\", message: wrong zone}]";
    let with = |binding: &str, map: &str| policy(spec, binding) + map;
    let map = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: zones, namespace: shop}\ndata: {zones: 'blue,green'}\n";
    let binding = "  paramRef: {name: zones, parameterNotFoundAction: Deny}";
    assert_eq!(refusal(&with(binding, map), json!({"zone": "green"})), None);
    assert!(refusal(&with(binding, map), json!({"zone": "red"})).is_some());
    let missing = refusal(&with(binding, ""), json!({"zone": "red"})).unwrap();
    assert!(
        missing.contains("failed to configure binding: no params found"),
        "{missing}"
    );
    let allow = "  paramRef: {name: zones, parameterNotFoundAction: Allow}";
    assert_eq!(refusal(&with(allow, ""), json!({"zone": "red"})), None);
}

#[test]
fn old_objects_and_rights_are_known() {
    let spec = "  validations:
  - expression: >-
      object.metadata.labels.?zone == oldObject.metadata.labels.?zone
      || authorizer.group('').resource('pods').namespace('shop').check('rezone').allowed()";
    let text = policy(spec, "");
    let (blue, red) = (pod(json!({"zone": "blue"})), pod(json!({"zone": "red"})));
    assert!(said(&text, &red, Some(&blue)).refusal.is_some());
    assert!(said(&text, &red, Some(&red)).refusal.is_none());
    let rights = "---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: rezone, namespace: shop}
rules: [{apiGroups: [''], resources: [pods], verbs: [rezone]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rezone, namespace: shop}
roleRef: {kind: Role, name: rezone}
subjects: [{kind: Group, name: team}]
";
    assert!(said(&(text + rights), &red, Some(&blue)).refusal.is_none());
}

#[test]
fn bad_cel_is_told_at_its_line() {
    let text = "apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: p}
spec:
  validations:
  - expression: |
      object.metadata.name == 'a' &&
      objct.spec == 1
  - expression: 'object.name.startWith(1)'
";
    let (found, _) = read(text);
    let problems = Policies::default().add(found.first().unwrap());
    let told: Vec<(&str, &str, &str)> = problems
        .iter()
        .map(|it| (it.code, it.span.of(text), it.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("admission/expression", "objct", "there is no name `objct`"),
            (
                "admission/expression",
                "startWith",
                "there is no function `startWith`"
            ),
        ]
    );
}

#[test]
fn a_field_that_does_not_fit_is_told_at_its_place() {
    let text = "apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: b}
spec: {policyName: p, validationActions: [Refuse]}
";
    let (found, _) = read(text);
    let problems = Policies::default().add(found.first().unwrap());
    assert_eq!(problems.first().map(|it| it.span.of(text)), Some("Refuse"));
}

#[test]
fn a_binding_without_its_policy_is_found() {
    let text = policy(OWNER, "").replace("policyName: owners", "policyName: owner");
    let (policies, objects, _) = load(&text);
    assert_eq!(
        policies.orphans().collect::<Vec<_>>(),
        [("everywhere", "owner")]
    );
    assert!(objects.get(&Key::of(&pod(json!({})))).is_none());
}
