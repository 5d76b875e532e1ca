//! `rule/log-alone`: a Log rule, and no rule after it in its policy that decides. Log decides nothing: if no other
//! policy of the tier follows, either, and the tier ends in Deny, what was to be logged only is dropped.

use tierwalk_resources::model::{Action, Policy, Rule, TierAction};
use tierwalk_tiers::{Direction, PolicyIndex};

use crate::facts::Facts;
use crate::{Finding, Spot};

const CODE: &str = "rule/log-alone";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, policy) in facts.policies() {
        for direction in [Direction::Ingress, Direction::Egress] {
            let rules = facts.engine.rules(index, direction);
            if let Some(rule) = alone(rules).filter(|_| facts.engine.governs(index, direction)) {
                findings.push(finding(facts, (index, policy), direction, rule));
            }
        }
    }
    findings
}

/// The first of the Log rules at the end of a list.
fn alone(rules: &[Rule]) -> Option<&Rule> {
    let trailing = rules
        .iter()
        .rev()
        .take_while(|rule| rule.action == Action::Log);
    trailing.last()
}

fn finding(
    facts: &Facts<'_>,
    (index, policy): (PolicyIndex, &Policy),
    direction: Direction,
    rule: &Rule,
) -> Finding {
    let at = Spot::value(&policy.origin, format!("{}.action", rule.path));
    let start = "Log decides nothing, and no rule follows it that does";
    let help = "add a rule after it that decides";
    if is_denied(facts, index, direction) {
        let tier = &policy.tier;
        let message = format!("{start}: what it logs is then denied by the end of tier `{tier}`");
        return Finding::warning(CODE, at, message, help);
    }
    Finding::warning(
        CODE,
        at,
        start,
        format!("{help}, if this policy is to decide"),
    )
    .hint()
}

/// Whether nothing but the end of the tier comes after the policy, and that denies.
fn is_denied(facts: &Facts<'_>, policy: PolicyIndex, direction: Direction) -> bool {
    let engine = facts.engine;
    let tier = engine.tier_of(policy);
    let takes_staged = engine.policy(policy).id.kind.is_staged();
    let mut later = engine.policies_of(tier).filter(|other| *other > policy);
    let follows = later.any(|other| {
        let counts = takes_staged || !engine.policy(other).id.kind.is_staged();
        counts && engine.governs(other, direction)
    });
    !follows && engine.tier(tier).default_action == TierAction::Deny
}
