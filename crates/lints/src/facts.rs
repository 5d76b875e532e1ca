//! What several lints look at, found out once.

use std::collections::BTreeSet;

use tierwalk_resources::model::{Entity, EntityField, Field, Policy, Rule};
use tierwalk_tiers::{Direction, Engine, IdleRule, PolicyIndex, Reach, Unmatched};

/// A policy set and what holds of all packets in it.
pub(crate) struct Facts<'a> {
    pub engine: &'a Engine,
    pub reach: Reach,
    /// Sides of rules that ask for what nothing is.
    pub unmatched: Vec<Unmatched>,
    /// For each policy, how many endpoints it selects.
    pub selected: Vec<u32>,
}

/// A rule as it was converted, and where it is.
#[derive(Clone, Copy)]
pub(crate) struct RuleAt<'a> {
    pub policy: PolicyIndex,
    pub direction: Direction,
    pub rule: &'a Rule,
}

/// One side of a rule.
#[derive(Clone, Copy)]
pub(crate) struct SideAt<'a> {
    pub at: RuleAt<'a>,
    pub entity: &'a Entity,
    pub field: fn(EntityField) -> Field,
    /// Whether it is the end that the policy protects.
    pub is_local: bool,
}

impl<'a> RuleAt<'a> {
    /// Source and destination.
    pub fn sides(self) -> [SideAt<'a>; 2] {
        let side = |entity, field, protected| SideAt {
            at: self,
            entity,
            field,
            is_local: self.direction == protected,
        };
        [
            side(&self.rule.source, Field::Source, Direction::Egress),
            side(
                &self.rule.destination,
                Field::Destination,
                Direction::Ingress,
            ),
        ]
    }
}

impl SideAt<'_> {
    /// Where a field of the side is written.
    pub fn path(self, field: EntityField) -> String {
        let field = self.at.rule.field_path((self.field)(field));
        format!("{}.{field}", self.at.rule.path)
    }
}

impl<'a> Facts<'a> {
    pub fn new(engine: &'a Engine) -> Self {
        let pods = engine.selected_pods();
        let hosts = engine.selected_hosts();
        Self {
            engine,
            reach: engine.reach(),
            unmatched: engine.unmatched(),
            selected: pods
                .iter()
                .zip(hosts)
                .map(|(pods, hosts)| pods + hosts)
                .collect(),
        }
    }

    /// All policies, in the order of evaluation.
    pub fn policies(&self) -> impl DoubleEndedIterator<Item = (PolicyIndex, &'a Policy)> + use<'a> {
        let engine = self.engine;
        let all = (0..engine.policy_count() as u32).map(PolicyIndex);
        all.map(|index| (index, engine.policy(index)))
    }

    /// All rules of the directions that their policies govern.
    pub fn rules(&self) -> impl Iterator<Item = RuleAt<'a>> + use<'a> {
        let engine = self.engine;
        let lists = self.policies().flat_map(|(policy, _)| {
            [Direction::Ingress, Direction::Egress].map(|direction| (policy, direction))
        });
        let governed = lists.filter(|(policy, direction)| engine.governs(*policy, *direction));
        governed.flat_map(|(policy, direction)| {
            let rules = engine.rules(policy, direction).iter();
            rules.map(move |rule| RuleAt {
                policy,
                direction,
                rule,
            })
        })
    }

    pub fn rule_of(&self, idle: &IdleRule) -> Option<RuleAt<'a>> {
        let rules = self.engine.rules(idle.policy, idle.direction);
        Some(RuleAt {
            policy: idle.policy,
            direction: idle.direction,
            rule: rules.get(idle.rule as usize)?,
        })
    }

    /// Whether there is anything that policy applies to.
    pub fn has_endpoints(&self) -> bool {
        let model = self.engine.model();
        !model.workloads.is_empty() || !model.host_endpoints.is_empty()
    }

    pub fn selects_nothing(&self, policy: PolicyIndex) -> bool {
        self.selected.get(policy.0 as usize) == Some(&0)
    }

    /// The policies of which no rule ever decides.
    pub fn shadowed(&self) -> BTreeSet<PolicyIndex> {
        let mut idle = self.reach.idle.iter().peekable();
        let mut shadowed = BTreeSet::new();
        while let Some(first) = idle.peek() {
            let policy = first.policy;
            let count = std::iter::from_fn(|| idle.next_if(|it| it.policy == policy)).count();
            if count == self.rules_of(policy) && !self.selects_nothing(policy) {
                shadowed.insert(policy);
            }
        }
        shadowed
    }

    fn rules_of(&self, policy: PolicyIndex) -> usize {
        let directions = [Direction::Ingress, Direction::Egress].into_iter();
        let governed = directions.filter(|direction| self.engine.governs(policy, *direction));
        governed
            .map(|direction| self.engine.rules(policy, direction).len())
            .sum()
    }
}
