//! `policy/types-disagree`: the policy has rules in a direction that its `types` do not list, so that they are never
//! looked at. A listed direction without rules is no mistake: it denies.

use tierwalk_resources::model::Policy;
use tierwalk_tiers::Direction;

use crate::facts::Facts;
use crate::{Finding, Spot, words};

const CODE: &str = "policy/types-disagree";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, policy) in facts.policies() {
        for direction in [Direction::Ingress, Direction::Egress] {
            let rules = facts.engine.rules(index, direction);
            if !rules.is_empty() && !facts.engine.governs(index, direction) {
                findings.push(finding(policy, direction));
            }
        }
    }
    findings
}

fn finding(policy: &Policy, direction: Direction) -> Finding {
    let (field, types) = (words::field(direction), words::types(policy.id.kind));
    let name = direction.name();
    let at = Spot::key(&policy.origin, format!("spec.{field}"));
    let message = format!("`{types}` does not list {name}: these rules are never looked at");
    let help = format!("add `{name}` to `{types}`, or remove the rules");
    let types = Spot::key(&policy.origin, format!("spec.{types}"));
    Finding::warning(CODE, at, message, help).related(types, format!("{name} is missing here"))
}
