//! Policies that a template makes: the edit goes into the template's values. A value more where a rule was near, a
//! rule more in a list of rules, a rule less.

mod words;

#[cfg(test)]
mod tests;

use serde_yaml::Value;
use tierwalk_resources::model::{Action, EntityField, Field, Policy, Rule};
use tierwalk_selector::Test;
use tierwalk_source::TextEdit;
use tierwalk_tiers::{PolicyIndex, Verdict};
use tierwalk_yaml::edit::Editing;
use tierwalk_yaml::{Kind, Node, Path, Segment};

use super::candidate::{Candidate, FileEdit, Rank, Title};
use super::case::{Case, Missed};
use super::peer::{self, Peer};
use super::{rules, widen};
use crate::made::Made;
use crate::objects::number;

pub(super) fn find(case: Case<'_>, found: &mut Vec<Candidate>) {
    for missed in case.missed(widen::NEAR) {
        found.extend(widened(case, &missed));
    }
    if case.ended().is_some() {
        found.extend(appended(case));
    }
    if let Some(at) = case.decided_rule() {
        found.extend(ahead(case, at));
        found.extend(removed(case, at));
        found.extend(turned(case, at));
    }
}

/// A template's document while it is changed.
struct Change<'a> {
    made: Made<'a>,
    editing: Editing,
    /// The item that was copied, to be given other values: its list and the copy's index.
    copied: Option<(Path, usize)>,
}

impl<'a> Change<'a> {
    fn of(case: Case<'a>, policy: PolicyIndex) -> Option<Self> {
        let made = Made::of(case.workspace, &case.policy(policy).origin)?;
        Some(Self {
            editing: Editing::new(made.template, &[]).ok()?,
            made,
            copied: None,
        })
    }

    fn set(&mut self, path: &Path, value: impl Into<Value>) -> Option<()> {
        self.editing.set(path, &value.into()).ok()
    }

    fn insert(&mut self, list: &Path, at: usize, value: impl Into<Value>) -> Option<()> {
        self.editing.insert(list, at, &value.into()).ok()
    }

    /// A copy of the list item that this value is in, with another value.
    fn copy_with(&mut self, path: &Path, value: &str) -> Option<()> {
        let (list, index, rest) = item_of(path)?;
        let copy = match &self.copied {
            Some((known, copy)) if *known == list => *copy,
            Some(_) => return None,
            None => {
                let item = self.made.template.node_at(&list.index(index))?.to_value();
                self.insert(&list, index + 1, item)?;
                self.copied = Some((list.clone(), index + 1));
                index + 1
            }
        };
        self.set(&list.index(copy).join(&rest), value)
    }

    fn candidate(self, rank: Rank, title: Title) -> Option<Candidate> {
        let position = self.made.position;
        let in_file = |edit: TextEdit| FileEdit {
            file: position.file.to_string(),
            span: edit.span.shifted(position.offset),
            text: edit.text,
        };
        let edits: Vec<_> = self.editing.edits().into_iter().map(in_file).collect();
        (!edits.is_empty()).then_some(Candidate { title, edits, rank })
    }
}

/// The innermost list item that a path is in: its list, its index, and the way from there.
fn item_of(path: &Path) -> Option<(Path, usize, Path)> {
    let segments = path.segments();
    let at = segments
        .iter()
        .rposition(|it| matches!(it, Segment::Index(_)))?;
    let (Segment::Index(index), rest) = segments.get(at..)?.split_first()? else {
        return None;
    };
    let list = segments.get(..at)?.iter().cloned().collect();
    Some((list, *index, rest.iter().cloned().collect()))
}

fn widened(case: Case<'_>, missed: &Missed<'_>) -> Option<Candidate> {
    let mut change = Change::of(case, missed.policy)?;
    let mut title = Title::default().plain("Add ");
    let mut whereto = Path::root();
    for (at, field) in missed.fields.iter().enumerate() {
        let (added, path) = addition(case, missed.rule, *field, &mut change)?;
        title = if at > 0 { title.plain(" and ") } else { title };
        title.0.extend(added.0);
        whereto = path;
    }
    let title = title
        .plain(" to ")
        .code(whereto.to_string())
        .plain(" of the template");
    change.candidate(Rank::Value, title)
}

/// What has to be added for a criterion to hold, and where.
fn addition(
    case: Case<'_>,
    rule: &Rule,
    field: Field,
    change: &mut Change<'_>,
) -> Option<(Title, Path)> {
    let (Field::Source(part) | Field::Destination(part)) = field else {
        return None;
    };
    let compiled = format!("{}.{}", rule.path, rule.field_path(field));
    match part {
        EntityField::Ports => {
            let port = case.walk.flow.port?;
            let path = port_added(change, &compiled, port)?;
            Some((Title::default().plain("port ").code(port.to_string()), path))
        }
        EntityField::Nets => {
            let Peer::Net(net) = Peer::of(case, peer::end_of(case, field)?) else {
                return None;
            };
            let (path, node) = change.made.value(&compiled)?;
            let path = match node.kind {
                Kind::Seq(_) => change
                    .insert(&path, usize::MAX, net.as_str())
                    .map(|()| path),
                _ => copied(change, &path, node, &compiled, &format!("cidr {net}"), &net),
            }?;
            Some((Title::default().code(net), path))
        }
        EntityField::Part(_) => value(case, rule, field, &compiled, change),
        _ => None,
    }
}

fn port_added(change: &mut Change<'_>, compiled: &str, port: u16) -> Option<Path> {
    let (path, node) = change.made.value(compiled)?;
    match node.kind {
        Kind::Seq(_) => change.insert(&path, usize::MAX, i64::from(port))?,
        Kind::Str(_) => {
            let part = words::of_line(change.made, compiled)?;
            let line = words::replaced(node.as_str()?, part, &format!("{part},{port}"))?;
            change.set(&path, line)?;
        }
        _ => return None,
    }
    Some(path)
}

/// A value more where a selector compares.
fn value(
    case: Case<'_>,
    rule: &Rule,
    field: Field,
    compiled: &str,
    change: &mut Change<'_>,
) -> Option<(Title, Path)> {
    let atom = &widen::only_blamed(case, rule, field)?;
    let (actual, key) = (atom.actual?, atom.key()?);
    let (path, node) = change.made.value(compiled)?;
    let text = node.as_str()?;
    if Some(text) == change.made.compiled(compiled)?.as_str() {
        let (with, added) = widen::with_value(text.get(atom.span())?, atom)?;
        let text = [
            text.get(..atom.span().start)?,
            &with,
            text.get(atom.span().end..)?,
        ]
        .concat();
        change.set(&path, text)?;
        return Some((Title::default().code(added), path));
    }
    let Test::Equal(wanted) = atom.atom.test() else {
        return None;
    };
    let title = Title::default().code(format!("\"{actual}\""));
    let whereto = match text {
        text if text == &**wanted => {
            change.copy_with(&path, actual)?;
            item_of(&path)?.0
        }
        text if text == format!("{key}={wanted}") => {
            change.copy_with(&path, &format!("{key}={actual}"))?;
            item_of(&path)?.0
        }
        _ => copied(
            change,
            &path,
            node,
            compiled,
            &format!("label {key}={actual}"),
            actual,
        )?,
    };
    Some((title, whereto))
}

/// A one-line rule more: a copy with another end. Tells the list.
fn copied(
    change: &mut Change<'_>,
    path: &Path,
    node: &Node,
    compiled: &str,
    end: &str,
    value: &str,
) -> Option<Path> {
    let part = words::of_line(change.made, compiled);
    let text = match part.filter(|part| part.starts_with(end.split(' ').next().unwrap_or_default()))
    {
        Some(part) => words::replaced(node.as_str()?, part, end)?,
        None => value.to_owned(),
    };
    change.copy_with(path, &text)?;
    item_of(path).map(|(list, ..)| list)
}

/// The list in the template that rules of a direction are written in, if it has one that takes one-line rules.
fn list_of(case: Case<'_>, made: Made<'_>) -> Option<Path> {
    let key = rules::list_of(case.direction());
    if made.template.root.as_ref()?.get("PolicyName").is_some() {
        return Some(Path::root().key(&key.to_ascii_uppercase()));
    }
    let (path, node) = made.value(&format!("spec.{key}"))?;
    let is_line = |node: &Node| node.as_str().is_some_and(words::is_rule);
    (!node.items().is_empty() && node.items().iter().all(is_line)).then_some(path)
}

/// A rule at the end of the policy that is nearest to the endpoint.
fn appended(case: Case<'_>) -> Option<Candidate> {
    let at = rules::nearest(case)?;
    let policy = case.policy(at);
    let mut change = Change::of(case, at)?;
    let list = list_of(case, change.made)?;
    let line = words::rule(case, policy)?;
    change.insert(&list, usize::MAX, line)?;
    change.candidate(Rank::Rule, added(case, policy, " rule to ", &list))
}

fn added(case: Case<'_>, policy: &Policy, to: &str, path: &Path) -> Title {
    let action = match case.want {
        Verdict::Allow => "Add an Allow",
        Verdict::Deny => "Add a Deny",
    };
    let title = Title::default().plain(action).plain(to);
    title
        .code(path.to_string())
        .plain(" of template ")
        .code(policy.id.name.clone())
}

/// The item of the template's list that made a rule.
fn item(made: Made<'_>, rule: &Rule) -> Option<Path> {
    let (path, _) = made.value(&format!("{}.action", rule.path))?;
    let first = path
        .segments()
        .iter()
        .position(|it| matches!(it, Segment::Index(_)))?;
    Some(path.segments().get(..=first)?.iter().cloned().collect())
}

/// A rule ahead of the one that decided.
fn ahead(case: Case<'_>, at: (PolicyIndex, u32)) -> Option<Candidate> {
    let (policy, rule) = (case.policy(at.0), case.rule(at)?);
    let mut change = Change::of(case, at.0)?;
    let (list, index, _) = item_of(&item(change.made, rule)?)?;
    if list_of(case, change.made)? != list {
        return None;
    }
    let title = added(case, policy, " rule ahead of ", &list.index(index));
    change.insert(&list, index, words::rule(case, policy)?)?;
    change.candidate(Rank::Rule, title)
}

fn removed(case: Case<'_>, at: (PolicyIndex, u32)) -> Option<Candidate> {
    let mut change = Change::of(case, at.0)?;
    let rule = case.rule(at)?;
    let path = removable(case, change.made, rule)?;
    let title = Title::default().plain("Remove ").code(path.to_string());
    let title = title
        .plain(" of template ")
        .code(case.policy(at.0).id.name.clone());
    change.editing.remove(&path).ok()?;
    change.candidate(Rank::Without, title)
}

/// The item of a list that made the rule, or the end that it names.
fn removable(case: Case<'_>, made: Made<'_>, rule: &Rule) -> Option<Path> {
    let side = match case.direction() {
        tierwalk_tiers::Direction::Ingress => "source",
        tierwalk_tiers::Direction::Egress => "destination",
    };
    item(made, rule).or_else(|| {
        let (path, _) = made.value(&format!("{}.{side}.selector", rule.path))?;
        let (list, index, _) = item_of(&path)?;
        Some(list.index(index))
    })
}

/// The deciding rule with the other action.
fn turned(case: Case<'_>, at: (PolicyIndex, u32)) -> Option<Candidate> {
    let mut change = Change::of(case, at.0)?;
    let compiled = format!("{}.action", case.rule(at)?.path);
    let (path, node) = change.made.value(&compiled)?;
    let (now, action) = (node.as_str()?, super::written::word(case.action()));
    let text = match change.made.compiled(&compiled)?.as_str() == Some(now) {
        true => action.to_owned(),
        false => words::turned(now, case.action() == Action::Allow)?,
    };
    change.set(&path, text)?;
    let verb = match case.want {
        Verdict::Allow => " allow",
        Verdict::Deny => " deny",
    };
    let title = Title::default()
        .plain("Let ")
        .code(path.to_string())
        .plain(verb);
    change.candidate(Rank::Without, title)
}

/// A policy with another order.
pub(super) fn ordered(
    case: Case<'_>,
    policy: PolicyIndex,
    order: f64,
    title: Title,
) -> Option<Candidate> {
    let mut change = Change::of(case, policy)?;
    let (path, _) = change.made.value("spec.order")?;
    change.set(&path, number(order))?;
    change.candidate(Rank::Order, title)
}
