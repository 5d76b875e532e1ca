use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::{Origin, Part, Rule};

/// What happens at the end of a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TierAction {
    /// Drop.
    Deny,
    /// Go on to the next tier.
    Pass,
}

/// A tier.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// Name.
    pub name: String,
    /// Order; a tier written without one has 1,000,000 (Calico `libcalico-go/lib/resources/tier.go`).
    pub order: f64,
    /// What happens at its end.
    pub default_action: TierAction,
    /// Where it is written; `None` for a built-in tier that nobody declared.
    pub origin: Option<Origin>,
}

/// The kinds of policy that Felix tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyKind {
    /// `projectcalico.org` NetworkPolicy.
    NetworkPolicy,
    /// GlobalNetworkPolicy.
    GlobalNetworkPolicy,
    /// StagedNetworkPolicy.
    StagedNetworkPolicy,
    /// StagedGlobalNetworkPolicy.
    StagedGlobalNetworkPolicy,
    /// StagedKubernetesNetworkPolicy.
    StagedKubernetesNetworkPolicy,
    /// `networking.k8s.io` NetworkPolicy.
    KubernetesNetworkPolicy,
    /// `policy.networking.k8s.io` ClusterNetworkPolicy, and the older admin policies read as such.
    KubernetesClusterNetworkPolicy,
}

impl PolicyKind {
    /// The kind's name in sort keys (Calico `libcalico-go/lib/backend/model/policy.go`).
    pub fn name(self) -> &'static str {
        match self {
            Self::NetworkPolicy => "NetworkPolicy",
            Self::GlobalNetworkPolicy => "GlobalNetworkPolicy",
            Self::StagedNetworkPolicy => "StagedNetworkPolicy",
            Self::StagedGlobalNetworkPolicy => "StagedGlobalNetworkPolicy",
            Self::StagedKubernetesNetworkPolicy => "StagedKubernetesNetworkPolicy",
            Self::KubernetesNetworkPolicy => "KubernetesNetworkPolicy",
            Self::KubernetesClusterNetworkPolicy => "KubernetesClusterNetworkPolicy",
        }
    }

    /// The short form in flow-log strings (Calico `felix/calc/policy_lookup_cache.go`).
    pub fn short(self) -> &'static str {
        match self {
            Self::NetworkPolicy => "np",
            Self::GlobalNetworkPolicy => "gnp",
            Self::StagedNetworkPolicy => "snp",
            Self::StagedGlobalNetworkPolicy => "sgnp",
            Self::StagedKubernetesNetworkPolicy => "sknp",
            Self::KubernetesNetworkPolicy => "knp",
            Self::KubernetesClusterNetworkPolicy => "kcnp",
        }
    }

    /// Whether policies of this kind only show what would change.
    pub fn is_staged(self) -> bool {
        matches!(
            self,
            Self::StagedNetworkPolicy
                | Self::StagedGlobalNetworkPolicy
                | Self::StagedKubernetesNetworkPolicy
        )
    }
}

/// Names one policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId {
    /// Its kind.
    pub kind: PolicyKind,
    /// Its namespace; empty for cluster-wide kinds.
    pub namespace: String,
    /// Its name, as written.
    pub name: String,
}

/// A policy, converted. What it says can be read from the policy itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// What it says. It is the same one from edit to edit while its text stays.
    pub converted: Arc<Converted>,
    /// Where it is written.
    pub origin: Origin,
}

impl Deref for Policy {
    type Target = Converted;

    fn deref(&self) -> &Converted {
        &self.converted
    }
}

/// A policy that is changed is converted no more: what it says is its own from then on.
impl DerefMut for Policy {
    fn deref_mut(&mut self) -> &mut Converted {
        Arc::make_mut(&mut self.converted)
    }
}

impl From<Converted> for Policy {
    /// A policy that is written nowhere.
    fn from(converted: Converted) -> Self {
        Self {
            converted: Arc::new(converted),
            origin: Origin::default(),
        }
    }
}

/// What a policy says, wherever it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// Kind, namespace and name.
    pub id: PolicyId,
    /// Tier; it need not exist.
    pub tier: String,
    /// Order in the tier; `None` is last.
    pub order: Option<f64>,
    /// Governs ingress (`types`, defaulted).
    pub governs_ingress: bool,
    /// Governs egress.
    pub governs_egress: bool,
    /// Which endpoints it applies to: all parts must hold.
    pub subject: Vec<Part>,
    /// Converted ingress rules; the index is the one flow logs print.
    pub ingress: Vec<Rule>,
    /// Converted egress rules.
    pub egress: Vec<Rule>,
    /// Untracked policy: for host endpoints only.
    pub do_not_track: bool,
    /// Policy before DNAT: for host endpoints only.
    pub pre_dnat: bool,
    /// Also for traffic forwarded through a host endpoint.
    pub apply_on_forward: bool,
}
