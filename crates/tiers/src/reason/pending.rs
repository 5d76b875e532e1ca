//! What would change if staged policies were enforced.

use tierwalk_resources::model::{Action, PartKind, Policy, Rule};
use tierwalk_selector::Test;

use crate::engine::PolicyIndex;
use crate::walk::{Applies, Direction, SideWalk, Step, TierOutcome, TierStep};

use super::names::{direction_word, rule_cause};
use super::piece::Text;
use super::{Cause, Teller};

impl<'a> Teller<'a> {
    /// Once `storefront/microservice1` is enforced, …
    pub fn pending(&self) -> Option<(Text, Cause)> {
        if self.walk.verdict == self.walk.pending_verdict {
            return None;
        }
        let side = self
            .sides()
            .find(|side| side.verdict != side.pending_verdict)?;
        let step = first_difference(side)?;
        let policy = self.staged_policy(step)?;
        let head = Text::default()
            .plain("Once ")
            .code(&self.engine.policy_name(policy))
            .plain(" is enforced, ");
        let rule = match step.pending {
            TierOutcome::Rule {
                policy: by, rule, ..
            } if by == policy => Some(rule),
            _ => None,
        };
        let cause = rule_cause(policy, side.direction, rule, None);
        Some((
            head.then(self.outcome(side.direction, step, policy))
                .plain("."),
            cause,
        ))
    }

    /// The staged policy that makes the difference in a tier: the one whose rule decides, or else the first
    /// whose rules do not match.
    fn staged_policy(&self, step: &TierStep) -> Option<PolicyIndex> {
        let is_staged = |policy: PolicyIndex| self.engine.policy(policy).id.kind.is_staged();
        if let TierOutcome::Rule { policy, .. } = step.pending {
            return is_staged(policy).then_some(policy);
        }
        let applying = step.policies.iter().filter(|it| it.applies == Applies::Yes);
        applying
            .map(|it| it.policy)
            .find(|policy| is_staged(*policy))
    }

    fn outcome(&self, direction: Direction, step: &TierStep, policy: PolicyIndex) -> Text {
        let tier = &self.engine.tier(step.tier).name;
        match step.pending {
            TierOutcome::Rule { rule, action, .. } => {
                let verb = match action {
                    Action::Allow => " would allow it",
                    Action::Deny => " would deny it",
                    Action::Pass | Action::Log => " would pass it on",
                };
                let name = self.engine.rule_name(policy, direction, rule);
                Text::default().code(&name).plain(verb)
            }
            TierOutcome::End { action, .. } => {
                let verb = if action == Action::Deny {
                    "Deny"
                } else {
                    "Pass"
                };
                self.takes_only(direction, policy)
                    .plain(", so tier ")
                    .code(tier)
                    .plain(" would end with ")
                    .plain(verb)
            }
            TierOutcome::NotReached | TierOutcome::Skipped => {
                Text::default().plain("it would differ")
            }
        }
    }

    /// Its ingress rules take only `frontend`.
    fn takes_only(&self, direction: Direction, policy: PolicyIndex) -> Text {
        let word = direction_word(direction);
        let taken = taken(self.engine.policy(policy), direction);
        if taken.is_empty() {
            return Text::default().plain(&format!("none of its {word} rules matches"));
        }
        let verb = match direction {
            Direction::Egress => "reach",
            Direction::Ingress => "take",
        };
        let text = Text::default().plain(&format!("its {word} rules {verb} only "));
        text.codes(&taken, " and ")
    }
}

/// The first tier that staged policies change.
fn first_difference(side: &SideWalk) -> Option<&TierStep> {
    side.steps.iter().find_map(|step| match step {
        Step::Tier(step) if !is_same(step) => Some(step),
        _ => None,
    })
}

/// Who is charged at the end of a tier differs by design.
fn is_same(step: &TierStep) -> bool {
    match (step.enforced, step.pending) {
        (TierOutcome::End { .. }, TierOutcome::End { .. }) => true,
        (enforced, pending) => enforced == pending,
    }
}

/// The label values that the rules of a policy ask of the peer, if that is all they ask of it.
fn taken(policy: &Policy, direction: Direction) -> Vec<String> {
    let rules = match direction {
        Direction::Egress => &policy.egress,
        Direction::Ingress => &policy.ingress,
    };
    let of_rules: Option<Vec<Vec<String>>> = rules.iter().map(|it| values(it, direction)).collect();
    of_rules.unwrap_or_default().concat()
}

fn values(rule: &Rule, direction: Direction) -> Option<Vec<String>> {
    let peer = match direction {
        Direction::Egress => &rule.destination,
        Direction::Ingress => &rule.source,
    };
    let mut parts = peer
        .positive
        .iter()
        .filter(|part| !matches!(part.kind, PartKind::OwnNamespace | PartKind::PodsOnly));
    let (part, None) = (parts.next()?, parts.next()) else {
        return None;
    };
    match part.selector.atoms() {
        [atom] if part.kind == PartKind::Selector => match atom.test() {
            Test::Equal(value) => Some(vec![value.to_string()]),
            Test::In(values) => Some(values.iter().map(|it| it.to_string()).collect()),
            _ => None,
        },
        _ => None,
    }
}
