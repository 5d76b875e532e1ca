//! Sentences about denied flows.

use crate::engine::PolicyIndex;
use crate::hit::HitBy;
use crate::walk::{Applies, Direction, SideWalk, Step, TierOutcome, TierStep, Verdict};

use super::names::{deciding, direction_word, rule_cause};
use super::piece::Text;
use super::{Cause, Teller};

/// More policies than this are counted.
const MAX_NAMED: usize = 3;

impl<'a> Teller<'a> {
    pub fn denied(&self) -> (Text, Option<Cause>) {
        let Some(side) = self.denying_side() else {
            return (Text::default(), None);
        };
        let (because, cause) = self.because(side);
        (self.who_may_not(side.direction).sentence(because), cause)
    }

    /// The half that denies; egress is first.
    pub fn denying_side(&self) -> Option<&'a SideWalk> {
        let mut sides = self.walk.egress.iter().chain(&self.walk.ingress);
        sides.find(|side| side.verdict == Verdict::Deny)
    }

    fn who_may_not(&self, direction: Direction) -> Text {
        let (source, destination) = (self.source(), self.destination());
        match (direction, &self.walk.egress) {
            (Direction::Egress, _) => Text::default().strong(&source).plain(" may not send this."),
            (Direction::Ingress, Some(_)) => Text::default()
                .strong(&source)
                .plain(" may send this; ")
                .strong(&destination)
                .plain(" may not receive it."),
            (Direction::Ingress, None) => Text::default()
                .strong(&destination)
                .plain(" may not receive this."),
        }
    }

    fn because(&self, side: &SideWalk) -> (Text, Option<Cause>) {
        let Some(hit) = deciding(side) else {
            return (self.because_of_dataplane(side), None);
        };
        match (hit.by, hit.rule) {
            (HitBy::Policy { policy, .. }, Some(rule)) => {
                let cause = rule_cause(policy, side.direction, Some(rule), None);
                (self.rule_denies(side.direction, policy, rule), Some(cause))
            }
            (HitBy::Policy { policy, .. }, None) => {
                let cause = rule_cause(policy, side.direction, None, None);
                (self.end_of_tier(side), Some(cause))
            }
            (HitBy::Profile(profile), _) => {
                (self.profile_denies(side), Some(Cause::Profile(profile)))
            }
            (HitBy::NoProfile, _) => (self.profile_denies(side), None),
        }
    }

    fn because_of_dataplane(&self, side: &SideWalk) -> Text {
        let text = side.steps.iter().find_map(|step| match step {
            Step::Bypass(bypass) => Some(sentence(bypass.text())),
            _ => None,
        });
        Text::default().plain(&text.unwrap_or_default())
    }

    /// `egress[0]` of `block-embargo` matched: 198.51.100.7 is in network set `embargo`, and the rule denies it.
    fn rule_denies(&self, direction: Direction, policy: PolicyIndex, rule: u32) -> Text {
        let text = self.rule_of(direction, policy, rule);
        match self.telling(direction, policy, rule) {
            Some(fact) => text
                .plain(" matched: ")
                .then(fact)
                .plain(", and the rule denies it."),
            None => text
                .plain(&self.how_it_matched(direction, policy, rule))
                .plain(" denies it."),
        }
    }

    fn end_of_tier(&self, side: &SideWalk) -> Text {
        let Some(step) = deciding_tier(side) else {
            return Text::default();
        };
        let direction = direction_word(side.direction);
        Text::default()
            .plain(&format!("No {direction} rule of "))
            .then(self.tried(step))
            .plain(" matched, so tier ")
            .code(&self.engine.tier(step.tier).name)
            .plain(" ended with Deny.")
    }

    /// The enforced policies of a tier that apply.
    fn tried(&self, step: &TierStep) -> Text {
        let enforced = |policy: PolicyIndex| !self.engine.policy(policy).id.kind.is_staged();
        let applying = step.policies.iter().filter(|it| it.applies == Applies::Yes);
        let names: Vec<String> = applying
            .filter(|it| enforced(it.policy))
            .map(|it| self.engine.policy_name(it.policy))
            .collect();
        match names.len() {
            0..=MAX_NAMED => Text::default().codes(&names, " or "),
            count => Text::default().plain(&format!("the {count} policies that apply")),
        }
    }

    fn profile_denies(&self, side: &SideWalk) -> Text {
        let text = side.steps.iter().find_map(|step| match step {
            Step::Profile(step) => Some(self.engine.profile_text(step)),
            _ => None,
        });
        Text::default()
            .plain("No enforced policy decides it, and ")
            .plain(&text.unwrap_or_default())
            .plain(".")
    }
}

/// The tier at whose end the enforced policies denied.
pub(super) fn deciding_tier(side: &SideWalk) -> Option<&TierStep> {
    side.steps.iter().rev().find_map(|step| match step {
        Step::Tier(step) if matches!(step.enforced, TierOutcome::End { .. }) => Some(step),
        _ => None,
    })
}

/// With a capital letter and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}
