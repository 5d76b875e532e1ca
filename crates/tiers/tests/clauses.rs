//! What rules want and flows have, in words.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use tierwalk_resources::model::Protocol;
use tierwalk_tiers::{
    ClauseField, ClauseText, Direction, End, Endpoint, Engine, Flow, Phase, PolicyIndex,
};

const WORLD: &str = "
apiVersion: v1
kind: Namespace
metadata: {name: dev, labels: {env: dev}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: prod, labels: {app: web}}
spec: {nodeName: n1, containers: [{name: c, image: x, ports: [{name: http, containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: cli, namespace: dev, labels: {app: cli}}
spec: {nodeName: n1, containers: [{name: c, image: x}]}
status: {phase: Running, podIP: 10.0.0.2}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: embargo, labels: {list: embargo}}
spec: {nets: [198.51.100.0/24]}
---
";

fn engine(policy: &str) -> Engine {
    common::engine(&format!("{WORLD}{policy}"))
}

fn ingress_rule(kind: &str, rule: &str) -> Engine {
    let namespace = if kind == "NetworkPolicy" {
        ", namespace: prod"
    } else {
        ""
    };
    engine(&format!(
        "apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{name: p{namespace}}}\nspec: {{selector: app == 'web', ingress: [{{action: Allow, {rule}}}]}}"
    ))
}

/// The clauses of the only rule: wants, has, held.
fn clauses(engine: &Engine, source: &str, port: u16) -> Vec<(String, String, bool)> {
    let source = match source.parse() {
        Ok(address) => End::Address(address),
        Err(_) => End::Pod {
            namespace: "dev".into(),
            name: source.into(),
        },
    };
    let web = End::Pod {
        namespace: "prod".into(),
        name: "web".into(),
    };
    let flow = engine
        .resolve(&Flow::to_port(source, web, Protocol::TCP, port))
        .expect("a flow");
    let clauses = engine
        .explainer(&flow)
        .rule(PolicyIndex(0), Direction::Ingress, 0);
    let tuple = |clause: ClauseText| (clause.wants, clause.has, clause.held);
    clauses.into_iter().map(tuple).collect()
}

fn check(engine: &Engine, source: &str, expected: &[(&str, &str, bool)]) {
    let clauses = clauses(engine, source, 9090);
    let clauses: Vec<_> = clauses
        .iter()
        .map(|it| (it.0.as_str(), it.1.as_str(), it.2))
        .collect();
    assert_eq!(clauses, expected);
}

#[test]
fn protocol_selector_and_port() {
    let engine = ingress_rule(
        "GlobalNetworkPolicy",
        "protocol: TCP, source: {selector: app == 'frontend'}, destination: {ports: [8080, '9000:9010']}",
    );
    check(
        &engine,
        "cli",
        &[
            ("TCP", "tcp", true),
            ("app == 'frontend'", "app = \"cli\"", false),
            ("8080, 9000:9010", "9090", false),
        ],
    );
}

#[test]
fn a_label_that_is_not_there() {
    let engine = ingress_rule("GlobalNetworkPolicy", "source: {selector: has(tier)}");
    check(&engine, "cli", &[("has(tier)", "no label tier", false)]);
}

#[test]
fn an_address_in_a_network_set() {
    let engine = ingress_rule(
        "GlobalNetworkPolicy",
        "source: {selector: list == 'embargo'}",
    );
    let has = "198.51.100.7 is in network set embargo";
    check(&engine, "198.51.100.7", &[("list == 'embargo'", has, true)]);
}

#[test]
fn an_address_that_nobody_owns() {
    let engine = ingress_rule(
        "GlobalNetworkPolicy",
        "source: {selector: list == 'embargo'}",
    );
    let has = "203.0.113.9 is in no network set and no endpoint";
    check(&engine, "203.0.113.9", &[("list == 'embargo'", has, false)]);
}

#[test]
fn labels_of_a_namespace_are_told_as_they_are_written_there() {
    let engine = ingress_rule(
        "NetworkPolicy",
        "source: {namespaceSelector: env == 'prod'}",
    );
    check(&engine, "cli", &[("env == 'prod'", "env = \"dev\"", false)]);
}

#[test]
fn the_own_namespace_is_told_where_it_is_the_matter() {
    let engine = ingress_rule("NetworkPolicy", "source: {selector: app == 'cli'}");
    check(
        &engine,
        "cli",
        &[
            ("the policy's namespace, prod", "namespace dev", false),
            ("app == 'cli'", "app = \"cli\"", true),
        ],
    );
}

#[test]
fn networks_and_their_exceptions() {
    let engine = ingress_rule(
        "GlobalNetworkPolicy",
        "source: {nets: [10.0.0.0/8, 192.168.0.0/16], notNets: [10.0.0.0/30]}",
    );
    check(
        &engine,
        "cli",
        &[
            (
                "10.0.0.0/8, 192.168.0.0/16",
                "10.0.0.2, in 10.0.0.0/8",
                true,
            ),
            ("10.0.0.0/30", "10.0.0.2", false),
        ],
    );
}

#[test]
fn a_named_port_that_is_another_one_there() {
    let engine = ingress_rule(
        "GlobalNetworkPolicy",
        "protocol: TCP, destination: {ports: [http]}",
    );
    check(
        &engine,
        "cli",
        &[
            ("TCP", "tcp", true),
            ("http", "9090; http is tcp/8080 there", false),
        ],
    );
}

#[test]
fn service_account_names() {
    let engine = ingress_rule(
        "GlobalNetworkPolicy",
        "source: {serviceAccounts: {names: [robot]}}",
    );
    check(
        &engine,
        "cli",
        &[("robot", "service account default", false)],
    );
}

#[test]
fn kubernetes_peers_are_to_be_pods() {
    let engine = engine(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: prod}\nspec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}",
    );
    check(
        &engine,
        "198.51.100.7",
        &[
            (
                "all()",
                "198.51.100.7 is in network set embargo: no namespace",
                false,
            ),
            ("a pod", "network set embargo", false),
        ],
    );
}

#[test]
fn http_is_shown_as_not_looked_at() {
    let engine = ingress_rule("GlobalNetworkPolicy", "http: {methods: [GET]}");
    check(
        &engine,
        "cli",
        &[("GET", "not looked at: a packet has no HTTP", true)],
    );
}

fn why(engine: &Engine, direction: Direction) -> Vec<(ClauseField, String, String, bool)> {
    let web = engine
        .model()
        .workloads
        .iter()
        .position(|pod| pod.name == "web");
    let endpoint = Endpoint::Workload(web.expect("web is there") as u32);
    let clauses = engine.why_applies(PolicyIndex(0), endpoint, direction, Phase::Workload);
    clauses
        .into_iter()
        .map(|it| (it.field, it.wants, it.has, it.held))
        .collect()
}

#[test]
fn why_a_policy_does_not_apply() {
    let engine = ingress_rule("GlobalNetworkPolicy", "source: {}");
    let clauses = why(&engine, Direction::Egress);
    assert_eq!(clauses[0].1, "app == 'web'");
    assert_eq!(
        (clauses[0].2.as_str(), clauses[0].3),
        ("app = \"web\"", true)
    );
    let types = clauses.last().expect("types");
    assert_eq!(types.0, ClauseField::Types);
    assert_eq!(
        (types.2.as_str(), types.3),
        ("types list Ingress only", false)
    );
    assert_eq!(engine.subject_path(PolicyIndex(0), types.0), "spec.types");
}

#[test]
fn why_untracked_policy_does_not_apply_to_pods() {
    let engine = engine(
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: p}\nspec: {doNotTrack: true, applyOnForward: true, ingress: [{action: Deny}]}",
    );
    let clauses = why(&engine, Direction::Ingress);
    let phase = clauses.last().expect("phase");
    assert_eq!((phase.0, phase.3), (ClauseField::Phase, false));
    assert_eq!(clauses[0].1, "every endpoint");
}
