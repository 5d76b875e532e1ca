//! Verdicts without a walk: the model once more, as records, postings and tables.
//!
//! Each rule stands in one list, under what it cannot match without: a network list, a selector or a port. A
//! flow looks only into the lists of its own addresses and port, and leaps from policy to policy in them.
//! The interpreter in [`walk`](crate::walk) knows nothing of this; the two agree on every flow.

mod chains;
mod check;
mod entities;
mod evaluate;
mod nets;
mod pairs;
mod postings;
mod reach;
mod record;
mod sides;
mod verdicts;

pub use pairs::{PairVerdict, Pairs};
pub use reach::{Decider, Empty, Idle, IdleRule, OrderTie, Reach};
pub use verdicts::{Mode, Outcome, Verdicts};

use std::sync::Arc;

use crate::Engine;
use crate::engine::{PolicyIndex, ProfileIndex};
use crate::labelled::Selections;
use crate::walk::Direction;

use chains::Chains;
use entities::Entities;
use nets::Nets;
use postings::Postings;
use record::{Compiler, Record};
use sides::Sides;

/// Everything that a verdict needs.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    sides: Sides,
    entities: Entities,
    nets: Nets,
    egress: Rules,
    ingress: Rules,
    chains: Chains,
    /// By profile; `None` if there is no such profile.
    profiles: Vec<Option<ProfileRules>>,
    /// By policy, whether it is staged.
    staged: Vec<bool>,
}

/// The rules of one direction, over all policies in the order of evaluation.
#[derive(Clone, Debug, Default)]
struct Rules {
    records: Vec<Record>,
    /// For each policy, the number of its first rule; and one more at the end.
    starts: Vec<u32>,
    postings: Postings,
}

#[derive(Clone, Debug, Default)]
struct ProfileRules {
    egress: Vec<Record>,
    ingress: Vec<Record>,
}

impl Compiled {
    pub fn new(engine: &Engine) -> Self {
        let mut compiler = Compiler::new(engine);
        let egress = compiler.rules(Direction::Egress);
        let ingress = compiler.rules(Direction::Ingress);
        let profiles = engine
            .profile_indices()
            .map(|it| compiler.profile(it))
            .collect();
        let policies = (0..engine.policy_count() as u32).map(PolicyIndex);
        let (entities, sides, nets) = compiler.finish();
        Self {
            chains: Chains::new(engine, &egress.starts, &ingress.starts),
            sides,
            entities,
            nets,
            egress,
            ingress,
            profiles,
            staged: policies
                .map(|it| engine.policy(it).id.kind.is_staged())
                .collect(),
        }
    }

    /// What rules select.
    pub fn selections(&self) -> &Arc<Selections> {
        self.entities.matches()
    }

    fn rules(&self, direction: Direction) -> &Rules {
        match direction {
            Direction::Egress => &self.egress,
            Direction::Ingress => &self.ingress,
        }
    }

    /// The sides of a policy's rules, by index of the rule and whether it is the source, whose selectors no entity
    /// satisfies; those with domains left out.
    pub fn unmatched(
        &self,
        policy: PolicyIndex,
        direction: Direction,
    ) -> impl Iterator<Item = (u32, bool)> {
        let rules = self.rules(direction);
        let numbers = rules.start(policy.0)..rules.start(policy.0 + 1);
        let records = numbers.filter_map(|number| rules.records.get(number as usize));
        let sides = (0..).zip(records).flat_map(|(rule, record)| {
            [
                (rule, true, record.source),
                (rule, false, record.destination),
            ]
        });
        let unmatched = sides.filter(|(.., side)| {
            let asks = side.positive.filter(|_| side.domains.is_none());
            asks.is_some_and(|wanted| !self.entities.any_satisfies(wanted))
        });
        unmatched.map(|(rule, is_source, _)| (rule, is_source))
    }

    /// The rules of a profile; `None` if there is no such profile.
    fn profile(&self, profile: ProfileIndex, direction: Direction) -> Option<&[Record]> {
        let rules = self.profiles.get(profile.0 as usize)?.as_ref()?;
        Some(match direction {
            Direction::Egress => &rules.egress,
            Direction::Ingress => &rules.ingress,
        })
    }
}
