//! Small edits of YAML text, in the style of what is there. `None` where they cannot be made without
//! touching more than they are about.

use tierwalk_source::{Span, TextEdit};
use tierwalk_yaml::edit::Text;
use tierwalk_yaml::{Entry, Node};

mod brackets;
#[cfg(test)]
mod tests;

/// Puts a text in place of a value.
pub(super) fn replace(node: &Node, text: impl Into<String>) -> TextEdit {
    TextEdit {
        span: node.span,
        text: text.into(),
    }
}

/// Adds an item at the end of a list: the lines of one item, without dash.
pub(super) fn append(text: Text<'_>, list: &Node, item: &[String]) -> Option<TextEdit> {
    let last = list.items().last()?;
    if text.is_flow(list) {
        let end = Span::empty(last.span.end as usize);
        return Some(edit(end, format!(", {}", brackets::inline(item)?)));
    }
    let column = dash_column(text, list)?;
    let end = text.line_end(text.end(last));
    Some(edit(
        Span::empty(end),
        format!("\n{}", lines_of(item, column)),
    ))
}

/// Puts an item before another one, and before the comments above that.
pub(super) fn insert(
    text: Text<'_>,
    list: &Node,
    index: usize,
    item: &[String],
) -> Option<TextEdit> {
    let before = list.items().get(index)?;
    if text.is_flow(list) {
        let start = Span::empty(before.span.start as usize);
        return Some(edit(start, format!("{}, ", brackets::inline(item)?)));
    }
    let column = dash_column(text, list)?;
    let start = Span::empty(with_comments(text, before)?);
    Some(edit(start, format!("{}\n", lines_of(item, column))))
}

/// Takes an item out of a list, with its comments. A list is left empty, not absent.
pub(super) fn remove(text: Text<'_>, list: &Node, index: usize) -> Option<TextEdit> {
    let item = list.items().get(index)?;
    if list.items().len() == 1 {
        return emptied(text, list);
    }
    if text.is_flow(list) {
        let items: Vec<Span> = list.items().iter().map(|item| item.span).collect();
        return brackets::remove(&items, index);
    }
    let start = with_comments(text, item)?;
    Some(edit(to_line_end(text, start, item), String::new()))
}

/// Puts an item, with its comments, before an earlier one.
pub(super) fn lift(text: Text<'_>, list: &Node, from: usize, to: usize) -> Option<[TextEdit; 2]> {
    let (item, before) = (list.items().get(from)?, list.items().get(to)?);
    let insert = match text.is_flow(list) {
        true => edit(
            Span::empty(before.span.start as usize),
            format!("{}, ", item.span.of(text.0)),
        ),
        false => {
            let lines = to_line_end(text, with_comments(text, item)?, item).of(text.0);
            let start = Span::empty(with_comments(text, before)?);
            edit(start, format!("{}\n", lines.trim_end()))
        }
    };
    Some([insert, remove(text, list, from)?])
}

/// Adds a key behind the last one of a mapping; the value may go on in further lines.
pub(super) fn add_key(text: Text<'_>, map: &Node, key: &str, value: &str) -> Option<TextEdit> {
    let last = map.entries().last()?;
    let behind = text.entry_end(last);
    if text.is_flow(map) {
        let value = match value.strip_prefix('\n') {
            Some(lines) => brackets::inline(&[lines.to_owned()])?,
            None => value.to_owned(),
        };
        return Some(edit(Span::empty(behind), format!(", {key}: {value}")));
    }
    let column = column(text, map.entries().first()?.key_span.start as usize);
    let indent = " ".repeat(column);
    let value = match value.starts_with('\n') {
        true => value.replace('\n', &format!("\n{indent}")),
        false => format!(" {value}"),
    };
    Some(edit(
        Span::empty(text.line_end(behind)),
        format!("\n{indent}{key}:{value}"),
    ))
}

/// Takes a key out of a mapping, with its lines; `None` if it is the only one or shares its line with another block.
pub(super) fn remove_key(text: Text<'_>, map: &Node, key: &str) -> Option<TextEdit> {
    let entry = map.entry(key).filter(|_| map.entries().len() > 1)?;
    if text.is_flow(map) {
        let at = map.entries().iter().position(|it| it == entry)?;
        let whole = |it: &Entry| Span::new(it.key_span.start as usize, text.entry_end(it));
        let entries: Vec<Span> = map.entries().iter().map(whole).collect();
        return brackets::remove(&entries, at);
    }
    let start = text.line_start(entry.key_span.start as usize);
    let before = text.0.get(start..entry.key_span.start as usize)?;
    if !before.trim().is_empty() {
        return None;
    }
    let end = text.entry_end(entry);
    Some(edit(through(text, start, end), String::new()))
}

/// A list under a key that has none, or an empty one: the lines of its only item.
pub(super) fn begin(text: Text<'_>, map: &Node, key: &str, item: &[String]) -> Option<TextEdit> {
    let Some(entry) = map.entry(key) else {
        return add_key(text, map, key, &format!("\n{}", lines_of(item, 0)));
    };
    if text.is_flow(map) {
        let list = format!("[{}]", brackets::inline(item)?);
        return Some(replace(&entry.value, list));
    }
    let column = column(text, entry.key_span.start as usize);
    let colon = text.after_colon(entry.key_span);
    let end = text.entry_end(entry);
    Some(edit(
        Span::new(colon, end),
        format!("\n{}", lines_of(item, column)),
    ))
}

fn edit(span: Span, text: String) -> TextEdit {
    TextEdit { span, text }
}

fn lines_of(item: &[String], column: usize) -> String {
    let indent = " ".repeat(column);
    let marks = std::iter::once("- ").chain(std::iter::repeat("  "));
    let lines = item.iter().zip(marks);
    let lines: Vec<_> = lines
        .map(|(line, mark)| format!("{indent}{mark}{line}"))
        .collect();
    lines.join("\n")
}

fn emptied(text: Text<'_>, list: &Node) -> Option<TextEdit> {
    if text.is_flow(list) {
        return Some(replace(list, "[]"));
    }
    let start = text.line_start(list.span.start as usize);
    let key_end = text.0.get(..start)?.rfind(':')? + 1;
    let between = text.0.get(key_end..start)?;
    let comments = between.lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#')
    });
    let end = text.line_end(text.end(list));
    comments.then(|| edit(Span::new(key_end, end), " []".to_owned()))
}

/// The column of the dashes of a list.
fn dash_column(text: Text<'_>, list: &Node) -> Option<usize> {
    let first = list.items().first()?.span.start as usize;
    let before = text.0.get(text.line_start(first)..first)?;
    let dash = before.rfind('-')?;
    before[..dash].trim().is_empty().then_some(dash)
}

/// Where the line of an item begins, or the comments that stand right above it.
fn with_comments(text: Text<'_>, item: &Node) -> Option<usize> {
    let mut start = text.line_start(item.span.start as usize);
    let before = text.0.get(start..item.span.start as usize)?;
    if before.trim() != "-" {
        return None;
    }
    while let Some(above) = start.checked_sub(1).map(|end| text.line_start(end)) {
        if !text.0.get(above..start)?.trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    Some(start)
}

fn to_line_end(text: Text<'_>, start: usize, item: &Node) -> Span {
    through(text, start, text.end(item))
}

/// From here through the end of another line, with its line break.
fn through(text: Text<'_>, start: usize, end: usize) -> Span {
    Span::new(start, text.next_line(end))
}

/// How many characters stand before a point on its line, if these are blanks and `-` only; else how many
/// blanks and dashes the line begins with.
fn column(text: Text<'_>, at: usize) -> usize {
    let before = text.0.get(text.line_start(at)..at).unwrap_or_default();
    before
        .find(|c| c != ' ' && c != '-')
        .unwrap_or(before.len())
}
