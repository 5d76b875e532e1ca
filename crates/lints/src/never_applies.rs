//! `rule/never-applies`: no packet matches all that the rule asks for, with the endpoints, network sets and services
//! of the workspace. Where one selector or port name alone is to blame, other lints say so.

use std::collections::BTreeSet;

use tierwalk_resources::model::{Entity, ServiceRef};
use tierwalk_tiers::{Direction, Empty, Idle, PolicyIndex};

use crate::facts::{Facts, RuleAt};
use crate::{Finding, Spot, words};

const CODE: &str = "rule/never-applies";
const HELP: &str = "the rule is valid and never applies";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let unmatched = facts
        .unmatched
        .iter()
        .map(|it| (it.policy, it.direction, it.rule));
    let unmatched: BTreeSet<(PolicyIndex, Direction, u32)> = unmatched.collect();
    let mut said = BTreeSet::new();
    let mut findings = Vec::new();
    for idle in &facts.reach.idle {
        let (Idle::Empty(empty), Some(rule)) = (&idle.why, facts.rule_of(idle)) else {
            continue;
        };
        let has_other_lint = unmatched.contains(&(idle.policy, idle.direction, idle.rule));
        if has_other_lint || facts.selects_nothing(idle.policy) && *empty != Empty::Packets {
            continue;
        }
        if let Some(why) = why(facts, rule, *empty) {
            let path = words::mark(rule.rule, &words::path(rule.rule));
            let at = Spot::value(&facts.engine.policy(idle.policy).origin, path);
            if said.insert((idle.policy, at.path.clone())) {
                findings.push(Finding::warning(
                    CODE,
                    at,
                    format!("rule never applies: {why}"),
                    HELP,
                ));
            }
        }
    }
    findings
}

/// What keeps packets out; `None` if another lint says it, or too little is known of the cluster.
fn why(facts: &Facts<'_>, at: RuleAt<'_>, empty: Empty) -> Option<String> {
    let rule = at.rule;
    let (local, peer, peer_name) = match at.direction {
        Direction::Egress => (&rule.source, &rule.destination, "destination"),
        Direction::Ingress => (&rule.destination, &rule.source, "source"),
    };
    match empty {
        // A rule that wants ICMP packets by `notICMP` only has a lint of its own.
        Empty::Packets if rule.not_icmp.is_some() => None,
        Empty::Packets => {
            Some("its protocol, ports, ICMP type and IP version exclude each other".to_owned())
        }
        _ if !facts.has_endpoints() => None,
        Empty::Peers | Empty::Ports => match &peer.service {
            Some(service) => without_backends(facts, service),
            None if empty == Empty::Ports => None,
            None => Some(nobody(peer, peer_name)),
        },
        Empty::Protected if local.service.is_some() || !local.ports.names.is_empty() => None,
        Empty::Protected => {
            let side = if peer_name == "source" {
                "destination"
            } else {
                "source"
            };
            Some(format!(
                "no endpoint that the policy selects is what its `{side}` asks for"
            ))
        }
    }
}

fn nobody(peer: &Entity, side: &str) -> String {
    let selects = !peer.positive.is_empty() || peer.negative.is_some();
    match (selects, peer.nets.is_empty() && peer.not_nets.is_empty()) {
        (true, false) => {
            format!("no address that the selectors of its `{side}` match is in its networks")
        }
        _ => format!("nobody is what its `{side}` asks for"),
    }
}

/// Without any EndpointSlice at hand, nothing is known of services.
fn without_backends(facts: &Facts<'_>, service: &ServiceRef) -> Option<String> {
    let known = !facts.engine.model().services.is_empty() && !service.namespace.is_empty();
    known.then(|| {
        format!(
            "service `{}/{}` has no endpoints",
            service.namespace, service.name
        )
    })
}
