//! Reads the fields of a definition.

use regex_lite::Regex;
use tierwalk_source::{Fix, Span, nearest};
use tierwalk_yaml::{Entry, Kind, Node};

use super::super::model::{Field, FieldKind, Pattern};
use super::super::values;
use super::{boolean, check_keys, missing, number, text, wrong};
use crate::generator::Direction;
use crate::scope::Scope;

const FIELD_KEYS: &[&str] = &[
    "name",
    "title",
    "help",
    "type",
    "required",
    "default",
    "example",
    "allowed",
    "pattern",
    "min",
    "max",
    "items",
    "fields",
    "direction",
];

pub(super) fn fields(scope: &mut Scope<'_>, node: &Node) -> Vec<Field> {
    let Some(entry) = node.entry("fields").filter(|entry| !entry.value.is_null()) else {
        return Vec::new();
    };
    if !matches!(entry.value.kind, Kind::Seq(_)) {
        scope.report(wrong(
            entry.value.span,
            "`fields` is a list",
            "write each field after a `-`, with its `name` and `type`",
        ));
    }
    let mut fields: Vec<Field> = Vec::new();
    for node in entry.value.items() {
        let Some(field) = named_field(scope, node) else {
            continue;
        };
        if let Some(other) = fields.iter().find(|other| other.name == field.name) {
            let message = format!("field `{}` is defined twice", field.name);
            scope.report(
                wrong(field.span, message, "give each field a name of its own")
                    .related(other.span, "first here"),
            );
            continue;
        }
        fields.push(field);
    }
    fields
}

fn named_field(scope: &mut Scope<'_>, node: &Node) -> Option<Field> {
    let start = node
        .entries()
        .first()
        .map_or(node.span, |entry| entry.key_span);
    let Some(name) = node.get("name").filter(|name| !name.is_null()) else {
        scope.report(missing(
            "name",
            start,
            "every field has a `name`, by which `output` places it",
        ));
        return None;
    };
    let text = name.as_str().unwrap_or_default();
    if !is_identifier(text) {
        let written = name.span.of(scope.text).to_owned();
        scope.report(wrong(
            name.span,
            format!("`{written}` is not the name of a field"),
            "names are letters, digits and `_`, and begin with a letter",
        ));
        return None;
    }
    let mut field = field(scope, node)?;
    field.name = text.to_owned();
    field.span = name.span;
    Some(field)
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !matches!(
            name,
            "true" | "false" | "none" | "not" | "and" | "or" | "in" | "is" | "if" | "else" | "loop"
        )
}

/// A field, or the items of a list.
fn field(scope: &mut Scope<'_>, node: &Node) -> Option<Field> {
    check_keys(scope, node, FIELD_KEYS);
    let start = node
        .entries()
        .first()
        .map_or(node.span, |entry| entry.key_span);
    let kind = kind(scope, node, start)?;
    let field = Field {
        name: String::new(),
        title: text(scope, node, "title"),
        help: text(scope, node, "help"),
        kind,
        required: boolean(scope, node, "required"),
        default: node.get("default").filter(|node| !node.is_null()).cloned(),
        example: node.get("example").filter(|node| !node.is_null()).cloned(),
        allowed: node
            .get("allowed")
            .map(|node| node.items().to_vec())
            .unwrap_or_default(),
        pattern: pattern(scope, node),
        min: number(scope, node, "min"),
        max: number(scope, node, "max"),
        items: items(scope, node, kind, start),
        fields: if kind == FieldKind::Object {
            fields(scope, node)
        } else {
            Vec::new()
        },
        direction: direction(scope, node, kind, start),
        span: start,
    };
    check(scope, node, &field, start);
    Some(field)
}

fn kind(scope: &mut Scope<'_>, node: &Node, start: Span) -> Option<FieldKind> {
    let all = FieldKind::ALL.map(|(name, _)| name);
    let Some(entry) = node.entry("type") else {
        scope.report(missing(
            "type",
            start,
            &format!("types are {}", all.join(", ")),
        ));
        return None;
    };
    let name = entry.value.as_str().unwrap_or_default();
    let found = FieldKind::ALL.iter().find(|(known, _)| *known == name);
    if found.is_none() {
        let written = entry.value.span.of(scope.text).to_owned();
        let mut diagnostic = wrong(
            entry.value.span,
            format!("`{written}` is not a type"),
            format!("types are {}", all.join(", ")),
        );
        if let Some(kind) = nearest(name, all) {
            diagnostic = diagnostic.fix(Fix::replace(
                format!("Write `{kind}`"),
                entry.value.span,
                kind,
            ));
        }
        scope.report(diagnostic);
    }
    found.map(|(_, kind)| *kind)
}

fn pattern(scope: &mut Scope<'_>, node: &Node) -> Option<Pattern> {
    let text = text(scope, node, "pattern")?;
    match Regex::new(&format!("^(?:{text})$")) {
        Ok(regex) => Some(Pattern { text, regex }),
        Err(error) => {
            let span = node.get("pattern").map_or(node.span, |node| node.span);
            let message = format!("`{text}` is not a regular expression: {error}");
            scope.report(wrong(span, message, "escape special characters with `\\`"));
            None
        }
    }
}

fn items(scope: &mut Scope<'_>, node: &Node, kind: FieldKind, start: Span) -> Option<Box<Field>> {
    if kind != FieldKind::List {
        return None;
    }
    match node.get("items") {
        Some(items) => {
            let mut field = field(scope, items)?;
            field.required = true;
            Some(Box::new(field))
        }
        None => {
            scope.report(missing(
                "items",
                start,
                "say what the list holds: `items: {type: string}`",
            ));
            None
        }
    }
}

/// Rules go one way; it has to be said which.
fn direction(scope: &mut Scope<'_>, node: &Node, kind: FieldKind, start: Span) -> Direction {
    if !matches!(kind, FieldKind::Rule | FieldKind::Rules) {
        return Direction::Ingress;
    }
    match node.get("direction").and_then(Node::as_str) {
        Some("ingress" | "Ingress") => Direction::Ingress,
        Some("egress" | "Egress") => Direction::Egress,
        _ => {
            let span = node.get("direction").map_or(start, |node| node.span);
            scope.report(wrong(
                span,
                "rules need a `direction`",
                "write `direction: ingress` or `direction: egress`",
            ));
            Direction::Ingress
        }
    }
}

/// Keys that mean nothing for the type.
fn check_fit(scope: &mut Scope<'_>, node: &Node, field: &Field) {
    let text = matches!(
        field.kind,
        FieldKind::String | FieldKind::Name | FieldKind::Enum
    );
    let bounded = text || field.kind.is_number() || field.kind.is_list();
    let unfit: [(&str, bool); 5] = [
        ("pattern", text),
        ("min", bounded),
        ("max", bounded),
        ("items", field.kind == FieldKind::List),
        ("fields", field.kind == FieldKind::Object),
    ];
    for (key, fits) in unfit {
        if let Some(entry) = node.entry(key).filter(|_| !fits) {
            let message = format!("`{key}` means nothing for type `{}`", field.kind.name());
            scope.report(wrong(entry.key_span, message, "remove it"));
        }
    }
}

/// What does not fit the type, and values that the field itself would refuse.
fn check(scope: &mut Scope<'_>, node: &Node, field: &Field, start: Span) {
    check_fit(scope, node, field);
    if field.kind == FieldKind::Enum && field.allowed.is_empty() {
        scope.report(missing(
            "allowed",
            start,
            "list the values that the field takes",
        ));
    }
    if field.pattern.is_some() && values::first_known(field).is_none() {
        scope.report(missing(
            "example",
            start,
            "a field with a pattern needs a value to check the template with",
        ));
    }
    if field.required && field.default.is_some() {
        let span = node.entry("required").map_or(start, |entry| entry.key_span);
        scope.report(wrong(
            span,
            "a field with a default is never required",
            "remove `required` or `default`",
        ));
    }
    for key in ["default", "example"] {
        check_value(scope, node.entry(key), field);
    }
    for value in &field.allowed {
        let mut free = field.clone();
        free.allowed.clear();
        values::read(scope, &free, value, "allowed");
    }
}

fn check_value(scope: &mut Scope<'_>, entry: Option<&Entry>, field: &Field) {
    if let Some(entry) = entry.filter(|entry| !entry.value.is_null()) {
        values::read(scope, field, &entry.value, &entry.key);
    }
}
