//! Instances of the shipped templates.

use tierwalk_resources::{Mode, read};
use tierwalk_source::Diagnostic;
use tierwalk_template::{
    CompiledDocument, Library, Manifest, Options, PlaceKind, SHIPPED, compile_document,
};
use tierwalk_yaml::Document;

/// What Calico's client refuses, as the rest of Tierwalk sees it.
fn problems_of(yaml: &str) -> Vec<Diagnostic> {
    read(&Document::parse(yaml), Mode::Load).diagnostics
}

fn compile(text: &str) -> CompiledDocument {
    compile_document(text, &Library::shipped(), Options::default())
}

fn one(text: &str) -> Manifest {
    let mut compiled = compile(text);
    assert!(
        compiled.diagnostics.is_empty(),
        "{:#?}",
        compiled.diagnostics
    );
    assert_eq!(compiled.manifests.len(), 1);
    compiled.manifests.remove(0)
}

const CHECKOUT: &str = "\
template: web-service
values:
  name: checkout
  namespace: shop
  ports: [8080, 9090]
  clients:
  - app: storefront
    namespace: web
  dependencies:
  - app: payments
    ports: [8443]
  - app: metrics
    namespace: monitoring
    protocol: UDP
    ports: [\"8125:8126\"]
";

#[test]
fn the_shipped_definitions_have_no_problems() {
    for (name, text) in SHIPPED {
        let options = Options {
            compat: false,
            validate: Some(&problems_of),
        };
        let compiled = compile_document(text, &Library::empty(), options);
        assert!(
            compiled.diagnostics.is_empty(),
            "{name}: {:#?}",
            compiled.diagnostics
        );
    }
    assert_eq!(Library::shipped().definitions().count(), SHIPPED.len());
}

#[test]
fn a_web_service_names_its_clients_and_dependencies() {
    let manifest = one(CHECKOUT);
    assert_eq!(
        manifest.text,
        r#"apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: checkout
  namespace: shop
spec:
  tier: default
  order: 500
  selector: app == "checkout"
  types:
  - Ingress
  - Egress
  ingress:
  - action: Allow
    protocol: TCP
    source:
      selector: app == "storefront"
      namespaceSelector: projectcalico.org/name == "web"
    destination:
      ports: [8080, 9090]
  egress:
  - action: Allow
    protocol: UDP
    destination:
      namespaceSelector: projectcalico.org/name == "kube-system"
      selector: k8s-app == "kube-dns"
      ports: [53]
  - action: Allow
    protocol: TCP
    destination:
      selector: app == "payments"
      ports: [8443]
  - action: Allow
    protocol: UDP
    destination:
      selector: app == "metrics"
      namespaceSelector: projectcalico.org/name == "monitoring"
      ports: ["8125:8126"]
"#
    );
}

#[test]
fn every_line_knows_its_field() {
    let manifest = one(CHECKOUT);
    let fields: Vec<_> = (1..=manifest.text.lines().count() as u32)
        .map(|line| {
            let place = manifest.map.origin(line).unwrap();
            let written = manifest.text.lines().nth(line as usize - 1).unwrap().trim();
            let mark = match place.kind {
                PlaceKind::Written => "",
                PlaceKind::Default => " (default)",
                PlaceKind::Structure => " (structure)",
            };
            format!("{written} <- {}:{}{mark}", place.line, place.field)
        })
        .collect();
    let rendered = fields.join("\n");
    for wanted in [
        "apiVersion: projectcalico.org/v3 <- 1:template (structure)",
        "name: checkout <- 3:values.name",
        "order: 500 <- 3:values.order (default)",
        "selector: app == \"checkout\" <- 3:values.name",
        "selector: app == \"storefront\" <- 7:values.clients[0].app",
        "ports: [8080, 9090] <- 5:values.ports",
        "ports: [53] <- 3:values.dns (default)",
        "- action: Allow <- 10:values.dependencies[0]",
        "- action: Allow <- 12:values.dependencies[1]",
        "protocol: UDP <- 14:values.dependencies[1].protocol",
        "ports: [8443] <- 11:values.dependencies[0].ports",
    ] {
        assert!(rendered.contains(wanted), "{wanted}\n in\n{rendered}");
    }
}

fn problems(text: &str) -> Vec<(String, String, String)> {
    let compiled = compile(text);
    assert!(
        compiled.manifests.is_empty() || !compiled.diagnostics.iter().any(Diagnostic::is_error)
    );
    let told = |d: Diagnostic| (d.code.to_owned(), d.span.of(text).to_owned(), d.message);
    compiled.diagnostics.into_iter().map(told).collect()
}

#[test]
fn values_are_checked_where_they_stand() {
    for (text, code, at, message) in [
        (
            "template: web-servce\n",
            "template/unknown-template",
            "web-servce",
            "there is no template `web-servce`",
        ),
        (
            "template: web-service\nvalues:\n  name: checkout\n",
            "template/missing-field",
            "name",
            "missing `namespace`",
        ),
        (
            "template: namespace-isolation\nvalues: {namespace: shop, caller: [web]}\n",
            "template/unknown-field",
            "caller",
            "the template has no field `caller`",
        ),
        (
            "template: namespace-isolation\nvalues:\n  namespace: shop\n  order: 5\n",
            "template/value",
            "5",
            "`values.order` is 5, outside of its range",
        ),
        (
            "template: namespace-isolation\nvalues: {namespace: Shop}\n",
            "template/value",
            "Shop",
            "`Shop` is not a name",
        ),
        (
            "template: web-service\nvalues: {name: a, namespace: b, dependencies: [{app: c, ports: [80], protocol: ICMP}]}\n",
            "template/value",
            "ICMP",
            "`values.dependencies[0].protocol` may not be `ICMP`",
        ),
        (
            "template: egress-api\nvalues: {name: a, namespace: b, applies_to: app, domains: [x.y]}\n",
            "template/value",
            "app",
            "`app` is not a label",
        ),
        (
            "template: egress-api\nvalues: {name: a, namespace: b, applies_to: app=x, domains: [https://x.y/z]}\n",
            "template/value",
            "https://x.y/z",
            "`https://x.y/z` is not a domain name",
        ),
        (
            "template: web-service\nvals: {}\n",
            "template/unknown-key",
            "vals",
            "unknown key `vals`",
        ),
    ] {
        let told = problems(text);
        let wanted = (code.to_owned(), at.to_owned(), message.to_owned());
        assert!(told.contains(&wanted), "{text}\n{told:#?}");
    }
}

#[test]
fn networks_of_both_families_get_rules_of_their_own() {
    let text = "template: egress-api\nvalues:\n  name: a\n  namespace: b\n  applies_to: app=x\n  domains: ['*.x.y']\n  \
                networks:\n  - 10.1.2.3/8\n  - 2001:db8::/32\n";
    let manifest = one(text);
    assert!(
        manifest.text.contains("domains:\n      - \"*.x.y\"\n"),
        "{}",
        manifest.text
    );
    assert!(
        manifest.text.contains("nets:\n      - 10.0.0.0/8\n"),
        "{}",
        manifest.text
    );
    assert!(
        manifest.text.contains("nets:\n      - 2001:db8::/32\n"),
        "{}",
        manifest.text
    );
}

#[test]
fn the_generators_template_is_a_definition_too() {
    let policy = "PolicyName: base\nPolicyOrder: 700\nObjectType: NetworkPolicy\nPolicyNamespace: prod\n\
        AppliesToSelector: app == \"a\"\nDirection: [Egress, Ingress]\nINGRESS:\n- allow from namespace web\n\
        EGRESS:\n- {EgressAction: Allow, EgressProtocol: TCP, EgressPort: [80], EgressDestinationSelector: all()}\n";
    let direct = one(policy);
    let indented: String = policy.lines().map(|line| format!("  {line}\n")).collect();
    let through = one(&format!("template: policy-generator\nvalues:\n{indented}"));
    let flat = |text: &str| {
        text.replace(
            "types: [Egress, Ingress]",
            "types:\n  - Egress\n  - Ingress",
        )
    };
    assert_eq!(flat(&through.text), direct.text);
}

/// A definition whose output prints the compiler's own marks is only wrong, not endless.
#[test]
fn marks_in_a_definition_lead_nowhere() {
    let text = "apiVersion: tierwalk.dev/v1\nkind: PolicyTemplate\nmetadata: {name: x}\nspec:\n  output: |\n    \
                kind: {{ \"\u{e0f1}0\u{e0f2}\" }}\n";
    let compiled = compile(text);
    assert!(!compiled.diagnostics.is_empty());
}
