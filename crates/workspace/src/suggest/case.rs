//! What is to be changed: the decision of one end, read in one way.

use tierwalk_resources::model::{Action, Policy};
use tierwalk_resources::model::{Field, Rule};
use tierwalk_tiers::{
    Applies, ClauseField, ClauseText, Direction, Engine, Hit, HitBy, Mode, PolicyIndex, PolicyStep,
    ResolvedEnd, SideWalk, Step, TierIndex, TierStep, Verdict, Walk,
};

use crate::Workspace;

/// The decision of one end.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub workspace: &'a Workspace,
    pub engine: &'a Engine,
    pub walk: &'a Walk,
    pub side: &'a SideWalk,
    /// Whether staged policies count.
    pub mode: Mode,
    /// What this end is to decide.
    pub want: Verdict,
}

/// A rule that was tried and did not match.
pub(super) struct Missed<'a> {
    pub policy: PolicyIndex,
    pub rule: &'a Rule,
    /// The criteria that failed.
    pub fields: Vec<Field>,
}

impl<'a> Case<'a> {
    pub fn direction(&self) -> Direction {
        self.side.direction
    }

    pub fn hits(&self) -> &'a [Hit] {
        match self.mode {
            Mode::Enforced => &self.side.enforced,
            Mode::Pending => &self.side.pending,
        }
    }

    /// What decided.
    pub fn decided(&self) -> Option<&'a Hit> {
        self.hits().last()
    }

    /// The rule that decided: its policy and its index.
    pub fn decided_rule(&self) -> Option<(PolicyIndex, u32)> {
        let hit = self.decided()?;
        match (hit.by, hit.rule) {
            (HitBy::Policy { policy, .. }, Some(rule)) => Some((policy, rule)),
            _ => None,
        }
    }

    /// The tier whose end decided.
    pub fn ended(&self) -> Option<TierIndex> {
        let hit = self.decided().filter(|hit| hit.is_end_of_tier())?;
        match hit.by {
            HitBy::Policy { tier, .. } => Some(tier),
            HitBy::Profile(_) | HitBy::NoProfile => None,
        }
    }

    pub fn policy(&self, index: PolicyIndex) -> &'a Policy {
        self.engine.policy(index)
    }

    pub fn rule(&self, (policy, rule): (PolicyIndex, u32)) -> Option<&'a Rule> {
        self.engine
            .rules(policy, self.direction())
            .get(rule as usize)
    }

    /// The other end.
    pub fn peer(&self) -> &'a ResolvedEnd {
        match self.direction() {
            Direction::Egress => &self.walk.flow.destination,
            Direction::Ingress => &self.walk.flow.source,
        }
    }

    /// The action that gives what is wanted.
    pub fn action(&self) -> Action {
        match self.want {
            Verdict::Allow => Action::Allow,
            Verdict::Deny => Action::Deny,
        }
    }

    /// The steps of the tier that decided.
    fn tier_steps(&self) -> impl Iterator<Item = &'a TierStep> {
        let tier = self.decided().and_then(|hit| match hit.by {
            HitBy::Policy { tier, .. } => Some(tier),
            HitBy::Profile(_) | HitBy::NoProfile => None,
        });
        let steps = self.side.steps.iter();
        steps.filter_map(move |step| match step {
            Step::Tier(step) if Some(step.tier) == tier => Some(step),
            _ => None,
        })
    }

    /// The policies of the deciding tier that apply, in order.
    pub fn applying(&self) -> impl Iterator<Item = &'a PolicyStep> {
        let case = *self;
        let policies = self.tier_steps().flat_map(|step| &step.policies);
        policies.filter(move |step| step.applies == Applies::Yes && case.counts(step.policy))
    }

    /// Every policy that applies, in all tiers.
    pub fn applying_anywhere(&self) -> impl Iterator<Item = &'a PolicyStep> {
        let steps = self.side.steps.iter();
        let policies = steps.filter_map(|step| match step {
            Step::Tier(step) => Some(&step.policies),
            _ => None,
        });
        policies
            .flatten()
            .filter(|step| step.applies == Applies::Yes)
    }

    /// Whether a policy takes part as it is read here.
    fn counts(&self, policy: PolicyIndex) -> bool {
        self.mode == Mode::Pending || !self.policy(policy).id.kind.is_staged()
    }

    /// The rules of the deciding tier that were tried and failed by at most this many criteria, nearest first.
    pub fn missed(&self, most: u32) -> Vec<Missed<'a>> {
        let mut missed = Vec::new();
        for step in self.applying().filter(|step| step.tried) {
            let range = step.trials.start as usize..step.trials.end as usize;
            let trials = self.side.trials.get(range).unwrap_or_default();
            let near = trials.iter();
            let near = near.filter(|trial| !trial.matched() && trial.failed.len() <= most);
            for trial in near {
                let Some(rule) = self.rule((step.policy, trial.rule)) else {
                    continue;
                };
                if rule.action == self.action() {
                    missed.push((trial.failed.len(), step.policy, trial.rule, rule));
                }
            }
        }
        missed.sort_by_key(|(failed, ..)| *failed);
        missed.truncate(MISSED);
        let explainer = self.engine.explainer(&self.walk.flow);
        let told = missed.into_iter().map(|(_, policy, index, rule)| Missed {
            policy,
            rule,
            fields: failed(explainer.rule(policy, self.direction(), index)),
        });
        told.collect()
    }
}

/// Rules that are looked at to be widened.
const MISSED: usize = 6;

fn failed(clauses: Vec<ClauseText>) -> Vec<Field> {
    let failed = clauses.into_iter().filter(|clause| !clause.held);
    failed
        .filter_map(|clause| match clause.field {
            ClauseField::Rule(field) => Some(field),
            _ => None,
        })
        .collect()
}
