//! Checks values against the fields of a definition and makes them ready for placing.

mod limits;
mod scalars;

use tierwalk_source::{Diagnostic, Fix, Span, nearest};
use tierwalk_yaml::{Kind, Node};

use super::model::{Field, FieldKind};
use crate::emit::{Item, Value};
use crate::generator::{self, kind_words};
use crate::scope::Scope;
use crate::source_map::PlaceId;
use limits::restricted;
use scalars::{boolean, labels, number, port, ports, protocol, text_of};

pub(super) use limits::plain;

/// Reads a value of a field; `path` names it in messages and in the source map.
pub(super) fn read(scope: &mut Scope<'_>, field: &Field, node: &Node, path: &str) -> Option<Item> {
    let before = scope.diagnostics.len();
    let place = scope.written(path, node.span);
    let item = typed(scope, field, node, path, place)?;
    if scope
        .diagnostics
        .iter()
        .skip(before)
        .any(Diagnostic::is_error)
    {
        return None;
    }
    restricted(scope, field, node, path, &item).then_some(item)
}

/// The first value that is known to fit: the default, the example, or one of those allowed.
pub(super) fn first_known(field: &Field) -> Option<&Node> {
    let known = field.example.as_ref().or(field.default.as_ref());
    known.or_else(|| field.allowed.first())
}

fn wrong(span: Span, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error("template/value", span, message).help(help)
}

fn typed(
    scope: &mut Scope<'_>,
    field: &Field,
    node: &Node,
    path: &str,
    place: PlaceId,
) -> Option<Item> {
    match field.kind {
        FieldKind::Integer | FieldKind::Number => number(scope, field, node, path, place),
        FieldKind::Boolean => boolean(scope, node, path, place),
        FieldKind::Labels => labels(scope, node, path, place),
        FieldKind::Protocol => protocol(scope, node, place),
        FieldKind::Port => Some(generator::port_item(port(scope, node, path)?, place)),
        FieldKind::Ports => ports(scope, node, path, place),
        FieldKind::Cidrs => list(scope, node, path, place, &mut |scope, node, _, place| {
            text_of(scope, node, path, place, FieldKind::Cidr)
        }),
        FieldKind::Domains => list(scope, node, path, place, &mut |scope, node, _, place| {
            text_of(scope, node, path, place, FieldKind::Domain)
        }),
        FieldKind::Rules => list(scope, node, path, place, &mut |scope, node, path, _| {
            generator::rule_item(scope, node, field.direction, path)
        }),
        FieldKind::Rule => generator::rule_item(scope, node, field.direction, path),
        FieldKind::List => {
            let items = field.items.as_deref()?;
            list(scope, node, path, place, &mut |scope, node, path, _| {
                read(scope, items, node, path)
            })
        }
        FieldKind::Object => {
            let Kind::Map(_) = &node.kind else {
                scope.report(wrong_type(
                    path,
                    node,
                    "a mapping",
                    "write one `key: value` per line under it",
                ));
                return None;
            };
            mapping(scope, &field.fields, node, path, place)
        }
        kind => text_of(scope, node, path, place, kind),
    }
}

fn wrong_type(path: &str, node: &Node, wanted: &str, help: &str) -> Diagnostic {
    wrong(
        node.span,
        format!("`{path}` is {wanted}, this is {}", kind_words(node)),
        help,
    )
}

/// A mapping of values with fields of its own, every one of which is in the result: not set ones as nothing.
pub(super) fn mapping(
    scope: &mut Scope<'_>,
    fields: &[Field],
    node: &Node,
    path: &str,
    place: PlaceId,
) -> Option<Item> {
    let start = node
        .entries()
        .first()
        .map_or(node.span, |entry| entry.key_span);
    for entry in node.entries() {
        if fields.iter().all(|field| field.name != *entry.key) {
            scope.report(unknown_field(&entry.key, entry.key_span, fields));
        }
    }
    let mut entries = Vec::new();
    for field in fields {
        let path = format!("{path}.{}", field.name);
        let entry = node
            .entry(&field.name)
            .filter(|entry| !entry.value.is_null());
        let item = match entry {
            Some(entry) => read(scope, field, &entry.value, &path),
            None => not_set(scope, field, &path, start),
        };
        entries.extend(item.map(|item| (field.name.clone(), item)));
    }
    let complete = entries.len() == fields.len();
    complete.then(|| Item::map(entries, Some(place)))
}

fn unknown_field(name: &str, span: Span, fields: &[Field]) -> Diagnostic {
    let known: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    let diagnostic = Diagnostic::error(
        "template/unknown-field",
        span,
        format!("the template has no field `{name}`"),
    )
    .help(match known.is_empty() {
        true => "it has no fields at all".to_owned(),
        false => format!("its fields are `{}`", known.join("`, `")),
    });
    match nearest(name, known) {
        Some(guess) => diagnostic.fix(Fix::replace(format!("Write `{guess}`"), span, guess)),
        None => diagnostic,
    }
}

fn not_set(scope: &mut Scope<'_>, field: &Field, path: &str, start: Span) -> Option<Item> {
    if field.required {
        let help = match &field.help {
            Some(help) => help.clone(),
            None => format!("it is of type `{}`", field.kind.name()),
        };
        scope.report(
            Diagnostic::error(
                "template/missing-field",
                start,
                format!("missing `{}`", field.name),
            )
            .help(help),
        );
        return None;
    }
    let place = scope.defaulted(path, start);
    Some(default(scope.compat, field, place))
}

/// The default of a field, or nothing, all from one place.
fn default(compat: bool, field: &Field, place: PlaceId) -> Item {
    let Some(node) = &field.default else {
        return Item::new(Value::Null, place);
    };
    let mut own = Scope::new("", compat);
    let item = read(&mut own, field, node, &field.name);
    item.map_or_else(|| Item::new(Value::Null, place), |item| item.at(place))
}

type ReadItem<'f> = dyn FnMut(&mut Scope<'_>, &Node, &str, PlaceId) -> Option<Item> + 'f;

fn list(
    scope: &mut Scope<'_>,
    node: &Node,
    path: &str,
    place: PlaceId,
    read: &mut ReadItem<'_>,
) -> Option<Item> {
    let Kind::Seq(nodes) = &node.kind else {
        scope.report(wrong_type(
            path,
            node,
            "a list",
            "write each one after a `-`",
        ));
        return None;
    };
    let mut items = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let path = format!("{path}[{index}]");
        let place = scope.written(path.clone(), node.span);
        items.extend(read(scope, node, &path, place));
    }
    Some(Item::list(items, Some(place)))
}
