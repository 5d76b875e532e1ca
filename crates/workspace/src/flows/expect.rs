//! Expected verdicts, written where the flows are: the least change of the text that says it.

use std::collections::HashSet;

use tierwalk_protocol::{Edit, Verdict, compose::Expected};
use tierwalk_source::{Span, TextEdit};
use tierwalk_yaml::{Kind, Node, Path};

use super::Entry;
use crate::Workspace;
use crate::lint;
use crate::listed::FlowAt;

#[cfg(test)]
mod tests;

/// The changes by which these flows are expected to do this, in the order of the files. Flows that cannot be read or
/// evaluated, and lines that are not written as one plain text, stay as they are.
pub(crate) fn edits(workspace: &Workspace, flows: &[String], expected: Expected) -> Vec<Edit> {
    let wanted: HashSet<&str> = flows.iter().map(String::as_str).collect();
    let is_wanted = |at: &&FlowAt| wanted.is_empty() || wanted.contains(at.id.as_str());
    let mut verdicts = workspace.compiled.engine.verdicts();
    let edits = workspace.flows.iter().filter(is_wanted).filter_map(|at| {
        let expected = match expected {
            Expected::Now => Some(workspace.evaluate(at, &mut verdicts, None)?.row.verdict?),
            Expected::Verdict(verdict) => Some(verdict),
            Expected::Nothing => None,
        };
        edit(workspace, at, expected)
    });
    edits.collect()
}

fn edit(workspace: &Workspace, at: &FlowAt, expected: Option<Verdict>) -> Option<Edit> {
    let entry = at.entry();
    if entry.flow.as_ref().ok()?.expected == expected {
        return None;
    }
    let placer = workspace.placer(&at.position.file)?;
    let path = Path::parse(&format!("flows[{}]", at.index));
    let edit = match at.read.document.node_at(&path) {
        Some(item) if matches!(item.kind, Kind::Map(_)) => in_mapping(at, item, &path, expected)?,
        _ => in_line(placer.text.get(at.position.offset..)?, entry, expected)?,
    };
    Some(Edit {
        place: placer.place(at.position.offset, edit.span),
        text: edit.text,
    })
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "allow",
        Verdict::Deny => "deny",
    }
}

/// Puts a last word in, out, or in place of the one that is there.
fn in_line(text: &str, entry: &Entry, expected: Option<Verdict>) -> Option<TextEdit> {
    let source = entry.span.of(text);
    let quote = usize::from(source.starts_with(['"', '\'']));
    let written = source.get(quote..source.len().checked_sub(quote)?)?;
    if written.trim() != entry.text {
        return None;
    }
    let start = entry.span.start as usize + quote + (written.len() - written.trim_start().len());
    let flow = entry.flow_text().len();
    let span = Span::new(start + flow, start + entry.text.len());
    let text = expected.map(|verdict| format!(" {}", word(verdict)));
    Some(TextEdit {
        span,
        text: text.unwrap_or_default(),
    })
}

fn in_mapping(
    at: &FlowAt,
    item: &Node,
    path: &Path,
    expected: Option<Verdict>,
) -> Option<TextEdit> {
    let document = &at.read.document;
    match (item.get("expect"), expected) {
        (Some(value), Some(verdict)) => Some(TextEdit {
            span: value.span,
            text: word(verdict).to_owned(),
        }),
        (None, Some(verdict)) => lint::addition(document, path, "expect", word(verdict)),
        (Some(_), None) => without_field(&document.text, item),
        (None, None) => None,
    }
}

/// Takes `expect` out, with the comma or line break that parts it from its neighbour.
fn without_field(text: &str, item: &Node) -> Option<TextEdit> {
    let entries = item.entries();
    let at = entries.iter().position(|entry| &*entry.key == "expect")?;
    let field = entries.get(at)?;
    let span = match (
        at.checked_sub(1).and_then(|before| entries.get(before)),
        entries.get(at + 1),
    ) {
        (Some(before), _) => {
            let end = before.value.span.end as usize;
            let line = text.get(end..field.key_span.start as usize)?;
            // a comment after the field before stays with it
            let kept = line.find('\n').unwrap_or(0);
            Span::new(end + kept, field.value.span.end as usize)
        }
        (None, Some(after)) => {
            Span::new(field.key_span.start as usize, after.key_span.start as usize)
        }
        (None, None) => return None,
    };
    Some(TextEdit {
        span,
        text: String::new(),
    })
}
