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
    ("set_diff", 2, set_diff),
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
