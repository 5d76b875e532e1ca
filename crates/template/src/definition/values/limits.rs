//! What a definition allows of a type: `allowed`, `pattern`, `min` and `max`.

use tierwalk_source::{Diagnostic, Fix, nearest};
use tierwalk_yaml::{Kind, Node};

use super::super::model::Field;
use super::wrong;
use crate::emit::{Item, Value};
use crate::scope::Scope;

/// What the definition allows of the type: `allowed`, `pattern`, `min` and `max`.
pub(super) fn restricted(
    scope: &mut Scope<'_>,
    field: &Field,
    node: &Node,
    path: &str,
    item: &Item,
) -> bool {
    let problem = not_allowed(scope, field, node, path)
        .or_else(|| no_match(field, node, path, item))
        .or_else(|| out_of_range(field, node, path, item));
    let fits = problem.is_none();
    scope.diagnostics.extend(problem);
    fits
}

fn not_allowed(scope: &Scope<'_>, field: &Field, node: &Node, path: &str) -> Option<Diagnostic> {
    let same = |allowed: &Node| allowed.to_value() == node.to_value();
    if field.allowed.is_empty() || field.allowed.iter().any(same) {
        return None;
    }
    let written = node.as_str().unwrap_or(node.span.of(scope.text));
    let allowed: Vec<String> = field.allowed.iter().map(plain).collect();
    let mut diagnostic = wrong(
        node.span,
        format!("`{path}` may not be `{written}`"),
        format!("allowed: `{}`", allowed.join("`, `")),
    );
    if let Some(value) = nearest(written, allowed.iter().map(String::as_str)) {
        diagnostic = diagnostic.fix(Fix::replace(format!("Write `{value}`"), node.span, value));
    }
    Some(diagnostic)
}

/// A scalar as plain text.
pub(crate) fn plain(node: &Node) -> String {
    match &node.kind {
        Kind::Str(text) => text.to_string(),
        Kind::Bool(value) => value.to_string(),
        Kind::Int(value) => value.to_string(),
        Kind::Float(value) => value.to_string(),
        _ => serde_yaml::to_string(&node.to_value())
            .unwrap_or_default()
            .trim_end()
            .to_owned(),
    }
}

fn no_match(field: &Field, node: &Node, path: &str, item: &Item) -> Option<Diagnostic> {
    let pattern = field.pattern.as_ref()?;
    let text = item.as_text()?;
    if pattern.regex.is_match(text) {
        return None;
    }
    let help = match &field.help {
        Some(help) => format!("it has to match `{}`: {help}", pattern.text),
        None => format!("it has to match `{}`", pattern.text),
    };
    Some(wrong(
        node.span,
        format!("`{path}` may not be `{text}`"),
        help,
    ))
}

fn out_of_range(field: &Field, node: &Node, path: &str, item: &Item) -> Option<Diagnostic> {
    let (size, unit) = match &item.value {
        Value::Int(value) => (*value as f64, ""),
        Value::Float(value) => (*value, ""),
        Value::Text(text) => (text.chars().count() as f64, " characters"),
        Value::List { items, .. } => (items.len() as f64, " items"),
        _ => return None,
    };
    let (bound, words) = match (field.min, field.max) {
        (Some(min), _) if size < min => (min, "at least"),
        (_, Some(max)) if size > max => (max, "at most"),
        _ => return None,
    };
    Some(wrong(
        node.span,
        format!("`{path}` is {size}{unit}, outside of its range"),
        format!("it has to be {words} {bound}{unit}"),
    ))
}
