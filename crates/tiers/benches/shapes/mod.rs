//! Models to measure on.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net};
use tierwalk_resources::model::{
    Action, Converted, Inventory, Labels, Model, NetworkSet, Origin, Part, PartKind, Policy,
    PolicyId, PolicyKind, Ports, Profile, Protocol, Rule, Tier, TierAction, Workload,
};
use tierwalk_selector::Selector;
use tierwalk_tiers::{End, Flow};

const POLICIES: u32 = 294;
const RULES: u32 = 68;
const SETS: u32 = 3708;
const ADDRESSES: u32 = 256_000;

/// A model and a flow in it.
pub struct Shape {
    pub model: Model,
    pub flow: Flow,
}

/// Almost all rules pass; 24 of 100 name one of the network sets, the others a port that the flow has not.
pub fn production() -> Shape {
    let policies = (0..POLICIES).map(|number| {
        let rules = (0..RULES).map(|rule| production_rule(number * RULES + rule));
        let mut policy = policy("default", number, vec![part("app == 'web'")]);
        policy.egress = rules.collect();
        policy
    });
    let model = Model {
        tiers: vec![default_tier()],
        policies: policies.collect(),
        inventory: inventory(Inventory {
            workloads: vec![pod("prod", "web", "app=web", Ipv4Addr::new(10, 0, 0, 1))],
            network_sets: (0..SETS).map(network_set).collect(),
            profiles: vec![profile("kns.prod")],
            ..Inventory::default()
        }),
    };
    let outside = End::Address(IpAddr::from([198, 51, 100, 7]));
    let flow = Flow::to_port(end("prod", "web"), outside, Protocol::TCP, 443);
    Shape { model, flow }
}

fn inventory(inventory: Inventory) -> Arc<Inventory> {
    Arc::new(inventory.sorted())
}

fn production_rule(number: u32) -> Rule {
    let action = if number.is_multiple_of(50) {
        Action::Allow
    } else {
        Action::Pass
    };
    let mut rule = Rule::any(action, format!("spec.egress[{}]", number % RULES));
    rule.protocol = Some(Protocol::TCP);
    if number % 100 < 24 {
        let set = scattered(number) % SETS;
        rule.destination.positive = vec![part(&format!("set == 's{set}'"))];
    } else {
        rule.destination.ports = port(8000 + (number % 1000) as u16);
    }
    rule
}

fn network_set(number: u32) -> NetworkSet {
    let first = number * ADDRESSES / SETS;
    let last = (number + 1) * ADDRESSES / SETS;
    let address = |member| Ipv4Addr::from(0x1400_0000 | scattered(member) & 0x00ff_ffff);
    let nets = (first..last).map(|member| IpNet::from(Ipv4Net::from(address(member))));
    NetworkSet {
        namespace: String::new(),
        name: format!("s{number}"),
        labels: labels(&format!("set=s{number}")),
        nets: nets.collect(),
        domains: Vec::new(),
        origin: Origin::default(),
    }
}

/// Numbers without a pattern, always the same.
fn scattered(number: u32) -> u32 {
    let mixed = number.wrapping_mul(0x9e37_79b1);
    (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b) ^ (mixed >> 7)
}

/// Ten pods to a policy. Policies of a namespace allow one of its apps to be called by another, one in ten is
/// global and passes.
pub fn cluster(policies: u32) -> Shape {
    let pods = policies * 10;
    let namespaces = pods.div_ceil(20);
    let name = |pod: u32| (format!("ns{}", pod / 20), format!("pod{}", pod % 20));
    let workload = |number: u32| {
        let (namespace, pod_name) = name(number);
        let app = format!("app=a{}", number % 5);
        pod(
            &namespace,
            &pod_name,
            &app,
            Ipv4Addr::from(0x0a00_0000 + number),
        )
    };
    let model = Model {
        tiers: vec![default_tier()],
        policies: (0..policies)
            .map(|number| cluster_policy(number, namespaces))
            .collect(),
        inventory: inventory(Inventory {
            workloads: (0..pods).map(workload).collect(),
            profiles: (0..namespaces)
                .map(|number| profile(&format!("kns.ns{number}")))
                .collect(),
            ..Inventory::default()
        }),
    };
    let flow = Flow::to_port(end("ns0", "pod1"), end("ns0", "pod0"), Protocol::TCP, 8080);
    Shape { model, flow }
}

fn cluster_policy(number: u32, namespaces: u32) -> Policy {
    let (subject, action, source) = if number % 10 == 9 {
        (Vec::new(), Action::Pass, format!("team == 't{number}'"))
    } else {
        let namespace = format!("projectcalico.org/namespace == 'ns{}'", number % namespaces);
        let app = format!("app == 'a{}'", number % 5);
        (
            vec![part(&app), part(&namespace)],
            Action::Allow,
            format!("app == 'a{}'", (number + 1) % 5),
        )
    };
    let rules = (0..5).map(|index| {
        let mut rule = Rule::any(action, format!("spec.ingress[{index}]"));
        rule.protocol = Some(Protocol::TCP);
        rule.source.positive = vec![part(&source)];
        rule.destination.ports = port(8080 + index);
        rule
    });
    let mut policy = policy("default", number, subject);
    policy.governs_ingress = true;
    policy.ingress = rules.collect();
    policy
}

fn policy(tier: &str, number: u32, subject: Vec<Part>) -> Policy {
    Policy::from(Converted {
        id: PolicyId {
            kind: PolicyKind::GlobalNetworkPolicy,
            namespace: String::new(),
            name: format!("policy{number}"),
        },
        tier: tier.into(),
        order: Some(f64::from(number)),
        governs_ingress: false,
        governs_egress: true,
        subject,
        ingress: Vec::new(),
        egress: Vec::new(),
        do_not_track: false,
        pre_dnat: false,
        apply_on_forward: false,
    })
}

fn default_tier() -> Tier {
    Tier {
        name: "default".into(),
        order: 1e6,
        default_action: TierAction::Deny,
        origin: None,
    }
}

fn profile(name: &str) -> Profile {
    Profile {
        name: name.into(),
        ingress: vec![Rule::any(Action::Allow, "")],
        egress: vec![Rule::any(Action::Allow, "")],
        origin: None,
    }
}

fn pod(namespace: &str, name: &str, own: &str, address: Ipv4Addr) -> Workload {
    let mut labels = labels(own);
    labels.insert("projectcalico.org/namespace".into(), namespace.into());
    labels.insert("projectcalico.org/orchestrator".into(), "k8s".into());
    labels.insert("pod-template-hash".into(), format!("{name}-hash"));
    Workload {
        namespace: namespace.into(),
        name: name.into(),
        owner: None,
        node: "n1".into(),
        labels,
        profiles: vec![format!("kns.{namespace}")],
        addresses: vec![address.into()],
        ports: Vec::new(),
        origin: Origin::default(),
    }
}

fn labels(pair: &str) -> Labels {
    let pairs = pair.split_once('=');
    pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into_iter()
        .collect()
}

fn part(text: &str) -> Part {
    Part {
        kind: PartKind::Selector,
        text: text.into(),
        selector: Selector::parse(text).expect("a selector"),
    }
}

fn port(port: u16) -> Ports {
    Ports {
        ranges: vec![port..=port],
        names: Vec::new(),
    }
}

fn end(namespace: &str, name: &str) -> End {
    End::Pod {
        namespace: namespace.into(),
        name: name.into(),
    }
}
