//! Changes of lists.

use serde_yaml::Value;
use tierwalk_source::TextEdit;

use super::{Slot, layout::Layout, map, mend as mend_value, render};
use crate::{Node, Segment};

/// Mends the first difference of a list: items that differ if there are as many, else one that is too many
/// or missing.
pub(super) fn mend(layout: Layout<'_>, slot: Slot<'_>, wanted: &[Value]) -> Option<Vec<TextEdit>> {
    let items = slot.node.items();
    let same = items
        .iter()
        .zip(wanted)
        .take_while(|(item, wanted)| item.to_value() == **wanted)
        .count();
    if items.len() == wanted.len() {
        let child = slot.child(layout, &Segment::Index(same))?;
        return mend_value(layout, child, wanted.get(same)?);
    }
    match items.len() < wanted.len() {
        true => insert(layout, slot, same, wanted.get(same)?),
        false => remove(layout, slot, same),
    }
}

/// The lines of an item.
struct Lines {
    /// Start of its first line, or of the comment above it.
    start: usize,
    /// Start of the line of its dash.
    line: usize,
    /// Column of its dash.
    column: usize,
    /// Start of the line after its last.
    end: usize,
}

/// The lines of an item that stands on lines of its own.
fn lines(layout: Layout<'_>, slot: Slot<'_>, index: usize) -> Option<Lines> {
    let items = slot.node.items();
    let item = items.get(index)?;
    let before = layout.text.0.get(..item.span.start as usize)?;
    let dash = before.trim_end().strip_suffix('-')?.len();
    let line = layout.text.line_start(dash);
    let above = match index.checked_sub(1) {
        Some(previous) => layout.text.next_line(layout.text.end(items.get(previous)?)),
        None => slot.entry.map_or(0, |entry| {
            layout
                .text
                .next_line(layout.text.after_colon(entry.key_span))
        }),
    };
    let last = layout.text.end(item).max(dash + 1);
    layout.text.is_first(dash).then(|| Lines {
        start: comment(layout, line, above, layout.text.column(dash)),
        line,
        column: layout.text.column(dash),
        end: layout.text.next_line(last),
    })
}

/// The start of the comment that stands right above a line, in this column.
fn comment(layout: Layout<'_>, line: usize, above: usize, column: usize) -> usize {
    let mut start = line;
    while start > above {
        let previous = layout.text.line_start(start - 1);
        let text = layout.text.slice(previous, start);
        if previous < above
            || layout.text.indent(previous) != column
            || !text.trim().starts_with('#')
        {
            break;
        }
        start = previous;
    }
    start
}

/// Takes an item out.
pub(super) fn remove(layout: Layout<'_>, slot: Slot<'_>, index: usize) -> Option<Vec<TextEdit>> {
    let items = slot.node.items();
    let item = items.get(index)?;
    if items.len() == 1 {
        return Some(map::replace(layout, slot, &Value::Sequence(Vec::new())));
    }
    if slot.in_flow || layout.text.is_flow(slot.node) {
        let before = index.checked_sub(1).and_then(|before| items.get(before));
        let (start, end) = match (before, items.get(index + 1)) {
            (Some(before), _) => (layout.text.end(before), layout.text.end(item)),
            (None, Some(next)) => (item.span.start as usize, next.span.start as usize),
            (None, None) => return None,
        };
        return Some(vec![layout.edit(start, end, "")]);
    }
    let lines = lines(layout, slot, index)?;
    Some(vec![layout.edit(lines.start, lines.end, "")])
}

/// Puts a value ahead of an item, or at the end of a list that has items.
pub(super) fn insert(
    layout: Layout<'_>,
    slot: Slot<'_>,
    index: usize,
    value: &Value,
) -> Option<Vec<TextEdit>> {
    let items = slot.node.items();
    if slot.in_flow || layout.text.is_flow(slot.node) {
        return insert_in_brackets(layout, items, index, value);
    }
    let text = |lines: &Lines| {
        let item = render::item_lines(value, layout.style);
        map::joined(layout, &item, lines.column)
    };
    let line_break = layout.style.line_break;
    if index < items.len() {
        let next = lines(layout, slot, index)?;
        let indent = " ".repeat(next.column);
        let text = format!("{indent}{}{line_break}", text(&next));
        return Some(vec![layout.edit(next.start, next.start, text)]);
    }
    let last = lines(layout, slot, items.len().checked_sub(1)?)?;
    let at = layout.text.line_end(layout.text.end(items.last()?));
    let indent = " ".repeat(last.column);
    Some(vec![layout.edit(
        at,
        at,
        format!("{line_break}{indent}{}", text(&last)),
    )])
}

fn insert_in_brackets(
    layout: Layout<'_>,
    items: &[Node],
    index: usize,
    value: &Value,
) -> Option<Vec<TextEdit>> {
    let text = render::flow(value, layout.style.json);
    let first = items.first()?.span.start as usize;
    let separator = match layout.text.is_first(first) {
        true => format!(
            "{}{}",
            layout.style.line_break,
            " ".repeat(layout.text.column(first))
        ),
        false => " ".to_owned(),
    };
    Some(match items.get(index) {
        Some(next) => {
            let at = next.span.start as usize;
            vec![layout.edit(at, at, format!("{text},{separator}"))]
        }
        None => {
            let at = layout.text.end(items.last()?);
            vec![layout.edit(at, at, format!(",{separator}{text}"))]
        }
    })
}

/// Moves an item.
pub(super) fn move_item(
    layout: Layout<'_>,
    slot: Slot<'_>,
    from: usize,
    to: usize,
) -> Option<Vec<TextEdit>> {
    if from == to {
        return Some(Vec::new());
    }
    if slot.in_flow || layout.text.is_flow(slot.node) {
        return permute(layout, slot.node.items(), from, to);
    }
    let (moved, target) = (lines(layout, slot, from)?, lines(layout, slot, to)?);
    let text = layout.text.slice(moved.start, moved.end);
    let taken = layout.edit(moved.start, moved.end, "");
    if to < from {
        return Some(vec![
            layout.edit(target.start, target.start, ended(layout, text)),
            taken,
        ]);
    }
    let is_ended = layout.text.slice(target.line, target.end).ends_with('\n');
    let put = match is_ended {
        true => ended(layout, text),
        false => format!(
            "{}{}",
            layout.style.line_break,
            text.trim_end_matches(['\r', '\n'])
        ),
    };
    Some(vec![taken, layout.edit(target.end, target.end, put)])
}

/// A text that ends in a line break.
fn ended(layout: Layout<'_>, text: &str) -> String {
    match text.ends_with('\n') {
        true => text.to_owned(),
        false => format!("{text}{}", layout.style.line_break),
    }
}

/// Items in brackets change places as they are written.
fn permute(layout: Layout<'_>, items: &[Node], from: usize, to: usize) -> Option<Vec<TextEdit>> {
    let span = |item: &Node| (item.span.start as usize, layout.text.end(item));
    let mut order: Vec<&Node> = items.iter().collect();
    if from >= order.len() || to >= order.len() {
        return None;
    }
    let moved = order.remove(from);
    order.insert(to, moved);
    let edits = items.iter().zip(order).map(|(at, now)| {
        let ((start, end), (from, to)) = (span(at), span(now));
        layout.edit(start, end, layout.text.slice(from, to))
    });
    Some(edits.collect())
}
