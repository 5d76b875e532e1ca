//! What may stand at a place of a flow line.

mod ends;
mod services;

use tierwalk_protocol::compose::{Choice, Completion};

use super::line;
use crate::Workspace;
use crate::walk::Detail;

#[cfg(test)]
mod tests;

/// More choices are not told.
const MOST: usize = 50;

/// The part of the line that the cursor is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot<'a> {
    Source,
    Arrow,
    /// With the source.
    Destination(&'a str),
    /// With the destination, and the source.
    Service(&'a str, &'a str),
    /// With the words before, which are not said twice.
    Option(&'a str),
}

/// How well a choice fits what is typed: the less the better.
type Rank = (u8, bool);

/// Choices while they are collected.
struct Choices<'a> {
    typed: String,
    /// A namespace whose pods come first.
    near: Option<&'a str>,
    ranked: Vec<(Rank, Choice)>,
}

/// Completes a line at a cursor that counts UTF-16 code units.
pub(crate) fn complete(workspace: &Workspace, line: String, at: u32) -> Completion {
    let cursor = byte(&line, at);
    let (start, end) = word_at(&line, cursor);
    let (head, typed) = (
        line.get(..start).unwrap_or_default(),
        line.get(start..cursor).unwrap_or_default(),
    );
    let choices = choices(workspace, slot(head), typed);
    let units = |end: usize| {
        line.get(..end)
            .map_or(0, |text| text.encode_utf16().count() as u32)
    };
    Completion {
        from: units(start),
        to: units(end),
        choices,
        verdict: verdict(workspace, &line),
        line,
    }
}

/// What happens to the flow that the line says, if it says one.
fn verdict(workspace: &Workspace, line: &str) -> Option<tierwalk_protocol::Verdict> {
    let spec = line::parse(line).ok()?;
    workspace
        .trace(&spec.flow, Detail::Hits)
        .ok()
        .map(|walk| walk.verdict)
}

fn byte(line: &str, units: u32) -> usize {
    let mut passed = 0;
    for (at, c) in line.char_indices() {
        if passed >= units as usize {
            return at;
        }
        passed += c.len_utf16();
    }
    line.len()
}

/// The word around the cursor. An arrow parts words as a blank does.
fn word_at(line: &str, cursor: usize) -> (usize, usize) {
    let (before, after) = line.split_at_checked(cursor).unwrap_or((line, ""));
    let blank = before.rfind(char::is_whitespace).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let arrow = ["->", "→"]
        .into_iter()
        .filter_map(|arrow| Some(before.rfind(arrow)? + arrow.len()))
        .max();
    let rest = after
        .find(|c: char| c.is_whitespace())
        .unwrap_or(after.len());
    let rest = after.find("->").map_or(rest, |arrow| rest.min(arrow));
    (blank.max(arrow.unwrap_or(0)), cursor + rest)
}

fn slot(head: &str) -> Slot<'_> {
    let Some((from, to)) = head.split_once("->").or_else(|| head.split_once('→')) else {
        return if head.trim().is_empty() {
            Slot::Source
        } else {
            Slot::Arrow
        };
    };
    let mut words = to.split_whitespace();
    match (words.next(), words.next()) {
        (None, _) => Slot::Destination(from.trim()),
        (Some(to), None) => Slot::Service(to, from.trim()),
        _ => Slot::Option(to),
    }
}

fn choices(workspace: &Workspace, slot: Slot<'_>, typed: &str) -> Vec<Choice> {
    let near = match slot {
        Slot::Destination(source) => source.split_once('/').map(|(namespace, _)| namespace),
        _ => None,
    };
    let mut choices = Choices {
        typed: typed.to_lowercase(),
        near,
        ranked: Vec::new(),
    };
    match slot {
        Slot::Source | Slot::Destination(_) => ends::all(workspace, &mut choices),
        Slot::Arrow => choices.add("->", "-> ", "to the destination"),
        Slot::Service(to, from) => services::all(workspace, &mut choices, (from, to)),
        Slot::Option(before) => options(before, &mut choices),
    }
    choices.best()
}

fn options(before: &str, choices: &mut Choices<'_>) {
    let said = |word: &str| {
        before
            .split_whitespace()
            .any(|it| it.eq_ignore_ascii_case(word))
    };
    if said("allow") || said("deny") {
        return;
    }
    choices.add("allow", "allow", "is expected");
    choices.add("deny", "deny", "is expected");
    if !said("ipv6") {
        choices.add("ipv6", "ipv6 ", "by the IPv6 addresses of two pods");
    }
}

impl Choices<'_> {
    fn add(&mut self, label: &str, insert: &str, detail: &str) {
        self.add_named(label, insert, detail, "");
    }

    /// A choice that another name finds, too.
    fn add_named(&mut self, label: &str, insert: &str, detail: &str, name: &str) {
        let Some(fit) = self.fit(label).into_iter().chain(self.fit_name(name)).min() else {
            return;
        };
        let far = self.near.is_some_and(|near| {
            label
                .split_once('/')
                .is_none_or(|(namespace, _)| namespace != near)
        });
        if self.ranked.iter().any(|(_, known)| known.label == label) {
            return;
        }
        self.ranked.push((
            (fit, far),
            Choice {
                label: label.to_owned(),
                insert: insert.to_owned(),
                detail: detail.to_owned(),
            },
        ));
    }

    fn fit_name(&self, name: &str) -> Option<u8> {
        (!name.is_empty()).then(|| self.fit(name)).flatten()
    }

    /// The start of the whole, the start of the last part, or anywhere.
    fn fit(&self, label: &str) -> Option<u8> {
        let label = label.to_lowercase();
        let last = label.rsplit('/').next().unwrap_or_default();
        if label.starts_with(&self.typed) {
            Some(0)
        } else if last.starts_with(&self.typed) {
            Some(1)
        } else {
            label.contains(&self.typed).then_some(2)
        }
    }

    /// The best ones; of equally good ones those that were added first.
    fn best(mut self) -> Vec<Choice> {
        self.ranked.sort_by_key(|(rank, _)| *rank);
        self.ranked
            .into_iter()
            .take(MOST)
            .map(|(_, choice)| choice)
            .collect()
    }
}
