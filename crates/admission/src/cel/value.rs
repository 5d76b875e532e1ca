//! JSON as values of CEL, and back as text.

use std::collections::HashMap;
use std::sync::Arc;

use cel::Value;
use cel::objects::{Key, Map};
use serde_json::Value as Json;

/// As Kubernetes gives objects to CEL: whole numbers are `int`.
pub(crate) fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(value) => Value::Int(value),
            None => Value::Float(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::String(Arc::new(text.clone())),
        Json::Array(items) => Value::List(Arc::new(items.iter().map(from_json).collect())),
        Json::Object(fields) => map(fields
            .iter()
            .map(|(key, value)| (key.as_str(), from_json(value)))),
    }
}

/// A map with these fields.
pub(crate) fn map<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let fields = fields.into_iter();
    let fields = fields.map(|(key, value)| (Key::String(Arc::new(key.to_owned())), value));
    Value::Map(Map {
        map: Arc::new(fields.collect::<HashMap<_, _>>()),
    })
}

/// A field of a map.
pub(super) fn field<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Map(map) => map.map.get(&Key::String(Arc::new(key.to_owned()))),
        _ => None,
    }
}

/// The text of a field; empty if there is none.
pub(super) fn text_of(value: &Value, key: &str) -> String {
    match field(value, key) {
        Some(Value::String(text)) => text.to_string(),
        _ => String::new(),
    }
}

/// A value as text, for messages.
pub(crate) fn to_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Int(value) => value.to_string(),
        Value::UInt(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        _ => String::new(),
    }
}

/// How many bytes and items a value is of, as far as `limit`.
pub(crate) fn weight(value: &Value, limit: usize) -> usize {
    let mut total = 1;
    match value {
        Value::String(text) => total += text.len(),
        Value::List(items) => {
            for item in items.iter() {
                total += weight(item, limit.saturating_sub(total));
                if total > limit {
                    break;
                }
            }
        }
        Value::Map(map) => {
            for item in map.map.values() {
                total += weight(item, limit.saturating_sub(total));
                if total > limit {
                    break;
                }
            }
        }
        _ => {}
    }
    total
}
