//! Words for single steps of a walk.

use crate::Engine;
use crate::walk::{Bypass, Direction, ProfileStep, SideWalk, Skip, Verdict};

use super::names::direction_word;

impl Skip {
    /// Why the tier takes no part: `no Ingress policy selects it`.
    pub fn text(self, direction: Direction) -> String {
        match self {
            Self::NoPolicies => "no policies".into(),
            Self::NoneSelects => "no policy selects it".into(),
            Self::NotThisDirection => format!("no {} policy selects it", direction.name()),
            Self::OnlyStaged => "only staged policies select it".into(),
        }
    }
}

impl Bypass {
    /// What the dataplane did and why.
    pub fn text(self) -> &'static str {
        match self {
            Self::SamePod => "a pod that talks to itself never leaves it: no policy is looked at",
            Self::OwnNode => {
                "a node always reaches itself and the pods that it runs: no policy is looked at"
            }
            Self::ToOwnHost => {
                "what a pod may send reaches the node that runs it (Calico's manifests set DefaultEndpointToHostAction to Accept): the host endpoint's policy is not looked at"
            }
            Self::NeighbourDiscovery => {
                "IPv6 neighbour discovery between a pod and its node is allowed ahead of policy"
            }
            Self::IpInIp => {
                "pods may not send IP-in-IP, whatever policy says (unless AllowIPIPPacketsFromWorkloads is set)"
            }
            Self::Vxlan => {
                "pods may not send to the VXLAN port, udp/4789, whatever policy says (unless AllowVXLANPacketsFromWorkloads is set)"
            }
            Self::Failsafe => "a failsafe port of the host endpoint: policy cannot close it",
        }
    }
}

impl Engine {
    /// What the profiles did.
    pub fn profile_text(&self, step: &ProfileStep) -> String {
        match (step.decided, step.verdict) {
            (None, _) => "no profile allows it".into(),
            (Some((profile, _)), verdict) => {
                let name = self.profile_name(profile);
                match (self.profile(profile), verdict) {
                    (None, _) => format!("profile {name} does not exist, which denies"),
                    (Some(_), Verdict::Allow) => format!("profile {name} allows"),
                    (Some(_), Verdict::Deny) => format!("profile {name} denies"),
                }
            }
        }
    }
}

impl SideWalk {
    /// Why this half does not count; empty if it does.
    pub fn not_reached_text(&self) -> String {
        if self.reached {
            return String::new();
        }
        let verdict = match self.verdict {
            Verdict::Allow => "allow it",
            Verdict::Deny => "deny it, too",
        };
        let direction = direction_word(self.direction);
        format!("Not reached: egress denied first. If it had arrived, {direction} would {verdict}.")
    }
}
