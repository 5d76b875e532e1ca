use tierwalk_source::{Diagnostic, Severity};
use tierwalk_yaml::Document;

use crate::kinds::{Object, Resource};
use crate::scalars::{Port, Protocol};
use crate::{Mode, read};

fn load(text: &str) -> (Vec<Object>, Vec<Diagnostic>) {
    let checked = read(&Document::parse(text), Mode::Load);
    (checked.value, checked.diagnostics)
}

const POLICY: &str = "apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: p, namespace: prod}
spec:
  ingress:
  - action: Allow
    protocol: TCP
    source: {selector: app == 'web', nets: [10.0.0.0/8]}
    destination: {ports: [80, \"443\", 8000:9000, http]}
";

#[test]
fn a_policy_becomes_typed_data() {
    let (objects, diagnostics) = load(POLICY);
    assert_eq!(diagnostics, []);
    let Resource::NetworkPolicy(spec) = &objects[0].resource else {
        panic!("{objects:?}");
    };
    let rule = &spec.ingress[0];
    assert_eq!(rule.protocol, Some(Protocol::Name("TCP".into())));
    assert_eq!(rule.source.selector, "app == 'web'");
    let named = Port::Named("http".into());
    let numbered = [(80, 80), (443, 443), (8000, 9000)].map(|(from, to)| Port::Numbered(from, to));
    assert_eq!(rule.destination.ports[..3], numbered);
    assert_eq!(rule.destination.ports[3], named);
}

/// One broken place never hides the others, and each is pointed at.
#[test]
fn every_unreadable_place_is_said_at_its_place() {
    let text = "apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: p, namespace: prod}
spec:
  order: first
  selectr: all()
  types: Ingress
  egress:
  - action: Allow
    destination: {ports: [80:70]}
";
    let (objects, diagnostics) = load(text);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code, it.span.of(text)))
        .collect();
    assert_eq!(objects, []);
    assert!(
        found.contains(&("document/wrong-type", "first")),
        "{found:?}"
    );
    assert!(
        found.contains(&("document/unknown-field", "selectr")),
        "{found:?}"
    );
    assert!(
        found.contains(&("document/wrong-type", "Ingress")),
        "{found:?}"
    );
    assert!(
        found.contains(&("document/wrong-type", "80:70")),
        "{found:?}"
    );
}

/// Reference §6.8: calicoctl matches field names without regard to case and takes numbers for text.
#[test]
fn what_only_calicoctl_reads_is_read_with_a_warning() {
    let text = "apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: yes, labels: {a: 1}}
spec: {Selector: all()}
";
    let (objects, diagnostics) = load(text);
    assert_eq!(objects[0].metadata.name, "true");
    assert_eq!(objects[0].metadata.labels["a"], "1");
    let found: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.severity, it.code, it.span.of(text)))
        .collect();
    let warning = Severity::Warning;
    assert_eq!(
        found,
        [
            (warning, "document/not-text", "yes"),
            (warning, "document/not-text", "1"),
            (warning, "document/field-case", "Selector"),
        ]
    );
}

#[test]
fn a_number_for_text_is_refused_in_kubernetes_policies() {
    let text = "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p}
spec: {podSelector: {matchLabels: {a: 1}}}
";
    let (objects, diagnostics) = load(text);
    assert_eq!(objects, []);
    assert_eq!(diagnostics[0].span.of(text), "1");
    assert!(diagnostics[0].is_error());
}

/// Reference §6.8: `0120` is 80.
#[test]
fn octal_numbers_are_pointed_out() {
    let text = POLICY.replace("[80,", "[0120,");
    let (_, diagnostics) = load(&text);
    assert_eq!(diagnostics[0].code, "document/surprising-number");
    assert_eq!(diagnostics[0].span.of(&text), "0120");
    assert_eq!(diagnostics[0].fixes[0].edits[0].text, "80");
}

#[test]
fn fields_of_other_kinds_are_unknown() {
    let text = POLICY.replace("spec:", "spec:\n  stagedAction: Set\n  doNotTrack: true");
    let (_, diagnostics) = load(&text);
    let help: Vec<_> = diagnostics
        .iter()
        .filter_map(|it| it.help.as_deref())
        .collect();
    assert_eq!(
        help,
        [
            "only the staged kinds of policy have it",
            "only the global kinds of policy have it"
        ]
    );
}

#[test]
fn lists_hold_resources_with_paths_of_their_own() {
    let text = "apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: prod}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
";
    let (objects, diagnostics) = load(text);
    assert_eq!(diagnostics, []);
    assert_eq!(objects[0].path.to_string(), "items[0]");
    assert_eq!(objects[0].resource, Resource::Namespace);
    assert_eq!(objects[1].resource, Resource::Ignored);
}

#[test]
fn items_of_a_typed_list_need_no_kind() {
    let text = "apiVersion: projectcalico.org/v3
kind: TierList
metadata: {resourceVersion: \"12\"}
items:
- metadata: {name: apps}
  spec: {order: 10}
";
    let (objects, diagnostics) = load(text);
    assert_eq!(diagnostics, []);
    assert_eq!(objects[0].metadata.name, "apps");
    assert!(matches!(&objects[0].resource, Resource::Tier(tier) if tier.order == Some(10.0)));
}

/// What `kubectl get -o yaml` prints.
#[test]
fn bookkeeping_of_the_cluster_is_left_out() {
    let text = "apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: p
  namespace: prod
  uid: 5b1f
  generation: 3
  creationTimestamp: 2026-01-02T03:04:05Z
  managedFields: [{manager: kubectl, fieldsV1: {f:spec: {}}}]
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: 5b1f, controller: true, blockOwnerDeletion: true}]
spec: {}
status: {}
";
    let (objects, diagnostics) = load(text);
    assert_eq!(diagnostics, []);
    assert_eq!(objects.len(), 1);
}

#[test]
fn kubernetes_objects_may_say_more_than_is_read() {
    let text = "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: prod, labels: {app: web}}
spec:
  restartPolicy: Always
  containers: [{name: c, image: nginx, ports: [{containerPort: 80, name: http}]}]
status: {phase: Running, podIP: 10.0.0.1, conditions: []}
";
    let (objects, diagnostics) = load(text);
    assert_eq!(diagnostics, []);
    let Resource::Pod(pod) = &objects[0].resource else {
        panic!("{objects:?}");
    };
    assert_eq!(pod.status.pod_ip, "10.0.0.1");
    assert_eq!(pod.spec.containers[0].ports[0].name, "http");
}

#[test]
fn what_is_no_resource_is_said_or_left_alone() {
    let code = |text: &str| load(text).1.first().map(|it| it.code);
    assert_eq!(code("hello"), Some("document/not-a-resource"));
    assert_eq!(code("kind: NetworkPolicy"), Some("document/not-a-resource"));
    assert_eq!(
        code("metadata: {name: a}\nspec: {}"),
        Some("document/not-a-resource")
    );
    assert_eq!(code("ObjectType: Policy\nkind: global"), None);
    let (objects, diagnostics) = load("frontend:\n  port: 80");
    assert_eq!(objects, []);
    assert_eq!(diagnostics[0].severity, Severity::Info);
    assert_eq!(code("# nothing\n"), None);
}
