//! Objects as plain data.

use serde_json::Value as Json;

/// The text at a JSON pointer; empty if there is none.
pub fn text<'a>(object: &'a Json, pointer: &str) -> &'a str {
    let value = object.pointer(pointer).and_then(Json::as_str);
    value.unwrap_or_default()
}

/// The object's name.
pub fn name(object: &Json) -> &str {
    text(object, "/metadata/name")
}

/// The object's namespace; empty if it is in none.
pub fn namespace(object: &Json) -> &str {
    text(object, "/metadata/namespace")
}

/// The tier of a policy; that which is written nowhere is `default`.
pub fn tier(object: &Json) -> &str {
    match text(object, "/spec/tier") {
        "" => "default",
        tier => tier,
    }
}
