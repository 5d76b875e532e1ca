//! `selector/matches-nothing`: nothing in the workspace is what a side of a rule asks for, or what a policy is for. That a
//! rule matches nothing is very likely a mistake; a policy that selects nothing may wait for its pods.

use std::collections::BTreeMap;
use std::ops::Range;

use tierwalk_resources::model::{EntityField, Field, Part, PartKind, Policy};
use tierwalk_selector::{Necessary, Test};
use tierwalk_source::nearest;
use tierwalk_tiers::{ClauseField, Engine, PolicyIndex, Unmatched};

use crate::facts::Facts;
use crate::finding::Part as At;
use crate::labels::{Owners, matching, values};
use crate::{ENOUGH, Edit, Finding, Fix, Spot, wanted_pod, words};

const CODE: &str = "selector/matches-nothing";

/// Prefixes of labels that endpoints inherit from their namespace and service account.
const INHERITED: [&str; 2] = ["pcns.", "pcsa."];

/// Values in use that are compared with one that is not.
const MOST_COMPARED: usize = 1_000;

/// A selector that keeps everything out, and what it misses: a label, or a value of it.
struct Missing<'a> {
    part: &'a Part,
    /// Where it is written, and whether as one text.
    field: Spot,
    is_text: bool,
    who: String,
    key: &'a str,
    values: Vec<&'a str>,
    /// The values that the label has in scope, and whose they are.
    in_use: BTreeMap<&'a str, Owners>,
}

/// The parts of a selector, and whom they are looked for among.
struct Scope<'a> {
    policy: &'a Policy,
    engine: &'a Engine,
    is_subject: bool,
    parts: &'a [Part],
}

/// Where there are no pods, nothing can be said. Where only a part of a cluster is at hand, very many selectors match
/// nothing; few of them are looked into.
pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let idle = facts
        .policies()
        .filter(|(policy, _)| facts.selects_nothing(*policy));
    let idle: Vec<(PolicyIndex, &Policy)> = idle.take(ENOUGH).collect();
    let no_pods = facts.engine.model().workloads.is_empty();
    if no_pods || idle.is_empty() && facts.unmatched.is_empty() {
        return Vec::new();
    }
    let rules = facts.unmatched.iter().take(ENOUGH);
    let rules = rules.filter_map(|side| of_rule(facts, *side));
    let policies = idle
        .into_iter()
        .filter_map(|policy| of_policy(facts, policy));
    rules.chain(policies).collect()
}

/// `None` if nothing in particular is to blame.
fn of_rule(facts: &Facts<'_>, unmatched: Unmatched) -> Option<Finding> {
    let policy = facts.engine.policy(unmatched.policy);
    let rules = facts.engine.rules(unmatched.policy, unmatched.direction);
    let rule = rules.get(unmatched.rule as usize)?;
    let parts = &unmatched.side(rule).positive;
    let scope = Scope {
        policy,
        engine: facts.engine,
        is_subject: false,
        parts,
    };
    let path = |kind| {
        let field = EntityField::Part(kind);
        let field = rule.field_path(match unmatched.is_source {
            true => Field::Source(field),
            false => Field::Destination(field),
        });
        format!("{}.{field}", rule.path)
    };
    Some(
        scope
            .blame(&path)?
            .finding("the rule is valid and never applies")
            .pod(wanted_pod::wanted(facts.engine.model(), policy, parts)),
    )
}

fn of_policy(facts: &Facts<'_>, (index, policy): (PolicyIndex, &Policy)) -> Option<Finding> {
    let consequence = "the policy is valid and applies to nothing";
    let scope = Scope {
        policy,
        engine: facts.engine,
        is_subject: true,
        parts: &policy.subject,
    };
    let path = |kind| {
        facts
            .engine
            .subject_path(index, ClauseField::Subject(kind))
            .to_owned()
    };
    if let Some(missing) = scope.blame(&path) {
        let pod = wanted_pod::wanted(facts.engine.model(), policy, &policy.subject);
        return Some(missing.finding(consequence).hint().pod(pod));
    }
    let own = policy
        .subject
        .iter()
        .filter(|part| part.kind == PartKind::OwnNamespace);
    let own: Vec<&Part> = own.collect();
    let is_empty = !own.is_empty() && matching(facts.engine, &own, true).is_empty();
    is_empty.then(|| {
        let message = format!(
            "policy selects nothing: no pod is in namespace `{}`",
            policy.id.namespace
        );
        let at = Spot::value(&policy.origin, "metadata.namespace");
        let pod = wanted_pod::wanted(facts.engine.model(), policy, &policy.subject);
        Finding::warning(CODE, at, message, consequence)
            .hint()
            .pod(pod)
    })
}

fn is_written(part: &Part) -> bool {
    !matches!(part.kind, PartKind::OwnNamespace | PartKind::PodsOnly)
}

impl<'a> Scope<'a> {
    /// The first written part that nothing satisfies; else the last one that nothing satisfies among what the
    /// other parts let in.
    fn blame(&self, path: &dyn Fn(PartKind) -> String) -> Option<Missing<'a>> {
        let implied: Vec<&Part> = self.parts.iter().filter(|part| !is_written(part)).collect();
        let written = || self.parts.iter().filter(|part| is_written(part));
        let alone = written().find_map(|part| self.missing(&implied, part, path));
        alone.or_else(|| {
            written().rev().find_map(|part| {
                let others = self
                    .parts
                    .iter()
                    .filter(|other| !std::ptr::eq(*other, part));
                self.missing(&others.collect::<Vec<_>>(), part, path)
            })
        })
    }

    fn missing(
        &self,
        among: &[&Part],
        part: &'a Part,
        path: &dyn Fn(PartKind) -> String,
    ) -> Option<Missing<'a>> {
        let (key, wanted) = match part.selector.necessary() {
            Necessary::Pair(key, values) => (key, values),
            Necessary::Has(key) => (key, Vec::new()),
            Necessary::Always => return None,
        };
        let among_whom = matching(self.engine, among, self.is_subject);
        let in_use = values(key, &among_whom);
        let kept_out = match wanted.as_slice() {
            [] => in_use.is_empty(),
            wanted => wanted.iter().all(|value| !in_use.contains_key(value)),
        };
        if !kept_out || among_whom.is_empty() {
            return None;
        }
        let mut owners = Owners::default();
        in_use.values().for_each(|more| owners.add(*more));
        Some(Missing {
            who: self.who(part.kind, among, owners),
            field: Spot::value(&self.policy.origin, path(part.kind)),
            is_text: words::has_text_selectors(self.policy.id.kind)
                && part.kind != PartKind::ServiceAccountNames,
            part,
            key,
            values: wanted,
            in_use,
        })
    }

    /// Who should have the label.
    fn who(&self, part: PartKind, among: &[&Part], owners: Owners) -> String {
        let has = |kind| among.iter().any(|part| part.kind == kind);
        match part {
            PartKind::NamespaceSelector => "no namespace with pods".to_owned(),
            PartKind::ServiceAccountSelector => "no service account of a pod".to_owned(),
            PartKind::ServiceAccountNames => "no pod".to_owned(),
            _ if has(PartKind::OwnNamespace) => {
                format!("no {} in `{}`", owners.noun(), self.policy.id.namespace)
            }
            _ if has(PartKind::NamespaceSelector) => {
                format!("no {} in the selected namespaces", owners.noun())
            }
            _ => format!("no {}", owners.noun()),
        }
    }
}

impl<'a> Missing<'a> {
    fn finding(&self, consequence: &str) -> Finding {
        let message = format!("selector matches nothing: {}", self.said());
        let near = self.near();
        let help = match near.and_then(|(_, near)| Some((near, self.in_use.get(near)?))) {
            Some((near, owners)) => {
                format!(
                    "{consequence}; `{near}` is the nearest value in use, and {}",
                    owners.have_it()
                )
            }
            None => consequence.to_owned(),
        };
        let fix = near.map(|(value, near)| Fix {
            title: format!("Replace with \"{near}\""),
            edit: Edit::Replace {
                at: self.value(value, 0),
                text: near.to_owned(),
            },
        });
        let at = match (near, self.values.as_slice()) {
            (Some((value, _)), _) | (None, &[value]) => self.value(value, 1),
            _ => self.field.clone(),
        };
        Finding::warning(CODE, at, message, help).fix(fix)
    }

    /// The label as it is written.
    fn label(&self) -> &'a str {
        let stripped = INHERITED
            .iter()
            .find_map(|prefix| self.key.strip_prefix(prefix));
        stripped.unwrap_or(self.key)
    }

    /// ``no pod in `storefront` has `app` = `loging` ``.
    fn said(&self) -> String {
        let (who, label) = (&self.who, self.label());
        match (self.part.kind, self.values.as_slice()) {
            (PartKind::ServiceAccountNames, values) => {
                format!("{who} runs as service account `{}`", values.join("`, `"))
            }
            (_, []) => format!("{who} has label `{label}`"),
            (_, [value]) => format!("{who} has `{label}` = `{value}`"),
            (_, values) => format!("{who} has `{label}` in `{}`", values.join("`, `")),
        }
    }

    /// A wanted value that is like one in use, and that one.
    fn near(&self) -> Option<(&'a str, &'a str)> {
        let most = MOST_COMPARED / self.values.len().max(1);
        let compared = || self.in_use.keys().copied().take(most);
        self.values
            .iter()
            .find_map(|value| Some((*value, nearest(value, compared())?)))
    }

    /// A wanted value where it is written, with `quotes` characters around it.
    fn value(&self, value: &str, quotes: usize) -> Spot {
        self.field
            .part(match self.literal(value).filter(|_| self.is_text) {
                Some(inner) => At::Text(inner.start - quotes..inner.end + quotes),
                None => At::Scalar {
                    key: Some(self.label().to_owned()),
                    text: value.to_owned(),
                },
            })
    }

    /// Where a value stands in the text of the part, without its quotes.
    fn literal(&self, value: &str) -> Option<Range<usize>> {
        let atoms = self
            .part
            .selector
            .atoms()
            .iter()
            .filter(|atom| atom.key() == Some(self.key));
        let mut wanting = atoms.filter(|atom| match atom.test() {
            Test::Equal(it) => **it == *value,
            Test::In(all) => all.iter().any(|it| **it == *value),
            _ => false,
        });
        let span = wanting.next()?.span();
        let text = self.part.text.get(span.clone())?;
        ['"', '\''].iter().find_map(|quote| {
            let start = text.find(&format!("{quote}{value}{quote}"))? + span.start + 1;
            Some(start..start + value.len())
        })
    }
}
