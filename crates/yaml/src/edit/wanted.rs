//! The same changes made to plain data: what the text has to say afterwards.

use serde_yaml::{Mapping, Value};

use super::Refusal;
use crate::Segment;

pub(super) fn set(root: &mut Value, path: &[Segment], value: &Value) -> Result<(), Refusal> {
    let Some((first, rest)) = path.split_first() else {
        *root = value.clone();
        return Ok(());
    };
    if root.is_null() && matches!(first, Segment::Key(_)) {
        *root = Value::Mapping(Mapping::new());
    }
    match (first, root) {
        (Segment::Key(key), Value::Mapping(map)) => {
            let slot = map.entry(Value::String(key.to_string()));
            set(slot.or_insert(Value::Null), rest, value)
        }
        (Segment::Index(index), Value::Sequence(items)) => set(
            items.get_mut(*index).ok_or(Refusal::NoSuchField)?,
            rest,
            value,
        ),
        _ => Err(Refusal::NoSuchField),
    }
}

pub(super) fn remove(root: &mut Value, path: &[Segment]) -> Result<(), Refusal> {
    let (last, parents) = path.split_last().ok_or(Refusal::NoSuchField)?;
    match (last, find(root, parents)?) {
        (Segment::Key(key), Value::Mapping(map)) if map.contains_key(&**key) => {
            map.remove(&**key);
            Ok(())
        }
        (Segment::Index(index), Value::Sequence(items)) if *index < items.len() => {
            items.remove(*index);
            Ok(())
        }
        _ => Err(Refusal::NoSuchField),
    }
}

/// Returns where it was put.
pub(super) fn insert(
    root: &mut Value,
    path: &[Segment],
    index: usize,
    value: &Value,
) -> Result<usize, Refusal> {
    if !matches!(find(root, path), Ok(Value::Sequence(_))) {
        if matches!(find(root, path), Ok(found) if !found.is_null()) {
            return Err(Refusal::NoSuchField);
        }
        set(root, path, &Value::Sequence(Vec::new()))?;
    }
    match find(root, path)? {
        Value::Sequence(items) => {
            let index = index.min(items.len());
            items.insert(index, value.clone());
            Ok(index)
        }
        _ => Err(Refusal::NoSuchField),
    }
}

pub(super) fn move_item(
    root: &mut Value,
    path: &[Segment],
    from: usize,
    to: usize,
) -> Result<(), Refusal> {
    match find(root, path)? {
        Value::Sequence(items) if from < items.len() && to < items.len() => {
            let item = items.remove(from);
            items.insert(to, item);
            Ok(())
        }
        _ => Err(Refusal::NoSuchField),
    }
}

fn find<'a>(root: &'a mut Value, path: &[Segment]) -> Result<&'a mut Value, Refusal> {
    path.iter().try_fold(root, |value, segment| {
        let found = match (segment, value) {
            (Segment::Key(key), Value::Mapping(map)) => map.get_mut(&**key),
            (Segment::Index(index), Value::Sequence(items)) => items.get_mut(*index),
            _ => None,
        };
        found.ok_or(Refusal::NoSuchField)
    })
}
