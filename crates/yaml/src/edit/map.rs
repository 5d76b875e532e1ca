//! Changes of mappings and of single values.

use serde_yaml::{Mapping, Value};
use tierwalk_source::TextEdit;

use super::{Slot, layout::Layout, mend as mend_value, render};
use crate::{Entry, Node, Segment};

/// Mends the first difference of a mapping.
pub(super) fn mend(layout: Layout<'_>, slot: Slot<'_>, wanted: &Mapping) -> Option<Vec<TextEdit>> {
    for entry in slot.node.entries() {
        let child = slot.child(layout, &Segment::Key(entry.key.clone()))?;
        let edits = match wanted.get(&*entry.key) {
            Some(value) => mend_value(layout, child, value),
            None => continue,
        };
        if edits.is_some() {
            return edits;
        }
    }
    let new = wanted.iter().find_map(|(key, value)| {
        Some((key.as_str()?, value)).filter(|(key, _)| slot.node.get(key).is_none())
    });
    if let Some((key, value)) = new {
        return Some(insert(layout, slot, key, value));
    }
    let gone = slot.node.entries().iter();
    let mut gone = gone.filter(|entry| !wanted.contains_key(&*entry.key));
    remove(layout, slot, &gone.next()?.key)
}

/// Writes a value in place of another.
pub(super) fn replace(layout: Layout<'_>, slot: Slot<'_>, value: &Value) -> Vec<TextEdit> {
    let node = slot.node;
    let (start, end) = match slot.entry {
        Some(entry) if layout.text.is_blank(entry) => {
            let at = layout.text.after_colon(entry.key_span);
            (at, at)
        }
        _ => (node.span.start as usize, layout.text.end(node)),
    };
    if slot.in_flow || layout.style.json {
        let space = if start == end { " " } else { "" };
        let text = render::flow(value, layout.style.json);
        return vec![layout.edit(start, end, format!("{space}{text}"))];
    }
    match render::block(value, layout.style) {
        Some(lines) => below(layout, slot, value, &lines, (start, end)),
        None => on_line(layout, slot, value, (start, end)),
    }
}

/// A value on the line of its key or dash.
fn on_line(
    layout: Layout<'_>,
    slot: Slot<'_>,
    value: &Value,
    (start, end): (usize, usize),
) -> Vec<TextEdit> {
    let text = render::inline(value, layout.text.slice(start, end));
    match slot.entry {
        Some(entry) => {
            let after = layout.text.after_colon(entry.key_span);
            let was_below = layout.text.line_end(after) < start;
            let from = if was_below || start == end {
                after
            } else {
                start
            };
            let space = if from == after { " " } else { "" };
            vec![layout.edit(from, end, format!("{space}{text}"))]
        }
        None => vec![layout.edit(start, end, text)],
    }
}

/// A collection on lines of its own.
fn below(
    layout: Layout<'_>,
    slot: Slot<'_>,
    value: &Value,
    lines: &[String],
    (start, end): (usize, usize),
) -> Vec<TextEdit> {
    let by = match value {
        Value::Sequence(_) => layout.style.dash,
        _ => layout.style.step,
    };
    let Some(entry) = slot.entry else {
        let column = layout.text.column(start);
        return vec![layout.edit(start, end, joined(layout, lines, column))];
    };
    let indent = layout.column_of(slot.entry, slot.node) + by;
    let text = format!(
        "{}{}{}",
        layout.style.line_break,
        " ".repeat(indent),
        joined(layout, lines, indent)
    );
    let after = layout.text.after_colon(entry.key_span);
    let is_one_line = layout.text.line_end(after) >= end;
    match is_one_line {
        true => {
            let line_end = layout.text.line_end(end);
            let mut edits = vec![layout.edit(after, end, "")];
            edits.push(layout.edit(line_end, line_end, text));
            edits
        }
        false => vec![layout.edit(after, end, text)],
    }
}

/// Lines after the first one are indented.
pub(super) fn joined(layout: Layout<'_>, lines: &[String], column: usize) -> String {
    let separator = format!("{}{}", layout.style.line_break, " ".repeat(column));
    lines.join(&separator)
}

/// Writes a new key into a mapping that has some.
fn insert(layout: Layout<'_>, slot: Slot<'_>, key: &str, value: &Value) -> Vec<TextEdit> {
    let map = slot.node;
    let before = predecessor(layout, map, key);
    if slot.in_flow || layout.text.is_flow(map) {
        return insert_in_brackets(layout, map, before, key, value);
    }
    let first = map.entries().first();
    let column = first.map_or(0, |entry| layout.text.column(entry.key_span.start as usize));
    let lines = render::entry_lines(key, value, layout.style);
    let text = joined(layout, &lines, column);
    let indent = " ".repeat(column);
    let new_line = |at: usize| {
        let at = layout.text.line_end(at);
        vec![layout.edit(at, at, format!("{}{indent}{text}", layout.style.line_break))]
    };
    match (before, slot.entry, first) {
        (Some(before), ..) => new_line(layout.text.entry_end(before)),
        (None, Some(parent), Some(first))
            if layout.text.is_first(first.key_span.start as usize) =>
        {
            new_line(layout.text.after_colon(parent.key_span))
        }
        (None, _, Some(first)) => {
            let at = first.key_span.start as usize;
            vec![layout.edit(at, at, format!("{text}{}{indent}", layout.style.line_break))]
        }
        (None, _, None) => Vec::new(),
    }
}

fn insert_in_brackets(
    layout: Layout<'_>,
    map: &Node,
    before: Option<&Entry>,
    key: &str,
    value: &Value,
) -> Vec<TextEdit> {
    let key = render::flow(&Value::String(key.to_owned()), layout.style.json);
    let text = format!("{key}: {}", render::flow(value, layout.style.json));
    let first = map
        .entries()
        .first()
        .map(|entry| entry.key_span.start as usize);
    let separator = first
        .filter(|first| layout.text.is_first(*first))
        .map_or_else(
            || " ".to_owned(),
            |first| {
                format!(
                    "{}{}",
                    layout.style.line_break,
                    " ".repeat(layout.text.column(first))
                )
            },
        );
    match (before, first) {
        (Some(before), _) => {
            let at = layout.text.entry_end(before);
            vec![layout.edit(at, at, format!(",{separator}{text}"))]
        }
        (None, Some(first)) => vec![layout.edit(first, first, format!("{text},{separator}"))],
        (None, None) => Vec::new(),
    }
}

/// The entry that a new key is put behind: the last one that usually comes before it.
fn predecessor<'a>(layout: Layout<'_>, map: &'a Node, key: &str) -> Option<&'a Entry> {
    let rank = |key: &str| layout.order.iter().position(|it| *it == key);
    let Some(own) = rank(key) else {
        return map.entries().last();
    };
    let is_before = |entry: &&Entry| rank(&entry.key).is_some_and(|rank| rank < own);
    map.entries().iter().rfind(is_before)
}

/// Takes a key out, with its lines.
pub(super) fn remove(layout: Layout<'_>, slot: Slot<'_>, key: &str) -> Option<Vec<TextEdit>> {
    let entries = slot.node.entries();
    let index = entries.iter().position(|entry| &*entry.key == key)?;
    let (entry, next) = (entries.get(index)?, entries.get(index + 1));
    if entries.len() == 1 {
        return Some(replace(layout, slot, &Value::Mapping(Mapping::new())));
    }
    let (start, end) = (entry.key_span.start as usize, layout.text.entry_end(entry));
    if slot.in_flow || layout.text.is_flow(slot.node) {
        let before = index.checked_sub(1).and_then(|before| entries.get(before));
        return Some(match (before, next) {
            (Some(before), _) => vec![layout.edit(layout.text.entry_end(before), end, "")],
            (None, Some(next)) => vec![layout.edit(start, next.key_span.start as usize, "")],
            (None, None) => Vec::new(),
        });
    }
    if layout.text.is_first(start) {
        return Some(vec![layout.edit(
            layout.text.line_start(start),
            layout.text.next_line(end),
            "",
        )]);
    }
    let next = next?.key_span.start as usize;
    // a comment on its line goes with it; one on a line of its own belongs to what follows
    let line_end = layout.text.line_end(end);
    let is_bare = layout.text.slice(line_end, next).trim().is_empty();
    is_bare.then(|| vec![layout.edit(start, next, "")])
}
