//! What a rule or subject wants, and what is there: texts made on demand.

mod criteria;
mod labels;
mod owners;
mod side;
mod subject;
mod words;

use tierwalk_resources::model::{EntityField, Field, PartKind, Rule};

use crate::Engine;
use crate::engine::PolicyIndex;
use crate::flow::Resolved;
use crate::matching::{Packet, failed};
use crate::walk::Direction;

/// One criterion, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseText {
    /// Which one.
    pub field: ClauseField,
    /// What is wanted, as written.
    pub wants: String,
    /// What is there: `app = "frontend"`.
    pub has: String,
    /// Whether it held.
    pub held: bool,
}

/// Names a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClauseField {
    /// Of a rule; [`Rule::field_path`] says where it is written.
    Rule(Field),
    /// A selector of a policy's subject; [`Engine::subject_path`] says where it is written.
    Subject(PartKind),
    /// The policy's `types`.
    Types,
    /// What the policy is for: packets to and from pods, untracked ones, …
    Phase,
}

/// Explains rules for one flow.
pub struct Explainer<'a> {
    engine: &'a Engine,
    packet: Packet<'a>,
}

impl Engine {
    /// Explains rules for one flow.
    pub fn explainer<'a>(&'a self, flow: &'a Resolved) -> Explainer<'a> {
        Explainer {
            engine: self,
            packet: Packet::new(self, flow),
        }
    }
}

impl Explainer<'_> {
    /// The criteria of a policy's rule, in order; none if the rule has none, or does not exist. What is not
    /// written (that the peer is of the policy's own namespace, or a pod) is only told where it does not hold. What nobody
    /// wrote (the policy's own namespace, pods only) is said only where it is in the way.
    pub fn rule(&self, policy: PolicyIndex, direction: Direction, rule: u32) -> Vec<ClauseText> {
        let rules = self.engine.rules(policy, direction);
        let rule = rules.get(rule as usize);
        rule.map(|rule| self.clauses(rule)).unwrap_or_default()
    }

    fn clauses(&self, rule: &Rule) -> Vec<ClauseText> {
        let failed = failed(self.engine, rule, &self.packet);
        let texts = criteria::texts(self.engine, rule, &self.packet);
        let clause = |text: criteria::Text| ClauseText {
            held: !failed.contains(text.field),
            field: ClauseField::Rule(text.field),
            wants: text.wants,
            has: text.has,
        };
        let clauses = texts.into_iter().map(clause);
        clauses
            .filter(|clause| clause.field.is_written() || !clause.held)
            .collect()
    }
}

impl ClauseField {
    fn is_written(self) -> bool {
        let (Self::Rule(Field::Source(EntityField::Part(kind)))
        | Self::Rule(Field::Destination(EntityField::Part(kind)))) = self
        else {
            return true;
        };
        !matches!(kind, PartKind::OwnNamespace | PartKind::PodsOnly)
    }
}
