//! What a flow passes at each end, in order (Calico `felix/rules/static.go`, `felix/rules/endpoints.go`).

mod dataplane;
mod failsafe;

use crate::Engine;
use crate::engine::Endpoint;
use crate::flow::{Owner, Resolved};
use crate::walk::{Bypass, Direction, Phase};

/// One thing that a flow passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The dataplane decides.
    Bypass(Bypass),
    /// The tiers, for the policies of one phase.
    Tiers(Endpoint, Phase),
    /// The profiles, for what no tier decided.
    Profiles(Endpoint),
    /// The boundary between a host and its pod: what one of them allows, the other may still deny.
    Boundary,
}

impl Engine {
    /// What policy applies to at an end.
    pub(crate) fn endpoint_at(&self, flow: &Resolved, direction: Direction) -> Option<Endpoint> {
        let end = match direction {
            Direction::Egress => &flow.source,
            Direction::Ingress => &flow.destination,
        };
        match end.owner {
            Owner::Workload(index) => Some(Endpoint::Workload(index)),
            Owner::Host { endpoint, .. } => endpoint.map(Endpoint::Host),
            Owner::Outside => None,
        }
    }

    /// Visits what a flow passes at an end that has an endpoint.
    pub(crate) fn visit(
        &self,
        flow: &Resolved,
        endpoint: Endpoint,
        direction: Direction,
        visit: &mut dyn FnMut(Stage),
    ) {
        let bypass = match direction {
            Direction::Egress => self.bypass_out(flow),
            Direction::Ingress => self.bypass_in(flow),
        };
        match (bypass, endpoint, direction) {
            (Some(bypass), ..) => visit(Stage::Bypass(bypass)),
            (None, Endpoint::Host(host), _) => self.visit_host(flow, host, direction, visit),
            (None, Endpoint::Workload(_), Direction::Egress) => {
                visit(Stage::Tiers(endpoint, Phase::Workload));
                visit(Stage::Profiles(endpoint));
                if let Some(host) = self.routed_by(endpoint, flow.destination.owner) {
                    visit(Stage::Boundary);
                    // Untracked egress is for the host's own processes.
                    visit(Stage::Tiers(Endpoint::Host(host), Phase::Forward));
                }
            }
            (None, Endpoint::Workload(_), Direction::Ingress) => {
                if let Some(host) = self.routed_by(endpoint, flow.source.owner) {
                    if !failsafe::is_failsafe(flow, direction) {
                        self.visit_early(host, direction, visit);
                    }
                    visit(Stage::Tiers(Endpoint::Host(host), Phase::Forward));
                    visit(Stage::Boundary);
                }
                visit(Stage::Tiers(endpoint, Phase::Workload));
                visit(Stage::Profiles(endpoint));
            }
        }
    }

    /// From or to the host's own processes.
    fn visit_host(
        &self,
        flow: &Resolved,
        host: u32,
        direction: Direction,
        visit: &mut dyn FnMut(Stage),
    ) {
        if failsafe::is_failsafe(flow, direction) {
            return visit(Stage::Bypass(Bypass::Failsafe));
        }
        self.visit_early(host, direction, visit);
        visit(Stage::Tiers(Endpoint::Host(host), Phase::Normal));
        visit(Stage::Profiles(Endpoint::Host(host)));
    }

    /// Untracked policy is not supported on all interfaces at once
    /// (Calico `felix/dataplane/linux/endpoint_mgr.go`).
    fn visit_early(&self, host: u32, direction: Direction, visit: &mut dyn FnMut(Stage)) {
        let endpoint = Endpoint::Host(host);
        let host = self.model().host_endpoints.get(host as usize);
        if host.is_some_and(|host| host.interface != "*") {
            visit(Stage::Tiers(endpoint, Phase::Untracked));
        }
        if direction == Direction::Ingress {
            visit(Stage::Tiers(endpoint, Phase::PreDnat));
        }
    }

    /// The host endpoint that a pod's packets pass between it and another node or the world.
    fn routed_by(&self, endpoint: Endpoint, other: Owner) -> Option<u32> {
        let Endpoint::Workload(pod) = endpoint else {
            return None;
        };
        if self.model().host_endpoints.is_empty() || self.on_one_node(Owner::Workload(pod), other) {
            return None;
        }
        let node = self.node_of(Owner::Workload(pod))?;
        self.host_endpoint(self.node_index(node)?, None)
    }

    pub(crate) fn on_one_node(&self, one: Owner, other: Owner) -> bool {
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
