//! Values as YAML text, in the style of a document.

use serde_yaml::{Mapping, Value};

use crate::{Kind, Node, scalar};

/// How a document is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Columns by which what is in a mapping is indented.
    pub step: usize,
    /// Columns by which the dashes of a list are indented.
    pub dash: usize,
    /// Lists of single values stand in brackets.
    pub brackets: bool,
    /// Everything is written as JSON.
    pub json: bool,
    /// What ends a line.
    pub line_break: &'static str,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            step: 2,
            dash: 0,
            brackets: true,
            json: false,
            line_break: "\n",
        }
    }
}

impl Style {
    /// The style of a document: that of the first mapping and list in it.
    pub(super) fn of(text: &str, root: &Node) -> Self {
        let mut style = Self {
            json: root.is_in_brackets(text) && root.span.of(text).contains('"'),
            ..Self::default()
        };
        if text.contains("\r\n") {
            style.line_break = "\r\n";
        }
        let mut seen = Seen::default();
        look(text, root, &mut seen);
        style.step = seen.step.unwrap_or(style.step);
        style.dash = seen.dash.unwrap_or(style.dash);
        style.brackets = seen.brackets.unwrap_or(style.brackets);
        style
    }
}

#[derive(Default)]
struct Seen {
    step: Option<usize>,
    dash: Option<usize>,
    brackets: Option<bool>,
}

fn look(text: &str, node: &Node, seen: &mut Seen) {
    for entry in node.entries() {
        let (key, value) = (entry.key_span, &entry.value);
        let is_flow = value.is_in_brackets(text);
        match &value.kind {
            Kind::Map(entries) if !is_flow => {
                let inner = entries.first().map(|inner| inner.key_span.start as usize);
                let step = inner.and_then(|inner| beyond(text, key.start as usize, inner));
                seen.step = seen.step.or(step.filter(|step| *step > 0));
            }
            Kind::Seq(items) => look_at_list(text, key.start as usize, is_flow, items, seen),
            _ => {}
        }
        look(text, value, seen);
    }
    for item in node.items() {
        look(text, item, seen);
    }
}

fn look_at_list(text: &str, key: usize, is_flow: bool, items: &[Node], seen: &mut Seen) {
    let Some(first) = items.first() else {
        return;
    };
    if !matches!(first.kind, Kind::Map(_) | Kind::Seq(_)) {
        seen.brackets = seen.brackets.or(Some(is_flow));
    }
    let before = text.get(..first.span.start as usize).unwrap_or_default();
    let dash = before.trim_end().strip_suffix('-').map(str::len);
    if let Some(dash) = dash.filter(|_| !is_flow) {
        seen.dash = seen.dash.or(beyond(text, key, dash));
    }
}

/// How many columns `inner` is further right than `outer`.
fn beyond(text: &str, outer: usize, inner: usize) -> Option<usize> {
    column(text, inner).checked_sub(column(text, outer))
}

fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before
        .get(before.rfind('\n').map_or(0, |at| at + 1)..)
        .map_or(0, |line| line.chars().count())
}

/// A value on one line, in brackets if it is a collection.
pub(super) fn flow(value: &Value, json: bool) -> String {
    match value {
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item, json)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(map) => {
            let entries = map.iter();
            let entries =
                entries.map(|(key, value)| format!("{}: {}", flow(key, json), flow(value, json)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::String(text) if json => double_quoted(text),
        Value::String(text) => plain_or_quoted(text, true),
        other => simple(other),
    }
}

/// Lines of a value that stand below its key or behind a dash, without their indentation. `None` if it is
/// written on the line of the key.
pub(super) fn block(value: &Value, style: Style) -> Option<Vec<String>> {
    match value {
        Value::Mapping(map) if !map.is_empty() => Some(map_lines(map, style)),
        Value::Sequence(items) if !items.is_empty() && !in_brackets(items, style) => Some(
            items
                .iter()
                .flat_map(|item| item_lines(item, style))
                .collect(),
        ),
        _ => None,
    }
}

fn in_brackets(items: &[Value], style: Style) -> bool {
    style.brackets
        && !items
            .iter()
            .any(|item| item.is_mapping() || item.is_sequence())
}

/// `- ` and what follows it.
pub(super) fn item_lines(item: &Value, style: Style) -> Vec<String> {
    let lines = block(item, style).unwrap_or_else(|| vec![inline(item, "")]);
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(at, line)| format!("{}{line}", if at == 0 { "- " } else { "  " }))
        .collect()
}

/// A key and its value.
pub(super) fn entry_lines(key: &str, value: &Value, style: Style) -> Vec<String> {
    let key = plain_or_quoted(key, true);
    let Some(lines) = block(value, style) else {
        return vec![format!("{key}: {}", inline(value, ""))];
    };
    let by = match value {
        Value::Sequence(_) => style.dash,
        _ => style.step,
    };
    let indent = " ".repeat(by);
    let lines = lines.iter().map(|line| format!("{indent}{line}"));
    std::iter::once(format!("{key}:")).chain(lines).collect()
}

fn map_lines(map: &Mapping, style: Style) -> Vec<String> {
    let entries = map.iter();
    entries
        .flat_map(|(key, value)| entry_lines(key.as_str().unwrap_or_default(), value, style))
        .collect()
}

/// A value on the line of its key, in the quotes of what is written there now.
pub(super) fn inline(value: &Value, written: &str) -> String {
    match value {
        Value::String(text) => match written.chars().next() {
            Some('"') => double_quoted(text),
            Some('\'') if !text.contains(char::is_control) => single_quoted(text),
            _ => plain_or_quoted(text, false),
        },
        Value::Sequence(_) | Value::Mapping(_) => flow(value, false),
        other => simple(other),
    }
}

fn simple(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        _ => "null".to_owned(),
    }
}

fn plain_or_quoted(text: &str, in_flow: bool) -> String {
    match is_plain(text, in_flow) {
        true => text.to_owned(),
        false if text.contains(|c: char| c.is_control()) => double_quoted(text),
        false if text.contains('\'') && !text.contains(['"', '\\']) => double_quoted(text),
        false => single_quoted(text),
    }
}

fn is_plain(text: &str, in_flow: bool) -> bool {
    let first = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '(');
    let bad = |c: char| c.is_control() || c == '\u{feff}' || (in_flow && ",[]{}".contains(c));
    text.starts_with(first)
        && !text.contains(bad)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.starts_with("...")
        && matches!(scalar::resolve(text), Ok(Kind::Str(_)))
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || c == '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
