//! What checks cost: the field's set and the shipped pack, on 1, 100 and 2,000 documents. Loading is apart.
//!
//! `cargo xtask bench check`, or `cargo bench --profile native -p tierwalk-governance`.

use tierwalk_governance::pack::{self, Settings};
use tierwalk_governance::{
    CheckOptions, Input, InputFile, LoadOptions, Policies, PolicyFile, check,
};

const SIZES: [usize; 3] = [1, 100, 2000];
const FIELD: [(&str, &str); 3] = [
    ("deny.rego", include_str!("../tests/field/policy/deny.rego")),
    (
        "kubernetes.rego",
        include_str!("../tests/field/policy/kubernetes.rego"),
    ),
    ("warn.rego", include_str!("../tests/field/policy/warn.rego")),
];

fn main() {
    divan::main();
}

fn field() -> Policies {
    let files = FIELD.map(|(path, text)| PolicyFile::new(path, text));
    Policies::load(&files, &[], &LoadOptions::default()).0
}

fn shipped() -> Policies {
    let data = [Settings::default().data("checks.yaml")];
    Policies::load(&pack::policies("pack"), &data, &LoadOptions::default()).0
}

/// Policies of a real size: three rules in each direction.
fn policies(count: usize) -> String {
    let policy = |number: usize| {
        let mut text = format!(
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: application.web-{number}\n  \
             namespace: ns-{}\nspec:\n  tier: application\n  order: {}\n  selector: app == 'web-{number}'\n  \
             types: [Ingress, Egress]\n",
            number % 40,
            450 + number,
        );
        for direction in ["ingress", "egress"] {
            text.push_str(&format!("  {direction}:\n"));
            for port in [53, 443, 8080] {
                let peer = "selector: zone == 'dmz', namespaceSelector: env == 'prod'";
                text.push_str(&match direction {
                    "ingress" => format!("    - {{action: Allow, protocol: TCP, source: {{{peer}}}, destination: {{ports: [{port}]}}}}\n"),
                    _ => format!("    - {{action: Allow, protocol: TCP, destination: {{{peer}, ports: [{port}]}}}}\n"),
                });
            }
        }
        text
    };
    let texts: Vec<String> = (0..count).map(policy).collect();
    texts.join("---\n")
}

fn file(count: usize) -> InputFile {
    InputFile {
        path: "policies.yaml".into(),
        text: policies(count),
        parser: None,
    }
}

fn input(count: usize) -> Vec<Input> {
    Input::parse(&file(count)).ok().into_iter().collect()
}

#[divan::bench]
fn load_field() -> Policies {
    field()
}

#[divan::bench]
fn load_pack() -> Policies {
    shipped()
}

#[divan::bench(args = SIZES)]
fn parse(bencher: divan::Bencher, count: usize) {
    let file = file(count);
    bencher.bench(|| Input::parse(&file).map(|input| input.documents()));
}

#[divan::bench(args = SIZES)]
fn check_field(bencher: divan::Bencher, count: usize) {
    let (policies, inputs) = (field(), input(count));
    bencher.bench(|| check(&policies, &inputs, &CheckOptions::default()));
}

#[divan::bench(args = SIZES)]
fn check_pack(bencher: divan::Bencher, count: usize) {
    let (policies, inputs) = (shipped(), input(count));
    bencher.bench(|| check(&policies, &inputs, &CheckOptions::default()));
}
