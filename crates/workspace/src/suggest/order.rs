//! A rule that would have given what is wanted, looked at before the one that decided.

use tierwalk_resources::model::Written;
use tierwalk_tiers::PolicyIndex;

use super::candidate::{Candidate, Rank, Title};
use super::case::Case;
use super::object::Object;
use super::{rules, templated, widen, yaml};

/// Rules of a policy that are looked at.
const RULES: usize = 100;

/// Steps in which orders are usually given.
const STEPS: [f64; 3] = [10.0, 1.0, 0.5];

pub(super) fn find(case: Case<'_>, found: &mut Vec<Candidate>) {
    let Some(at) = case.decided_rule() else {
        return;
    };
    found.extend(moved(case, at));
    let later = case
        .applying()
        .skip_while(|step| step.policy != at.0)
        .skip(1);
    let later = later.filter(|step| matching(case, step.policy, 0).is_some());
    found.extend(
        later
            .take(2)
            .filter_map(|step| lowered(case, step.policy, at.0)),
    );
}

/// The first rule of a policy, from one on, that decides what is wanted, if no other comes before it.
fn matching(case: Case<'_>, policy: PolicyIndex, from: usize) -> Option<u32> {
    let explainer = case.engine.explainer(&case.walk.flow);
    let rules = case.engine.rules(policy, case.direction());
    let rules = (0..).zip(rules).skip(from).take(RULES);
    let mut wanted = rules.filter(|(_, rule)| rule.action == case.action());
    wanted
        .find(|(index, _)| {
            let clauses = explainer.rule(policy, case.direction(), *index);
            clauses.iter().all(|clause| clause.held)
        })
        .map(|(index, _)| index)
}

/// A later rule of the same policy, ahead of the one that decided.
fn moved(case: Case<'_>, at: (PolicyIndex, u32)) -> Option<Candidate> {
    let policy = case.policy(at.0);
    let decided = case
        .rule(at)
        .filter(|rule| rule.written == Written::Calico)?;
    let rule = case.rule((at.0, matching(case, at.0, at.1 as usize + 1)?))?;
    let object = Object::at(case.workspace, &policy.origin)?;
    let (text, list) = (object.text(), object.node(&list(case))?);
    let (from, to) = (rules::index(rule)?, rules::index(decided)?);
    let title = Title::default()
        .plain("Move ")
        .code(widen::short(&rule.path))
        .plain(" ahead of ")
        .code(widen::short(&decided.path));
    Candidate::new(
        Rank::Order,
        title,
        &object,
        yaml::lift(text, list, from, to)?,
    )
}

fn list(case: Case<'_>) -> String {
    format!("spec.{}", rules::list_of(case.direction()))
}

/// A later policy, ahead of the one that decided.
fn lowered(case: Case<'_>, policy: PolicyIndex, before: PolicyIndex) -> Option<Candidate> {
    let order = order_before(case, before)?;
    let lowered = case.policy(policy);
    let title = Title::default()
        .plain("Lower the order of ")
        .code(&lowered.id.name)
        .plain(" to ")
        .code(order.to_string());
    let Some(object) = Object::at(case.workspace, &lowered.origin) else {
        return templated::ordered(case, policy, order, title);
    };
    let spec = object.node("spec")?;
    let edit = match spec.get("order") {
        Some(node) => yaml::replace(node, order.to_string()),
        None => yaml::add_key(object.text(), spec, "order", &order.to_string())?,
    };
    Candidate::new(Rank::Order, title, &object, [edit])
}

/// An order right before that of a policy, and behind the one before it.
fn order_before(case: Case<'_>, policy: PolicyIndex) -> Option<f64> {
    let order = case.policy(policy).order?;
    let tier = case.engine.tier_of(policy);
    let all: Vec<PolicyIndex> = case.engine.policies_of(tier).collect();
    let at = all.iter().position(|it| *it == policy)?;
    let earlier = all.get(..at)?.iter().rev();
    let floor = earlier
        .filter_map(|it| case.policy(*it).order)
        .find(|it| *it < order);
    let free = |step: &f64| floor.is_none_or(|floor| floor < order - step);
    STEPS.into_iter().find(free).map(|step| order - step)
}
