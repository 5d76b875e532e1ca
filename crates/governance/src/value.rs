//! Values of the Rego engine from and to plain data.

use std::collections::BTreeMap;

use regorus::Value;
use serde_json::{Map, Number};
use tierwalk_yaml::{Kind, Node};

use crate::builtins::gofmt;

/// A YAML node as the engine sees it.
pub(crate) fn from_node(node: &Node) -> Value {
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::from(*value),
        Kind::Int(value) => Value::from(*value),
        Kind::Float(value) => Value::from(*value),
        Kind::Str(text) => Value::from(&**text),
        Kind::Seq(items) => Value::from(items.iter().map(from_node).collect::<Vec<_>>()),
        Kind::Map(entries) => object(
            entries
                .iter()
                .map(|entry| (&*entry.key, from_node(&entry.value))),
        ),
    }
}

/// An object with these entries.
pub(crate) fn object<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let entries = entries.into_iter();
    Value::from(
        entries
            .map(|(key, value)| (Value::from(key), value))
            .collect::<BTreeMap<_, _>>(),
    )
}

/// As JSON. Sets become arrays, keys that are no strings are written as text.
pub(crate) fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null | Value::Undefined => serde_json::Value::Null,
        Value::Bool(value) => serde_json::Value::Bool(*value),
        Value::Number(_) => number(value),
        Value::String(text) => serde_json::Value::String(text.to_string()),
        Value::Array(items) => serde_json::Value::Array(items.iter().map(to_json).collect()),
        Value::Set(items) => serde_json::Value::Array(items.iter().map(to_json).collect()),
        Value::Object(entries) => serde_json::Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key_text(key), to_json(value)))
                .collect::<Map<_, _>>(),
        ),
    }
}

fn number(value: &Value) -> serde_json::Value {
    if let Ok(int) = value.as_i64() {
        return int.into();
    }
    let float = value.as_f64().ok().and_then(Number::from_f64);
    float.map_or(serde_json::Value::Null, serde_json::Value::Number)
}

fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.to_string(),
        other => term(other),
    }
}

/// A value as OPA prints a term: strings quoted, sets in braces.
pub(crate) fn term(value: &Value) -> String {
    match value {
        Value::Undefined => "<undefined>".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(_) => value.to_string(),
        Value::String(text) => gofmt::quote(text),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(term))),
        Value::Set(items) if items.is_empty() => "set()".to_owned(),
        Value::Set(items) => format!("{{{}}}", joined(items.iter().map(term))),
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", term(key), term(value)));
            format!("{{{}}}", joined(entries))
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
