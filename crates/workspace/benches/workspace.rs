//! From text to verdicts: opening workspaces of several sizes, and one keystroke in them.

use std::fmt::Write;

use divan::{Bencher, black_box};
use tierwalk_protocol::File;
use tierwalk_workspace::Workspace;

fn main() {
    divan::main();
}

/// Parse, validate, compile and analyse: policies over a hundred pods.
#[divan::bench(args = [10, 100, 1000])]
fn open(bencher: Bencher<'_, '_>, policies: usize) {
    bencher
        .with_inputs(|| cluster(policies, 100))
        .bench_values(|files| Workspace::open(files).analysis(None));
}

/// Parse, validate, compile and analyse: 1,000 policies over 10,000 pods.
#[divan::bench(sample_count = 10)]
fn open_10000_endpoints_1000_policies(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| cluster(1000, 10_000))
        .bench_values(|files| Workspace::open(files).analysis(None));
}

/// One changed policy among others, to the analysis of all flows and the walk of one.
#[divan::bench(args = [10, 100, 1000])]
fn edit(bencher: Bencher<'_, '_>, policies: usize) {
    let mut workspace = Workspace::open(cluster(policies, 100));
    let flow = workspace.analysis(None).flows[0].id.clone();
    let mut edits = (0..).map(|number| policy_file(0, 7 + number % 2));
    bencher.bench_local(|| {
        workspace.edit(vec![edits.next().expect("edits never end")], &[]);
        black_box(workspace.analysis(Some(&flow)))
    });
}

/// One changed flow: nothing is compiled again.
#[divan::bench]
fn edit_flow(bencher: Bencher<'_, '_>) {
    let mut workspace = Workspace::open(cluster(1000, 100));
    let mut numbers = 1..;
    bencher.bench_local(|| {
        let port = numbers.next().expect("numbers never end");
        workspace.edit(vec![flows(port % 60_000 + 1)], &[]);
        black_box(workspace.analysis(None))
    });
}

const NAMESPACES: usize = 20;
const POLICIES_PER_FILE: usize = 10;
const PODS_PER_FILE: usize = 500;

fn cluster(policies: usize, pods: usize) -> Vec<File> {
    let mut files = vec![tiers(), namespaces(), flows(8080)];
    files.extend((0..pods.div_ceil(PODS_PER_FILE)).map(|file| pod_file(file, pods)));
    files.extend((0..policies.div_ceil(POLICIES_PER_FILE)).map(|file| policy_file(file, 7)));
    files
}

fn file(path: String, text: String) -> File {
    File { path, text }
}

fn tiers() -> File {
    let tier = |(name, order): (&str, u32)| {
        format!("apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata:\n  name: {name}\nspec:\n  order: {order}\n  defaultAction: Pass\n---\n")
    };
    file(
        "policies/tiers.yaml".into(),
        [("security", 100), ("platform", 200)].map(tier).concat(),
    )
}

fn namespaces() -> File {
    let text = (0..NAMESPACES).map(|n| {
        format!("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ns{n}\n  labels:\n    team: t{}\n---\n", n % 5)
    });
    file("cluster/namespaces.yaml".into(), text.collect())
}

fn pod_file(number: usize, pods: usize) -> File {
    let mut text = String::new();
    for pod in (number * PODS_PER_FILE..pods).take(PODS_PER_FILE) {
        let namespace = pod % NAMESPACES;
        let (app, role, high, low) = (pod % 40, pod % 3, pod / 250, pod % 250 + 1);
        write!(
            text,
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: pod{pod}\n  namespace: ns{namespace}\n  labels:\n    app: app{app}\n    role: r{role}\nspec:\n  nodeName: node{}\n  containers:\n  - name: c\n    image: x\n    ports:\n    - name: http\n      containerPort: 8080\nstatus:\n  phase: Running\n  podIPs:\n  - ip: 10.{}.{}.{low}\n---\n",
            pod % 50,
            64 + high / 250,
            high % 250,
        )
        .expect("writing to a string");
    }
    file(format!("cluster/pods{number}.yaml"), text)
}

fn policy_file(number: usize, port: usize) -> File {
    let mut text = String::new();
    for policy in (number * POLICIES_PER_FILE..).take(POLICIES_PER_FILE) {
        let (namespace, app, from) = (policy % NAMESPACES, policy % 40, (policy + port) % 40);
        let tier = ["security", "platform", "default"][policy % 3];
        write!(
            text,
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: policy{policy}\n  namespace: ns{namespace}\nspec:\n  tier: {tier}\n  order: {policy}\n  selector: app == \"app{app}\" && role != \"r9\"\n  types: [Ingress, Egress]\n  ingress:\n  - action: Allow\n    protocol: TCP\n    source:\n      selector: app == \"app{from}\"\n      namespaceSelector: team in {{\"t1\", \"t2\"}}\n    destination:\n      ports: [8080, \"9000:9100\", http]\n  - action: Deny\n    source:\n      nets: [10.{}.0.0/16, 192.0.2.0/24]\n  egress:\n  - action: Pass\n---\n",
            policy % 200,
        )
        .expect("writing to a string");
    }
    file(format!("policies/policies{number}.yaml"), text)
}

fn flows(port: usize) -> File {
    let lines = (0..16).map(|n| {
        format!("- ns{n}/pod{n} -> ns{m}/pod{m} tcp/{port} allow\n", m = (n + 3) % NAMESPACES)
    });
    file("flows/flows.yaml".into(), format!("flows:\n{}", lines.collect::<String>()))
}
