//! Values of the Rego engine from and to plain data.

use std::collections::BTreeMap;

use regorus::Value;
use serde_json::{Map, Number};
use tierwalk_source::Span;
use tierwalk_yaml::{Kind, Node};

use crate::builtins::gofmt;
use crate::output;

/// A number of a file to check. Conftest and Gatekeeper have all of them go through Go's `float64`, which OPA
/// then writes as `strconv.FormatFloat(x, 'g', -1, 64)` does: a million is `1e+06`.
fn decoded(number: f64) -> Value {
    let is_short = number.fract() == 0.0 && number.abs() < 1e6;
    match (is_short, format!("{number:.0}").parse::<i64>()) {
        (true, Ok(int)) => Value::from(int),
        _ => Value::from(number),
    }
}

/// The same value as it is after it was read from a file to check.
pub(crate) fn as_input(value: &Value) -> Value {
    match value {
        Value::Number(_) => value.as_f64().map_or_else(|_| value.clone(), decoded),
        Value::Array(items) => Value::from(items.iter().map(as_input).collect::<Vec<_>>()),
        Value::Object(entries) => {
            let entries = entries.iter();
            Value::from(
                entries
                    .map(|(key, value)| (key.clone(), as_input(value)))
                    .collect::<BTreeMap<_, _>>(),
            )
        }
        other => other.clone(),
    }
}

/// The same value as it is after it was put together with others: Conftest writes those as JSON and reads
/// them again, and a million is `1000000` in there.
pub(crate) fn as_combined(value: &Value) -> Value {
    match value {
        Value::Number(_) => match (value.as_i64(), value.as_f64()) {
            (Ok(int), Ok(float)) if float.abs() < 1e15 => Value::from(int),
            _ => value.clone(),
        },
        Value::Array(items) => Value::from(items.iter().map(as_combined).collect::<Vec<_>>()),
        Value::Object(entries) => {
            let entries = entries.iter();
            Value::from(
                entries
                    .map(|(key, value)| (key.clone(), as_combined(value)))
                    .collect::<BTreeMap<_, _>>(),
            )
        }
        other => other.clone(),
    }
}

/// Whether a number is kept as a float, if a whole one.
pub(crate) fn is_float(number: &Value) -> bool {
    let number = number.as_number();
    number.is_ok_and(|number| number.format_decimal_with_width(1).contains('.'))
}

/// A number as OPA prints it.
pub(crate) fn number_text(number: &Value) -> String {
    match (number.as_i128(), number.as_f64()) {
        (Ok(int), _) if !is_float(number) => int.to_string(),
        (_, Ok(float)) => gofmt::sprintf("%v", &[gofmt::Arg::Float(float)]),
        _ => number
            .as_number()
            .map_or_else(|_| String::new(), |number| number.format_decimal()),
    }
}

/// A value as OPA's `json.marshal` writes it.
pub(crate) fn json_text(value: &Value) -> String {
    let text = |text: &str| output::json::escape(&serde_json::Value::from(text).to_string());
    let list = |items: Vec<String>| format!("[{}]", items.join(","));
    match value {
        Value::Undefined | Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(_) => number_text(value),
        Value::String(value) => text(value),
        Value::Array(items) => list(items.iter().map(json_text).collect()),
        Value::Set(items) => list(items.iter().map(json_text).collect()),
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", text(&key_text(key)), json_text(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
    }
}

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

/// A YAML node of a data file. OPA reads those as YAML 1.2, in which `yes` and `on` are text.
pub(crate) fn data_from_node(node: &Node, text: &str) -> Value {
    let word = |span: Span, read: &str| {
        let written = span.of(text);
        let is_word = WORDS.contains(&written.to_lowercase().as_str());
        if is_word { written } else { read }.to_owned()
    };
    match &node.kind {
        Kind::Bool(value) => match word(node.span, "") {
            written if written.is_empty() => Value::from(*value),
            written => Value::from(written),
        },
        Kind::Seq(items) => Value::from(
            items
                .iter()
                .map(|item| data_from_node(item, text))
                .collect::<Vec<_>>(),
        ),
        Kind::Map(entries) => Value::from(
            entries
                .iter()
                .map(|entry| {
                    let key = Value::from(word(entry.key_span, &entry.key));
                    (key, data_from_node(&entry.value, text))
                })
                .collect::<BTreeMap<_, _>>(),
        ),
        _ => from_node(node),
    }
}

/// Booleans of YAML 1.1 that are none in 1.2.
const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off"];

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
    if let (Ok(int), false) = (value.as_i64(), is_float(value)) {
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
        Value::Number(_) => number_text(value),
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
