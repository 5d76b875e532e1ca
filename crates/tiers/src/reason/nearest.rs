//! The rule that came nearest to letting a flow through.

use tierwalk_resources::model::{Action, EntityField, Field, PartKind, Rule};
use tierwalk_selector::Selector;

use crate::engine::PolicyIndex;
use crate::explain::{ClauseField, ClauseText};
use crate::walk::{Direction, SideWalk};

use super::denied::deciding_tier;
use super::names::{deciding, rule_cause};
use super::piece::Text;
use super::{Cause, Teller};

/// More clauses than this are counted only.
const MAX_NAMED: usize = 2;

/// A rule that was tried and missed.
struct Miss {
    policy: PolicyIndex,
    rule: u32,
    failed: Vec<ClauseText>,
}

impl Teller<'_> {
    /// Nearest: `ingress[0]` missed by one clause, the source label `app`.
    pub fn nearest(&self) -> Option<(Text, Cause)> {
        let side = self.denying_side()?;
        if !deciding(side)?.is_end_of_tier() {
            return None;
        }
        let miss = self.nearest_miss(side)?;
        let direction = side.direction;
        let field = miss.failed.first().map(|clause| clause.field);
        let field = field.and_then(|field| match field {
            ClauseField::Rule(field) => Some(field),
            _ => None,
        });
        let cause = rule_cause(miss.policy, direction, Some(miss.rule), field);
        let name = self.engine.rule_name(miss.policy, direction, miss.rule);
        let text = Text::default().plain("Nearest: ").code(&name);
        let text = match self.is_only_policy(side) {
            true => text,
            false => text
                .plain(" of ")
                .code(&self.engine.policy_name(miss.policy)),
        };
        let text = text
            .plain(" missed by ")
            .then(self.missed(&miss, direction));
        Some((text.plain("."), cause))
    }

    /// Of the enforced rules of the deciding tier that would let the flow go on, the one with the fewest
    /// failed clauses; of several, the first.
    fn nearest_miss(&self, side: &SideWalk) -> Option<Miss> {
        let explainer = self.engine.explainer(&self.walk.flow);
        let mut best: Option<(u32, PolicyIndex, u32)> = None;
        for step in &deciding_tier(side)?.policies {
            let staged = self.engine.policy(step.policy).id.kind.is_staged();
            let trials = step.trials.start as usize..step.trials.end as usize;
            for trial in side.trials.get(trials).unwrap_or_default() {
                let rules = self.engine.rules(step.policy, side.direction);
                let rule = rules.get(trial.rule as usize);
                let helps =
                    rule.is_some_and(|rule| matches!(rule.action, Action::Allow | Action::Pass));
                let failed = trial.failed.len();
                if helps && !staged && best.is_none_or(|(fewest, ..)| failed < fewest) {
                    best = Some((failed, step.policy, trial.rule));
                }
            }
        }
        let (_, policy, rule) = best?;
        let clauses = explainer.rule(policy, side.direction, rule);
        let failed = clauses.into_iter().filter(|clause| !clause.held).collect();
        Some(Miss {
            policy,
            rule,
            failed,
        })
    }

    fn is_only_policy(&self, side: &SideWalk) -> bool {
        let staged = |policy| self.engine.policy(policy).id.kind.is_staged();
        let step = deciding_tier(side);
        let tried = step
            .iter()
            .flat_map(|step| &step.policies)
            .filter(|it| it.tried);
        tried.filter(|it| !staged(it.policy)).count() == 1
    }

    fn missed(&self, miss: &Miss, direction: Direction) -> Text {
        let count = match miss.failed.len() {
            1 => "one clause".to_owned(),
            count => format!("{count} clauses"),
        };
        let text = Text::default().plain(&count);
        if miss.failed.len() > MAX_NAMED {
            return text;
        }
        let rules = self.engine.rules(miss.policy, direction);
        let Some(rule) = rules.get(miss.rule as usize) else {
            return text;
        };
        let named = miss.failed.iter().enumerate().map(|(index, clause)| {
            let separator = if index == 0 { ", " } else { " and " };
            Text::default()
                .plain(separator)
                .then(clause_name(rule, clause.field))
        });
        named.fold(text, Text::then)
    }
}

/// The source label `app`, the port.
fn clause_name(rule: &Rule, field: ClauseField) -> Text {
    let plain = |text: &str| Text::default().plain(text);
    match field {
        ClauseField::Rule(Field::Source(field)) => side_clause(rule, "source", field),
        ClauseField::Rule(Field::Destination(field)) => side_clause(rule, "destination", field),
        ClauseField::Rule(Field::IpVersion) => plain("the IP version"),
        ClauseField::Rule(Field::Protocol | Field::NotProtocol) => plain("the protocol"),
        ClauseField::Rule(Field::Icmp | Field::NotIcmp) => plain("the ICMP type"),
        ClauseField::Rule(Field::Http) => plain("HTTP"),
        ClauseField::Subject(_) | ClauseField::Types | ClauseField::Phase => plain("the subject"),
    }
}

fn side_clause(rule: &Rule, side: &str, field: EntityField) -> Text {
    let plain = |words: &str| Text::default().plain(&format!("the {side} {words}"));
    match field {
        EntityField::Nets | EntityField::NotNets => plain("address"),
        EntityField::Ports | EntityField::NotPorts if side == "destination" => {
            Text::default().plain("the port")
        }
        EntityField::Ports | EntityField::NotPorts => plain("port"),
        EntityField::Service => plain("service"),
        EntityField::Domains => plain("domain"),
        EntityField::Part(PartKind::OwnNamespace) => plain("namespace"),
        EntityField::Part(PartKind::PodsOnly) => plain("kind, which is to be a pod"),
        EntityField::Part(PartKind::ServiceAccountNames) => plain("service account"),
        EntityField::Part(kind) => labels(rule, side, kind),
    }
}

/// The source label `app`.
fn labels(rule: &Rule, side: &str, kind: PartKind) -> Text {
    let entity = if side == "source" {
        &rule.source
    } else {
        &rule.destination
    };
    let parts = entity.positive.iter().chain(&entity.negative);
    let selectors = parts
        .filter(|part| part.kind == kind)
        .map(|part| &part.selector);
    let owner = match kind {
        PartKind::NamespaceSelector => "namespace ",
        PartKind::ServiceAccountSelector => "service account ",
        _ => "",
    };
    let mut keys: Vec<String> = selectors.flat_map(Selector::keys).map(own_name).collect();
    keys.dedup();
    match keys.as_slice() {
        [key] => Text::default()
            .plain(&format!("the {side} {owner}label "))
            .code(key),
        [] => Text::default().plain(&format!("the {side}, which is to be known")),
        _ => Text::default().plain(&format!("the {side} {owner}labels")),
    }
}

fn own_name(key: &str) -> String {
    let inherited = key.strip_prefix("pcns.").or(key.strip_prefix("pcsa."));
    inherited.unwrap_or(key).to_owned()
}
