//! The three-way patch of `kubectl apply`, as for custom resources: lists are taken whole.

use serde_json::{Map, Value as Json, json};

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// What is there after a manifest is applied: the manifest's fields, what others added, and nothing of what was
/// applied before and is gone from the manifest. An object that does not say what was applied is taken to have been
/// applied as it stands.
pub(super) fn merged(old: &Json, manifest: &Json) -> Json {
    let last = old
        .pointer("/metadata/annotations")
        .and_then(|all| all.get(LAST_APPLIED));
    let last = last
        .and_then(Json::as_str)
        .and_then(|text| serde_json::from_str(text).ok());
    merge(old, manifest, &last.unwrap_or_else(|| applied_part(old)))
}

/// Without what only a server writes.
fn applied_part(old: &Json) -> Json {
    const OF_SERVER: [&str; 6] = [
        "uid",
        "resourceVersion",
        "generation",
        "creationTimestamp",
        "managedFields",
        "selfLink",
    ];
    let mut applied = old.clone();
    if let Some(fields) = applied.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = applied.get_mut("metadata").and_then(Json::as_object_mut) {
        metadata.retain(|key, _| !OF_SERVER.contains(&key.as_str()));
    }
    applied
}

fn merge(old: &Json, new: &Json, last: &Json) -> Json {
    let (Json::Object(old), Json::Object(new)) = (old, new) else {
        return new.clone();
    };
    let mut merged: Map<String, Json> = Map::new();
    for (key, value) in old {
        let was_applied = last.get(key).is_some();
        if !was_applied || new.contains_key(key) {
            merged.insert(key.clone(), value.clone());
        }
    }
    for (key, value) in new {
        let last = last.get(key).unwrap_or(&Json::Null);
        let value = match merged.get(key) {
            Some(known) => merge(known, value, last),
            None => value.clone(),
        };
        match value.is_null() {
            true => merged.remove(key),
            false => merged.insert(key.clone(), value),
        };
    }
    Json::Object(merged)
}

/// The patch that `kubectl` sends, as JSON.
pub(super) fn between(old: &Json, new: &Json, manifest: &Json) -> Json {
    let mut patch = difference(old, new).unwrap_or_else(|| json!({}));
    let mut applied = manifest.clone();
    if let Some(metadata) = fields(&mut applied, "metadata") {
        metadata.entry("annotations").or_insert_with(|| json!({}));
    }
    let annotations = fields(&mut patch, "metadata");
    let annotations =
        annotations.map(|metadata| metadata.entry("annotations").or_insert_with(|| json!({})));
    if let Some(annotations) = annotations.and_then(Json::as_object_mut) {
        annotations.insert(LAST_APPLIED.to_owned(), json!(format!("{applied}\n")));
    }
    patch
}

fn fields<'a>(object: &'a mut Json, key: &str) -> Option<&'a mut Map<String, Json>> {
    object
        .as_object_mut()?
        .entry(key)
        .or_insert_with(|| json!({}))
        .as_object_mut()
}

/// A JSON merge patch; none if nothing differs.
fn difference(old: &Json, new: &Json) -> Option<Json> {
    if old == new {
        return None;
    }
    let (Json::Object(old), Json::Object(new)) = (old, new) else {
        return Some(new.clone());
    };
    let mut patch = Map::new();
    for key in old.keys().filter(|key| !new.contains_key(*key)) {
        patch.insert(key.clone(), Json::Null);
    }
    for (key, value) in new {
        let part = match old.get(key) {
            Some(known) => difference(known, value),
            None => Some(value.clone()),
        };
        patch.extend(part.map(|part| (key.clone(), part)));
    }
    Some(Json::Object(patch))
}
