//! Values written into YAML, in the style of what is there.

#[cfg(test)]
mod tests;

use serde_json::Value;
use tierwalk_protocol::yaml_text;
use tierwalk_source::Span;
use tierwalk_yaml::edit::Text;
use tierwalk_yaml::{Document, Entry, Node, Path, Segment};

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
    let text = Text(&document.text);
    let mut node = document.root.as_ref()?;
    let segments = path.segments();
    for (index, segment) in segments.iter().enumerate() {
        let next = match segment {
            Segment::Key(key) => node.entry(key).map(|entry| (&entry.value, Some(entry))),
            Segment::Index(at) => node.items().get(*at).map(|item| (item, None)),
        };
        match next {
            Some((_, Some(entry))) if text.is_blank(entry) => {
                return under_key(text, entry, segments.get(index + 1..)?);
            }
            Some((value, _)) => node = value,
            None => return insertion(text, node, segments.get(index..)?),
        }
    }
    Some((node.span, String::new()))
}

/// Behind the colon of a key that has no value yet.
fn under_key(text: Text<'_>, entry: &Entry, rest: &[Segment]) -> Option<(Span, String)> {
    let after = Span::empty(text.after_colon(entry.key_span));
    if rest.is_empty() {
        return Some((after, " ".to_owned()));
    }
    let column = text.column(entry.key_span.start as usize);
    let keys = keys(rest)?;
    Some((after, format!("\n{}", nested(&keys, column + 2))))
}

fn insertion(text: Text<'_>, node: &Node, rest: &[Segment]) -> Option<(Span, String)> {
    let entries = node.entries();
    let (first, last) = (entries.first()?, entries.last()?);
    let keys = keys(rest)?;
    if text.is_flow(node) {
        let (key, deeper) = keys.split_first()?;
        if !deeper.is_empty() {
            return None;
        }
        return Some((
            Span::empty(last.value.span.end as usize),
            format!(", {key}: "),
        ));
    }
    let column = text.column(first.key_span.start as usize);
    let at = line_end(text, text.entry_end(last));
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
    let text = Text(&document.text);
    let root = document.root.as_ref()?;
    let entry = root.entry(key);
    let items = entry.map_or(&[][..], |entry| entry.value.items());
    if let (Some(entry), Some(last)) = (entry, items.last()) {
        if text.is_flow(&entry.value) {
            return Some(Write {
                span: Span::empty(last.span.end as usize),
                text: format!(", {{{}}}", joined(fields)),
            });
        }
        let dash = dash_column(text, items.first()?);
        return Some(Write {
            span: line_end(text, text.end(last)),
            text: format!("\n{}", item(fields, dash)),
        });
    }
    let (span, before) = match entry {
        Some(entry) if text.is_blank(entry) => {
            (Span::empty(text.after_colon(entry.key_span)), String::new())
        }
        Some(entry) => (entry.value.span, String::new()),
        None => {
            let last = root.entries().last()?;
            (line_end(text, text.entry_end(last)), format!("\n{key}:"))
        }
    };
    Some(Write {
        span,
        text: format!("{before}\n{}", item(fields, 2)),
    })
}

/// The item of a list, each field on a line of its own.
pub(crate) fn item(fields: &[(&str, String)], column: usize) -> String {
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

/// The end of the line of a point.
fn line_end(text: Text<'_>, at: usize) -> Span {
    Span::empty(text.line_end(at))
}

/// The column of the dash before an item.
fn dash_column(text: Text<'_>, item: &Node) -> usize {
    let at = item.span.start as usize;
    let before = text.slice(text.line_start(at), at);
    before.rfind('-').unwrap_or_else(|| text.column(at))
}
