//! 2,000 template documents, from text to YAML with source maps: in the generator's form, and as instances of
//! a template that is defined.

use divan::{Bencher, black_box};
use tierwalk_template::{Library, Options, ProjectOptions, compile_document, compile_project};
use tierwalk_yaml::split;

const DOCUMENTS: usize = 2_000;

fn main() {
    divan::main();
}

/// Policies with two rules each way; every tenth document is a set.
fn generator() -> String {
    let document = |n: usize| match n % 10 {
        9 => format!(
            "ObjectType: GlobalNetworkSet\nNetworkSetName: set-{n}\nkind: global\nLabels: {{role: saas, set: s{n}}}\n\
             CIDR: ['10.{}.0.0/16', '203.0.113.0/24']\n",
            n % 256
        ),
        _ => format!(
            "PolicyName: policy-{n}\nPolicyOrder: {n}\nObjectType: NetworkPolicy\nPolicyNamespace: team-{}\n\
             AppliesToSelector: app == \"app-{n}\"\nAppliesToNamespaceSelector: ''\nAppliesToSvcActSelector: ''\n\
             Direction: ['Ingress', 'Egress']\nEGRESS:\n\
             - EgressAction: Allow\n  EgressPort: [8080, 9090]\n  EgressProtocol: TCP\n  EgressDestinationSelector: app == \"db\"\n  \
             EgressDestinationNamespace: ''\n  EgressDestinationServiceAccount: ''\n\
             - EgressAction: Deny\n  EgressPort: ''\n  EgressProtocol: ''\n  EgressDestinationSelector: ''\n  \
             EgressDestinationNamespace: zone == \"dmz\"\n  EgressDestinationServiceAccount: ''\n\
             INGRESS:\n\
             - IngressAction: Allow\n  IngressPort: [443]\n  IngressProtocol: TCP\n  IngressSourceSelector: app in {{'web', 'api'}}\n  \
             IngressSourceNamespace: ''\n  IngressSourceServiceAccount: all()\n\
             - IngressAction: Log\n  IngressPort: ''\n  IngressProtocol: UDP\n  IngressSourceSelector: ''\n  \
             IngressSourceNamespace: all()\n  IngressSourceServiceAccount: ''\n",
            n % 50
        ),
    };
    (0..DOCUMENTS)
        .map(document)
        .collect::<Vec<_>>()
        .join("---\n")
}

fn instances() -> String {
    let document = |n: usize| {
        format!(
            "template: web-service\nvalues:\n  name: app-{n}\n  namespace: team-{}\n  ports: [8080]\n  clients:\n  - app: web\n  \
             - app: api\n    namespace: edge\n  dependencies:\n  - app: db\n    ports: [5432]\n",
            n % 50
        )
    };
    (0..DOCUMENTS)
        .map(document)
        .collect::<Vec<_>>()
        .join("---\n")
}

fn text(form: &str) -> String {
    match form {
        "generator" => generator(),
        _ => instances(),
    }
}

/// All of them.
#[divan::bench(args = ["generator", "instances"], sample_count = 10, sample_size = 1)]
fn all(bencher: Bencher, form: &str) {
    let text = text(form);
    bencher.bench_local(|| {
        compile_project(black_box(&[("all.yaml", &text)]), ProjectOptions::default())
    });
}

/// One of them, as after an edit.
#[divan::bench(args = ["generator", "instances"])]
fn one(bencher: Bencher, form: &str) {
    let text = text(form);
    let document = split(&text)
        .get(7)
        .map(|chunk| chunk.text)
        .unwrap_or_default();
    let library = Library::shipped();
    bencher.bench_local(|| compile_document(black_box(document), &library, Options::default()));
}
