//! Both ends of a flow.

use crate::Engine;
use crate::flow::{Flow, FlowError, Resolved};
use crate::matching::Packet;

use super::side::SideWalker;
use super::{Direction, SideWalk, Verdict, Walk};

impl Engine {
    /// Walks a flow through the policies of both ends.
    ///
    /// # Errors
    /// If an end is not there, has no address that fits, or the flow lacks a port.
    pub fn walk(&self, flow: &Flow) -> Result<Walk, FlowError> {
        Ok(self.walk_resolved(self.resolve(flow)?))
    }

    /// Walks a flow whose ends are found. The ingress half is evaluated even where egress denies.
    pub fn walk_resolved(&self, flow: Resolved) -> Walk {
        let packet = Packet::new(self, &flow);
        let egress = self.side(&flow, &packet, Direction::Egress);
        let mut ingress = self.side(&flow, &packet, Direction::Ingress);
        if let (Some(egress), Some(ingress)) = (&egress, &mut ingress) {
            ingress.reached = egress.verdict == Verdict::Allow;
        }
        let denies = |verdict: fn(&SideWalk) -> Verdict| {
            let mut sides = egress.iter().chain(&ingress);
            sides.any(|side| verdict(side) == Verdict::Deny)
        };
        Walk {
            verdict: verdict(denies(|side| side.verdict)),
            pending_verdict: verdict(denies(|side| side.pending_verdict)),
            egress,
            ingress,
            flow,
        }
    }

    fn side(&self, flow: &Resolved, packet: &Packet<'_>, direction: Direction) -> Option<SideWalk> {
        let endpoint = self.endpoint_at(flow, direction)?;
        let mut walker = SideWalker::new(self, packet, direction);
        self.visit(flow, endpoint, direction, &mut |stage| walker.pass(stage));
        Some(walker.finish(endpoint))
    }
}

fn verdict(denied: bool) -> Verdict {
    if denied {
        Verdict::Deny
    } else {
        Verdict::Allow
    }
}
