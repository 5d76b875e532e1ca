use tierwalk_yaml::Document;

use super::*;
use crate::{CompiledDocument, Library, Options, compile_document};

fn compiled(text: &str) -> CompiledDocument {
    compile_document(text, &Library::empty(), Options::default())
}

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: db-0
  namespace: shop
  labels: {app: db, tier: data}
  annotations:
    projectcalico.org/policy: \"allow tcp from label role=backend to ports 2379,443; allow icmp\"
";

#[test]
fn an_annotation_becomes_a_policy_for_its_pod() {
    let compiled = compiled(POD);
    assert!(
        compiled.diagnostics.is_empty(),
        "{:?}",
        compiled.diagnostics
    );
    assert_eq!(
        compiled.manifests[0].text,
        r#"apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: annotation-db-0
  namespace: shop
spec:
  tier: default
  order: 1000
  selector: app == "db" && tier == "data"
  types:
  - Ingress
  - Egress
  ingress:
  - action: Allow
    protocol: TCP
    source:
      selector: role == "backend"
    destination:
      ports: [2379, 443]
  - action: Allow
    protocol: ICMP
  egress:
  - action: Allow
"#
    );
    let place = compiled.manifests[0].map.origin(16).expect("a place");
    assert_eq!(place.span.of(POD), "label role=backend");
}

#[test]
fn the_annotation_may_stand_on_the_pods_of_a_workload() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  template:\n    metadata:\n      \
                labels: {app: web}\n      annotations: {projectcalico.org/policy: allow}\n";
    let compiled = compiled(text);
    assert_eq!(
        compiled.manifests[0].object.to_string(),
        "NetworkPolicy shop/annotation-web"
    );
}

#[test]
fn a_rule_that_cannot_be_read_is_told_at_its_word() {
    let text = POD.replace("allow icmp", "allow icmp type code 4");
    let compiled = compiled(&text);
    assert!(compiled.manifests.is_empty());
    let told: Vec<_> = compiled
        .diagnostics
        .iter()
        .map(|d| (d.span.of(&text), d.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [("code", "`code` is not an ICMP type (column 18 of the rule)")]
    );
}

#[test]
fn kube_system_stays_open_and_pods_without_labels_cannot_be_selected() {
    let open = compiled(&POD.replace("namespace: shop", "namespace: kube-system"));
    assert!(open.manifests.is_empty() && !open.diagnostics[0].is_error());
    let bare = compiled(&POD.replace("  labels: {app: db, tier: data}\n", ""));
    assert!(bare.manifests.is_empty() && bare.diagnostics[0].is_error());
}

fn pods_of(text: &str) -> AnnotatedPods {
    pods(&Document::parse(text).root.expect("a root")).expect("pods")
}

/// Without a policy, the plugin lets a pod be reached from its own namespace only.
#[test]
fn pods_without_the_annotation_are_isolated_by_namespace() {
    let plain = "kind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}";
    let system = "kind: Pod\nmetadata: {name: dns, namespace: kube-system}";
    let manifests = isolation(&[pods_of(plain), pods_of(POD), pods_of(system)]);
    assert_eq!(manifests.len(), 1);
    assert_eq!(
        manifests[0].object.to_string(),
        "NetworkPolicy shop/namespace-isolation"
    );
    assert!(
        manifests[0]
            .text
            .contains("selector: '!(app == \"db\" && tier == \"data\")'")
    );
    assert!(
        manifests[0]
            .text
            .contains("ingress:\n  - action: Allow\n    source:\n      selector: all()\n")
    );
    assert!(isolation(&[pods_of(POD), pods_of(system)]).is_empty());
}
