//! Values of rules as findings.

use regorus::Value;
use serde_json::Map;

use super::package::{Asked, Package};
use crate::finding::{Finding, Location};
use crate::value;

/// What one rule said about one document.
#[derive(Default)]
pub(super) struct Found {
    pub findings: Vec<Finding>,
    pub omitted: usize,
    pub passed: usize,
}

/// A finding of one item; `None` for items that are neither text nor object, which Conftest ignores.
pub(super) fn finding(rule: &Asked, item: &Value) -> Result<Option<Finding>, String> {
    match item {
        Value::String(text) => Ok(Some(Finding {
            message: text.to_string(),
            query: rule.query.clone(),
            metadata: Map::new(),
            location: None,
            place: None,
        })),
        Value::Object(_) => with_metadata(rule, value::to_json(item)).map(Some),
        _ => Ok(None),
    }
}

fn with_metadata(rule: &Asked, item: serde_json::Value) -> Result<Finding, String> {
    let serde_json::Value::Object(mut metadata) = item else {
        return Err("this is no object".to_owned());
    };
    let message = match metadata.remove("msg") {
        Some(serde_json::Value::String(message)) => message,
        Some(other) => return Err(format!("`msg` must be text, it is `{other}`")),
        None => return Err("a result has no `msg`".to_owned()),
    };
    let location = metadata
        .remove("_loc")
        .and_then(|location| read_location(&location));
    Ok(Finding {
        message,
        query: rule.query.clone(),
        metadata,
        location,
        place: None,
    })
}

fn read_location(location: &serde_json::Value) -> Option<Location> {
    let file = location.get("file").and_then(serde_json::Value::as_str);
    let line = location
        .get("line")
        .filter(|line| line.is_number())
        .map(ToString::to_string);
    (file.is_some() || line.is_some()).then(|| Location {
        file: file.unwrap_or_default().to_owned(),
        line: line.unwrap_or_default(),
    })
}

pub(super) fn exception(package: &Package, rule: &Asked) -> Finding {
    Finding {
        message: format!(
            "data.{}.exception[_][_] == \"{}\"",
            package.name, rule.excepted_as
        ),
        query: rule.query.clone(),
        metadata: Map::new(),
        location: None,
        place: None,
    }
}

/// How many answers `exception[_][_] == name` has.
pub(super) fn uses(exceptions: &Value, name: &str) -> usize {
    let name = Value::from(name);
    members(exceptions)
        .into_iter()
        .flat_map(members)
        .filter(|member| **member == name)
        .count()
}

fn members(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Set(items) => items.iter().collect(),
        Value::Object(entries) => entries.values().collect(),
        _ => Vec::new(),
    }
}
