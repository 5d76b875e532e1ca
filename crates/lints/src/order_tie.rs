//! `policy/order-tie`: two policies of a tier have the same order, select a common endpoint, and do different things with
//! the same packet, which gets to them. Calico sorts them by name (`felix/calc/policy_sorter.go`), so renaming one
//! changes what is decided.

use std::collections::BTreeSet;

use tierwalk_resources::model::Policy;
use tierwalk_tiers::OrderTie;

use crate::facts::Facts;
use crate::{Finding, Spot, words};

const CODE: &str = "policy/order-tie";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let mut said = BTreeSet::new();
    let ties = facts
        .reach
        .ties
        .iter()
        .filter(|tie| said.insert(tie.second));
    ties.filter_map(|tie| finding(facts, tie)).collect()
}

fn finding(facts: &Facts<'_>, tie: &OrderTie) -> Option<Finding> {
    let engine = facts.engine;
    let (first, second) = (engine.policy(tie.first), engine.policy(tie.second));
    let one = engine
        .rules(tie.first, tie.direction)
        .get(tie.rule_of_first as usize)?;
    let two = engine
        .rules(tie.second, tie.direction)
        .get(tie.rule_of_second as usize)?;
    let name = words::policy(first);
    let message = match second.order {
        Some(order) => format!(
            "order {order} is that of `{name}`, too, and they disagree: the names decide which comes first"
        ),
        None => format!(
            "like `{name}`, this policy has no order, and they disagree: the names decide which comes first"
        ),
    };
    let help = "give one of them another `order`";
    let (does_first, does_second) = (words::does(one.action), words::does(two.action));
    let finding = Finding::warning(CODE, order_of(second), message, help).hint();
    let finding = finding.related(
        Spot::value(&first.origin, words::mark(one, &words::path(one))),
        format!("this comes first, and {does_first}"),
    );
    Some(finding.related(
        Spot::value(&second.origin, words::mark(two, &words::path(two))),
        format!("this {does_second} some of the same"),
    ))
}

/// Where a policy's order is written; for Kubernetes policies, which have none, their name.
fn order_of(policy: &Policy) -> Spot {
    let is_written = policy.order.is_some() && !words::is_kubernetes(policy.id.kind);
    Spot::value(
        &policy.origin,
        if is_written {
            "spec.order"
        } else {
            "metadata.name"
        },
    )
}
