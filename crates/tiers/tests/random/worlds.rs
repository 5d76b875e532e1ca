//! Random models: few labels and addresses, so that everything overlaps.

use std::net::IpAddr;
use std::sync::Arc;

use proptest::collection::{btree_map, vec};
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;
use tierwalk_resources::model::{
    Action, Converted, Domain, HostEndpoint, Inventory, Labels, Model, NamedPort, NetworkSet, Node,
    Origin, Policy, PolicyId, PolicyKind, Profile, Protocol, Rule, ServiceBackends, Tier,
    TierAction, Workload,
};

use tierwalk_tiers::{PolicyStep, SideWalk, Step};

use crate::rules::{nets, part, rule};

const NAMESPACES: &[&str] = &["one", "two"];
const NODES: &[&str] = &["n1", "n2"];
const TIERS: &[&str] = &["early", "default", "late", "ghost"];

fn labels() -> impl Strategy<Value = Labels> {
    let key = select(&["a", "b", "c"][..]).prop_map(str::to_owned);
    btree_map(key, select(&["x", "y"][..]).prop_map(str::to_owned), 0..3)
}

fn v4() -> impl Strategy<Value = IpAddr> {
    (0u8..8).prop_map(|last| IpAddr::from([10, 0, 0, last]))
}

fn v6() -> impl Strategy<Value = IpAddr> {
    (0u16..8).prop_map(|last| IpAddr::from([0xfd00, 0, 0, 0, 0, 0, 0, last]))
}

fn addresses() -> impl Strategy<Value = Vec<IpAddr>> {
    prop_oneof![
        v4().prop_map(|address| vec![address]),
        (v4(), v6()).prop_map(|(v4, v6)| vec![v4, v6]),
    ]
}

fn named_ports() -> impl Strategy<Value = Vec<NamedPort>> {
    let port = (
        select(&["p", "q"][..]),
        select(vec![Protocol::TCP, Protocol::UDP]),
        1u16..6,
    );
    let port = port.prop_map(|(name, protocol, port)| NamedPort {
        name: name.into(),
        protocol,
        port,
    });
    vec(port, 0..3)
}

fn workload(name: String) -> impl Strategy<Value = Workload> {
    let place = (select(NAMESPACES), select(NODES));
    (place, labels(), addresses(), named_ports()).prop_map(
        move |((namespace, node), mut labels, addresses, ports)| {
            labels.insert("projectcalico.org/namespace".into(), namespace.into());
            labels.insert(
                "pcns.env".into(),
                if namespace == "one" { "x" } else { "y" }.into(),
            );
            Workload {
                namespace: namespace.into(),
                name: name.clone(),
                node: node.into(),
                labels,
                profiles: vec![format!("kns.{namespace}"), "extra".into()],
                addresses,
                ports,
                owner: None,
                origin: Origin::default(),
            }
        },
    )
}

fn numbered<T: std::fmt::Debug>(
    prefix: &'static str,
    max: usize,
    one: fn(String) -> BoxedStrategy<T>,
) -> impl Strategy<Value = Vec<T>> {
    (0..=max).prop_flat_map(move |count| {
        let all: Vec<_> = (0..count)
            .map(|index| one(format!("{prefix}{index}")))
            .collect();
        all
    })
}

fn host(name: String) -> impl Strategy<Value = HostEndpoint> {
    let interface = select(&["*", "eth0"][..]);
    (
        select(NODES),
        interface,
        labels(),
        addresses(),
        any::<bool>(),
        named_ports(),
    )
        .prop_map(
            move |(node, interface, labels, addresses, allowed, ports)| HostEndpoint {
                name: name.clone(),
                node: node.into(),
                interface: interface.into(),
                labels,
                addresses,
                profiles: if allowed {
                    vec!["extra".into()]
                } else {
                    Vec::new()
                },
                ports,
                origin: Origin::default(),
            },
        )
}

fn network_set(name: String) -> impl Strategy<Value = NetworkSet> {
    let namespace = select(&["", "one", "two"][..]);
    let domains = weighted(0.3, select(&["*.example.com", "example.com"][..]));
    (namespace, labels(), nets(0..3), domains).prop_map(
        move |(namespace, mut labels, nets, domain)| {
            if !namespace.is_empty() {
                labels.insert("projectcalico.org/namespace".into(), namespace.into());
            }
            NetworkSet {
                namespace: namespace.into(),
                name: name.clone(),
                labels,
                nets,
                domains: domain.map(|name| Domain(name.into())).into_iter().collect(),
                origin: Origin::default(),
            }
        },
    )
}

fn tier_action() -> impl Strategy<Value = TierAction> {
    select(vec![TierAction::Deny, TierAction::Pass])
}

fn tiers() -> impl Strategy<Value = Vec<Tier>> {
    (vec(tier_action(), 3), vec(select(&[1.0, 2.0][..]), 3)).prop_map(|(actions, orders)| {
        let declared = TIERS.iter().zip(actions.into_iter().zip(orders));
        declared
            .map(|(name, (default_action, order))| Tier {
                name: (*name).into(),
                order,
                default_action,
                origin: None,
            })
            .collect()
    })
}

fn kind() -> impl Strategy<Value = PolicyKind> {
    select(vec![
        PolicyKind::NetworkPolicy,
        PolicyKind::GlobalNetworkPolicy,
        PolicyKind::StagedNetworkPolicy,
        PolicyKind::StagedGlobalNetworkPolicy,
        PolicyKind::KubernetesNetworkPolicy,
        PolicyKind::KubernetesClusterNetworkPolicy,
    ])
}

pub fn policy(name: String) -> impl Strategy<Value = Policy> {
    let place = (kind(), select(TIERS), of(select(&[1.0, 2.0, -1.0][..])));
    let governs = (any::<bool>(), any::<bool>());
    let phase = weighted(0.2, 0u8..3);
    (
        place,
        governs,
        weighted(0.7, vec(part(), 1..3)),
        vec(rule(), 0..5),
        vec(rule(), 0..5),
        phase,
    )
        .prop_map(
            move |((kind, tier, order), governs, subject, ingress, egress, phase)| {
                Policy::from(Converted {
                    id: PolicyId {
                        kind,
                        namespace: String::new(),
                        name: name.clone(),
                    },
                    tier: tier.into(),
                    order,
                    governs_ingress: governs.0,
                    governs_egress: governs.1,
                    subject: subject.unwrap_or_default(),
                    ingress,
                    egress,
                    do_not_track: phase == Some(0),
                    pre_dnat: phase == Some(1),
                    apply_on_forward: phase.is_some(),
                })
            },
        )
}

fn profiles() -> impl Strategy<Value = Vec<Profile>> {
    let profile = |name: &str, ingress, egress| Profile {
        name: name.into(),
        ingress,
        egress,
        origin: None,
    };
    let one = (vec(rule(), 0..3), vec(rule(), 0..3), any::<bool>());
    one.prop_map(move |(ingress, egress, both)| {
        let any = |action| vec![Rule::any(action, "")];
        let mut profiles = vec![profile("kns.one", ingress, egress)];
        profiles.push(profile("extra", any(Action::Allow), any(Action::Allow)));
        if both {
            profiles.push(profile("kns.two", any(Action::Allow), any(Action::Deny)));
        }
        profiles
    })
}

fn services() -> impl Strategy<Value = Vec<ServiceBackends>> {
    vec((v4(), 1u16..6), 0..4).prop_map(|members| {
        let addresses = members.iter().map(|(address, _)| *address).collect();
        let member = |(address, port)| (address, Protocol::TCP, port);
        vec![ServiceBackends {
            namespace: "one".into(),
            name: "s".into(),
            addresses,
            members: members.into_iter().map(member).collect(),
            ..ServiceBackends::default()
        }]
    })
}

/// A model with every kind of thing in it.
pub fn world() -> impl Strategy<Value = Model> {
    let endpoints = (
        numbered("pod", 5, |name| workload(name).boxed()),
        numbered("host", 2, |name| host(name).boxed()),
        numbered("set", 4, |name| network_set(name).boxed()),
    );
    let policies = numbered("policy", 6, |name| policy(name).boxed());
    (endpoints, tiers(), policies, profiles(), services()).prop_map(
        |((workloads, host_endpoints, network_sets), tiers, policies, profiles, services)| {
            let node = |(index, name): (u8, &&str)| Node {
                name: (**name).into(),
                addresses: vec![IpAddr::from([10, 0, 1, index])],
            };
            let inventory = Inventory {
                workloads,
                non_endpoints: Vec::new(),
                host_endpoints,
                network_sets,
                profiles,
                services,
                nodes: (0..).zip(NODES).map(node).collect(),
            };
            Model {
                tiers,
                policies,
                inventory: Arc::new(inventory.sorted()),
            }
        },
    )
}

/// A policy that passes everything.
pub fn pass_all() -> Policy {
    Policy::from(Converted {
        id: PolicyId {
            kind: PolicyKind::GlobalNetworkPolicy,
            namespace: String::new(),
            name: "pass".into(),
        },
        tier: "default".into(),
        order: None,
        governs_ingress: true,
        governs_egress: true,
        subject: Vec::new(),
        ingress: vec![Rule::any(Action::Pass, "spec.ingress[0]")],
        egress: vec![Rule::any(Action::Pass, "spec.egress[0]")],
        do_not_track: false,
        pre_dnat: false,
        apply_on_forward: false,
    })
}

/// The policies that a side looked at.
pub fn policy_steps(side: &SideWalk) -> impl Iterator<Item = &PolicyStep> {
    let tiers = side.steps.iter().filter_map(|step| match step {
        Step::Tier(step) => Some(step),
        _ => None,
    });
    tiers.flat_map(|step| &step.policies)
}

/// A world whose policies are all in one tier and have so many rules that the compiled evaluator leaps. Few
/// rules can match, so that it leaps far.
pub fn crowded_world() -> impl Strategy<Value = Model> {
    (world(), vec(rule(), 60)).prop_map(|(mut model, spare)| {
        for (number, policy) in model.policies.iter_mut().enumerate() {
            policy.tier = "default".into();
            policy.governs_ingress = true;
            policy.governs_egress = true;
            crowd(&mut policy.ingress, &spare[number..]);
            crowd(&mut policy.egress, &spare[number..]);
        }
        model
    })
}

/// Makes it forty rules, of which only some can match.
fn crowd(rules: &mut Vec<Rule>, spare: &[Rule]) {
    rules.extend(spare.iter().cloned());
    rules.truncate(40);
    for (index, rule) in rules.iter_mut().enumerate() {
        if index % 13 != 0 {
            rule.protocol = Some(Protocol(200));
        }
    }
}
