//! `any`, `all`, `set_diff`, `cast_*` and `numbers.range`.

use std::collections::BTreeSet;

use anyhow::bail;
use regorus::Value;

use super::{Entry, Failure, wrong_type};

/// Numbers that one range may have.
const LONGEST_RANGE: i64 = 1_000_000;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("any", 1, any),
    ("all", 1, all),
    ("array.flatten", 1, flatten),
    ("set_diff", 2, set_diff),
    ("to_number", 1, to_number),
    ("upper", 1, upper),
    ("cast_array", 1, cast_array),
    ("cast_set", 1, cast_set),
    ("cast_string", 1, |args| {
        keep(args, "string", |value| matches!(value, Value::String(_)))
    }),
    ("cast_boolean", 1, |args| {
        keep(args, "boolean", |value| matches!(value, Value::Bool(_)))
    }),
    ("cast_null", 1, |args| {
        keep(args, "null", |value| matches!(value, Value::Null))
    }),
    ("cast_object", 1, |args| {
        keep(args, "object", |value| matches!(value, Value::Object(_)))
    }),
];

/// The items of an array or a set.
fn items(args: &[Value], index: usize) -> Result<Vec<Value>, Failure> {
    match args.get(index) {
        Some(Value::Array(items)) => Ok(items.iter().cloned().collect()),
        Some(Value::Set(items)) => Ok(items.iter().cloned().collect()),
        other => Err(wrong_type(index, "one of {set, array}", other)),
    }
}

fn any(args: &[Value]) -> Result<Value, Failure> {
    Ok(Value::from(items(args, 0)?.contains(&Value::from(true))))
}

fn all(args: &[Value]) -> Result<Value, Failure> {
    let all = items(args, 0)?
        .iter()
        .all(|item| *item == Value::from(true));
    Ok(Value::from(all))
}

/// One level of it.
fn flatten(args: &[Value]) -> Result<Value, Failure> {
    let Some(Value::Array(items)) = args.first() else {
        return Err(wrong_type(0, "array", args.first()));
    };
    let mut flat = Vec::new();
    for item in items.iter() {
        match item {
            Value::Array(inner) => flat.extend(inner.iter().cloned()),
            item => flat.push(item.clone()),
        }
    }
    Ok(Value::from(flat))
}

/// OPA `v1/topdown/casts.go`: text must be a number from its first to its last character.
fn to_number(args: &[Value]) -> Result<Value, Failure> {
    match args.first() {
        Some(Value::Null) => Ok(Value::from(0)),
        Some(Value::Bool(value)) => Ok(Value::from(i64::from(*value))),
        Some(Value::Number(number)) => Ok(Value::Number(number.clone())),
        Some(Value::String(text)) => parsed(text).ok_or_else(|| "invalid syntax".to_owned()),
        other => Err(wrong_type(
            0,
            "one of {null, boolean, number, string}",
            other,
        )),
    }
}

fn parsed(text: &str) -> Option<Value> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    if !text.chars().all(is_digit) {
        return None;
    }
    match text.parse::<i64>() {
        Ok(int) => Some(Value::from(int)),
        Err(_) => {
            let float = text.parse::<f64>().ok();
            float.filter(|float| float.is_finite()).map(Value::from)
        }
    }
}

/// Go's `strings.ToUpper`: character by character.
fn upper(args: &[Value]) -> Result<Value, Failure> {
    let upper = |c: char| {
        let mut mapped = c.to_uppercase();
        match (mapped.next(), mapped.next()) {
            (Some(one), None) => one,
            _ => c,
        }
    };
    let text = super::text(args, 0)?;
    Ok(Value::from(text.chars().map(upper).collect::<String>()))
}

fn set_diff(args: &[Value]) -> Result<Value, Failure> {
    match (args.first(), args.get(1)) {
        (Some(Value::Set(left)), Some(Value::Set(right))) => {
            let left = left.iter().filter(|item| !right.contains(item)).cloned();
            Ok(Value::from(left.collect::<BTreeSet<_>>()))
        }
        (Some(Value::Set(_)), other) => Err(wrong_type(1, "set", other)),
        (other, _) => Err(wrong_type(0, "set", other)),
    }
}

fn cast_array(args: &[Value]) -> Result<Value, Failure> {
    Ok(Value::from(items(args, 0)?))
}

fn cast_set(args: &[Value]) -> Result<Value, Failure> {
    Ok(Value::from(
        items(args, 0)?.into_iter().collect::<BTreeSet<_>>(),
    ))
}

fn keep(args: &[Value], wanted: &str, is: fn(&Value) -> bool) -> Result<Value, Failure> {
    match args.first() {
        Some(value) if is(value) => Ok(value.clone()),
        other => Err(wrong_type(0, wanted, other)),
    }
}

/// `numbers.range`, within bounds: a longer one would fill the memory before any deadline holds.
pub(super) fn range(args: &[Value]) -> anyhow::Result<Value> {
    let bound = |index: usize| args.get(index).and_then(|value| value.as_i64().ok());
    let (Some(from), Some(to)) = (bound(0), bound(1)) else {
        return Ok(Value::Undefined);
    };
    if from.abs_diff(to) >= LONGEST_RANGE.unsigned_abs() {
        bail!("numbers.range may have at most {LONGEST_RANGE} numbers");
    }
    let numbers: Vec<Value> = if from <= to {
        (from..=to).map(Value::from).collect()
    } else {
        (to..=from).rev().map(Value::from).collect()
    };
    Ok(Value::from(numbers))
}
