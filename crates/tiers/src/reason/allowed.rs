//! Sentences about allowed flows.

use tierwalk_resources::model::{EntityField, Field, PartKind};

use crate::Engine;
use crate::engine::{PolicyIndex, ProfileIndex};
use crate::explain::{ClauseField, ClauseText};
use crate::hit::HitBy;
use crate::walk::{Direction, SideWalk, Step};

use super::denied::sentence;
use super::names::{deciding, rule_cause};
use super::piece::Text;
use super::{Cause, Teller};

impl<'a> Teller<'a> {
    pub fn allowed(&self) -> (Text, Option<Cause>) {
        let rule = |side: &Option<SideWalk>| side.as_ref().and_then(deciding_rule);
        match (rule(&self.walk.egress), rule(&self.walk.ingress)) {
            (egress, Some((policy, rule))) => {
                let out = egress.map(|(policy, rule)| {
                    self.rule_of(Direction::Egress, policy, rule)
                        .plain(" allows it out, and ")
                });
                let text = self.who_may().sentence(out.unwrap_or_default());
                let text = if egress.is_some() {
                    text
                } else {
                    text.plain(" ")
                };
                let rule_text = self.rule_allows(Direction::Ingress, policy, rule);
                let cause = rule_cause(policy, Direction::Ingress, Some(rule), None);
                (text.then(rule_text), Some(cause))
            }
            (Some((policy, rule)), None) => {
                let rule_text = self.rule_allows(Direction::Egress, policy, rule);
                let cause = rule_cause(policy, Direction::Egress, Some(rule), None);
                (self.who_may().sentence(rule_text), Some(cause))
            }
            (None, None) => self.allowed_by_default(),
        }
    }

    fn who_may(&self) -> Text {
        let (source, destination) = (self.source(), self.destination());
        let sends = |text: Text| text.strong(&source).plain(" may send this");
        match (&self.walk.egress, &self.walk.ingress) {
            (Some(_), Some(_)) => sends(Text::default())
                .plain(" and ")
                .strong(&destination)
                .plain(" may receive it."),
            (None, Some(_)) => Text::default()
                .strong(&destination)
                .plain(" may receive this."),
            _ => sends(Text::default()).plain("."),
        }
    }

    fn rule_allows(&self, direction: Direction, policy: PolicyIndex, rule: u32) -> Text {
        self.rule_of(direction, policy, rule)
            .plain(&self.how_it_matched(direction, policy, rule))
            .plain(" allows it.")
    }

    /// `ingress[0]` of `storefront/backend`.
    pub fn rule_of(&self, direction: Direction, policy: PolicyIndex, rule: u32) -> Text {
        Text::default()
            .code(&self.engine.rule_name(policy, direction, rule))
            .plain(" of ")
            .code(&self.engine.policy_name(policy))
    }

    pub fn how_it_matched(&self, direction: Direction, policy: PolicyIndex, rule: u32) -> String {
        match self.clauses(direction, policy, rule).len() {
            0 => " has no criteria, so it matched and".into(),
            1 => " matched on its one clause and".into(),
            2 => " matched on both clauses and".into(),
            count => format!(" matched on all {count} clauses and"),
        }
    }

    pub fn clauses(&self, direction: Direction, policy: PolicyIndex, rule: u32) -> Vec<ClauseText> {
        let explainer = self.engine.explainer(&self.walk.flow);
        explainer.rule(policy, direction, rule)
    }

    /// The one fact worth telling about a rule that matched: which network set or network the peer is in.
    pub fn telling(&self, direction: Direction, policy: PolicyIndex, rule: u32) -> Option<Text> {
        let clauses = self.clauses(direction, policy, rule);
        let of_peer = |field: EntityField| match direction {
            Direction::Egress => ClauseField::Rule(Field::Destination(field)),
            Direction::Ingress => ClauseField::Rule(Field::Source(field)),
        };
        let find = |field| clauses.iter().find(|clause| clause.field == of_peer(field));
        let selector = find(EntityField::Part(PartKind::Selector));
        let in_set = selector.and_then(|clause| clause.has.split_once(" is in network set "));
        if let Some((address, set)) = in_set {
            let text = Text::default().plain(address).plain(" is in network set ");
            return Some(text.code(set));
        }
        find(EntityField::Nets).map(|clause| {
            let address = clause.has.split(',').next().unwrap_or_default();
            let text = Text::default().plain(address).plain(" is in ");
            text.code(clause.has.split(", in ").nth(1).unwrap_or(&clause.wants))
        })
    }

    fn allowed_by_default(&self) -> (Text, Option<Cause>) {
        let profiles: Vec<ProfileIndex> = self.sides().filter_map(deciding_profile).collect();
        if let Some(last) = profiles.last() {
            return (
                self.allowed_by_profiles(&profiles),
                Some(Cause::Profile(*last)),
            );
        }
        let bypass = self
            .sides()
            .flat_map(|side| &side.steps)
            .find_map(|step| match step {
                Step::Bypass(bypass) => Some(sentence(bypass.text())),
                _ => None,
            });
        let text = Text::default()
            .strong(&self.source())
            .plain(" reaches ")
            .strong(&self.destination());
        let text = match bypass {
            Some(bypass) => text.plain(". ").plain(&bypass),
            None => text.plain(": no policy applies at either end."),
        };
        (text, None)
    }

    fn allowed_by_profiles(&self, profiles: &[ProfileIndex]) -> Text {
        let names = profiles
            .iter()
            .map(|it| self.engine.profile_name(*it).to_owned());
        let mut names: Vec<String> = names.collect();
        names.dedup();
        let (noun, verb) = match names.len() {
            1 => ("profile ", " allows."),
            _ => ("profiles ", " allow."),
        };
        Text::default()
            .strong(&self.source())
            .plain(" reaches ")
            .strong(&self.destination())
            .plain(" because nothing enforced says otherwise: ")
            .then(self.nothing_decides())
            .plain(", and ")
            .plain(noun)
            .codes(&names, " and ")
            .plain(verb)
    }

    /// No enforced policy in tier `default` selects either pod.
    fn nothing_decides(&self) -> Text {
        let whom = match self.sides().count() {
            2 => "either pod",
            _ => "the pod",
        };
        if self.sides().all(|side| side.enforced.len() == 1) {
            return Text::default().plain(&format!("no enforced policy selects {whom} for this"));
        }
        match self.last_tier_with_policies() {
            Some(tier) if self.sides().all(|side| side.skips(self.engine, tier)) => Text::default()
                .plain("no enforced policy in tier ")
                .code(tier)
                .plain(&format!(" selects {whom}")),
            _ => Text::default().plain("every tier that takes part passes"),
        }
    }

    fn last_tier_with_policies(&self) -> Option<&'a str> {
        let tiers = self
            .engine
            .tiers()
            .filter(|(_, tier)| !tier.policies.is_empty());
        tiers.last().map(|(_, tier)| tier.name.as_str())
    }

    pub fn sides(&self) -> impl Iterator<Item = &'a SideWalk> + use<'a> {
        let walk = self.walk;
        walk.egress.iter().chain(&walk.ingress)
    }
}

fn deciding_rule(side: &SideWalk) -> Option<(PolicyIndex, u32)> {
    match deciding(side).map(|hit| (hit.by, hit.rule)) {
        Some((HitBy::Policy { policy, .. }, Some(rule))) => Some((policy, rule)),
        _ => None,
    }
}

fn deciding_profile(side: &SideWalk) -> Option<ProfileIndex> {
    match deciding(side).map(|hit| hit.by) {
        Some(HitBy::Profile(profile)) => Some(profile),
        _ => None,
    }
}

impl SideWalk {
    /// Whether no enforced policy of a tier applies.
    fn skips(&self, engine: &Engine, tier: &str) -> bool {
        self.steps.iter().any(|step| match step {
            Step::Tier(step) => step.skipped.is_some() && engine.tier(step.tier).name == tier,
            _ => false,
        })
    }
}
