//! Lints that need the evaluator: what a policy set says in vain, or otherwise than it looks.
//!
//! Everything that is said here is so, with the endpoints, network sets and services of the workspace: lints do not
//! guess. A lint is a file of its own; its first words say what the lint means. Findings name places by object and field;
//! whoever has the documents makes spans of them.

mod facts;
mod finding;
mod labels;
mod log_alone;
mod matches_nothing;
mod never_applies;
mod not_icmp;
mod order_tie;
mod pass_in_last_tier;
mod services_namespace;
mod staged_twin;
mod types_disagree;
mod undeclared_port;
mod unreachable;
mod wanted_pod;
mod words;

use std::collections::BTreeSet;

use tierwalk_tiers::{Engine, PolicyIndex};

use facts::Facts;

pub use finding::{Edit, Finding, Fix, Part, Related, Spot, WantedPod};

/// Codes of the diagnostics of this crate.
pub const CODES: &[&str] = &[
    "policy/order-tie",
    "policy/staged-twin",
    "policy/types-disagree",
    "rule/log-alone",
    "rule/never-applies",
    "rule/not-icmp",
    "rule/pass-in-last-tier",
    "rule/services-namespace",
    "rule/undeclared-port",
    "rule/unreachable",
    "selector/matches-nothing",
];

const LINTS: &[fn(&Facts<'_>) -> Vec<Finding>] = &[
    matches_nothing::lint,
    unreachable::lint,
    never_applies::lint,
    undeclared_port::lint,
    types_disagree::lint,
    pass_in_last_tier::lint,
    log_alone::lint,
    order_tie::lint,
    staged_twin::lint,
    services_namespace::lint,
    not_icmp::lint,
];

/// Findings told of one lint.
const MOST_OF_A_LINT: usize = 50;

/// Findings that a lint need not go beyond: with one more than are told, it is known that there are more.
const ENOUGH: usize = MOST_OF_A_LINT + 1;

/// What there is to say about a policy set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order of lints, each lint's in the order of evaluation.
    pub findings: Vec<Finding>,
    /// Policies that select something and have rules, none of which ever decides.
    pub shadowed: BTreeSet<PolicyIndex>,
}

/// Looks at a policy set with every lint.
pub fn lint(engine: &Engine) -> Report {
    let facts = Facts::new(engine);
    Report {
        findings: LINTS.iter().flat_map(|lint| few(lint(&facts))).collect(),
        shadowed: facts.shadowed(),
    }
}

/// The first findings of a lint; of the last of them it is said that there are more.
fn few(mut findings: Vec<Finding>) -> Vec<Finding> {
    let has_more = findings.len() > MOST_OF_A_LINT;
    findings.truncate(MOST_OF_A_LINT);
    if let Some(last) = findings.last_mut().filter(|_| has_more) {
        last.help
            .push_str("; there are more like this, which are not listed");
    }
    findings
}
