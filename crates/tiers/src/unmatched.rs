//! Rules that can never match, because nothing in the cluster is what they ask for.

use tierwalk_resources::model::{Entity, Rule};

use crate::Engine;
use crate::engine::PolicyIndex;
use crate::walk::Direction;

/// One side of a rule whose selectors no pod, host endpoint or network set satisfies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Unmatched {
    /// The policy.
    pub policy: PolicyIndex,
    /// Which of its rule lists.
    pub direction: Direction,
    /// Index of the rule.
    pub rule: u32,
    /// Whether it is the rule's source; else its destination.
    pub is_source: bool,
}

impl Unmatched {
    /// The side of this rule.
    pub fn side(self, rule: &Rule) -> &Entity {
        if self.is_source {
            &rule.source
        } else {
            &rule.destination
        }
    }
}

impl Engine {
    /// The sides of rules that ask for what nothing is, in the order of evaluation. Domains are an
    /// alternative to selectors, so sides that have some are left out.
    pub fn unmatched(&self) -> Vec<Unmatched> {
        let compiled = self.compiled();
        let policies = (0..self.policy_count() as u32).map(PolicyIndex);
        let lists = policies.flat_map(|policy| {
            [Direction::Ingress, Direction::Egress].map(|direction| (policy, direction))
        });
        let rules = lists.flat_map(|(policy, direction)| {
            let unmatched = compiled.unmatched(policy, direction);
            unmatched.map(move |(rule, is_source)| Unmatched {
                policy,
                direction,
                rule,
                is_source,
            })
        });
        rules.collect()
    }
}
