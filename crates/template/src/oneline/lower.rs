//! A one-line rule as a rule of a Calico policy.

use std::ops::RangeInclusive;

use ipnet::IpNet;
use tierwalk_source::Span;

use super::{Action, Clause, OneLineRule, Protocol};
use crate::emit::{Entries, Item, Value};
use crate::source_map::PlaceId;

/// The rule as Calico writes it. `place` gives the place of a stretch of the rule's text.
///
/// A label alone means pods of the policy's own namespace where the policy has one, as Calico's
/// `selector` does; `namespace` adds a namespace selector.
pub(crate) fn lower(rule: &OneLineRule, place: &mut dyn FnMut(Span) -> PlaceId) -> Item {
    let mut entries = Entries::default();
    let action = match rule.action.value {
        Action::Allow => "Allow",
        Action::Deny => "Deny",
    };
    entries.put("action", Some(Item::text(action, place(rule.action.span))));
    if let Some(protocol) = &rule.protocol {
        let here = place(protocol.span);
        entries.put(
            "protocol",
            Some(Item::text(protocol_name(rule, &protocol.value), here)),
        );
        entries.put("icmp", icmp(&protocol.value, here));
    }
    entries.put("source", peer(&rule.from, place));
    entries.put("destination", peer(&rule.to, place));
    entries.into_map(None)
}

fn protocol_name(rule: &OneLineRule, protocol: &Protocol) -> &'static str {
    match protocol {
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
        Protocol::Sctp => "SCTP",
        Protocol::Icmp { .. } if is_ipv6(rule) => "ICMPv6",
        Protocol::Icmp { .. } => "ICMP",
    }
}

fn is_ipv6(rule: &OneLineRule) -> bool {
    [&rule.from.cidr, &rule.to.cidr]
        .into_iter()
        .flatten()
        .any(|cidr| matches!(cidr.value, IpNet::V6(_)))
}

fn icmp(protocol: &Protocol, place: PlaceId) -> Option<Item> {
    let Protocol::Icmp { kind, code } = protocol else {
        return None;
    };
    let number = |value: &Option<u8>| value.map(|n| Item::new(Value::Int(n.into()), place));
    let mut entries = Entries::default();
    entries.put("type", number(kind)).put("code", number(code));
    entries.into_some_map()
}

fn peer(clause: &Clause, place: &mut dyn FnMut(Span) -> PlaceId) -> Option<Item> {
    let mut entries = Entries::default();
    if let Some(label) = &clause.label {
        let (key, value) = &label.value;
        let selector = format!("{key} == \"{value}\"");
        entries.put("selector", Some(Item::text(selector, place(label.span))));
    }
    if let Some(namespace) = &clause.namespace {
        let selector = format!("projectcalico.org/name == \"{}\"", namespace.value);
        entries.put(
            "namespaceSelector",
            Some(Item::text(selector, place(namespace.span))),
        );
    }
    if let Some(cidr) = &clause.cidr {
        let here = place(cidr.span);
        let net = Item::text(cidr.value.to_string(), here);
        entries.put("nets", Some(Item::flow(vec![net], here)));
    }
    if let Some(ports) = &clause.ports {
        let here = place(ports.span);
        let items = ports.value.iter().map(|range| port(range, here)).collect();
        entries.put("ports", Some(Item::flow(items, here)));
    }
    entries.into_some_map()
}

/// A port as a number, a range as `8000:8010`.
pub(crate) fn port(range: &RangeInclusive<u16>, place: PlaceId) -> Item {
    if range.start() == range.end() {
        return Item::new(Value::Int((*range.start()).into()), place);
    }
    Item::text(format!("{}:{}", range.start(), range.end()), place)
}
