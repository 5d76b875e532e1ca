//! Hits: the entries of a policy trace.

use tierwalk_resources::model::Action;

use crate::Engine;
use crate::engine::{PolicyIndex, ProfileIndex, TierIndex};

/// What a hit names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitBy {
    /// A policy; at the end of a tier, the one that Calico's flow logs charge.
    Policy {
        /// Its tier.
        tier: TierIndex,
        /// The policy.
        policy: PolicyIndex,
    },
    /// A profile.
    Profile(ProfileIndex),
    /// No profile decided.
    NoProfile,
}

/// One entry of a policy trace. The action of the last one is the verdict
/// (Calico `felix/collector/flowlog/types.go`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// What decided.
    pub by: HitBy,
    /// Index in the rule list of the direction; `None` at the end of a tier.
    pub rule: Option<u32>,
    /// Allow, Deny or Pass.
    pub action: Action,
}

impl Hit {
    /// Whether it is the end of a tier.
    pub fn is_end_of_tier(&self) -> bool {
        self.rule.is_none()
    }

    /// The hit as flow logs print it, such as `0|default|np:prod/web|allow|2`
    /// (Calico `felix/calc/policy_lookup_cache.go`).
    ///
    /// `position` is its place in its list, from 0.
    pub fn text(&self, engine: &Engine, position: usize) -> String {
        let (tier, name) = match self.by {
            HitBy::Policy { tier, policy } => {
                (engine.tier(tier).name.as_str(), policy_name(engine, policy))
            }
            HitBy::Profile(profile) => (
                PROFILE_TIER,
                format!("pro:{}", engine.profile_name(profile)),
            ),
            HitBy::NoProfile => (PROFILE_TIER, "pro:__NO_MATCH__".to_owned()),
        };
        let rule = self.rule.map_or("-1".to_owned(), |rule| rule.to_string());
        format!(
            "{position}|{tier}|{name}|{}|{rule}",
            action_word(self.action)
        )
    }
}

const PROFILE_TIER: &str = "__PROFILE__";

fn policy_name(engine: &Engine, policy: PolicyIndex) -> String {
    let id = &engine.policy(policy).id;
    let slash = if id.namespace.is_empty() { "" } else { "/" };
    format!("{}:{}{slash}{}", id.kind.short(), id.namespace, id.name)
}

fn action_word(action: Action) -> &'static str {
    match action {
        Action::Allow => "allow",
        Action::Deny => "deny",
        Action::Pass => "pass",
        Action::Log => "log",
    }
}
