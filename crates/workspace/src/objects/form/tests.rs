use tierwalk_protocol::{File, ObjectForm};

use super::*;

const POLICY: &str = "apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: backend
  namespace: shop
  annotations: {owner: me}
spec:
  selector: app == 'backend' && !has(old)
  types: [Ingress]
  ingress:
  - action: Allow
    protocol: TCP
    source:
      selector: app == 'web'
      namespaceSelector: (
    destination:
      ports: [8080, http]
    http2: {type: 8}
  hints: [AssumeNeededOnEveryNode]
";

const PODS: &str = "apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop, labels: {app: backend}}
---
apiVersion: v1
kind: Pod
metadata: {name: w, namespace: shop, labels: {app: web, role: front}}
";

fn workspace(policy: &str) -> Workspace {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    Workspace::open(vec![file("p.yaml", policy), file("pods.yaml", PODS)])
}

fn asked(policy: &str, at: ObjectAt) -> ObjectReply {
    show(&workspace(policy), &at)
}

fn at(line: u32) -> ObjectAt {
    ObjectAt {
        file: "p.yaml".to_owned(),
        line,
        key: None,
    }
}

fn shown(policy: &str, line: u32) -> ObjectForm {
    match asked(policy, at(line)) {
        ObjectReply::Form(form) => *form,
        other => panic!("a form: {other:?}"),
    }
}

fn find_field<'a>(form: &'a ObjectForm, path: &str) -> &'a ObjectField {
    fn look<'a>(fields: &'a [ObjectField], path: &str) -> Option<&'a ObjectField> {
        fields.iter().find_map(|it| match it.path == path {
            true => Some(it),
            false => look(&it.fields, path),
        })
    }
    form.sections
        .iter()
        .find_map(|it| look(&it.fields, path))
        .unwrap()
}

#[test]
fn the_form_says_what_the_text_says() {
    let form = shown(POLICY, 9);
    assert_eq!(form.title, "NetworkPolicy shop/backend");
    assert_eq!(form.at.key.as_deref(), Some("NetworkPolicy/shop/backend"));
    let selector = find_field(&form, "spec.selector");
    assert_eq!(selector.terms.len(), 2);
    assert_eq!(selector.note.as_deref(), Some("1 endpoint"));
    assert_eq!(
        find_field(&form, "spec.types").value.as_deref(),
        Some("Ingress")
    );
    let rule = find_field(&form, "spec.ingress[0]");
    assert_eq!(
        rule.summary,
        [
            "Allow",
            "TCP",
            "app == 'web', namespaces (",
            "ports 8080, http"
        ]
    );
    assert!(
        find_field(&form, "spec.ingress[0].source.namespaceSelector")
            .problem
            .is_some()
    );
    assert_eq!(find_field(&form, "spec.order").value, None);
}

#[test]
fn what_the_form_cannot_show_is_named() {
    let form = shown(POLICY, 1);
    let rest: Vec<&str> = form.rest.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(rest, ["metadata.annotations", "spec.hints"]);
    assert_eq!(form.rest[1].place.line, 19);
    let rule = find_field(&form, "spec.ingress[0]");
    assert_eq!(
        rule.problem.as_deref(),
        Some("also in the text: `http2`; unknown field `http2`")
    );
}

#[test]
fn what_exists_is_offered() {
    let form = shown(POLICY, 1);
    let offer = |name: &str| {
        form.offers
            .iter()
            .find(|it| it.name == name)
            .map(|it| it.values.join(" "))
    };
    assert!(offer("endpoints").unwrap().contains("app"));
    assert_eq!(offer("endpoints/app").as_deref(), Some("backend web"));
    assert_eq!(offer("namespace-names").as_deref(), Some("shop"));
    assert!(offer("tiers").unwrap().contains("default"));
}

#[test]
fn a_valid_policy_tells_how_many_it_selects() {
    let form = shown(
        &POLICY
            .replace("      namespaceSelector: (\n", "")
            .replace("    http2: {type: 8}\n", "")
            .replace("  hints: [AssumeNeededOnEveryNode]\n", ""),
        1,
    );
    assert_eq!(form.sections[1].note.as_deref(), Some("selects 1 endpoint"));
}

#[test]
fn broken_text_and_other_kinds_say_so() {
    assert!(matches!(
        asked("kind: [", at(1)),
        ObjectReply::NoForm { broken: true, .. }
    ));
    let other = asked("apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n", at(1));
    assert_eq!(
        other,
        ObjectReply::NoForm {
            why: "There is no form for `Secret`; it is changed in the text.".to_owned(),
            broken: false
        }
    );
}

#[test]
fn an_object_is_found_again_by_its_key() {
    let two = format!("{PODS}---\n{POLICY}");
    let key = ObjectAt {
        key: Some("NetworkPolicy/shop/backend".to_owned()),
        ..at(1)
    };
    let ObjectReply::Form(form) = asked(&two, key) else {
        panic!("a form");
    };
    assert_eq!(
        (form.title.as_str(), form.at.line),
        ("NetworkPolicy shop/backend", 9)
    );
}

#[test]
fn what_matches_is_counted_where_the_rule_looks() {
    let elsewhere = "---
apiVersion: v1
kind: Pod
metadata: {name: x, namespace: other, labels: {app: web}}
---
apiVersion: v1
kind: Namespace
metadata: {name: other, labels: {team: b}}
";
    let note = |side: &str| {
        let policy = format!(
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec:\n  ingress:\n  - action: Allow\n    source: {{selector: app == 'web'{side}}}\n{elsewhere}"
        );
        let form = shown(&policy, 1);
        find_field(&form, "spec.ingress[0].source.selector")
            .note
            .clone()
    };
    assert_eq!(note("").as_deref(), Some("1 endpoint"));
    assert_eq!(
        note(", namespaceSelector: all()").as_deref(),
        Some("2 endpoints")
    );
    assert_eq!(
        note(", namespaceSelector: team == 'b'").as_deref(),
        Some("1 endpoint")
    );
    assert_eq!(
        note(", namespaceSelector: team == 'c'").as_deref(),
        Some("0 endpoints")
    );
    assert_eq!(
        note(", namespaceSelector: global()").as_deref(),
        Some("0 endpoints")
    );
}

#[test]
fn cluster_policies_show_whom_their_rules_are_for() {
    let policy = "apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: c}
spec:
  tier: Admin
  priority: 5000
  subject: {namespaces: {}}
  ingress:
  - action: Deny
    from:
    - namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}
    - pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}
    protocols:
    - tcp: {destinationPort: {range: {start: 80, end: 90}}}
";
    let form = shown(policy, 1);
    assert_eq!(form.rest, []);
    let rule = find_field(&form, "spec.ingress[0]");
    assert_eq!(
        rule.summary,
        [
            "Deny",
            "80, 90",
            "namespaces kubernetes.io/metadata.name == \"shop\"; namespaces all, app == \"web\""
        ]
    );
    let pods = find_field(&form, "spec.ingress[0].from[1].pods.podSelector");
    assert_eq!(pods.note.as_deref(), Some("1 endpoint"));
    let priority = find_field(&form, "spec.priority");
    assert_eq!(
        priority.problem.as_deref(),
        Some("`5000` must be between 0 and 1000")
    );
}
