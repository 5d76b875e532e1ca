//! Values of templates as YAML text.

use tierwalk_protocol::yaml_text;
use tierwalk_yaml::{Kind, Node};

/// A value on one line.
pub(crate) fn flow(node: &Node) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match &node.kind {
        Kind::Str(text) => yaml_text::scalar(text),
        Kind::Seq(items) => format!("[{}]", joined(items.iter().map(flow).collect())),
        Kind::Map(entries) => {
            let entries = entries.iter();
            let entries =
                entries.map(|it| format!("{}: {}", yaml_text::scalar(&it.key), flow(&it.value)));
            format!("{{{}}}", joined(entries.collect()))
        }
        _ => plain(node),
    }
}

/// A value as a field shows it.
pub(crate) fn plain(node: &Node) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match &node.kind {
        Kind::Null => String::new(),
        Kind::Bool(value) => value.to_string(),
        Kind::Int(value) => value.to_string(),
        Kind::Float(value) => value.to_string(),
        Kind::Str(text) => text.to_string(),
        Kind::Seq(items) => joined(items.iter().map(plain).collect()),
        Kind::Map(entries) => {
            let entries = entries.iter();
            joined(
                entries
                    .map(|it| format!("{}={}", it.key, plain(&it.value)))
                    .collect(),
            )
        }
    }
}

/// A key and its value: mappings in a list stand on lines of their own, everything else on one.
pub(crate) fn lines_of(key: &str, node: &Node) -> Vec<String> {
    let Kind::Seq(items) = &node.kind else {
        return vec![format!("{key}: {}", flow(node))];
    };
    if !items.iter().any(|item| matches!(item.kind, Kind::Map(_))) {
        return vec![format!("{key}: {}", flow(node))];
    }
    let mut lines = vec![format!("{key}:")];
    for item in items {
        let mut start = "- ";
        for entry in item.entries() {
            lines.push(format!("{start}{}: {}", entry.key, flow(&entry.value)));
            start = "  ";
        }
        if item.entries().is_empty() {
            lines.push(format!("- {}", flow(item)));
        }
    }
    lines
}
