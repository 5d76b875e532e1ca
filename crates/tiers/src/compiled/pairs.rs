//! Every pair of some ends, for one protocol and port.
//!
//! Ends that no rule can tell apart are one class, and a pair of classes is evaluated once, whatever number of
//! pairs of ends it stands for.

mod classes;

use crate::Engine;
use crate::flow::{End, Flow, FlowError, Owner, Resolved};
use crate::hit::Hit;
use crate::walk::{Direction, Verdict};

use super::check::{Point, PointSide};
use super::verdicts::at_end;
use super::{Compiled, Mode};

use classes::{ClassList, View};

/// What becomes of a pair of ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PairVerdict {
    /// Policy decides.
    Decided {
        /// As policies are enforced.
        enforced: Verdict,
        /// With staged policies taken as enforced.
        pending: Verdict,
    },
    /// No policy applies at either end.
    NoEndpoint,
    /// The ends have no IP version in common that the flow could have.
    Apart,
}

/// Gives verdicts of all pairs of some ends.
#[derive(Debug)]
pub struct Pairs<'a> {
    engine: &'a Engine,
    compiled: &'a Compiled,
    classes: ClassList<'a>,
    packet: Resolved,
    has_staged: bool,
    hits: Vec<Hit>,
}

impl Engine {
    /// An evaluator for all pairs of these ends. `flow` tells protocol and port; its own ends do not matter. No two
    /// of the ends may be the same pod. An end that is not there or has no address is apart from all others.
    ///
    /// # Errors
    /// If the flow lacks a port.
    pub fn pairs<'a>(&'a self, ends: &'a [End], flow: &Flow) -> Result<Pairs<'a>, FlowError> {
        let compiled = self.compiled();
        let packet = self.packet(flow)?;
        Ok(Pairs {
            engine: self,
            compiled,
            classes: ClassList::new(self, compiled, ends, flow),
            packet,
            has_staged: compiled.staged.contains(&true),
            hits: Vec::new(),
        })
    }
}

impl Pairs<'_> {
    /// For each end, its class.
    pub fn classes(&self) -> &[u32] {
        &self.classes.of_ends
    }

    /// How many classes there are; they are counted from 0, in the order of their first ends.
    pub fn len(&self) -> usize {
        self.classes.all.len()
    }

    /// Whether there are no ends.
    pub fn is_empty(&self) -> bool {
        self.classes.all.is_empty()
    }

    /// What becomes of the pairs from a class to each class. From a class to itself means between two of its ends;
    /// an end and itself is not a pair.
    pub fn row(&mut self, from: usize) -> Vec<PairVerdict> {
        let Some(class) = self.classes.all.get(from) else {
            return Vec::new();
        };
        let mut sources = class
            .views
            .each_ref()
            .map(|view| Some(self.packet_from(view.as_ref()?)));
        let columns = self.classes.all.iter().enumerate();
        let pairs = columns.map(|(to, class)| {
            let mut both = sources.iter_mut().zip(class.as_destination(from == to));
            let Some((packet, to)) = both.find_map(|(from, to)| Some((from.as_mut()?, to?))) else {
                return PairVerdict::Apart;
            };
            packet.set_destination(to);
            decide(
                (self.engine, self.compiled),
                packet,
                self.has_staged,
                &mut self.hits,
            )
        });
        pairs.collect()
    }

    /// A packet that has its destination yet to come.
    fn packet_from<'v>(&self, view: &View<'v>) -> Packet<'v> {
        let mut flow = self.packet.clone();
        (flow.source.address, flow.source.owner) = (view.side.address, view.owner);
        let source = PointSide {
            port: flow.source_port,
            ..view.side.clone()
        };
        let point = Point {
            is_v4: view.side.address.is_ipv4(),
            protocol: flow.protocol,
            icmp: flow.icmp,
            source,
            destination: PointSide {
                port: flow.port,
                ..PointSide::nobody()
            },
        };
        Packet { flow, point }
    }
}

/// A flow, as the dataplane sees it and as rules do.
struct Packet<'v> {
    flow: Resolved,
    point: Point<'v>,
}

impl<'v> Packet<'v> {
    /// Buffers are kept from destination to destination.
    fn set_destination(&mut self, (owner, side): (Owner, &PointSide<'v>)) {
        (self.flow.destination.address, self.flow.destination.owner) = (side.address, owner);
        let destination = &mut self.point.destination;
        (destination.address, destination.domain) = (side.address, side.domain);
        destination.owners.clone_from(&side.owners);
        destination.nets.clone_from(&side.nets);
    }
}

fn decide(
    engine: (&Engine, &Compiled),
    packet: &Packet<'_>,
    has_staged: bool,
    hits: &mut Vec<Hit>,
) -> PairVerdict {
    let packet = (&packet.flow, &packet.point);
    let mut at = |direction, mode| at_end(engine, packet, direction, mode, hits);
    let mut verdict = |mode| {
        let ends = (at(Direction::Egress, mode), at(Direction::Ingress, mode));
        match ends {
            (None, None) => None,
            (Some(Verdict::Deny), _) | (_, Some(Verdict::Deny)) => Some(Verdict::Deny),
            _ => Some(Verdict::Allow),
        }
    };
    let Some(enforced) = verdict(Mode::Enforced) else {
        return PairVerdict::NoEndpoint;
    };
    let pending = has_staged.then(|| verdict(Mode::Pending)).flatten();
    PairVerdict::Decided {
        enforced,
        pending: pending.unwrap_or(enforced),
    }
}
