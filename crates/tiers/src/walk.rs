//! What was looked at on the way to a verdict, as small records.

mod reading;
mod side;
mod whole;

pub(crate) use side::belongs_to;

use std::ops::Range;

use tierwalk_resources::model::Action;

use crate::clause::ClauseSet;
use crate::engine::{Endpoint, PolicyIndex, ProfileIndex, TierIndex};
use crate::flow::Resolved;
use crate::hit::Hit;

/// What happens to a flow, or to one half of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Delivered.
    Allow,
    /// Dropped.
    Deny,
}

/// Which half of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// At the source.
    Egress,
    /// At the destination.
    Ingress,
}

impl Direction {
    /// As `types` write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Egress => "Egress",
            Self::Ingress => "Ingress",
        }
    }
}

/// Both halves of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    /// The flow.
    pub flow: Resolved,
    /// What happens to it.
    pub verdict: Verdict,
    /// What would happen if every staged policy were enforced.
    pub pending_verdict: Verdict,
    /// At the source; `None` if no policy is evaluated at that end.
    pub egress: Option<SideWalk>,
    /// At the destination; `None` if no policy is evaluated at that end.
    pub ingress: Option<SideWalk>,
}

/// The evaluation at one end.
#[derive(Clone, Debug, PartialEq)]
pub struct SideWalk {
    /// Which half.
    pub direction: Direction,
    /// Whose policy it is.
    pub endpoint: Endpoint,
    /// What this end decides.
    pub verdict: Verdict,
    /// What it would decide if staged policies were enforced.
    pub pending_verdict: Verdict,
    /// False where the other end denied first.
    pub reached: bool,
    /// The trace of enforced policies.
    pub enforced: Vec<Hit>,
    /// The trace with staged policies taken as enforced.
    pub pending: Vec<Hit>,
    /// Everything that was looked at, in order of evaluation.
    pub steps: Vec<Step>,
    /// The rules tried; the policies' steps say which are theirs.
    pub trials: Vec<RuleTrial>,
}

/// One stage of the evaluation at one end.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A tier.
    Tier(TierStep),
    /// The profiles.
    Profile(ProfileStep),
    /// A decision of the dataplane ahead of policy, or instead of it.
    Bypass(Bypass),
}

/// A decision of the dataplane ahead of policy, or instead of it (Calico `felix/rules/static.go`, `felix/rules/endpoints.go`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bypass {
    /// A pod that talks to itself never leaves it: allowed.
    SamePod,
    /// A host always reaches itself and the pods that it runs: allowed.
    OwnNode,
    /// What a pod may send reaches the host that runs it (`DefaultEndpointToHostAction: ACCEPT`, as shipped): allowed.
    ToOwnHost,
    /// Neighbour discovery and multicast listener messages of a pod to its host: allowed.
    NeighbourDiscovery,
    /// A pod may not send IP-in-IP: denied.
    IpInIp,
    /// A pod may not send to the VXLAN port: denied.
    Vxlan,
    /// A failsafe port of a host endpoint: allowed.
    Failsafe,
}

impl Bypass {
    /// What it decides.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::IpInIp | Self::Vxlan => Verdict::Deny,
            Self::SamePod
            | Self::OwnNode
            | Self::ToOwnHost
            | Self::NeighbourDiscovery
            | Self::Failsafe => Verdict::Allow,
        }
    }
}

/// Which policies are looked at (Calico `felix/rules/endpoints.go`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Policy of pods.
    Workload,
    /// Host endpoint: `doNotTrack`.
    Untracked,
    /// Host endpoint: `preDNAT`.
    PreDnat,
    /// Host endpoint: from and to its own processes.
    Normal,
    /// Host endpoint: `applyOnForward`, for what is routed through.
    Forward,
}

impl Phase {
    /// As Calico calls it; empty for pods.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workload => "",
            Self::Untracked => "untracked",
            Self::PreDnat => "preDNAT",
            Self::Normal => "normal",
            Self::Forward => "forward",
        }
    }
}

/// What one tier did.
#[derive(Clone, Debug, PartialEq)]
pub struct TierStep {
    /// Which tier.
    pub tier: TierIndex,
    /// Which policies of it are looked at.
    pub phase: Phase,
    /// Whose policy it is: the pod, or the host endpoint that the flow passes.
    pub endpoint: Endpoint,
    /// Why it takes no part; `None` if it does.
    pub skipped: Option<Skip>,
    /// What it did.
    pub enforced: TierOutcome,
    /// What it would do if staged policies were enforced.
    pub pending: TierOutcome,
    /// Its policies in order, also those that do not apply.
    pub policies: Vec<PolicyStep>,
}

/// Why a tier takes no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Skip {
    /// It has no policies.
    NoPolicies,
    /// None of its policies selects the endpoint.
    NoneSelects,
    /// Those that select the endpoint do not govern this direction, or this phase.
    NotThisDirection,
    /// Those that apply are staged: it takes part in the pending trace only.
    OnlyStaged,
}

/// How a tier ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TierOutcome {
    /// An earlier tier decided.
    NotReached,
    /// It takes no part.
    Skipped,
    /// A rule decided, or passed.
    Rule {
        /// Its policy.
        policy: PolicyIndex,
        /// Its index.
        rule: u32,
        /// Its action.
        action: Action,
    },
    /// No rule did: Deny or Pass.
    End {
        /// The policy that flow logs charge.
        trigger: PolicyIndex,
        /// The default action; always Pass before the normal phase of a host endpoint.
        action: Action,
    },
}

/// Whether a policy applies to the endpoint in a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applies {
    /// It does.
    Yes,
    /// It does not select the endpoint.
    NotSelected,
    /// Its types do not list the direction.
    NotThisDirection,
    /// It is for another phase: untracked or pre-DNAT policy leaves pods alone.
    NotThisPhase,
}

/// What one policy did.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyStep {
    /// Which policy.
    pub policy: PolicyIndex,
    /// Whether it applies.
    pub applies: Applies,
    /// Whether its rules were looked at.
    pub tried: bool,
    /// Its rules that were tried, in [`SideWalk::trials`].
    pub trials: Range<u32>,
    /// The rule that decided, and its action.
    pub outcome: Option<(u32, Action)>,
}

/// One rule tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RuleTrial {
    /// Its index in the rule list of the direction.
    pub rule: u32,
    /// The criteria that did not hold.
    pub failed: ClauseSet,
}

impl RuleTrial {
    /// Whether every criterion held.
    pub fn matched(self) -> bool {
        self.failed.is_empty()
    }
}

/// What the profiles did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProfileStep {
    /// Whether the enforced policies let the flow get here.
    pub enforced: bool,
    /// Whether the staged ones would.
    pub pending: bool,
    /// The profile and rule that decided; `None` if none did.
    pub decided: Option<(ProfileIndex, u32)>,
    /// What it did; Deny if none decided.
    pub verdict: Verdict,
}
