//! Rules by what they cannot match without.

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{Action, Protocol};

use crate::walk::Direction;

use super::nets::NetList;
use super::record::{Match, Record};
use super::sides::Sides;

/// Rules with more port numbers than this are not listed by port.
const MAX_PORTS: usize = 32;

/// Each rule that can decide stands in one list. Lists are in the order of evaluation.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    by_nets: Vec<Vec<u32>>,
    by_match: Vec<Vec<u32>>,
    by_port: FxHashMap<(Protocol, u16), Vec<u32>>,
    rest: Vec<u32>,
}

impl Postings {
    pub fn new(records: &[Record], direction: Direction, sides: &Sides) -> Self {
        let mut postings = Self::default();
        for (number, record) in (0..).zip(records) {
            if record.action != Action::Log && (record.v4 || record.v6) {
                postings.add(number, record, direction, sides);
            }
        }
        postings
    }

    fn add(&mut self, number: u32, record: &Record, direction: Direction, sides: &Sides) {
        let peer = match direction {
            Direction::Egress => &record.destination,
            Direction::Ingress => &record.source,
        };
        if peer.domains.is_some() {
            self.rest.push(number);
        } else if let Some(nets) = peer.nets {
            at(&mut self.by_nets, nets).push(number);
        } else if let Some(positive) = peer.positive {
            at(&mut self.by_match, positive).push(number);
        } else {
            self.add_by_port(number, record, sides);
        }
    }

    fn add_by_port(&mut self, number: u32, record: &Record, sides: &Sides) {
        let ports = record
            .destination
            .ports
            .and_then(|ports| sides.ports(ports));
        match (record.protocol, ports) {
            (Some(protocol), Some(ports))
                if ports.names.is_empty() && ports.count() <= MAX_PORTS =>
            {
                for port in ports.ranges.iter().flat_map(|(first, last)| *first..=*last) {
                    let list = self.by_port.entry((protocol, port)).or_default();
                    if list.last() != Some(&number) {
                        list.push(number);
                    }
                }
            }
            _ => self.rest.push(number),
        }
    }

    /// The lists in which a rule that matches must stand: of the lists of networks that contain the peer,
    /// of the matches that its owners satisfy, of the port, and of all others.
    pub fn lists<'a>(
        &'a self,
        nets: &'a [NetList],
        matches: impl Iterator<Item = Match> + 'a,
        port: Option<(Protocol, u16)>,
    ) -> impl Iterator<Item = &'a [u32]> + 'a {
        let by_nets = nets.iter().filter_map(|it| self.by_nets.get(*it as usize));
        let by_match = matches.filter_map(|it| self.by_match.get(it as usize));
        let by_port = port.and_then(|port| self.by_port.get(&port));
        let lists = std::iter::once(&self.rest).chain(by_port).chain(by_nets);
        lists.chain(by_match).map(Vec::as_slice)
    }
}

fn at(lists: &mut Vec<Vec<u32>>, number: u32) -> &mut Vec<u32> {
    let number = number as usize;
    if lists.len() <= number {
        lists.resize_with(number + 1, Vec::new);
    }
    &mut lists[number]
}
