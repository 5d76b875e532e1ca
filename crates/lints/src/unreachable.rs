//! `rule/unreachable`: every packet that the rule matches is decided before it, by rules of its own policy, by
//! other policies of its tier, or by earlier tiers, at every endpoint that the policy selects.

use std::collections::BTreeMap;

use tierwalk_resources::model::{Action, Entity, Rule, TierAction};
use tierwalk_tiers::{Decider, Idle, IdleRule, PolicyIndex};

use crate::facts::{Facts, RuleAt};
use crate::{ENOUGH, Finding, Spot, words};

const CODE: &str = "rule/unreachable";
/// Covering rules that are shown.
const MOST_SHOWN: usize = 4;

/// What is covered, and by what.
struct Covered<'a> {
    rule: RuleAt<'a>,
    /// The rule or, of a Kubernetes rule, one peer of it.
    path: String,
    by: Vec<Decider>,
}

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let idle = facts.reach.idle.iter();
    let covered = idle.filter(|idle| matches!(idle.why, Idle::Covered(_)));
    let covered: Vec<_> = covered
        .filter_map(|idle| Some((facts.rule_of(idle)?, idle)))
        .collect();
    let written = covered.chunk_by(|(one, _), (other, _)| {
        (one.policy, &one.rule.path) == (other.policy, &other.rule.path)
    });
    let findings = written
        .flat_map(|idle| of_written_rule(facts, idle))
        .map(|covered| finding(facts, &covered));
    findings.take(ENOUGH).collect()
}

/// The written rule if it is covered as a whole, else the peers of it that are.
fn of_written_rule<'a>(facts: &Facts<'a>, idle: &[(RuleAt<'a>, &IdleRule)]) -> Vec<Covered<'a>> {
    let Some((first, _)) = idle.first() else {
        return Vec::new();
    };
    let same = |rule: &&Rule| rule.path == first.rule.path;
    let all: Vec<&Rule> = facts
        .engine
        .rules(first.policy, first.direction)
        .iter()
        .filter(same)
        .collect();
    if all.len() == idle.len() {
        return vec![together(facts, idle, first.rule.path.clone())];
    }
    let mut by_peer: BTreeMap<String, Vec<(RuleAt<'a>, &IdleRule)>> = BTreeMap::new();
    for (at, idle) in idle {
        by_peer
            .entry(words::path(at.rule))
            .or_default()
            .push((*at, idle));
    }
    let is_whole = |path: &String, idle: &Vec<_>| {
        all.iter().filter(|rule| words::path(rule) == *path).count() == idle.len()
    };
    let whole = by_peer
        .into_iter()
        .filter(|(path, idle)| is_whole(path, idle));
    whole
        .map(|(path, idle)| together(facts, &idle, path))
        .collect()
}

/// Converted rules that were written as one.
fn together<'a>(facts: &Facts<'a>, idle: &[(RuleAt<'a>, &IdleRule)], path: String) -> Covered<'a> {
    let rule = idle[0].0;
    let of_idle = |(_, idle): &(RuleAt<'a>, &IdleRule)| match &idle.why {
        Idle::Covered(by) => by.clone(),
        Idle::Empty(_) => Vec::new(),
    };
    let mut by: Vec<Decider> = idle.iter().flat_map(of_idle).collect();
    let place = |decider: &Decider| match decider {
        Decider::Rule {
            policy,
            rule: index,
        } => {
            let decider = facts
                .engine
                .rules(*policy, rule.direction)
                .get(*index as usize);
            Some((*policy, words::path(decider?), decider?.path.as_str()))
        }
        Decider::EndOfTier(_) => None,
    };
    by.sort_unstable_by_key(place);
    by.dedup_by_key(|decider| place(decider));
    by.retain(|decider| {
        place(decider).is_none_or(|(policy, own, written)| {
            policy != rule.policy || (own != path && written != path)
        })
    });
    Covered { rule, path, by }
}

fn finding(facts: &Facts<'_>, covered: &Covered<'_>) -> Finding {
    let policy = facts.engine.policy(covered.rule.policy);
    let at = Spot::value(
        &policy.origin,
        words::mark(covered.rule.rule, &covered.path),
    );
    let message = format!("rule is never reached: {}", why(facts, covered));
    let finding = Finding::warning(CODE, at, message, help(facts, covered));
    let shown = covered
        .by
        .iter()
        .take(MOST_SHOWN)
        .filter_map(|decider| shown(facts, covered, decider));
    let finding = shown.fold(finding, |finding, (at, message)| {
        finding.related(at, message)
    });
    if is_harmless(facts, covered) {
        finding.hint()
    } else {
        finding
    }
}

fn why(facts: &Facts<'_>, covered: &Covered<'_>) -> String {
    match covered.by.as_slice() {
        [Decider::EndOfTier(tier)] => {
            let tier = &facts.engine.tier(*tier).name;
            format!("tier `{tier}` comes first, and its end denies all that it matches")
        }
        [Decider::Rule { policy, rule }] => {
            let index = *rule;
            let rules = facts.engine.rules(*policy, covered.rule.direction);
            let rule = rules.get(index as usize);
            let name = rule.map(words::path).unwrap_or_default();
            let name = name.strip_prefix("spec.").unwrap_or(&name);
            let all = if rule.is_some_and(is_unconditional) {
                "everything"
            } else {
                "all that it matches"
            };
            if *policy == covered.rule.policy {
                format!("`{name}` before it matches {all}")
            } else {
                let other = words::policy(facts.engine.policy(*policy));
                format!("`{name}` of `{other}` comes first and matches {all}")
            }
        }
        many => format!("{} before it match all that it matches", listed(many)),
    }
}

fn listed(deciders: &[Decider]) -> String {
    let ends = deciders
        .iter()
        .filter(|it| matches!(it, Decider::EndOfTier(_)))
        .count() as u32;
    let rules = deciders.len() as u32 - ends;
    match ends {
        0 => words::count(rules, "rule"),
        1 => format!("{} and the end of a tier", words::count(rules, "rule")),
        _ => format!(
            "{} and the ends of {ends} tiers",
            words::count(rules, "rule")
        ),
    }
}

fn help(facts: &Facts<'_>, covered: &Covered<'_>) -> String {
    let rules = covered
        .by
        .iter()
        .map(|decider| rule_of(facts, covered, decider));
    let rules: Vec<Option<&Rule>> = rules.collect();
    let action = covered.rule.rule.action;
    let same = rules
        .iter()
        .all(|rule| rule.is_some_and(|rule| rule.action == action));
    let what = match (action, same) {
        (Action::Log, _) => "it never logs: move it up",
        (_, true) => "it changes nothing: remove it",
        (_, false) => {
            "a packet is decided by the first rule that matches it: move this one up, or remove it"
        }
    };
    match rules.as_slice() {
        [Some(only)] if is_wider(only, covered.rule.rule) => what.to_owned(),
        _ => format!("{what}; so it is with the pods and network sets of this workspace"),
    }
}

/// Whether a rule matches whatever the other one does, going by what is written.
fn is_wider(wide: &Rule, narrow: &Rule) -> bool {
    fn within<T: PartialEq>(wide: &Option<T>, narrow: &Option<T>) -> bool {
        wide.is_none() || wide == narrow
    }
    let side = |wide: &Entity, narrow: &Entity| *wide == Entity::default() || wide == narrow;
    within(&wide.ip_version, &narrow.ip_version)
        && within(&wide.protocol, &narrow.protocol)
        && within(&wide.not_protocol, &narrow.not_protocol)
        && within(&wide.icmp, &narrow.icmp)
        && within(&wide.not_icmp, &narrow.not_icmp)
        && side(&wide.source, &narrow.source)
        && side(&wide.destination, &narrow.destination)
}

fn is_unconditional(rule: &Rule) -> bool {
    is_wider(rule, &Rule::any(rule.action, ""))
}

fn rule_of<'a>(facts: &Facts<'a>, covered: &Covered<'_>, decider: &Decider) -> Option<&'a Rule> {
    match decider {
        Decider::Rule { policy, rule } => facts
            .engine
            .rules(*policy, covered.rule.direction)
            .get(*rule as usize),
        Decider::EndOfTier(_) => None,
    }
}

/// Where a decider is, and what it does.
fn shown(facts: &Facts<'_>, covered: &Covered<'_>, decider: &Decider) -> Option<(Spot, String)> {
    match decider {
        Decider::Rule { policy, .. } => {
            let rule = rule_of(facts, covered, decider)?;
            let origin = &facts.engine.policy(*policy).origin;
            let message = format!("this matches first, and {}", words::does(rule.action));
            let path = words::mark(rule, &words::path(rule));
            Some((Spot::value(origin, path), message))
        }
        Decider::EndOfTier(tier) => {
            let entry = facts.engine.tier(*tier);
            let tier = facts.engine.model().tiers.get(entry.declared? as usize)?;
            debug_assert_eq!(tier.default_action, TierAction::Deny);
            let at = Spot::value(tier.origin.as_ref()?, "metadata.name");
            Some((
                at,
                "the end of this tier denies what its policies do not decide".to_owned(),
            ))
        }
    }
}

/// Kubernetes policies have no order and only add up: that two allow the same is nobody's mistake.
fn is_harmless(facts: &Facts<'_>, covered: &Covered<'_>) -> bool {
    let is_kubernetes =
        |policy: PolicyIndex| words::is_kubernetes(facts.engine.policy(policy).id.kind);
    is_kubernetes(covered.rule.policy)
        && covered.by.iter().all(|decider| match decider {
            Decider::Rule { policy, .. } => {
                *policy != covered.rule.policy && is_kubernetes(*policy)
            }
            Decider::EndOfTier(_) => false,
        })
}
