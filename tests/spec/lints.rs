//! Each lint where it has something to say, at the exact place, and where it has not.

mod policies;
mod rules;
mod selectors;
mod unreachable;

use tierwalk_protocol::{Diagnostic, File};
use tierwalk_workspace::Workspace;

const CLUSTER: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: v1
kind: Namespace
metadata: {name: ops, labels: {team: sre}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
spec: {containers: [{name: c, ports: [{name: pg, containerPort: 5432}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: prom, namespace: ops, labels: {app: prometheus}}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: partners, labels: {zone: partner}}
spec: {nets: [192.0.2.0/24]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints: [{addresses: [10.1.1.1]}]
ports: [{port: 8080}]
---
apiVersion: projectcalico.org/v3
kind: Tier
metadata: {name: guard}
spec: {order: 10}
";

fn open(policies: &str) -> Workspace {
    let files = [("cluster.yaml", CLUSTER), ("policy.yaml", policies)];
    let files = files.map(|(path, text)| File {
        path: path.into(),
        text: text.into(),
    });
    Workspace::open(files.into())
}

fn problems(policies: &str) -> Vec<Diagnostic> {
    open(policies).analysis(None).diagnostics
}

/// What lies at a problem's place, with the line it is in.
fn marked<'a>(text: &'a str, problem: &Diagnostic) -> (u32, &'a str) {
    let place = &problem.place;
    assert_eq!(place.file, "policy.yaml", "{problem:?}");
    (place.line, &text[place.from as usize..place.to as usize])
}

/// Exactly these problems: code, line, marked text, words of the message.
#[track_caller]
fn finds(policies: &str, expected: &[(&str, u32, &str, &str)]) {
    let problems = problems(policies);
    let found: Vec<_> = problems
        .iter()
        .map(|problem| {
            let (line, text) = marked(policies, problem);
            (problem.code.as_str(), line, text, problem.message.as_str())
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(
            (found.0, found.1, found.2),
            (expected.0, expected.1, expected.2),
            "{found:#?}"
        );
        assert!(found.3.contains(expected.3), "{found:#?}");
    }
}

#[track_caller]
fn is_fine(policies: &str) {
    finds(policies, &[]);
}

/// The policies after the first fix of the only problem, which leaves nothing to say.
#[track_caller]
fn mended(policies: &str) -> String {
    let problems = problems(policies);
    let [problem] = problems.as_slice() else {
        panic!("{problems:#?}");
    };
    let mut text = policies.to_owned();
    for edit in problem.fixes[0].edits.iter().rev() {
        text.replace_range(edit.place.from as usize..edit.place.to as usize, &edit.text);
    }
    let left = self::problems(&text);
    assert!(left.is_empty(), "{text}\n{left:#?}");
    text
}

/// A namespaced policy on `app == 'web'`, from line 1, with its rules from line 8.
fn policy(rest: &str) -> String {
    named("p", rest)
}

fn named(name: &str, rest: &str) -> String {
    format!(
        "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: {name}\n  namespace: shop\nspec:\n  selector: app == 'web'\n{rest}"
    )
}

fn staged(name: &str, rest: &str) -> String {
    named(name, rest).replace("kind: Network", "kind: StagedNetwork")
}

/// A global policy, from line 1, with its spec from line 6.
fn global(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: {name}\nspec:\n{spec}"
    )
}

fn both(one: &str, other: &str) -> String {
    format!("{one}---\n{other}")
}

const INGRESS: &str = "  types: [Ingress]\n  ingress:\n";
