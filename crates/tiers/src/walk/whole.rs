//! Both ends of a flow (Calico `felix/rules/static.go`, `felix/rules/endpoints.go`).

use std::net::IpAddr;

use tierwalk_resources::model::Protocol;

use crate::Engine;
use crate::engine::Endpoint;
use crate::flow::{Flow, FlowError, Owner, Resolved};
use crate::matching::Packet;

use super::side::SideWalker;
use super::{Bypass, Direction, Phase, SideWalk, Verdict, Walk};

const IP_IN_IP: Protocol = Protocol(4);
const VXLAN_PORT: u16 = 4789;

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
        let egress = self.egress(&flow, &packet);
        let mut ingress = self.ingress(&flow, &packet);
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

    fn egress(&self, flow: &Resolved, packet: &Packet<'_>) -> Option<SideWalk> {
        let endpoint = endpoint(flow.source.owner)?;
        let mut walker = SideWalker::new(self, packet, Direction::Egress);
        match (self.bypass_out(flow), endpoint) {
            (Some(bypass), _) => walker.bypass(bypass),
            (None, Endpoint::Host(host)) => walker.host(host, flow),
            (None, Endpoint::Workload(_)) => {
                walker.tiers(endpoint, Phase::Workload);
                walker.profiles(endpoint);
                if let Some(host) = self.routed_by(endpoint, flow.destination.owner) {
                    walker.leave_host();
                    walker.forwarded(host, flow);
                }
            }
        }
        Some(walker.finish(endpoint))
    }

    fn ingress(&self, flow: &Resolved, packet: &Packet<'_>) -> Option<SideWalk> {
        let endpoint = endpoint(flow.destination.owner)?;
        let mut walker = SideWalker::new(self, packet, Direction::Ingress);
        match (self.bypass_in(flow), endpoint) {
            (Some(bypass), _) => walker.bypass(bypass),
            (None, Endpoint::Host(host)) => walker.host(host, flow),
            (None, Endpoint::Workload(_)) => {
                if let Some(host) = self.routed_by(endpoint, flow.source.owner) {
                    walker.forwarded(host, flow);
                }
                walker.tiers(endpoint, Phase::Workload);
                walker.profiles(endpoint);
            }
        }
        Some(walker.finish(endpoint))
    }

    /// What the dataplane decides about a packet that leaves its endpoint.
    fn bypass_out(&self, flow: &Resolved) -> Option<Bypass> {
        let (source, destination) = (flow.source.owner, flow.destination.owner);
        match source {
            Owner::Workload(_) if source == destination => Some(Bypass::SamePod),
            Owner::Workload(_) => self.bypass_of_pod(flow),
            Owner::Host { .. } => self
                .on_one_node(source, destination)
                .then_some(Bypass::OwnNode),
            Owner::Outside => None,
        }
    }

    fn bypass_of_pod(&self, flow: &Resolved) -> Option<Bypass> {
        if flow.protocol == IP_IN_IP {
            Some(Bypass::IpInIp)
        } else if flow.protocol == Protocol::UDP && flow.port == Some(VXLAN_PORT) {
            Some(Bypass::Vxlan)
        } else if is_neighbour_discovery(flow) && self.is_to_own_host(flow) {
            Some(Bypass::NeighbourDiscovery)
        } else {
            None
        }
    }

    fn is_to_own_host(&self, flow: &Resolved) -> bool {
        let to_host = matches!(flow.destination.owner, Owner::Host { .. });
        to_host && self.on_one_node(flow.source.owner, flow.destination.owner)
            || is_on_link(flow.destination.address)
    }

    /// What the dataplane decides about a packet that comes to its endpoint.
    fn bypass_in(&self, flow: &Resolved) -> Option<Bypass> {
        let (source, destination) = (flow.source.owner, flow.destination.owner);
        let on_one_node = self.on_one_node(source, destination);
        match (source, destination) {
            (Owner::Workload(_), Owner::Workload(_)) => {
                (source == destination).then_some(Bypass::SamePod)
            }
            (Owner::Workload(_), Owner::Host { .. }) => on_one_node.then_some(Bypass::ToOwnHost),
            (Owner::Host { .. }, _) => on_one_node.then_some(Bypass::OwnNode),
            _ => None,
        }
    }

    /// The host endpoint that a pod's packets pass between it and another node or the world.
    fn routed_by(&self, endpoint: Endpoint, other: Owner) -> Option<u32> {
        let Endpoint::Workload(pod) = endpoint else {
            return None;
        };
        if self.on_one_node(Owner::Workload(pod), other) {
            return None;
        }
        let node = self.node_of(Owner::Workload(pod))?;
        let at = self.nodes().position(|name| name == node)?;
        self.host_endpoint(at as u32, None)
    }

    fn on_one_node(&self, one: Owner, other: Owner) -> bool {
        let node = self.node_of(one);
        node.is_some() && node == self.node_of(other)
    }

    /// The node that runs an end of a flow.
    fn node_of(&self, owner: Owner) -> Option<&str> {
        match owner {
            Owner::Workload(index) => {
                let pod = self.model().workloads.get(index as usize)?;
                Some(pod.node.as_str())
            }
            Owner::Host { node, .. } => {
                let entry = self.node_entries().get(node as usize)?;
                Some(entry.name.as_str())
            }
            Owner::Outside => None,
        }
    }
}

/// What policy applies to at an end.
fn endpoint(owner: Owner) -> Option<Endpoint> {
    match owner {
        Owner::Workload(index) => Some(Endpoint::Workload(index)),
        Owner::Host { endpoint, .. } => endpoint.map(Endpoint::Host),
        Owner::Outside => None,
    }
}

fn verdict(denied: bool) -> Verdict {
    if denied {
        Verdict::Deny
    } else {
        Verdict::Allow
    }
}

/// Neighbour discovery and multicast listener messages that hosts need from their pods.
fn is_neighbour_discovery(flow: &Resolved) -> bool {
    flow.protocol == Protocol::ICMPV6
        && matches!(flow.icmp, Some((130 | 131 | 132 | 133 | 135 | 136, _)))
}

/// Link-local and multicast addresses end at the host's side of a pod's link.
fn is_on_link(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(v6) if v6.is_multicast() || v6.is_unicast_link_local())
}
