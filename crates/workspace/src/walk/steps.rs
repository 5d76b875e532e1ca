//! The stages of a walk.

use tierwalk_protocol as protocol;
use tierwalk_protocol::{Clause, Place, RuleStep, Step};
use tierwalk_resources::model::{Origin, Policy, Rule};
use tierwalk_tiers::{
    Applies, ClauseField, ClauseText, Direction, Engine, Explainer, PolicyIndex, PolicyStep,
    ProfileStep, RuleTrial, SideWalk, TierOutcome, TierStep, Walk,
};

use super::{Detail, hits};
use crate::Workspace;

/// Rules of one policy at most, and policies of one tier that do not apply, that a page explains.
const SHOWN: usize = 50;

/// Rules of one side that a page explains, shared evenly by the policies that were tried.
const SHOWN_IN_ALL: usize = 600;

/// However many policies there are, each explains this many of its rules.
const SHOWN_AT_LEAST: usize = 3;

/// The steps of one side.
pub(super) fn told(
    workspace: &Workspace,
    walk: &Walk,
    side: &SideWalk,
    detail: Detail,
) -> Vec<Step> {
    let engine = &workspace.compiled.engine;
    let teller = Teller {
        workspace,
        engine,
        explainer: engine.explainer(&walk.flow),
        side,
        shown: match detail {
            Detail::Full => usize::MAX,
            Detail::Hits | Detail::Page => SHOWN,
        },
        rules_shown: match detail {
            Detail::Full => usize::MAX,
            Detail::Hits | Detail::Page => {
                (SHOWN_IN_ALL / tried(side).max(1)).clamp(SHOWN_AT_LEAST, SHOWN)
            }
        },
    };
    side.steps
        .iter()
        .filter_map(|step| teller.step(step))
        .collect()
}

/// How many policies were tried.
fn tried(side: &SideWalk) -> usize {
    let tiers = side.steps.iter().filter_map(|step| match step {
        tierwalk_tiers::Step::Tier(tier) => Some(tier),
        _ => None,
    });
    let policies = tiers.flat_map(|tier| &tier.policies);
    policies.filter(|policy| policy.tried).count()
}

struct Teller<'a> {
    workspace: &'a Workspace,
    engine: &'a Engine,
    explainer: Explainer<'a>,
    side: &'a SideWalk,
    shown: usize,
    rules_shown: usize,
}

impl Teller<'_> {
    fn step(&self, step: &tierwalk_tiers::Step) -> Option<Step> {
        match step {
            tierwalk_tiers::Step::Tier(tier) => Some(Step::Tier(self.tier(tier))),
            tierwalk_tiers::Step::Profile(profile) => self.profile(profile),
            tierwalk_tiers::Step::Bypass(bypass) => Some(Step::Bypass {
                action: Some(hits::verdict_action(bypass.verdict())),
                text: bypass.text().into(),
            }),
        }
    }

    fn profile(&self, step: &ProfileStep) -> Option<Step> {
        if !step.enforced {
            return None;
        }
        let action = hits::verdict_action(step.verdict);
        let decided = step
            .decided
            .map(|(profile, _)| self.engine.profile_name(profile));
        let text = match (decided, action) {
            (Some(name), protocol::Action::Allow) => format!("profile `{name}` allows"),
            (Some(name), _) => format!("profile `{name}` denies"),
            (None, _) => "no profile allows it".into(),
        };
        Some(Step::Profile {
            name: decided.unwrap_or_default().to_owned(),
            action,
            text,
        })
    }

    fn tier(&self, step: &TierStep) -> protocol::TierStep {
        let tier = self.engine.tier(step.tier);
        let direction = self.side.direction;
        let (told, omitted) = self.told(&step.policies);
        protocol::TierStep {
            tier: tier.name.clone(),
            phase: step.phase.name().into(),
            skipped: step.skipped.map(|skip| skip.text(direction)),
            reached: step.enforced != TierOutcome::NotReached,
            policies: told.map(|policy| self.policy(step, policy)).collect(),
            omitted,
            end: match step.enforced {
                TierOutcome::End { action, .. } => Some(hits::action(action)),
                _ => None,
            },
            place: self.tier_place(step),
        }
    }

    /// The policies that apply, the first of those that do not, and how many of these are left out.
    fn told<'b>(
        &self,
        policies: &'b [PolicyStep],
    ) -> (impl Iterator<Item = &'b PolicyStep> + use<'b>, u32) {
        let apply = |policy: &PolicyStep| policy.applies == Applies::Yes;
        let others = policies.iter().filter(|policy| !apply(policy)).count();
        let mut left = self.shown;
        let told = policies.iter().filter(move |policy| {
            let is_told = apply(policy) || left > 0;
            left -= usize::from(is_told && !apply(policy));
            is_told
        });
        (told, others.saturating_sub(self.shown) as u32)
    }

    /// The policy that is charged with the end of the tier, else the tier itself.
    fn tier_place(&self, step: &TierStep) -> Option<Place> {
        if let TierOutcome::End { trigger, .. } = step.enforced {
            let policy = self.engine.policy(trigger);
            return self.workspace.end_place(policy, self.side.direction);
        }
        let declared = self.engine.tier(step.tier).declared?;
        let origin = self
            .engine
            .model()
            .tiers
            .get(declared as usize)?
            .origin
            .as_ref()?;
        self.workspace.place(origin, "metadata.name")
    }

    fn policy(&self, tier: &TierStep, step: &PolicyStep) -> protocol::PolicyStep {
        let policy = self.engine.policy(step.policy);
        let direction = self.side.direction;
        let why = self
            .engine
            .why_applies(step.policy, tier.endpoint, direction, tier.phase);
        let (rules, omitted) = self.rules(step, policy);
        protocol::PolicyStep {
            policy: hits::policy_ref(&policy.id),
            place: self.workspace.place(&policy.origin, "metadata.name"),
            staged: policy.id.kind.is_staged(),
            applies: step.applies == Applies::Yes,
            why: why
                .into_iter()
                .map(|clause| self.subject(step.policy, policy, clause))
                .collect(),
            tried: step.tried,
            rules,
            omitted,
            action: step.outcome.map(|(_, action)| hits::action(action)),
        }
    }

    /// The rules tried, in order: the matching ones and the nearest of the others; and how many are left out.
    fn rules(&self, step: &PolicyStep, policy: &Policy) -> (Vec<RuleStep>, u32) {
        let range = step.trials.start as usize..step.trials.end as usize;
        let trials = self.side.trials.get(range).unwrap_or_default();
        let rules = self.engine.rules(step.policy, self.side.direction);
        let shown = nearest(trials, self.rules_shown);
        let omitted = trials.len() - shown.len();
        let told = shown.into_iter().filter_map(|trial| {
            let rule = rules.get(trial.rule as usize)?;
            Some(self.rule(step.policy, policy, rule, trial))
        });
        (told.collect(), omitted as u32)
    }

    fn rule(&self, index: PolicyIndex, policy: &Policy, rule: &Rule, trial: RuleTrial) -> RuleStep {
        let clauses = self.explainer.rule(index, self.side.direction, trial.rule);
        RuleStep {
            index: trial.rule,
            path: rule.path.trim_start_matches("spec.").to_owned(),
            action: hits::action(rule.action),
            matched: trial.matched(),
            clauses: clauses
                .into_iter()
                .map(|clause| self.criterion(&policy.origin, rule, clause))
                .collect(),
            place: self.workspace.place(&policy.origin, &rule.path),
        }
    }

    fn criterion(&self, origin: &Origin, rule: &Rule, clause: ClauseText) -> Clause {
        let field = match clause.field {
            ClauseField::Rule(field) => rule.field_path(field),
            _ => String::new(),
        };
        let path = format!("{}.{field}", rule.path);
        self.clause(origin, field, &path, clause)
    }

    fn subject(&self, index: PolicyIndex, policy: &Policy, clause: ClauseText) -> Clause {
        let path = self.engine.subject_path(index, clause.field);
        let field = path.trim_start_matches("spec.").to_owned();
        self.clause(&policy.origin, field, path, clause)
    }

    fn clause(&self, origin: &Origin, field: String, path: &str, clause: ClauseText) -> Clause {
        Clause {
            field,
            wants: clause.wants,
            has: clause.has,
            held: clause.held,
            place: self.workspace.place(origin, path),
        }
    }
}

/// The trials that matched and those that failed least, at most `limit`, in order.
fn nearest(trials: &[RuleTrial], limit: usize) -> Vec<RuleTrial> {
    let mut chosen = trials.to_vec();
    if chosen.len() > limit {
        chosen.sort_by_key(|trial| (trial.failed.len(), trial.rule));
        chosen.truncate(limit);
        chosen.sort_by_key(|trial| trial.rule);
    }
    chosen
}

impl Workspace {
    /// What makes a policy end its tier: its types, or else its rules of that direction.
    pub(crate) fn end_place(&self, policy: &Policy, direction: Direction) -> Option<Place> {
        let rules = match direction {
            Direction::Egress => "spec.egress",
            Direction::Ingress => "spec.ingress",
        };
        let (read, _) = self.document(policy.origin.document)?;
        let written = ["spec.types", "spec.policyTypes", rules, "metadata.name"];
        let field = written.into_iter().find(|field| {
            let path = policy.origin.path.join(&tierwalk_yaml::Path::parse(field));
            read.document.node_at(&path).is_some()
        })?;
        self.place(&policy.origin, field)
    }
}
