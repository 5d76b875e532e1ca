//! What the dataplane decides ahead of policy, or instead of it.

use std::net::IpAddr;

use tierwalk_resources::model::Protocol;

use crate::Engine;
use crate::flow::{Owner, Resolved};
use crate::walk::Bypass;

const IP_IN_IP: Protocol = Protocol(4);
const VXLAN_PORT: u16 = 4789;

impl Engine {
    /// What the dataplane decides about a packet that leaves its endpoint.
    pub(super) fn bypass_out(&self, flow: &Resolved) -> Option<Bypass> {
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
    pub(super) fn bypass_in(&self, flow: &Resolved) -> Option<Bypass> {
        let (source, destination) = (flow.source.owner, flow.destination.owner);
        let on_one_node = || self.on_one_node(source, destination);
        match (source, destination) {
            (Owner::Workload(_), Owner::Workload(_)) => {
                (source == destination).then_some(Bypass::SamePod)
            }
            (Owner::Workload(_), Owner::Host { .. }) => on_one_node().then_some(Bypass::ToOwnHost),
            (Owner::Host { .. }, _) => on_one_node().then_some(Bypass::OwnNode),
            _ => None,
        }
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
