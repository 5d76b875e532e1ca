//! A suggestion in the words of the protocol.

use tierwalk_protocol::{Change, Edit, Flipped, Place, Suggestion};
use tierwalk_source::Span;
use tierwalk_tiers::{Mode, Verdict};

use super::candidate::{Candidate, FileEdit};
use super::trial::{Outcome, Verdicts};
use crate::Workspace;
use crate::listed::FlowAt;
use crate::walk;

/// What is told of an edit that does what is wanted. `name` is the flow, if no file lists it.
pub(super) fn suggestion(
    workspace: &Workspace,
    candidate: &Candidate,
    outcome: &Outcome,
    mode: Mode,
    name: Option<&str>,
) -> Option<Suggestion> {
    let mut edits = candidate.edits.clone();
    edits.sort_by(|a, b| (&a.file, a.span).cmp(&(&b.file, b.span)));
    let flipped = || workspace.flows.iter().zip(&outcome.flows);
    let mut flips: Vec<Flipped> = flipped()
        .filter_map(|(at, (before, after))| flip(at, *before, *after, mode))
        .collect();
    if let (Some(name), Some(to)) = (name, read(outcome.itself, mode)) {
        let (flow, to) = (name.to_owned(), walk::verdict(to));
        flips.insert(0, Flipped { flow, to });
    }
    let ids = |is_it: fn(bool, bool) -> bool| {
        let all = flipped().filter(move |(at, (before, after))| {
            met(at, *before)
                .zip(met(at, *after))
                .is_some_and(|(a, b)| is_it(a, b))
        });
        all.map(|(at, _)| at.id.clone()).collect()
    };
    Some(Suggestion {
        title: candidate.title.0.clone(),
        place: about(workspace, candidate.edits.first()?)?,
        changes: changes(workspace, &edits)?,
        edits: edits
            .iter()
            .map(|edit| edited(workspace, edit))
            .collect::<Option<_>>()?,
        pending: mode == Mode::Pending,
        flips,
        breaks: ids(|before, after| before && !after),
        meets: ids(|before, after| !before && after),
    })
}

/// The verdict that counts.
pub(super) fn read(verdicts: Verdicts, mode: Mode) -> Option<Verdict> {
    verdicts.map(|(enforced, pending)| match mode {
        Mode::Enforced => enforced,
        Mode::Pending => pending,
    })
}

fn flip(at: &FlowAt, before: Verdicts, after: Verdicts, mode: Mode) -> Option<Flipped> {
    let to = read(after, mode)?;
    let flips = read(before, mode)? != to;
    flips.then(|| Flipped {
        flow: at.id.clone(),
        to: walk::verdict(to),
    })
}

/// Whether a flow does what is expected of it.
fn met(at: &FlowAt, verdicts: Verdicts) -> Option<bool> {
    let expected = at.entry().flow.as_ref().ok()?.expected?;
    verdicts.map(|(enforced, _)| walk::verdict(enforced) == expected)
}

fn place(workspace: &Workspace, edit: &FileEdit) -> Option<Place> {
    Some(workspace.placer(&edit.file)?.place(0, edit.span))
}

/// The place of an edit, with the first line that it changes: what is added at the end of a line is on the next.
fn about(workspace: &Workspace, edit: &FileEdit) -> Option<Place> {
    let changes = changes(workspace, std::slice::from_ref(edit))?;
    Some(Place {
        line: changes.first()?.line,
        ..place(workspace, edit)?
    })
}

fn edited(workspace: &Workspace, edit: &FileEdit) -> Option<Edit> {
    Some(Edit {
        place: place(workspace, edit)?,
        text: edit.text.clone(),
    })
}

/// The lines that change. Edits are in order; those on the same lines are one change.
fn changes(workspace: &Workspace, edits: &[FileEdit]) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    let mut rest = edits;
    while let Some(first) = rest.first() {
        let text = workspace.text(&first.file)?;
        let mut lines = whole_lines(text, first.span);
        let mut count = 1;
        while let Some(next) = rest.get(count).filter(|it| it.file == first.file) {
            let more = whole_lines(text, next.span);
            if more.start >= lines.end {
                break;
            }
            lines = lines.to(more);
            count += 1;
        }
        let (now, later) = rest.split_at(count);
        changes.push(change(text, lines, now)?);
        rest = later;
    }
    Some(changes)
}

/// A span, extended to whole lines, the last line break left out.
fn whole_lines(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start).unwrap_or_default();
    let behind = text.get(end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Span::new(start, end + behind.find('\n').unwrap_or(behind.len()))
}

/// One change, without the lines that stay as they are at its beginning and end.
fn change(text: &str, lines: Span, edits: &[FileEdit]) -> Option<Change> {
    let mut after = String::new();
    let mut at = lines.start as usize;
    for edit in edits {
        after.push_str(text.get(at..edit.span.start as usize)?);
        after.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    after.push_str(text.get(at..lines.end as usize)?);
    let mut before: Vec<&str> = lines.of(text).split('\n').collect();
    let mut after: Vec<&str> = after.split('\n').collect();
    let mut line = text.get(..lines.start as usize)?.matches('\n').count() as u32 + 1;
    while !before.is_empty() && before.last() == after.last() {
        before.pop();
        after.pop();
    }
    while !before.is_empty() && before.first() == after.first() {
        before.remove(0);
        after.remove(0);
        line += 1;
    }
    Some(Change {
        file: edits.first()?.file.clone(),
        line,
        before: before.into_iter().map(str::to_owned).collect(),
        after: after.into_iter().map(str::to_owned).collect(),
    })
}
