//! The shorter form that people write: the rules stand in one list, without `EGRESS` and `INGRESS`.

use tierwalk_source::{Diagnostic, Severity};
use tierwalk_yaml::{Document, Kind, Node};

use super::keys::Keys;
use super::rule::Direction;
use crate::scope::Scope;

/// Rules of the one list, by direction.
#[derive(Default)]
pub(super) struct ShortForm<'a> {
    ingress: Vec<&'a Node>,
    egress: Vec<&'a Node>,
}

impl<'a> ShortForm<'a> {
    pub(super) fn of(&self, direction: Direction) -> &[&'a Node] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }
}

/// Finds the one list: under `Rules`, in place of the words of `Direction`, or after the mapping (`tail`).
pub(super) fn find<'a>(scope: &mut Scope<'_>, keys: &Keys<'a>, tail: &'a [Node]) -> ShortForm<'a> {
    let mut nodes: Vec<&Node> = Vec::new();
    if let Some(entry) = keys.set("Rules") {
        nodes.extend(entry.value.items());
    }
    if let Some(entry) = keys
        .set("Direction")
        .filter(|entry| holds_rules(&entry.value))
    {
        nodes.extend(entry.value.items());
    }
    nodes.extend(tail);
    let mut form = ShortForm::default();
    if let Some(first) = nodes.first() {
        scope.report(short_form(first));
    }
    for node in nodes {
        match Direction::of(node) {
            Some(Direction::Ingress) => form.ingress.push(node),
            Some(Direction::Egress) => form.egress.push(node),
            None => scope.report(no_direction(node)),
        }
    }
    form
}

/// Whether the value of `Direction` is the list of rules itself.
pub(super) fn holds_rules(value: &Node) -> bool {
    value
        .items()
        .iter()
        .any(|item| matches!(item.kind, Kind::Map(_)))
}

fn short_form(first: &Node) -> Diagnostic {
    let span = first
        .entries()
        .first()
        .map_or(first.span, |entry| entry.key_span);
    Diagnostic::new(
        Severity::Info,
        "template/short-form",
        span,
        "rules in one list: each goes to its own direction, in the order written",
    )
    .help("the published generator wants them under `EGRESS` and `INGRESS`")
}

fn no_direction(node: &Node) -> Diagnostic {
    let span = node
        .entries()
        .first()
        .map_or(node.span, |entry| entry.key_span);
    Diagnostic::error(
        "template/rule-without-direction",
        span,
        "this rule does not say whether it is for ingress or egress",
    )
    .help("put it under `INGRESS` or `EGRESS`, or name the other end: `from label …`, `to label …`")
}

/// A document whose mapping is followed by a list, which is not YAML: the mapping by itself, and the
/// list's items. `None` if it is anything else.
pub(super) fn split(text: &str) -> Option<(Document, Vec<Node>)> {
    let at = list_start(text)?;
    let head = Document::parse(text.get(..at)?);
    let tail = Document::parse(text.get(at..)?);
    let broken = |document: &Document| document.diagnostics.iter().any(Diagnostic::is_error);
    if broken(&head) || broken(&tail) || head.root.as_ref()?.entries().is_empty() {
        return None;
    }
    let Kind::Seq(mut items) = tail.root?.kind else {
        return None;
    };
    items.iter_mut().for_each(|item| shift(item, at));
    Some((head, items))
}

/// Where the first list item begins that is a rule and follows no key of its own.
fn list_start(text: &str) -> Option<usize> {
    let mut offset = 0;
    let mut follows_key = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let is_rule = content.strip_prefix('-').is_some_and(|rest| {
            let rest = rest.trim_start();
            ["Egress", "Ingress"]
                .iter()
                .any(|word| rest.starts_with(word))
        });
        if is_rule && !follows_key {
            return Some(offset);
        }
        if !content.is_empty() && !content.starts_with('#') {
            follows_key = content.ends_with(':');
        }
        offset += line.len();
    }
    None
}

fn shift(node: &mut Node, by: usize) {
    node.span = node.span.shifted(by);
    match &mut node.kind {
        Kind::Seq(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Kind::Map(entries) => {
            for entry in entries {
                entry.key_span = entry.key_span.shifted(by);
                shift(&mut entry.value, by);
            }
        }
        _ => {}
    }
}
