//! Whatever is pasted: an answer, never a panic, and places that lie in the text.

use proptest::prelude::*;
use tierwalk_resources::{Mode, read};
use tierwalk_source::Diagnostic;
use tierwalk_yaml::{Document, split};

/// Reads all of a text, and checks that every problem and every fix points into it.
fn read_all(text: &str) {
    for chunk in split(text) {
        let document = Document::parse(chunk.text);
        for mode in [Mode::Load, Mode::Create] {
            let checked = read(&document, mode);
            for diagnostic in &checked.diagnostics {
                check_places(diagnostic, chunk.text);
            }
        }
    }
}

fn check_places(diagnostic: &Diagnostic, text: &str) {
    let inside = |span: tierwalk_source::Span| text.get(span.range()).is_some();
    assert!(inside(diagnostic.span), "{diagnostic:?}");
    let mut edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
    assert!(edits.all(|edit| inside(edit.span)), "{diagnostic:?}");
    assert!(tierwalk_resources::CODES.contains(&diagnostic.code));
    assert!(!diagnostic.message.is_empty());
}

/// Words that resources are made of, in no sensible order.
fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "apiVersion: projectcalico.org/v3",
        "apiVersion: crd.projectcalico.org/v1",
        "apiVersion: networking.k8s.io/v1",
        "apiVersion: v1",
        "kind: NetworkPolicy",
        "kind: GlobalNetworkPolicy",
        "kind: Tier",
        "kind: List",
        "kind: TierList",
        "items:",
        "metadata: {name: p, namespace: prod}",
        "metadata:",
        "  name: é",
        "spec:",
        "  selector: app == é'",
        "  selector: 'a = \"b\"'",
        "  selector: |",
        "  ingress:",
        "  - action: allow",
        "    protocol: tcp",
        "    source: {nets: [10.0.0.1, 'fd00::/8', null], notNets: 5}",
        "    destination: {ports: [80-90, 0120, '80:', {}], domains: [é]}",
        "    http: {methods: GET, paths: [{exact: a}]}",
        "  - null",
        "- &a {apiVersion: v1, kind: Pod}",
        "- *a",
        "  types: [Ingress, ingress]",
        "  podSelector: {matchExpressions: [{key: a, operator: in}]}",
        "  Order: yes",
        "---",
        "}",
        "\t",
    ])
}

const GOOD: &str = "apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: apps.web
  labels: {team: web}
spec:
  tier: default
  order: 10.5
  selector: app == 'web' && !has(legacy)
  namespaceSelector: \"env in {'prod', 'test'}\"
  types: [Ingress, Egress]
  ingress:
  - action: Allow
    protocol: TCP
    source: {selector: role == 'frontend', notNets: [10.0.0.0/8]}
    destination: {ports: [80, \"443\", 8000:9000, http]}
    http: {methods: [GET], paths: [{prefix: /a}]}
  egress:
  - {action: Pass, protocol: ICMP, icmp: {type: 8}}
  - action: Deny
    destination: {services: {name: db, namespace: prod}}
";

proptest! {
    #[test]
    fn words_of_resources(words in prop::collection::vec(word(), 0..24)) {
        read_all(&words.join("\n"));
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        read_all(&text);
    }

    /// One change anywhere in a good document.
    #[test]
    fn a_good_document_with_a_slip(at in 0usize..600, length in 0usize..12, slip in "[ -~é\n]{0,3}") {
        let chars: Vec<char> = GOOD.chars().collect();
        let at = at.min(chars.len());
        let end = (at + length).min(chars.len());
        let (before, after) = (&chars[..at], &chars[end..]);
        let text: String = before.iter().copied().chain(slip.chars()).chain(after.iter().copied()).collect();
        read_all(&text);
    }
}
