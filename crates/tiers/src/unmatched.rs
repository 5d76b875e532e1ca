//! Rules that can never match, because nothing in the cluster is what they ask for.

use rustc_hash::FxHashSet;
use tierwalk_resources::model::{Entity, Labels, Part, Rule};

use crate::Engine;
use crate::engine::PolicyIndex;
use crate::index::SubjectIndex;
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

    fn asking(self, rule: &Rule) -> Option<(Self, &[Part])> {
        let Entity {
            positive, domains, ..
        } = self.side(rule);
        (domains.is_empty() && !positive.is_empty()).then_some((self, positive))
    }
}

impl Engine {
    /// The sides of rules that ask for what nothing is, in the order of evaluation. Domains are an
    /// alternative to selectors, so sides that have some are left out.
    pub fn unmatched(&self) -> Vec<Unmatched> {
        let sides = self.asking_sides();
        let index = SubjectIndex::new(sides.iter().map(|(_, parts)| *parts).collect());
        let mut matched = vec![false; sides.len()];
        let mut tried = FxHashSet::default();
        for labels in self.entity_labels() {
            let seen = index.seen(labels);
            if tried.contains(&seen) {
                continue;
            }
            for side in index.satisfied(&seen, labels) {
                matched[side as usize] = true;
            }
            tried.insert(seen);
        }
        let sides = sides.into_iter().zip(matched);
        sides
            .filter_map(|((side, _), matched)| (!matched).then_some(side))
            .collect()
    }

    fn entity_labels(&self) -> impl Iterator<Item = &Labels> {
        let model = self.model();
        let workloads = model.workloads.iter().map(|workload| &workload.labels);
        let hosts = model.host_endpoints.iter().map(|host| &host.labels);
        let sets = model.network_sets.iter().map(|set| &set.labels);
        workloads.chain(hosts).chain(sets)
    }

    /// Every side of a rule that has a positive match.
    fn asking_sides(&self) -> Vec<(Unmatched, &[Part])> {
        let tiers = self.tiers().map(|(tier, _)| tier);
        let policies = tiers.flat_map(|tier| self.policies_of(tier));
        let lists = policies.flat_map(|policy| {
            [Direction::Ingress, Direction::Egress].map(|direction| (policy, direction))
        });
        let mut sides = Vec::new();
        for (policy, direction) in lists {
            for (rule, written) in (0..).zip(self.rules(policy, direction)) {
                let side = |is_source| Unmatched {
                    policy,
                    direction,
                    rule,
                    is_source,
                };
                sides.extend(
                    [side(true), side(false)]
                        .into_iter()
                        .filter_map(|side| side.asking(written)),
                );
            }
        }
        sides
    }
}
