//! Hits in Goldmane's words (Calico `goldmane/proto/methods.go`).

use tierwalk_protocol as protocol;
use tierwalk_protocol::{HitKind, PolicyHit, PolicyRef};
use tierwalk_resources::model::{Action, PolicyId, PolicyKind};
use tierwalk_tiers::{Engine, Hit, HitBy, Verdict};

/// What flow logs print where no profile matched (Calico `felix/calc/policy_lookup_cache.go`).
const NO_MATCH: &str = "__NO_MATCH__";

/// A trace.
pub(super) fn told(engine: &Engine, hits: &[Hit]) -> Vec<PolicyHit> {
    (0..)
        .zip(hits)
        .map(|(position, hit)| one(engine, position, hit))
        .collect()
}

fn one(engine: &Engine, policy_index: u32, hit: &Hit) -> PolicyHit {
    let mut told = PolicyHit {
        kind: HitKind::Profile,
        namespace: String::new(),
        name: String::new(),
        tier: String::new(),
        policy_index,
        rule_index: hit
            .rule
            .map_or(-1, |rule| i32::try_from(rule).unwrap_or(i32::MAX)),
        action: action(hit.action),
        trigger: None,
    };
    match hit.by {
        HitBy::Profile(profile) => engine.profile_name(profile).clone_into(&mut told.name),
        HitBy::NoProfile => NO_MATCH.clone_into(&mut told.name),
        HitBy::Policy { tier, policy } => {
            engine.tier(tier).name.clone_into(&mut told.tier);
            let policy = policy_ref(&engine.policy(policy).id);
            if hit.is_end_of_tier() {
                told.kind = HitKind::EndOfTier;
                told.trigger = Some(policy);
            } else {
                told.kind = policy.kind;
                told.namespace = policy.namespace;
                told.name = policy.name;
            }
        }
    }
    told
}

/// Names a policy in Goldmane's words.
pub(crate) fn policy_ref(id: &PolicyId) -> PolicyRef {
    PolicyRef {
        kind: kind(id.kind),
        namespace: id.namespace.clone(),
        name: id.name.clone(),
    }
}

fn kind(kind: PolicyKind) -> HitKind {
    match kind {
        PolicyKind::NetworkPolicy => HitKind::CalicoNetworkPolicy,
        PolicyKind::GlobalNetworkPolicy => HitKind::GlobalNetworkPolicy,
        PolicyKind::StagedNetworkPolicy => HitKind::StagedNetworkPolicy,
        PolicyKind::StagedGlobalNetworkPolicy => HitKind::StagedGlobalNetworkPolicy,
        PolicyKind::StagedKubernetesNetworkPolicy => HitKind::StagedKubernetesNetworkPolicy,
        PolicyKind::KubernetesNetworkPolicy => HitKind::NetworkPolicy,
        PolicyKind::KubernetesClusterNetworkPolicy => HitKind::ClusterNetworkPolicy,
    }
}

/// An action in the words of the protocol.
pub(super) fn action(action: Action) -> protocol::Action {
    match action {
        Action::Allow => protocol::Action::Allow,
        Action::Deny => protocol::Action::Deny,
        Action::Pass => protocol::Action::Pass,
        Action::Log => protocol::Action::Log,
    }
}

/// What a verdict does.
pub(super) fn verdict_action(verdict: Verdict) -> protocol::Action {
    match verdict {
        Verdict::Allow => protocol::Action::Allow,
        Verdict::Deny => protocol::Action::Deny,
    }
}
