use serde_yaml::{Mapping, Number, Value};
use tierwalk_source::Span;

/// A YAML value and where it stands. Spans are relative to the document's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// From its first to its last character, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a node is, read as Kubernetes reads YAML.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `null`, `~` or nothing.
    Null,
    /// `true`, and the words that YAML 1.1 takes for booleans.
    Bool(bool),
    /// A whole number, `80.0` and `1e2` among them.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Str(Box<str>),
    /// A sequence.
    Seq(Vec<Node>),
    /// A mapping, in the order written.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key as text.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The value under a key; `None` for other kinds of node or if there is no such key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key. The last one wins where a key is repeated.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| &*entry.key == key)
    }

    /// The entries of a mapping; nothing for other kinds of node.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; nothing for other kinds of node.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::Seq(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is `null` or empty.
    pub fn is_null(&self) -> bool {
        self.kind == Kind::Null
    }

    /// Whether it is a list or mapping in brackets; `text` is the text that the spans are of.
    pub fn is_in_brackets(&self, text: &str) -> bool {
        let (bracket, first) = match &self.kind {
            Kind::Seq(items) => ('[', items.first().map(|item| item.span)),
            Kind::Map(entries) => ('{', entries.first().map(|entry| entry.key_span)),
            _ => return false,
        };
        // a list that is not indented begins with its first item, which may be in brackets
        let is_before = first.is_none_or(|first| first.start > self.span.start);
        is_before && self.span.of(text).starts_with(bracket)
    }

    /// As plain data, without spans.
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Int(value) => Value::Number(Number::from(*value)),
            Kind::Float(value) => Value::Number(Number::from(*value)),
            Kind::Str(text) => Value::String(text.to_string()),
            Kind::Seq(items) => Value::Sequence(items.iter().map(Self::to_value).collect()),
            Kind::Map(entries) => Value::Mapping(to_mapping(entries)),
        }
    }
}

fn to_mapping(entries: &[Entry]) -> Mapping {
    entries
        .iter()
        .map(|entry| (Value::String(entry.key.to_string()), entry.value.to_value()))
        .collect()
}
