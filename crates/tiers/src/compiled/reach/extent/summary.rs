//! What a rule matches wherever it is evaluated.

use tierwalk_resources::model::Protocol;

use crate::compiled::Compiled;
use crate::compiled::reach::lines::Lines;
use crate::compiled::reach::peers::PeerSets;
use crate::compiled::record::{Record, SideRecord};
use crate::walk::Direction;

/// A rule as a set of packets, as far as that does not depend on the place.
pub(in crate::compiled::reach) struct Extent {
    pub peers: u32,
    pub lines: Lines,
    /// It wants something of the end that it protects, other than a port number.
    pub is_local: bool,
    /// The ports that it wants differ from peer to peer.
    pub by_peer: bool,
    /// It wants something of the source port.
    pub has_source_port: bool,
}

impl Compiled {
    fn has_names(&self, ports: Option<u32>) -> bool {
        let ports = ports.and_then(|ports| self.sides.ports(ports));
        ports.is_some_and(|ports| !ports.names.is_empty())
    }
}

pub(super) fn extent(
    compiled: &Compiled,
    rule: &Record,
    direction: Direction,
    peers: &mut PeerSets<'_>,
) -> Extent {
    let named =
        |side: &SideRecord| compiled.has_names(side.ports) || compiled.has_names(side.not_ports);
    let to_names = named(&rule.destination) || rule.destination.service.is_some();
    let from_names = named(&rule.source);
    let (local, peer, local_ports, by_peer) = match direction {
        Direction::Egress => (&rule.source, &rule.destination, from_names, to_names),
        Direction::Ingress => (&rule.destination, &rule.source, to_names, from_names),
    };
    let wants = SideRecord {
        ports: None,
        not_ports: None,
        ..*local
    };
    Extent {
        peers: peers.number(peer, direction == Direction::Ingress),
        lines: lines(compiled, rule),
        is_local: local_ports || wants != SideRecord::default(),
        by_peer,
        has_source_port: rule.source.ports.is_some() || rule.source.not_ports.is_some(),
    }
}

/// The packets that a rule matches going by protocol, ICMP type and port numbers.
fn lines(compiled: &Compiled, rule: &Record) -> Lines {
    let numbers = |ports: Option<u32>| {
        let ports = ports.and_then(|ports| compiled.sides.ports(ports));
        ports.filter(|ports| ports.names.is_empty())
    };
    let mut lines = match (rule.protocol, numbers(rule.destination.ports)) {
        (None, None) => Lines::all(),
        (Some(protocol), None) => Lines::of(protocol),
        (None, Some(ports)) => Lines::ports(&ports.ranges),
        (Some(protocol), Some(ports)) => Lines::ports_of(&[protocol], &ports.ranges),
    };
    if let Some(protocol) = rule.not_protocol {
        lines = lines.without(&Lines::of(protocol));
    }
    if let Some(icmp) = rule.icmp {
        lines = lines.and(&Lines::icmp(icmp));
    }
    if let Some(icmp) = rule.not_icmp {
        let any = Lines::of(Protocol::ICMP).or(&Lines::of(Protocol::ICMPV6));
        lines = lines.and(&any.without(&Lines::icmp(icmp)));
    }
    if let Some(ports) = numbers(rule.destination.not_ports) {
        lines = lines.without(&Lines::ports(&ports.ranges));
    }
    lines
}
