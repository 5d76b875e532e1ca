//! What stands around operands and collections where the wrong type is to be undefined.

use std::collections::BTreeSet;

use regorus::Value;

use super::{Entry, Failure, wrong_type};

pub(super) const FUNCTIONS: &[Entry] = &[
    ("tierwalk.number", 1, |args| match args.first() {
        Some(value @ Value::Number(_)) => Ok(value.clone()),
        other => Err(wrong_type(0, "number", other)),
    }),
    ("tierwalk.set", 1, |args| match args.first() {
        Some(value @ Value::Set(_)) => Ok(value.clone()),
        other => Err(wrong_type(0, "set", other)),
    }),
    ("tierwalk.minus", 2, minus),
    ("tierwalk.collection", 1, |args| match args.first() {
        Some(value @ (Value::Array(_) | Value::Set(_) | Value::Object(_))) => Ok(value.clone()),
        other => Err(wrong_type(0, "a collection", other)),
    }),
];

/// The difference of two numbers, or of two sets.
fn minus(args: &[Value]) -> Result<Value, Failure> {
    match (args.first(), args.get(1)) {
        (Some(Value::Set(left)), Some(Value::Set(right))) => {
            let left = left.iter().filter(|item| !right.contains(item)).cloned();
            Ok(Value::from(left.collect::<BTreeSet<_>>()))
        }
        (Some(left @ Value::Number(_)), Some(right @ Value::Number(_))) => difference(left, right),
        (Some(Value::Set(_) | Value::Number(_)), other) => Err(wrong_type(1, "the same", other)),
        (other, _) => Err(wrong_type(0, "number or set", other)),
    }
}

fn difference(left: &Value, right: &Value) -> Result<Value, Failure> {
    if let (Ok(left), Ok(right)) = (left.as_i64(), right.as_i64())
        && let Some(difference) = left.checked_sub(right)
    {
        return Ok(Value::from(difference));
    }
    match (left.as_f64(), right.as_f64()) {
        (Ok(left), Ok(right)) => Ok(Value::from(left - right)),
        _ => Err("the numbers are too large".to_owned()),
    }
}
