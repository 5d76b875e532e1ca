//! Random rules.

use ipnet::IpNet;
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;
use tierwalk_resources::model::{
    Action, Domain, Entity, Icmp, IpVersion, Part, PartKind, Ports, Protocol, Rule, ServiceRef,
};
use tierwalk_selector::Selector;

/// Selectors over the labels of random worlds.
const SELECTORS: &[&str] = &[
    "a == 'x'",
    "a != 'x'",
    "!has(b)",
    "has(b) && a == 'y'",
    "a in {'x', 'y'} || c == 'x'",
    "all()",
    "pcns.env == 'x'",
    "pcns.env != 'x'",
    "!has(projectcalico.org/namespace)",
    "projectcalico.org/namespace == 'one'",
];

pub const NETS: &[&str] = &[
    "0.0.0.0/0",
    "10.0.0.0/28",
    "10.0.0.0/30",
    "10.0.0.4/31",
    "10.0.0.5/32",
    "::/0",
    "fd00::/124",
    "fd00::4/127",
    "93.184.216.34/32",
];

pub fn part() -> impl Strategy<Value = Part> {
    let kinds = [
        PartKind::Selector,
        PartKind::NotSelector,
        PartKind::NamespaceSelector,
    ];
    (select(kinds.to_vec()), select(SELECTORS)).prop_map(|(kind, text)| Part {
        kind,
        text: text.into(),
        selector: Selector::parse(text).expect("a selector"),
    })
}

pub fn nets(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<IpNet>> {
    vec(select(NETS), count).prop_map(|nets| {
        let nets = nets.iter();
        nets.map(|net| net.parse().expect("a network")).collect()
    })
}

pub fn protocol() -> impl Strategy<Value = Protocol> {
    let all = [
        Protocol::TCP,
        Protocol::UDP,
        Protocol::SCTP,
        Protocol::ICMP,
        Protocol::ICMPV6,
    ];
    select(all.to_vec())
}

fn ports() -> impl Strategy<Value = Ports> {
    let ranges = vec((1u16..6, 0u16..3), 0..2);
    (ranges, vec(select(&["p", "q"][..]), 0..2)).prop_map(|(ranges, names)| Ports {
        ranges: ranges
            .into_iter()
            .map(|(first, more)| first..=first + more)
            .collect(),
        names: names.into_iter().map(str::to_owned).collect(),
    })
}

fn maybe_ports(chance: f64) -> impl Strategy<Value = Ports> {
    weighted(chance, ports()).prop_map(Option::unwrap_or_default)
}

fn service() -> impl Strategy<Value = ServiceRef> {
    select(&["one", "two", ""][..]).prop_map(|namespace| ServiceRef {
        namespace: namespace.into(),
        name: "s".into(),
    })
}

fn domains() -> impl Strategy<Value = Vec<Domain>> {
    let names = select(&["example.com", "*.example.com", "other.org"][..]);
    vec(names.prop_map(|name| Domain(name.into())), 1..3)
}

fn entity() -> impl Strategy<Value = Entity> {
    let peers = (
        weighted(0.2, nets(1..3)),
        weighted(0.1, nets(1..3)),
        weighted(0.3, vec(part(), 1..3)),
        weighted(0.1, part()),
    );
    let others = (
        maybe_ports(0.2),
        maybe_ports(0.1),
        weighted(0.05, service()),
        weighted(0.1, domains()),
    );
    (peers, others).prop_map(|((nets, not_nets, positive, negative), others)| {
        let (ports, not_ports, service, domains) = others;
        let positive = positive.unwrap_or_default();
        Entity {
            nets: nets.unwrap_or_default(),
            not_nets: not_nets.unwrap_or_default(),
            negative: negative.filter(|_| positive.is_empty()),
            positive,
            ports,
            not_ports,
            service,
            domains: domains.unwrap_or_default(),
        }
    })
}

fn icmp() -> impl Strategy<Value = Icmp> {
    (select(&[8u8, 128, 3][..]), of(0u8..2)).prop_map(|(kind, code)| Icmp {
        kind: Some(kind),
        code,
    })
}

fn action() -> impl Strategy<Value = Action> {
    select(vec![Action::Allow, Action::Deny, Action::Pass, Action::Log])
}

pub fn rule() -> impl Strategy<Value = Rule> {
    let version = select(&[IpVersion::V4, IpVersion::V6][..]);
    let packet = (
        weighted(0.1, version),
        weighted(0.4, protocol()),
        weighted(0.1, protocol()),
        weighted(0.1, icmp()),
        weighted(0.1, icmp()),
    );
    (action(), packet, entity(), entity()).prop_map(|(action, packet, source, destination)| Rule {
        ip_version: packet.0,
        protocol: packet.1,
        not_protocol: packet.2,
        icmp: packet.3,
        not_icmp: packet.4,
        source,
        destination,
        ..Rule::any(action, "spec.rules[0]")
    })
}
