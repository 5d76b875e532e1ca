use tierwalk_resources::model::Protocol;

use crate::flow::Resolved;
use crate::walk::Direction;

/// Inbound ports that policy of hosts cannot close (Calico `felix/config/config_params.go`).
const INBOUND: &[(Protocol, u16)] = &[
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

/// Outbound ports that policy of hosts cannot close.
const OUTBOUND: &[(Protocol, u16)] = &[
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

pub(super) fn is_failsafe(flow: &Resolved, direction: Direction) -> bool {
    let ports = match direction {
        Direction::Egress => OUTBOUND,
        Direction::Ingress => INBOUND,
    };
    flow.port
        .is_some_and(|port| ports.contains(&(flow.protocol, port)))
}
