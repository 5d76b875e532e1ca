//! Sentences for steps that are no policy.

use tierwalk_tiers::{Bypass, Direction, Skip};

/// Why a tier takes no part.
pub(super) fn skipped(skip: Skip, direction: Direction) -> String {
    match skip {
        Skip::NoPolicies => "no policies".into(),
        Skip::NoneSelects => "no policy selects it".into(),
        Skip::NotThisDirection => format!("no {} policy selects it", direction.name()),
        Skip::OnlyStaged => "only staged policies select it".into(),
    }
}

/// What the dataplane did without policy.
pub(super) fn bypass(bypass: Bypass) -> &'static str {
    match bypass {
        Bypass::SamePod => "a pod that talks to itself never leaves it: no policy is asked",
        Bypass::OwnNode => "a host always reaches the pods it runs: no policy is asked",
        Bypass::ToOwnHost => {
            "the host takes what its own pods may send (`defaultEndpointToHostAction: Accept`, as shipped)"
        }
        Bypass::NeighbourDiscovery => {
            "IPv6 neighbour discovery between a pod and its host is always allowed"
        }
        Bypass::IpInIp => "pods may not send IP-in-IP: Calico drops it before any policy",
        Bypass::Vxlan => {
            "pods may not send to the VXLAN port, UDP 4789: Calico drops it before any policy"
        }
        Bypass::Failsafe => "a failsafe port: policy on host endpoints cannot close it",
    }
}
