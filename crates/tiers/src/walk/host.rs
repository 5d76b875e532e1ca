//! Host endpoints and their phases (Calico `felix/rules/endpoints.go`, `felix/rules/static.go`).

use tierwalk_resources::model::Protocol;

use crate::Engine;
use crate::engine::Endpoint;
use crate::flow::Resolved;

use super::side::SideWalker;
use super::{Applies, Bypass, Direction, Phase};

/// Inbound ports that policy cannot close (Calico `felix/config/config_params.go`).
const FAILSAFE_IN: &[(Protocol, u16)] = &[
    (Protocol::TCP, 22),
    (Protocol::UDP, 68),
    (Protocol::TCP, 179),
    (Protocol::TCP, 2379),
    (Protocol::TCP, 2380),
    (Protocol::TCP, 5473),
    (Protocol::TCP, 6443),
    (Protocol::TCP, 6666),
    (Protocol::TCP, 6667),
];

/// Outbound ports that policy cannot close.
const FAILSAFE_OUT: &[(Protocol, u16)] = &[
    (Protocol::UDP, 53),
    (Protocol::UDP, 67),
    (Protocol::TCP, 179),
    (Protocol::TCP, 2379),
    (Protocol::TCP, 2380),
    (Protocol::TCP, 5473),
    (Protocol::TCP, 6443),
    (Protocol::TCP, 6666),
    (Protocol::TCP, 6667),
];

fn is_failsafe(flow: &Resolved, direction: Direction) -> bool {
    let ports = match direction {
        Direction::Egress => FAILSAFE_OUT,
        Direction::Ingress => FAILSAFE_IN,
    };
    flow.port
        .is_some_and(|port| ports.contains(&(flow.protocol, port)))
}

impl SideWalker<'_> {
    /// From or to the host's own processes.
    pub fn host(&mut self, endpoint: u32, flow: &Resolved) {
        if is_failsafe(flow, self.direction) {
            return self.bypass(Bypass::Failsafe);
        }
        self.early(endpoint);
        self.tiers(Endpoint::Host(endpoint), Phase::Normal);
        self.profiles(Endpoint::Host(endpoint));
    }

    /// Routed through the host, from or to one of its pods. Without a policy for that, it is allowed.
    pub fn forwarded(&mut self, endpoint: u32, flow: &Resolved) {
        // What leaves is not looked at ahead of routing: untracked egress is for the host's own processes.
        if self.direction == Direction::Ingress && !is_failsafe(flow, self.direction) {
            self.early(endpoint);
        }
        self.phase(endpoint, Phase::Forward);
        self.leave_host();
    }

    /// Untracked policy is not supported on all interfaces at once
    /// (Calico `felix/dataplane/linux/endpoint_mgr.go`).
    fn early(&mut self, endpoint: u32) {
        let host = self.engine.model().host_endpoints.get(endpoint as usize);
        if host.is_some_and(|host| host.interface != "*") {
            self.phase(endpoint, Phase::Untracked);
        }
        if self.direction == Direction::Ingress {
            self.phase(endpoint, Phase::PreDnat);
        }
    }

    /// The tiers, if any policy is of this phase.
    fn phase(&mut self, endpoint: u32, phase: Phase) {
        let endpoint = Endpoint::Host(endpoint);
        if self.engine.has_policy(endpoint, self.direction, phase) {
            self.tiers(endpoint, phase);
        }
    }
}

impl Engine {
    fn has_policy(&self, endpoint: Endpoint, direction: Direction, phase: Phase) -> bool {
        let mut selecting = self.selecting(endpoint);
        selecting.any(|policy| self.applies(policy, endpoint, direction, phase) == Applies::Yes)
    }
}
