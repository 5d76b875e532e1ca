//! What a rule matches: peers × packets, for each place where it is evaluated.

mod summary;

use std::ops::Range;

use tierwalk_resources::model::Protocol;

use crate::compiled::check::PointSide;
use crate::compiled::record::{Record, SideRecord};
use crate::compiled::{Compiled, Rules};
use crate::walk::Direction;

use super::atoms::Atoms;
use super::lines::{Lines, WITH_PORTS};
use super::peers::PeerSets;
use super::region::Region;
use super::sets::Peers;
use summary::{Extent, extent};

/// Where and for which packets a rule is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct At {
    pub v4: bool,
    /// The class of the address that the policy protects; `None` if it is of no account.
    pub local: Option<u32>,
    /// The source port; `None` if it is of no account.
    pub port: Option<u16>,
}

/// The extents of all rules of one direction.
pub(super) struct Extents<'a> {
    compiled: &'a Compiled,
    atoms: &'a Atoms<'a>,
    pub direction: Direction,
    pub rules: &'a Rules,
    peers: PeerSets<'a>,
    extents: Vec<Extent>,
    /// Whether any rule wants something of the source port.
    pub has_source_ports: bool,
    /// For each peer, the rules that want it and few others, ascending.
    of_peers: Vec<Vec<u32>>,
    /// The rules that want many peers, ascending.
    of_many: Vec<u32>,
}

/// Rules that want more peers than this are looked at whoever the peer is.
const FEW_PEERS: usize = 32;

impl<'a> Extents<'a> {
    pub fn new(compiled: &'a Compiled, atoms: &'a Atoms<'a>, direction: Direction) -> Self {
        let rules = compiled.rules(direction);
        let mut peers = PeerSets::new(compiled, atoms);
        let extents = rules
            .records
            .iter()
            .map(|rule| extent(compiled, rule, direction, &mut peers));
        let extents: Vec<Extent> = extents.collect();
        let (of_peers, of_many) = by_peer(&extents, &peers, atoms.len());
        Self {
            has_source_ports: extents.iter().any(|extent| extent.has_source_port),
            compiled,
            atoms,
            direction,
            rules,
            peers,
            extents,
            of_peers,
            of_many,
        }
    }

    /// The rules of a range that can have a part in a region, ascending, if that is easily said.
    pub fn candidates(&self, region: &Region, range: Range<u32>) -> Option<Vec<u32>> {
        let peers = region.peers(FEW_PEERS)?;
        let of_peers = peers
            .iter()
            .filter_map(|peer| self.of_peers.get(*peer as usize));
        let lists = of_peers.chain([&self.of_many]);
        let mut numbers: Vec<u32> = lists
            .flat_map(|list| within(list, &range))
            .copied()
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        Some(numbers)
    }

    pub fn get(&self, number: u32) -> Option<&Extent> {
        self.extents.get(number as usize)
    }

    /// Whether the rule can match at all, going by protocol, ports and IP version alone.
    pub fn has_packets(&self, number: u32) -> bool {
        (self.is_live(number, true) || self.is_live(number, false))
            && self
                .get(number)
                .is_some_and(|extent| !extent.lines.is_empty())
    }

    /// Whether the rule can match packets of an IP version.
    pub fn is_live(&self, number: u32, v4: bool) -> bool {
        let rule = self.rules.records.get(number as usize);
        rule.is_some_and(|rule| if v4 { rule.v4 } else { rule.v6 })
    }

    /// Whether two rules can match one packet, going by protocol and ports alone.
    pub fn may_meet(&self, one: u32, two: u32) -> bool {
        let extents = self.get(one).zip(self.get(two));
        extents.is_some_and(|(one, two)| one.lines.meets(&two.lines))
    }

    /// Whether some peer is among those that the rule wants.
    pub fn has_peers(&self, number: u32) -> bool {
        let peers = self
            .get(number)
            .and_then(|extent| self.peers.get(extent.peers));
        peers.is_some_and(|peers| !peers.is_empty())
    }

    /// Visits disjoint boxes that together are what a rule matches at a place. Returns about how many steps
    /// that takes.
    pub fn each_box(&self, number: u32, at: At, mut visit: impl FnMut(&Peers, &Lines)) -> usize {
        let (Some(rule), Some(extent)) =
            (self.rules.records.get(number as usize), self.get(number))
        else {
            return 1;
        };
        let Some(peers) = self.peers.get(extent.peers) else {
            return 1;
        };
        let live = if at.v4 { rule.v4 } else { rule.v6 };
        if !live || extent.lines.is_empty() || extent.is_local && !self.holds_locally(rule, at) {
            return 1;
        }
        if extent.by_peer {
            return self.grouped(rule, extent, at, visit);
        }
        if extent.is_local || extent.has_source_port {
            let local = at
                .local
                .and_then(|local| self.atoms.get(local))
                .map(|atom| &atom.side);
            visit(peers, &self.lines(rule, extent, None, local, at.port));
        } else {
            visit(peers, &extent.lines);
        }
        peers.size() + 1
    }

    fn grouped(
        &self,
        rule: &Record,
        extent: &Extent,
        at: At,
        mut visit: impl FnMut(&Peers, &Lines),
    ) -> usize {
        let local = at
            .local
            .and_then(|local| self.atoms.get(local))
            .map(|atom| &atom.side);
        let mut groups: Vec<(Lines, Vec<u32>)> = Vec::new();
        let members = self
            .peers
            .get(extent.peers)
            .map(Peers::members)
            .unwrap_or_default();
        let steps = members.len() * 8 + 1;
        for member in members {
            let Some(peer) = self
                .atoms
                .get(member)
                .filter(|_| self.atoms.is_v4(member) == at.v4)
            else {
                continue;
            };
            let lines = self.lines(rule, extent, Some(&peer.side), local, at.port);
            match groups.iter_mut().find(|(known, _)| *known == lines) {
                Some((_, group)) => group.push(member),
                None => groups.push((lines, vec![member])),
            }
        }
        for (lines, group) in groups.into_iter().filter(|(lines, _)| !lines.is_empty()) {
            visit(&Peers::new(group, self.atoms.len()), &lines);
        }
        steps
    }

    /// Whether what the rule wants of the end that it protects holds there, ports apart.
    fn holds_locally(&self, rule: &Record, at: At) -> bool {
        let (side, is_source) = match self.direction {
            Direction::Egress => (&rule.source, true),
            Direction::Ingress => (&rule.destination, false),
        };
        let local = at.local.and_then(|local| self.atoms.get(local));
        local.is_some_and(|local| self.compiled.is_wanted(side, &local.side, is_source))
    }

    /// The packets that a rule matches, for a peer and a protected end, as far as they matter.
    fn lines(
        &self,
        rule: &Record,
        extent: &Extent,
        peer: Option<&PointSide<'_>>,
        local: Option<&PointSide<'_>>,
        port: Option<u16>,
    ) -> Lines {
        let (source, destination) = match self.direction {
            Direction::Egress => (local, peer),
            Direction::Ingress => (peer, local),
        };
        let mut lines = extent.lines.clone();
        if let Some(side) = destination {
            lines = self.packets_to(&rule.destination, side, lines);
        }
        match port {
            Some(port) if extent.has_source_port => {
                lines.and(&self.packets_from(&rule.source, source, port))
            }
            _ => lines,
        }
    }

    /// Those of some packets that go to a port that the rule wants.
    fn packets_to(&self, wanted: &SideRecord, side: &PointSide<'_>, lines: Lines) -> Lines {
        let mut lines = lines;
        if let Some(ports) = wanted.ports {
            lines = lines.and(&self.ports(ports, wanted, side));
        }
        if let Some(ports) = wanted.not_ports {
            lines = lines.without(&self.ports(ports, wanted, side));
        }
        if let Some(service) = wanted
            .service
            .and_then(|it| self.compiled.sides.service(it))
        {
            let members = service.members_at(side.address);
            lines = lines.and(&union(
                members.map(|(protocol, port)| Lines::port(protocol, port)),
            ));
        }
        lines
    }

    /// Ports by number, and those that owners of the address declare by name.
    fn ports(&self, ports: u32, wanted: &SideRecord, side: &PointSide<'_>) -> Lines {
        let Some(ports) = self.compiled.sides.ports(ports) else {
            return Lines::none();
        };
        let owners = self.compiled.owners(side);
        let owners = owners.filter(|class| wanted.positive.is_none_or(|it| class.satisfies(it)));
        let named = owners.flat_map(|class| class.ports_named(&ports.names));
        let named = named.map(|(protocol, port)| Lines::port(protocol, port));
        Lines::ports(&ports.ranges).or(&union(named))
    }

    /// The packets that come from a port that the rule wants, by protocol.
    fn packets_from(&self, wanted: &SideRecord, side: Option<&PointSide<'_>>, port: u16) -> Lines {
        let mut source = side.cloned().unwrap_or_else(PointSide::nobody);
        source.port = Some(port);
        let has = |ports: u32, protocol: &Protocol| {
            self.compiled.has_port(ports, wanted, &source, *protocol)
        };
        let of = |ports: u32| {
            union(
                WITH_PORTS
                    .into_iter()
                    .filter(|protocol| has(ports, protocol))
                    .map(Lines::of),
            )
        };
        let lines = wanted.ports.map_or_else(Lines::all, of);
        wanted
            .not_ports
            .map_or(lines.clone(), |ports| lines.without(&of(ports)))
    }

    /// Source ports such that rules cannot tell any port from one of them.
    pub fn source_ports(&self, numbers: impl Iterator<Item = u32>) -> Vec<u16> {
        let mut starts = vec![0];
        for rule in numbers.filter_map(|number| self.rules.records.get(number as usize)) {
            for ports in [rule.source.ports, rule.source.not_ports]
                .into_iter()
                .flatten()
            {
                let ports = self.compiled.sides.ports(ports);
                for (first, last) in ports.into_iter().flat_map(|ports| &ports.ranges) {
                    starts.extend([Some(*first), last.checked_add(1)].into_iter().flatten());
                }
                let names = ports
                    .map(|ports| ports.names.as_slice())
                    .unwrap_or_default();
                for port in self.compiled.entities.ports_named(names) {
                    starts.extend([Some(port), port.checked_add(1)].into_iter().flatten());
                }
            }
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

impl Compiled {
    /// Whether an address is what one side of a rule wants, ports apart.
    pub(super) fn is_wanted(
        &self,
        wanted: &SideRecord,
        side: &PointSide<'_>,
        is_source: bool,
    ) -> bool {
        let is_backend = |service: u32| {
            let service = self.sides.service(service);
            service.is_some_and(|service| service.has_address(side.address))
        };
        self.is_peer(wanted, side)
            && !wanted.not_nets.is_some_and(|list| side.is_in(list))
            && !wanted.negative.is_some_and(|it| self.is_owned(it, side))
            && (!is_source || wanted.service.is_none_or(is_backend))
    }
}

/// The rules of each peer, of those that want few; and the others.
fn by_peer(extents: &[Extent], peers: &PeerSets<'_>, len: usize) -> (Vec<Vec<u32>>, Vec<u32>) {
    let (mut of_peers, mut of_many) = (vec![Vec::new(); len], Vec::new());
    for (number, extent) in (0..).zip(extents) {
        match peers.get(extent.peers) {
            Some(Peers::Few(few)) if few.len() <= FEW_PEERS => {
                for peer in few {
                    of_peers[*peer as usize].push(number);
                }
            }
            _ => of_many.push(number),
        }
    }
    (of_peers, of_many)
}

/// The part of a sorted list that is in a range.
fn within<'l>(list: &'l [u32], range: &Range<u32>) -> &'l [u32] {
    let start = list.partition_point(|number| *number < range.start);
    let end = list.partition_point(|number| *number < range.end);
    list.get(start..end).unwrap_or_default()
}

fn union(lines: impl Iterator<Item = Lines>) -> Lines {
    lines.fold(Lines::none(), |all, more| all.or(&more))
}
