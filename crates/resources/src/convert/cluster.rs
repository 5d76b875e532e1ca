//! ClusterNetworkPolicy (Calico `libcalico-go/lib/backend/k8s/conversion/clusternetworkpolicy.go`).

#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use super::expand::{Direction, Peer, Place, expand};
use super::peers;
use super::ports::{Group, Groups};
use super::selectors::Selectors;
use crate::kinds::{
    ClusterPeer, ClusterPolicySpec, ClusterPort, ClusterProtocol, LabelSelector, PolicySubject,
};
use crate::model::{Action, Converted, Part, PolicyId, Protocol, Rule};
use crate::names;

pub(super) fn convert(
    id: PolicyId,
    spec: &ClusterPolicySpec,
    selectors: &mut Selectors,
) -> Option<Converted> {
    let tier = match spec.tier.as_str() {
        "Admin" => names::ADMIN_TIER,
        "Baseline" => names::BASELINE_TIER,
        _ => return None,
    };
    let ingress = spec.ingress.iter().enumerate();
    let ingress = ingress.flat_map(|(index, rule)| {
        let place = place(Direction::Ingress, index);
        let groups = groups(&rule.protocols);
        convert_rule(place, action(&rule.action), groups, &rule.from, selectors)
    });
    let ingress = ingress.collect();
    let egress = spec.egress.iter().enumerate();
    let egress = egress.flat_map(|(index, rule)| {
        let place = place(Direction::Egress, index);
        let groups = groups(&rule.protocols);
        convert_rule(place, action(&rule.action), groups, &rule.to, selectors)
    });
    let egress = egress.collect();
    let order = spec.priority.map(f64::from);
    let subject = subject(&spec.subject, selectors)?;
    Some(policy(
        id,
        (tier, order.unwrap_or_default()),
        subject,
        (ingress, egress),
    ))
}

fn place(direction: Direction, index: usize) -> Place {
    Place {
        direction,
        index,
        ports: "protocols",
    }
}

fn action(name: &str) -> Option<Action> {
    match name {
        "Accept" => Some(Action::Allow),
        "Deny" => Some(Action::Deny),
        "Pass" => Some(Action::Pass),
        _ => None,
    }
}

/// A policy in one of the two cluster tiers. It governs the directions that it has rules for; without any
/// rules, both.
pub(super) fn policy(
    id: PolicyId,
    (tier, order): (&str, f64),
    subject: Vec<Part>,
    (ingress, egress): (Vec<Rule>, Vec<Rule>),
) -> Converted {
    let no_rules = ingress.is_empty() && egress.is_empty();
    Converted {
        tier: tier.into(),
        order: Some(order),
        governs_ingress: no_rules || !ingress.is_empty(),
        governs_egress: no_rules || !egress.is_empty(),
        subject,
        ingress,
        egress,
        do_not_track: false,
        pre_dnat: false,
        apply_on_forward: false,
        id,
    }
}

/// `None` if neither form is there.
pub(super) fn subject(subject: &PolicySubject, selectors: &mut Selectors) -> Option<Vec<Part>> {
    let (namespaces, pods): (&LabelSelector, _) = match (&subject.namespaces, &subject.pods) {
        (Some(namespaces), _) => (namespaces, None),
        (None, Some(pods)) => (&pods.namespace_selector, Some(&pods.pod_selector)),
        (None, None) => return None,
    };
    peers::subject(namespaces, pods, selectors)
}

/// The rules that one rule becomes. What Calico cannot convert is dropped if it allows, and else denies
/// everything.
pub(super) fn convert_rule(
    place: Place,
    action: Option<Action>,
    groups: Option<Vec<Group>>,
    peers: &[ClusterPeer],
    selectors: &mut Selectors,
) -> Vec<Rule> {
    let Some(action) = action else {
        return Vec::new();
    };
    let peers = peers.iter().enumerate().map(|(index, peer)| {
        Some(Peer {
            path: peer_path(place, index, peer),
            entity: peers::cluster(peer, selectors)?,
        })
    });
    match (groups, peers.collect::<Option<Vec<Peer>>>()) {
        (Some(groups), Some(peers)) => expand(place, action, &groups, &peers),
        _ if action == Action::Allow => Vec::new(),
        _ => vec![Rule::any(Action::Deny, place.path())],
    }
}

/// Where the peer's selectors are written.
fn peer_path(place: Place, index: usize, peer: &ClusterPeer) -> String {
    let path = place.peer(index);
    match peer.pods {
        Some(_) => format!("{path}.pods"),
        None => path,
    }
}

fn groups(protocols: &[ClusterProtocol]) -> Option<Vec<Group>> {
    let mut groups = Groups::default();
    for entry in protocols {
        if *entry == ClusterProtocol::default() {
            return Some(Groups::default().into_groups());
        }
        add(&mut groups, entry)?;
    }
    Some(groups.into_groups())
}

fn add(groups: &mut Groups, entry: &ClusterProtocol) -> Option<()> {
    let transports = [
        (Protocol::TCP, &entry.tcp),
        (Protocol::UDP, &entry.udp),
        (Protocol::SCTP, &entry.sctp),
    ];
    let transport = transports.iter().find_map(|(protocol, transport)| {
        transport
            .as_ref()
            .map(|transport| (*protocol, &transport.destination_port))
    });
    match transport {
        None => groups.add_name(None, &entry.destination_named_port),
        Some((protocol, None)) => groups.add_all(protocol),
        Some((protocol, Some(port))) => match range(port)? {
            Some(range) => groups.add_range(protocol, range),
            None => groups.add_all(protocol),
        },
    }
    Some(())
}

/// The ports; the inner `None` for all, the outer one if they make no sense.
fn range(port: &ClusterPort) -> Option<Option<RangeInclusive<u16>>> {
    match (port.number, &port.range) {
        (Some(number), _) if number != 0 => range_of(number, number).map(Some),
        (_, Some(range)) => range_of(range.start, range.end).map(Some),
        _ => Some(None),
    }
}

/// A range of port numbers.
pub(super) fn range_of(first: i32, last: i32) -> Option<RangeInclusive<u16>> {
    let first = u16::try_from(first).ok()?;
    let last = u16::try_from(last).ok()?;
    (first <= last).then_some(first..=last)
}
