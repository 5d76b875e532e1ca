//! Small worlds with all of their flows: what holds of all packets, against looking at each one.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use tierwalk_resources::model::{Action, Domain, Entity, IpVersion, Model, Ports, Protocol, Rule};
use tierwalk_tiers::{
    Applies, Direction, End, Endpoint, Engine, Flow, Phase, PolicyIndex, SideWalk,
};

use crate::rules::{nets, part};
use crate::worlds::{policy_steps, world};

/// Ports that rules mention, and some beside them.
const PORTS: [u16; 4] = [1, 2, 3, 4];
/// Everything that domains in rules and network sets tell apart.
const NAMES: [&str; 4] = ["example.com", "api.example.com", "other.org", "nowhere.net"];

fn ports() -> impl Strategy<Value = Ports> {
    let range = select(vec![1..=1, 2..=2, 2..=3]);
    (weighted(0.7, range), weighted(0.3, select(&["p", "q"][..]))).prop_map(|(range, name)| Ports {
        ranges: range.into_iter().collect(),
        names: name.into_iter().map(str::to_owned).collect(),
    })
}

fn side() -> impl Strategy<Value = Entity> {
    let peers = (
        weighted(0.15, nets(1..2)),
        weighted(0.1, nets(1..2)),
        weighted(0.3, part()),
        weighted(0.1, part()),
    );
    let domain = select(&["example.com", "*.example.com", "other.org"][..]);
    (
        peers,
        weighted(0.2, ports()),
        weighted(0.1, ports()),
        weighted(0.05, domain),
    )
        .prop_map(
            |((nets, not_nets, positive, negative), ports, not_ports, domain)| Entity {
                nets: nets.unwrap_or_default(),
                not_nets: not_nets.unwrap_or_default(),
                negative: negative.filter(|_| positive.is_none()),
                positive: positive.into_iter().collect(),
                ports: ports.unwrap_or_default(),
                not_ports: not_ports.unwrap_or_default(),
                service: None,
                domains: domain.map(|name| Domain(name.into())).into_iter().collect(),
            },
        )
}

/// A rule with few criteria, so that rules cover each other.
fn rule() -> impl Strategy<Value = Rule> {
    let action = select(vec![Action::Allow, Action::Deny, Action::Pass, Action::Log]);
    let protocol = weighted(0.4, select(vec![Protocol::TCP, Protocol::UDP]));
    let sides = (weighted(0.4, side()), weighted(0.4, side()));
    (action, protocol, sides).prop_map(|(action, protocol, (source, destination))| Rule {
        protocol,
        source: source.unwrap_or_default(),
        destination: destination.unwrap_or_default(),
        ..Rule::any(action, "spec.rules[0]")
    })
}

/// Few pods, all with addresses of both IP versions, and few policies that are evaluated for them.
fn small_world(policies: usize) -> impl Strategy<Value = Model> {
    let lists = vec(vec(rule(), 0..4), 2 * policies);
    (world(), lists).prop_map(move |(mut model, mut lists)| {
        let inventory = Arc::make_mut(&mut model.inventory);
        inventory.host_endpoints.clear();
        inventory.workloads.truncate(2);
        for (number, pod) in (0..).zip(&mut inventory.workloads) {
            pod.ports.retain(|port| PORTS.contains(&port.port));
            pod.addresses = vec![
                IpAddr::from([10, 0, 0, 3 + number]),
                v6(3 + u16::from(number)),
            ];
        }
        model.policies.truncate(policies);
        for policy in &mut model.policies {
            (policy.do_not_track, policy.pre_dnat) = (false, false);
            policy.subject.truncate(1);
            policy.ingress = lists.pop().unwrap_or_default();
            policy.egress = lists.pop().unwrap_or_default();
        }
        model
    })
}

fn v6(last: u16) -> IpAddr {
    IpAddr::from([0xfd00, 0, 0, 0, 0, 0, 0, last])
}

/// Whoever a pod may talk to, so that its policy alone decides.
fn peers() -> Vec<(End, IpVersion)> {
    let v4 = (0..9)
        .map(|last| IpAddr::from([10, 0, 0, last]))
        .chain([IpAddr::from([10, 0, 0, 15]), IpAddr::from([8, 8, 8, 8])]);
    let v4 = v4.map(|address| (End::Outside(address), IpVersion::V4));
    let v6 = [0, 3, 4, 5, 15, 99]
        .map(v6)
        .map(|address| (End::Outside(address), IpVersion::V6));
    let names = NAMES.iter().flat_map(|name| {
        [IpVersion::V4, IpVersion::V6].map(|version| (End::Domain((*name).into()), version))
    });
    v4.chain(v6).chain(names).collect()
}

/// Every packet of the protocols that rules mention, and of some that they do not: port and source port.
fn packets() -> Vec<(Protocol, Option<u16>, u16)> {
    let pairs = PORTS
        .iter()
        .flat_map(|port| PORTS.map(|source| (Some(*port), source)));
    let with_ports = [Protocol::TCP, Protocol::UDP, Protocol::SCTP].into_iter();
    let with_ports = with_ports.flat_map(|protocol| {
        pairs
            .clone()
            .map(move |(port, source)| (protocol, port, source))
    });
    with_ports.chain([(Protocol::ICMP, None, 1)]).collect()
}

/// Every packet to and from each pod that policies can tell from others.
fn flows(engine: &Engine) -> Vec<Flow> {
    let mut flows = Vec::new();
    for pod in &engine.model().workloads {
        let pod = End::Pod {
            namespace: pod.namespace.clone(),
            name: pod.name.clone(),
        };
        for (peer, version) in peers() {
            for (protocol, port, source_port) in packets() {
                for (source, destination) in [(&pod, &peer), (&peer, &pod)] {
                    flows.push(Flow {
                        source: source.clone(),
                        destination: destination.clone(),
                        protocol: if port.is_none() && version == IpVersion::V6 {
                            Protocol::ICMPV6
                        } else {
                            protocol
                        },
                        port,
                        source_port: Some(source_port),
                        icmp: None,
                        ip_version: Some(version),
                    });
                }
            }
        }
    }
    flows
}

/// The rules that a side found to match: what got to them.
fn matched(side: &SideWalk) -> impl Iterator<Item = (PolicyIndex, Direction, u32)> {
    policy_steps(side).flat_map(|step| {
        let trials = &side.trials[step.trials.start as usize..step.trials.end as usize];
        let matched = trials.iter().filter(|trial| trial.matched());
        matched.map(|trial| (step.policy, side.direction, trial.rule))
    })
}

fn walked(engine: &Engine, flow: &Flow) -> Vec<SideWalk> {
    let walk = engine.walk(flow).expect("both ends are there");
    walk.egress.into_iter().chain(walk.ingress).collect()
}

/// The rules of policies that apply to some pod.
fn applied(engine: &Engine) -> BTreeSet<(PolicyIndex, Direction, u32)> {
    let pods = (0..engine.model().workloads.len() as u32).map(Endpoint::Workload);
    let policies = (0..engine.policy_count() as u32).map(PolicyIndex);
    let lists = policies.flat_map(|policy| {
        [Direction::Egress, Direction::Ingress].map(|direction| (policy, direction))
    });
    let applied = lists.filter(|(policy, direction)| {
        pods.clone()
            .any(|pod| engine.applies(*policy, pod, *direction, Phase::Workload) == Applies::Yes)
    });
    let rules = applied.flat_map(|(policy, direction)| {
        let rules = 0..engine.rules(policy, direction).len() as u32;
        rules.map(move |rule| (policy, direction, rule))
    });
    rules.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn idle_rules_are_those_that_no_packet_gets_to(model in small_world(3)) {
        let engine = Engine::compile(model);
        let mut never = applied(&engine);
        for flow in flows(&engine) {
            for side in walked(&engine, &flow) {
                for rule in matched(&side) {
                    never.remove(&rule);
                }
            }
        }
        let idle = engine.reach().idle;
        let idle: BTreeSet<_> = idle.iter().map(|it| (it.policy, it.direction, it.rule)).collect();
        let idle: BTreeSet<_> = idle.intersection(&applied(&engine)).copied().collect();
        prop_assert_eq!(idle, never);
    }

    #[test]
    fn ties_are_those_that_other_names_decide_otherwise(mut model in small_world(2)) {
        for policy in &mut model.policies {
            (policy.tier, policy.order) = ("default".into(), None);
        }
        let mut other = model.clone();
        let names: Vec<String> = other.policies.iter().rev().map(|it| it.id.name.clone()).collect();
        for (policy, name) in other.policies.iter_mut().zip(names) {
            policy.id.name = name;
        }
        let (engine, other) = (Engine::compile(model), Engine::compile(other));
        let actions = |engine: &Engine, flow: &Flow| -> Vec<Action> {
            let sides = walked(engine, flow);
            sides.iter().flat_map(|side| &side.enforced).map(|hit| hit.action).collect()
        };
        let differs = |flow: &Flow| actions(&engine, flow) != actions(&other, flow);
        let shown = flows(&engine).iter().any(differs);
        prop_assert_eq!(!engine.reach().ties.is_empty(), shown);
    }
}
