//! Host endpoints and their phases (reference of semantics, 4.6 and 4.8).

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use tierwalk_resources::model::Protocol;
use tierwalk_tiers::{Bypass, Direction, End, Engine, Flow, Phase, SideWalk, Step, Verdict, Walk};

const ALLOW: Verdict = Verdict::Allow;
const DENY: Verdict = Verdict::Deny;

const PODS: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: prod, labels: {app: web}}
spec: {nodeName: n1, containers: [{name: c, image: x}]}
status: {phase: Running, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cli, namespace: prod, labels: {app: cli}}
spec: {nodeName: n2, containers: [{name: c, image: x}]}
status: {phase: Running, podIP: 10.0.0.2}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: prod, labels: {app: api}}
spec: {nodeName: n1, containers: [{name: c, image: x}]}
status: {phase: Running, podIP: 10.0.0.3}
---
apiVersion: v1
kind: Node
metadata: {name: n2}
status: {addresses: [{type: InternalIP, address: 192.0.2.2}]}
";

const ETH0: &str = "interfaceName: eth0, expectedIPs: [192.0.2.1]";
const ALL: &str = "interfaceName: '*', expectedIPs: [192.0.2.1]";
const OPEN: &str = "profiles: [projectcalico-default-allow]";

/// A host endpoint of n1 and global policies, each with the inside of its spec.
fn engine(host: &str, policies: &[&str]) -> Engine {
    let mut text = format!(
        "{PODS}\n---\napiVersion: projectcalico.org/v3\nkind: HostEndpoint\nmetadata: {{name: n1, labels: {{role: node}}}}\nspec: {{node: n1, {host}}}\n"
    );
    for (number, spec) in policies.iter().enumerate() {
        text.push_str(&format!(
            "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {{name: p{number}}}\nspec: {{order: {number}, selector: role == 'node', {spec}}}\n"
        ));
    }
    common::engine(&text)
}

fn walk(engine: &Engine, source: &str, destination: &str, port: u16) -> Walk {
    let flow = Flow::to_port(end(source), end(destination), Protocol::TCP, port);
    engine.walk(&flow).expect("both ends are there")
}

fn end(name: &str) -> End {
    match name {
        "web" | "api" | "cli" => End::Pod {
            namespace: "prod".into(),
            name: name.into(),
        },
        "n1" | "n2" => End::Node(name.into()),
        "E" => End::Address([8, 8, 8, 8].into()),
        address => End::Address(address.parse().expect("an address")),
    }
}

fn verdict(engine: &Engine, source: &str, destination: &str) -> Verdict {
    walk(engine, source, destination, 8080).verdict
}

fn phases(side: &SideWalk) -> Vec<Phase> {
    let tiers = side.steps.iter().filter_map(|step| match step {
        Step::Tier(step) => Some(step.phase),
        _ => None,
    });
    let mut phases: Vec<Phase> = tiers.collect();
    phases.dedup();
    phases
}

fn bypass(side: &Option<SideWalk>) -> Option<Bypass> {
    side.as_ref()?.steps.iter().find_map(|step| match step {
        Step::Bypass(bypass) => Some(*bypass),
        _ => None,
    })
}

#[test]
fn a_node_without_host_endpoint_is_not_policed() {
    let walk = walk(&engine(ETH0, &[]), "E", "n2", 8080);
    assert_eq!(
        (walk.verdict, walk.egress, walk.ingress),
        (ALLOW, None, None)
    );
}

#[test]
fn without_profiles_a_host_endpoint_denies_both_ways() {
    let engine = engine(ETH0, &[]);
    assert_eq!(verdict(&engine, "E", "n1"), DENY);
    assert_eq!(verdict(&engine, "n1", "E"), DENY);
}

#[test]
fn failsafe_ports_are_open_whatever_policy_says() {
    let engine = engine(
        ETH0,
        &["ingress: [{action: Deny}], egress: [{action: Deny}]"],
    );
    let inbound = walk(&engine, "E", "n1", 6443);
    assert_eq!(
        (inbound.verdict, bypass(&inbound.ingress)),
        (ALLOW, Some(Bypass::Failsafe))
    );
    let outbound = walk(&engine, "n1", "E", 2379);
    assert_eq!(
        (outbound.verdict, bypass(&outbound.egress)),
        (ALLOW, Some(Bypass::Failsafe))
    );
    assert_eq!(walk(&engine, "n1", "E", 22).verdict, DENY);
}

#[test]
fn normal_policy_is_for_the_hosts_own_processes() {
    let engine = engine(&format!("{ETH0}, {OPEN}"), &["ingress: [{action: Deny}]"]);
    assert_eq!(verdict(&engine, "E", "n1"), DENY);
    assert_eq!(verdict(&engine, "E", "web"), ALLOW);
}

#[test]
fn forward_policy_is_for_what_is_routed_through_as_well() {
    let engine = engine(
        &format!("{ETH0}, {OPEN}"),
        &["applyOnForward: true, ingress: [{action: Deny}], egress: [{action: Deny}]"],
    );
    let inbound = walk(&engine, "E", "web", 8080);
    let ingress = inbound.ingress.expect("web is an endpoint");
    assert_eq!(phases(&ingress), [Phase::Forward, Phase::Workload]);
    assert_eq!(ingress.verdict, DENY);
    assert_eq!(ingress.enforced.len(), 1);
    assert_eq!(verdict(&engine, "web", "E"), DENY);
    assert_eq!(verdict(&engine, "E", "n1"), DENY);
}

#[test]
fn what_a_host_forwards_its_pod_may_still_deny() {
    let allow = "applyOnForward: true, ingress: [{action: Allow}]";
    let mut engine = engine(ETH0, &[allow]);
    assert_eq!(verdict(&engine, "E", "web"), ALLOW);
    let mut model = engine.model().clone();
    let mut deny = model.policies[0].clone();
    deny.id.name = "pods".into();
    deny.subject.clear();
    deny.apply_on_forward = false;
    deny.ingress.clear();
    model.policies.push(deny);
    engine = Engine::compile(model);
    assert_eq!(verdict(&engine, "E", "web"), DENY);
}

#[test]
fn a_forward_tier_without_a_match_ends_with_deny() {
    let policy =
        "applyOnForward: true, ingress: [{action: Allow, source: {nets: [203.0.113.0/24]}}]";
    let engine = engine(&format!("{ETH0}, {OPEN}"), &[policy]);
    assert_eq!(verdict(&engine, "E", "web"), DENY);
    assert_eq!(verdict(&engine, "203.0.113.9", "web"), ALLOW);
}

#[test]
fn untracked_policy_comes_first_and_its_allow_skips_the_rest() {
    let engine = engine(
        ETH0,
        &[
            "doNotTrack: true, applyOnForward: true, ingress: [{action: Allow, source: {nets: [8.8.8.8/32]}}]",
        ],
    );
    let walk = walk(&engine, "E", "n1", 8080);
    assert_eq!(walk.verdict, ALLOW);
    let ingress = walk.ingress.expect("n1 has a host endpoint");
    assert_eq!(phases(&ingress), [Phase::Untracked, Phase::Normal]);
    assert_eq!(verdict(&engine, "203.0.113.9", "n1"), DENY);
}

#[test]
fn an_early_tier_without_a_match_passes() {
    let engine = engine(
        &format!("{ETH0}, {OPEN}"),
        &[
            "preDNAT: true, applyOnForward: true, ingress: [{action: Deny, source: {nets: [203.0.113.0/24]}}]",
        ],
    );
    assert_eq!(verdict(&engine, "203.0.113.9", "n1"), DENY);
    assert_eq!(verdict(&engine, "E", "n1"), ALLOW);
    assert_eq!(verdict(&engine, "203.0.113.9", "web"), DENY);
}

#[test]
fn untracked_policy_is_not_for_all_interfaces_at_once() {
    let policy = "doNotTrack: true, applyOnForward: true, ingress: [{action: Deny}]";
    assert_eq!(
        verdict(&engine(&format!("{ALL}, {OPEN}"), &[policy]), "E", "n1"),
        ALLOW
    );
    assert_eq!(
        verdict(&engine(&format!("{ETH0}, {OPEN}"), &[policy]), "E", "n1"),
        DENY
    );
}

#[test]
fn a_host_reaches_its_pods_and_they_reach_it() {
    let engine = engine(
        ETH0,
        &["ingress: [{action: Deny}], egress: [{action: Deny}]"],
    );
    let to_pod = walk(&engine, "n1", "web", 8080);
    assert_eq!(
        (to_pod.verdict, bypass(&to_pod.ingress)),
        (ALLOW, Some(Bypass::OwnNode))
    );
    let to_host = walk(&engine, "web", "n1", 8080);
    assert_eq!(
        (to_host.verdict, bypass(&to_host.ingress)),
        (ALLOW, Some(Bypass::ToOwnHost))
    );
    assert_eq!(verdict(&engine, "cli", "n1"), DENY);
}

#[test]
fn pods_of_one_node_do_not_pass_its_host_endpoint() {
    let policy = "applyOnForward: true, ingress: [{action: Deny}], egress: [{action: Deny}]";
    let engine = engine(&format!("{ALL}, {OPEN}"), &[policy]);
    assert_eq!(verdict(&engine, "api", "web"), ALLOW);
    assert_eq!(verdict(&engine, "cli", "web"), DENY);
}

#[test]
fn a_pod_that_talks_to_itself_meets_no_policy() {
    let engine = engine(ETH0, &[]);
    let walk = walk(&engine, "web", "10.0.0.1", 8080);
    assert_eq!(bypass(&walk.egress), Some(Bypass::SamePod));
    assert_eq!(bypass(&walk.ingress), Some(Bypass::SamePod));
}

/// Reference of semantics, 4.6: types 130, 131, 132, 133, 135 and 136, from a pod to its host.
#[test]
fn neighbour_discovery_is_ahead_of_policy() {
    let engine = common::engine(&format!(
        "{PODS}\n---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {{name: p}}\nspec: {{egress: [{{action: Deny}}]}}\n"
    ));
    let send = |kind: u8, to: &str| {
        let mut flow = Flow::to_port(end("web"), end(to), Protocol::ICMPV6, 0);
        flow.icmp = Some((kind, 0));
        engine.walk(&flow).expect("both ends are there")
    };
    let solicitation = send(135, "ff02::1");
    assert_eq!(solicitation.verdict, ALLOW);
    assert_eq!(
        bypass(&solicitation.egress),
        Some(Bypass::NeighbourDiscovery)
    );
    assert_eq!(send(128, "ff02::1").verdict, DENY);
    assert_eq!(send(135, "2001:db8::1").verdict, DENY);
}

#[test]
fn the_half_at_a_host_is_named_by_its_host_endpoint() {
    let engine = engine(ETH0, &[]);
    let walk = walk(&engine, "E", "n1", 8080);
    let ingress = walk.ingress.expect("n1 has a host endpoint");
    assert_eq!(ingress.direction, Direction::Ingress);
    assert_eq!(engine.endpoint_name(ingress.endpoint), "n1");
    assert_eq!(
        ingress.enforced[0].text(&engine, 0),
        "0|__PROFILE__|pro:__NO_MATCH__|deny|0"
    );
    assert!(ingress.pending.is_empty());
}
