use serde_json::json;

use super::{Enforcement, Gatekeeper, Review};
use crate::{LoadOptions, PolicyFile};

const TEMPLATE: &str = "\
apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata:
  name: always
spec:
  crd:
    spec:
      names:
        kind: Always
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package always

        violation[{\"msg\": msg}] {
          msg := sprintf(\"no %v\", [input.review.object.metadata.name])
        }
";

fn constraint(spec: &str) -> String {
    format!(
        "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Always\nmetadata: {{name: it}}\nspec:\n{spec}"
    )
}

/// Code, message and the text at the place of each problem.
fn problems(text: &str) -> Vec<(&'static str, String, String)> {
    let files = [PolicyFile::new("a.yaml", text)];
    let (_, problems) = Gatekeeper::load(&files, &[], &LoadOptions::default());
    problems
        .into_iter()
        .map(|problem| {
            assert_eq!(problem.path, "a.yaml");
            let diagnostic = problem.diagnostic;
            let at = diagnostic.span.of(text).to_owned();
            (diagnostic.code, diagnostic.message, at)
        })
        .collect()
}

fn one(text: &str) -> (&'static str, String, String) {
    match problems(text).as_slice() {
        [problem] => problem.clone(),
        problems => panic!("{problems:?}"),
    }
}

fn load(spec: &str) -> Gatekeeper {
    let files = [
        PolicyFile::new("t.yaml", TEMPLATE),
        PolicyFile::new("c.yaml", constraint(spec)),
    ];
    let (gatekeeper, problems) = Gatekeeper::load(&files, &[], &LoadOptions::default());
    assert_eq!(problems, []);
    gatekeeper
}

fn pod(namespace: &str) -> Review {
    Review::of_object(json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "web", "namespace": namespace, "labels": {"app": "web"}},
    }))
}

fn hits(spec: &str, review: &Review) -> bool {
    let decision = load(spec).review(review);
    assert_eq!(decision.errors, []);
    !decision.violations.is_empty()
}

#[test]
fn broken_rego_is_blamed_at_its_line_of_the_yaml() {
    let (code, message, at) = one(&TEMPLATE.replace("sprintf(", "sprintff("));
    assert_eq!(code, "governance/unknown-function");
    assert_eq!(message, "unknown function `sprintff`");
    assert_eq!(at, "sprintff");
    let (code, _, at) = one(&TEMPLATE.replace("msg := ", "msg := name + "));
    assert_eq!((code, at.as_str()), ("governance/unsafe-variable", "name"));
}

#[test]
fn templates_are_held_to_gatekeepers_rules() {
    let says = |from: &str, to: &str| one(&TEMPLATE.replace(from, to)).1;
    assert_eq!(
        says("name: always", "name: never"),
        "the template of kind `Always` must be called `always`"
    );
    assert_eq!(
        says("violation[", "deny["),
        "this template has no rule `violation`"
    );
    assert_eq!(
        says("admission.k8s", "audit.k8s"),
        "`audit.k8s.gatekeeper.sh` is no target; `admission.k8s.gatekeeper.sh` is"
    );
    assert!(says("kind: Always", "kinds: Always").starts_with("this is no ConstraintTemplate: "));
    assert_eq!(says("rego: |", "other: |"), "this template has no Rego");
}

#[test]
fn constraints_are_held_to_their_template() {
    let orphan = constraint("  parameters: {}\n").replace("Always", "Alway");
    let (code, message, at) = one(&format!("{TEMPLATE}---\n{orphan}"));
    assert_eq!(
        (code, message.as_str()),
        (
            "governance/constraint",
            "there is no template of kind `Alway`"
        )
    );
    assert_eq!(at, "Alway");
    let (_, message, at) = one(&format!(
        "{TEMPLATE}---\n{}",
        constraint("  enforcementAction: refuse\n")
    ));
    assert_eq!(
        message,
        "`refuse` is no enforcement action; deny, warn, dryrun and scoped are"
    );
    assert_eq!(at, "refuse");
    let (_, message, at) = one(&format!(
        "{TEMPLATE}---\n{}",
        constraint("  match: {source: original}\n")
    ));
    assert_eq!(
        message,
        "`original` is no source; All, Original and Generated are"
    );
    assert_eq!(at, "original");
}

/// What the template of these tests reports, with another head or body.
fn messages(from: &str, to: &str, review: &Review) -> Vec<String> {
    let files = [
        PolicyFile::new("t.yaml", TEMPLATE.replace(from, to)),
        PolicyFile::new("c.yaml", constraint("  parameters: null\n")),
    ];
    let (gatekeeper, problems) = Gatekeeper::load(&files, &[], &LoadOptions::default());
    assert_eq!(problems, []);
    let decision = gatekeeper.review(review);
    assert_eq!(decision.errors, []);
    let violations = decision.violations.into_iter();
    violations.map(|violation| violation.message).collect()
}

/// The constraint framework's `pkg/client/drivers/rego/rego.go`, `hookModuleRego`, and `drivers/to_result.go`.
#[test]
fn a_violation_is_its_message_and_details() {
    let head = "{\"msg\": msg}";
    let with = |new: &str| messages(head, new, &pod("shop"));
    assert_eq!(with("{\"text\": msg}"), Vec::<String>::new());
    let twice = "{\"msg\": \"no\", \"why\": why}] { why := [\"a\", \"b\"][_] }\n        other[{\"msg\": msg}";
    assert_eq!(with(twice), ["no"], "what else is said makes no difference");
    let detailed = twice.replace("\"why\": why", "\"details\": why");
    assert_eq!(with(&detailed), ["no", "no"]);
    let files = [
        PolicyFile::new("t.yaml", TEMPLATE.replace(head, "{\"msg\": {msg}}")),
        PolicyFile::new("c.yaml", constraint("  parameters: {}\n")),
    ];
    let (gatekeeper, _) = Gatekeeper::load(&files, &[], &LoadOptions::default());
    let decision = gatekeeper.review(&pod("shop"));
    assert_eq!(decision.errors[0].diagnostic.code, "governance/no-message");
}

/// `k8s.io/api/admission/v1`, `AdmissionRequest`: which fields are written when they say nothing.
#[test]
fn a_request_has_the_fields_that_gatekeeper_gives_it() {
    let body = "msg := sprintf(\"no %v\", [input.review.object.metadata.name])";
    let asked = |expression: &str, review: &Review| {
        let body_of = format!("{expression}; msg := \"yes\"");
        messages(body, &body_of, review) == ["yes"]
    };
    let cluster = Review::of_object(json!({
        "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"},
    }));
    assert!(asked("not input.review.namespace", &cluster));
    assert!(asked("input.review.namespace == \"shop\"", &pod("shop")));
    let create = Review::of_request(json!({"operation": "CREATE", "object": {"kind": "Pod"}}));
    for expression in [
        "is_null(input.review.oldObject)",
        "is_null(input.review.options)",
        "input.review.uid == \"\"",
        "input.review.userInfo == {}",
        "not input.review.userInfo.username",
        "input.review.kind.kind == \"\"",
        "not input.review.dryRun",
        "input.parameters == {}",
    ] {
        assert!(asked(expression, &create), "{expression}");
    }
    let delete = Review::of_request(json!({
        "operation": "DELETE", "object": {"kind": "New"}, "oldObject": {"kind": "Old"},
    }));
    assert!(asked("input.review.object.kind == \"Old\"", &delete));
}

/// Gatekeeper `pkg/mutation/match/match.go`.
#[test]
fn what_a_constraint_is_about() {
    assert!(hits("  match: {name: 'we*'}\n", &pod("shop")));
    let made_up = Review::of_object(json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "", "generateName": "web-", "namespace": "shop"},
    }));
    assert!(hits("  match: {name: 'we*'}\n", &made_up));
    assert!(hits("  match: {name: '*eb*'}\n", &made_up));
    assert!(!hits("  match: {name: '*web-'}\n", &made_up));
    assert!(!hits("  match: {name: 'web-'}\n", &made_up));
    assert!(hits("  match: {source: Original}\n", &pod("shop")));
    assert!(!hits("  match: {source: Generated}\n", &pod("shop")));
    assert!(hits(
        "  match: {kinds: null, namespaces: null, name: null, labelSelector: null}\n",
        &pod("shop")
    ));
    assert!(!hits("  match: {name: '*x'}\n", &pod("shop")));
    assert!(hits("  match: {namespaces: ['*ho*']}\n", &pod("shop")));
    assert!(!hits(
        "  match: {excludedNamespaces: ['sh*']}\n",
        &pod("shop")
    ));
    assert!(!hits(
        "  match: {labelSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}\n",
        &pod("shop")
    ));
    let cluster = Review::of_object(json!({
        "apiVersion": "projectcalico.org/v3", "kind": "GlobalNetworkPolicy", "metadata": {"name": "web"},
    }));
    assert!(hits(
        "  match: {namespaces: [shop], namespaceSelector: {matchLabels: {a: b}}}\n",
        &cluster
    ));
    assert!(!hits("  match: {kinds: [{apiGroups: [apps]}]}\n", &cluster));
}

#[test]
fn labels_of_a_namespace_must_be_known() {
    let spec = "  match: {namespaceSelector: {matchLabels: {env: prod}}}\n";
    let decision = load(spec).review(&pod("shop"));
    assert_eq!(decision.errors[0].diagnostic.code, "governance/constraint");
    let namespace = |env: &str| json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"env": env}}});
    assert!(hits(spec, &pod("shop").within(namespace("prod"))));
    assert!(!hits(spec, &pod("shop").within(namespace("dev"))));
}

#[test]
fn what_is_deleted_or_replaced_counts() {
    let object = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": {"app": "web"}}});
    let spec = "  match: {labelSelector: {matchLabels: {app: web}}}\n";
    let delete =
        Review::of_request(json!({"operation": "DELETE", "object": null, "oldObject": object}));
    assert!(hits(spec, &delete));
    let mut relabelled = object.clone();
    relabelled["metadata"]["labels"]["app"] = "db".into();
    let update = Review::of_request(
        json!({"operation": "UPDATE", "object": relabelled, "oldObject": object}),
    );
    assert!(hits(spec, &update));
}

#[test]
fn scoped_actions_count_at_the_webhook() {
    let spec = "  enforcementAction: scoped\n  scopedEnforcementActions:\n  - action: deny\n    enforcementPoints: [{name: audit.gatekeeper.sh}]\n  \
                - action: warn\n    enforcementPoints: [{name: '*'}]\n";
    let decision = load(spec).review(&pod("shop"));
    assert_eq!(decision.lines(Enforcement::Warn), ["[it] no web"]);
    assert_eq!(decision.violations.len(), 1);
}

/// Gatekeeper `pkg/util/enforcement_action.go`, `ScopedActionForEP`: all actions for the webhook are taken.
#[test]
fn the_action_that_weighs_most_counts() {
    let action = |name: &str| {
        format!("  - action: {name}\n    enforcementPoints: [{{name: validation.gatekeeper.sh}}]\n")
    };
    let spec = format!(
        "  enforcementAction: scoped\n  scopedEnforcementActions:\n{}{}{}",
        action("dryrun"),
        action("deny"),
        action("warn")
    );
    let decision = load(&spec).review(&pod("shop"));
    assert_eq!(decision.lines(Enforcement::Deny), ["[it] no web"]);
}

#[test]
fn templates_may_look_at_the_cluster() {
    let template = TEMPLATE.replace(
        "msg := sprintf(\"no %v\", [input.review.object.metadata.name])",
        "data.inventory.namespace.shop[\"v1\"].Service[name]\n          msg := sprintf(\"there is %v\", [name])",
    );
    let files = [
        PolicyFile::new("t.yaml", template),
        PolicyFile::new("c.yaml", constraint("  parameters: {}\n")),
    ];
    let service = json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}});
    let (gatekeeper, problems) = Gatekeeper::load(&files, &[service], &LoadOptions::default());
    assert_eq!(problems, []);
    let decision = gatekeeper.review(&pod("shop"));
    assert_eq!(decision.violations[0].message, "there is web");
}
