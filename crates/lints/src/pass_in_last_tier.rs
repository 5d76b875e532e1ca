//! `rule/pass-in-last-tier`: a Pass rule in tier `default` or behind it, and no policy in any later tier. What it
//! matches goes to the profiles, and that of a pod's namespace allows. In an earlier tier, Pass hands over to tier
//! `default`, whether that has policies already or not.

use std::collections::BTreeSet;

use tierwalk_resources::model::Action;
use tierwalk_tiers::{Direction, TierIndex};

use crate::facts::{Facts, RuleAt};
use crate::{ENOUGH, Finding, Spot};

const CODE: &str = "rule/pass-in-last-tier";
const DEFAULT_TIER: &str = "default";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let Some((default, _)) = facts
        .engine
        .tiers()
        .find(|(_, tier)| tier.name == DEFAULT_TIER)
    else {
        return Vec::new();
    };
    let last_ingress = last_tier(facts, Direction::Ingress).max(Some(default));
    let last_egress = last_tier(facts, Direction::Egress).max(Some(default));
    let mut said = BTreeSet::new();
    let passes = facts.rules().filter(|at| at.rule.action == Action::Pass);
    let last = passes.filter(|at| {
        let last = match at.direction {
            Direction::Egress => last_egress,
            Direction::Ingress => last_ingress,
        };
        Some(facts.engine.tier_of(at.policy)) == last && said.insert((at.policy, &at.rule.path))
    });
    last.take(ENOUGH).map(|at| finding(facts, at)).collect()
}

/// The last tier with a policy for a direction.
fn last_tier(facts: &Facts<'_>, direction: Direction) -> Option<TierIndex> {
    let mut policies = facts.policies().map(|(policy, _)| policy);
    let last = policies.rfind(|policy| facts.engine.governs(*policy, direction))?;
    Some(facts.engine.tier_of(last))
}

fn finding(facts: &Facts<'_>, at: RuleAt<'_>) -> Finding {
    let policy = facts.engine.policy(at.policy);
    let direction = match at.direction {
        Direction::Egress => "send",
        Direction::Ingress => "receive",
    };
    let tier = &policy.tier;
    let message = format!(
        "Pass in the last tier: no policy comes after tier `{tier}`, so the profile decides, and pods may {direction} this"
    );
    let help = "write `Allow` if that is meant, else `Deny`";
    let at = Spot::value(&policy.origin, format!("{}.action", at.rule.path));
    Finding::warning(CODE, at, message, help)
}
