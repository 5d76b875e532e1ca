//! Values written into YAML, in the style of what is there.

#[cfg(test)]
mod tests;

use serde_json::Value;
use tierwalk_protocol::yaml_text;
use tierwalk_source::Span;
use tierwalk_yaml::{Document, Entry, Kind, Node, Path, Segment};

/// A replacement in the text of a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Write {
    pub span: Span,
    pub text: String,
}

/// What writes a value at a path: in place of what is there, else behind the last entry of what is there of
/// the path. `None` where the path leads into a list or through text.
pub(crate) fn write(document: &Document, path: &Path, value: &Value) -> Option<Write> {
    let (place, before) = target(document, path)?;
    Some(Write {
        span: place,
        text: format!("{before}{}", flow(value)),
    })
}

/// Where a value at a path is to be written, and what has to stand before it.
pub(crate) fn target(document: &Document, path: &Path) -> Option<(Span, String)> {
    let mut node = document.root.as_ref()?;
    let segments = path.segments();
    for (index, segment) in segments.iter().enumerate() {
        let next = match segment {
            Segment::Key(key) => node.entry(key).map(|entry| (&entry.value, Some(entry))),
            Segment::Index(at) => node.items().get(*at).map(|item| (item, None)),
        };
        match next {
            Some((value, Some(entry))) if value.is_null() => {
                return under_key(document, entry, segments.get(index + 1..)?);
            }
            Some((value, _)) => node = value,
            None => return insertion(document, node, segments.get(index..)?),
        }
    }
    Some((node.span, String::new()))
}

/// Behind the colon of a key that has no value yet.
fn under_key(document: &Document, entry: &Entry, rest: &[Segment]) -> Option<(Span, String)> {
    let after = after_colon(&document.text, entry.key_span);
    if rest.is_empty() {
        return Some((after, " ".to_owned()));
    }
    let column = column(&document.text, entry.key_span.start as usize);
    let keys = keys(rest)?;
    Some((after, format!("\n{}", nested(&keys, column + 2))))
}

fn insertion(document: &Document, node: &Node, rest: &[Segment]) -> Option<(Span, String)> {
    let entries = node.entries();
    let (first, last) = (entries.first()?, entries.last()?);
    let keys = keys(rest)?;
    if is_flow(&document.text, node) {
        let (key, deeper) = keys.split_first()?;
        if !deeper.is_empty() {
            return None;
        }
        return Some((
            Span::empty(last.value.span.end as usize),
            format!(", {key}: "),
        ));
    }
    let column = column(&document.text, first.key_span.start as usize);
    let at = end_of_entry(&document.text, last);
    Some((at, format!("\n{}", nested(&keys, column))))
}

fn keys(rest: &[Segment]) -> Option<Vec<String>> {
    let key = |segment: &Segment| match segment {
        Segment::Key(key) => Some(yaml_text::scalar(key)),
        Segment::Index(_) => None,
    };
    rest.iter().map(key).collect()
}

/// Keys below each other, ready for the value of the last.
fn nested(keys: &[String], column: usize) -> String {
    let line = |(depth, key): (usize, &String)| format!("{}{key}:", " ".repeat(column + 2 * depth));
    let lines: Vec<String> = keys.iter().enumerate().map(line).collect();
    format!("{} ", lines.join("\n"))
}

/// What adds an item to the list under a key of the document, each field on a line of its own.
pub(crate) fn add_item(document: &Document, key: &str, fields: &[(&str, String)]) -> Option<Write> {
    let root = document.root.as_ref()?;
    let entry = root.entry(key);
    let items = entry.map_or(&[][..], |entry| entry.value.items());
    if let (Some(entry), Some(last)) = (entry, items.last()) {
        if is_flow(&document.text, &entry.value) {
            return Some(Write {
                span: Span::empty(last.span.end as usize),
                text: format!(", {{{}}}", joined(fields)),
            });
        }
        let first = items.first()?;
        let dash = column(&document.text, first.span.start as usize);
        let dash = dash_before(&document.text, first.span.start as usize).unwrap_or(dash);
        return Some(Write {
            span: line_end(&document.text, end(&document.text, last)),
            text: format!("\n{}", item(fields, dash)),
        });
    }
    let (span, before) = match entry {
        Some(entry) if entry.value.is_null() => {
            (after_colon(&document.text, entry.key_span), String::new())
        }
        Some(entry) => (entry.value.span, String::new()),
        None => {
            let last = root.entries().last()?;
            (end_of_entry(&document.text, last), format!("\n{key}:"))
        }
    };
    Some(Write {
        span,
        text: format!("{before}\n{}", item(fields, 2)),
    })
}

fn item(fields: &[(&str, String)], column: usize) -> String {
    let indent = " ".repeat(column);
    let line = |(index, (key, value)): (usize, &(&str, String))| {
        let dash = if index == 0 { "- " } else { "  " };
        format!("{indent}{dash}{key}: {value}")
    };
    let lines: Vec<String> = fields.iter().enumerate().map(line).collect();
    lines.join("\n")
}

fn joined(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    fields.join(", ")
}

/// A value on one line.
pub(crate) fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => yaml_text::scalar(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let field = |(key, value): (&String, &Value)| {
                format!("{}: {}", yaml_text::scalar(key), flow(value))
            };
            let fields: Vec<String> = fields.iter().map(field).collect();
            format!("{{{}}}", fields.join(", "))
        }
        value => value.to_string(),
    }
}

fn is_flow(text: &str, node: &Node) -> bool {
    node.span.of(text).starts_with(['[', '{'])
}

/// The end of the line on which an entry ends.
fn end_of_entry(text: &str, entry: &Entry) -> Span {
    match entry.value.is_null() {
        true => line_end(text, after_colon(text, entry.key_span)),
        false => line_end(text, end(text, &entry.value)),
    }
}

/// The end of the last value in a node; blank lines and comments behind it do not count.
fn end(text: &str, node: &Node) -> Span {
    match &node.kind {
        _ if is_flow(text, node) => Span::empty(node.span.end as usize),
        Kind::Map(entries) => match entries.last() {
            Some(entry) if entry.value.is_null() => after_colon(text, entry.key_span),
            Some(entry) => end(text, &entry.value),
            None => Span::empty(node.span.end as usize),
        },
        Kind::Seq(items) if !items.is_empty() => {
            items.last().map_or(node.span, |item| end(text, item))
        }
        _ => {
            let length = node.span.of(text).trim_end().len();
            Span::empty(node.span.start as usize + length)
        }
    }
}

fn after_colon(text: &str, key: Span) -> Span {
    let rest = text.get(key.end as usize..).unwrap_or_default();
    let colon = rest.find(':').map_or(0, |at| at + 1);
    Span::empty(key.end as usize + colon)
}

fn line_end(text: &str, at: Span) -> Span {
    let rest = text.get(at.start as usize..).unwrap_or_default();
    let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
    Span::empty(at.start as usize + length)
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// How many characters stand before a point on its line.
fn column(text: &str, at: usize) -> usize {
    at - line_start(text, at).min(at)
}

/// The column of the dash before an item.
fn dash_before(text: &str, at: usize) -> Option<usize> {
    text.get(line_start(text, at)..at)?.rfind('-')
}
