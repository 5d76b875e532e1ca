//! Values without fields of their own: numbers, text of all kinds, labels, ports.

use tierwalk_yaml::{Kind, Node};

use super::super::functions::equals;
use super::super::model::{Field, FieldKind};
use super::limits::plain;
use super::{wrong, wrong_type};
use crate::emit::{Item, Value};
use crate::generator::{self, selector_problem, slip};
use crate::names;
use crate::scope::Scope;
use crate::source_map::PlaceId;
use crate::values::{self, PORT_HELP, PROTOCOLS, Port, PortError};

pub(super) fn number(
    scope: &mut Scope<'_>,
    field: &Field,
    node: &Node,
    path: &str,
    place: PlaceId,
) -> Option<Item> {
    let whole = field.kind == FieldKind::Integer;
    let value = match &node.kind {
        Kind::Int(value) => Value::Int(*value),
        Kind::Float(value) if !whole => Value::Float(*value),
        Kind::Str(text) => {
            let trimmed = text.trim();
            let value = trimmed.parse().map(Value::Int).ok().or_else(|| {
                let number = trimmed
                    .parse::<f64>()
                    .ok()
                    .filter(|n| n.is_finite() && !whole);
                number.map(Value::Float)
            });
            if value.is_some() {
                let message = format!("`{path}` is a number, this is text");
                scope.report(slip(
                    node.span,
                    message,
                    "write it without quotes",
                    trimmed.to_owned(),
                ));
            }
            value.or_else(|| not_a_number(scope, node, path, whole))?
        }
        _ => not_a_number(scope, node, path, whole)?,
    };
    Some(Item::new(value, place))
}

fn not_a_number(scope: &mut Scope<'_>, node: &Node, path: &str, whole: bool) -> Option<Value> {
    let wanted = if whole { "a whole number" } else { "a number" };
    scope.report(wrong_type(
        path,
        node,
        wanted,
        "write a number such as `500`",
    ));
    None
}

pub(super) fn boolean(
    scope: &mut Scope<'_>,
    node: &Node,
    path: &str,
    place: PlaceId,
) -> Option<Item> {
    let value = match &node.kind {
        Kind::Bool(value) => *value,
        Kind::Str(text) if matches!(&**text, "true" | "false") => {
            let message = format!("`{path}` is `true` or `false`, this is text");
            scope.report(slip(
                node.span,
                message,
                "write it without quotes",
                text.to_string(),
            ));
            &**text == "true"
        }
        _ => {
            scope.report(wrong_type(
                path,
                node,
                "`true` or `false`",
                "write one of them",
            ));
            return None;
        }
    };
    Some(Item::new(Value::Bool(value), place))
}

/// The text of a scalar, as the type wants it.
pub(super) fn text_of(
    scope: &mut Scope<'_>,
    node: &Node,
    path: &str,
    place: PlaceId,
    kind: FieldKind,
) -> Option<Item> {
    let text = written(scope, node, path, kind)?;
    if text.contains(|c| ('\u{e0f0}'..='\u{e0ff}').contains(&c)) {
        scope.report(wrong(
            node.span,
            "this text holds characters that no output may hold",
            "remove them",
        ));
        return None;
    }
    match formed(&text, kind) {
        Ok(text) => {
            if let Some(problem) =
                selector_problem(scope.text, node, &text).filter(|_| kind == FieldKind::Selector)
            {
                scope.report(problem);
            }
            Some(Item::text(text, place))
        }
        Err((what, help)) => {
            scope.report(wrong(node.span, format!("`{text}` is not {what}"), help));
            None
        }
    }
}

/// The text as it stands there; what only lacks quotes is taken for text, and said.
fn written(scope: &mut Scope<'_>, node: &Node, path: &str, kind: FieldKind) -> Option<String> {
    match &node.kind {
        Kind::Str(text) => Some(text.to_string()),
        Kind::Int(_) | Kind::Float(_) | Kind::Bool(_) if kind == FieldKind::Enum => {
            Some(plain(node))
        }
        Kind::Int(_) | Kind::Float(_) | Kind::Bool(_) => {
            let written = node.span.of(scope.text).to_owned();
            let message = format!("`{path}` is text, `{written}` is not");
            let quoted = format!("'{written}'");
            scope.report(slip(node.span, message, "put it in quotes", quoted));
            Some(written)
        }
        _ => {
            scope.report(wrong_type(path, node, "text", "write one word or sentence"));
            None
        }
    }
}

/// Text in the form that output wants, or what it should have been and how to write that.
fn formed(text: &str, kind: FieldKind) -> Result<String, (&'static str, &'static str)> {
    let same = |fits: bool, what, help| {
        if fits {
            Ok(text.to_owned())
        } else {
            Err((what, help))
        }
    };
    match kind {
        FieldKind::Name => same(
            names::is_dns_label(text),
            "a name",
            "names are lower case letters, digits and `-`, and begin and end with a letter or digit",
        ),
        FieldKind::Domain => same(
            names::is_domain(text),
            "a domain name",
            "write a name such as `api.example.com` or `*.example.com`, without `https://`",
        ),
        FieldKind::Selector => match text.trim() {
            "all" => Ok("all()".to_owned()),
            _ => same(
                !text.contains("global("),
                "a selector of endpoints",
                "`global()` selects only in the namespaces of a rule",
            ),
        },
        FieldKind::Cidr => values::network(text)
            .map(|network| network.to_string())
            .ok_or((
                "a network",
                "write an address such as `192.0.2.7`, or a network such as `10.0.0.0/8`",
            )),
        FieldKind::Label => label_selector(text)
            .ok_or(("a label", "write the key and its value, such as `app=web`")),
        _ => Ok(text.to_owned()),
    }
}

fn label_selector(text: &str) -> Option<String> {
    let (key, value) = text.split_once('=')?;
    let fits = names::is_label_key(key) && names::is_label_value(value);
    equals(key, value).ok().filter(|_| fits)
}

pub(super) fn labels(
    scope: &mut Scope<'_>,
    node: &Node,
    path: &str,
    place: PlaceId,
) -> Option<Item> {
    let Kind::Map(entries) = &node.kind else {
        scope.report(wrong_type(
            path,
            node,
            "a mapping",
            "write one `key: value` per line under it",
        ));
        return None;
    };
    let mut items = Vec::new();
    for entry in entries {
        let path = format!("{path}.{}", entry.key);
        let place = scope.written(path.clone(), entry.key_span.to(entry.value.span));
        let item = text_of(scope, &entry.value, &path, place, FieldKind::String)?;
        let value = item.as_text().unwrap_or_default();
        if !names::is_label_key(&entry.key) || !names::is_label_value(value) {
            scope.report(wrong(
                entry.key_span.to(entry.value.span),
                format!("`{}: {value}` is not a label", entry.key),
                "keys and values are up to 63 letters, digits, `-`, `_` and `.`",
            ));
        }
        items.push((entry.key.to_string(), item));
    }
    Some(Item::map(items, Some(place)))
}

pub(super) fn protocol(scope: &mut Scope<'_>, node: &Node, place: PlaceId) -> Option<Item> {
    let known = |text: &str| {
        PROTOCOLS
            .iter()
            .copied()
            .find(|name| name.eq_ignore_ascii_case(text))
    };
    let value = match &node.kind {
        Kind::Int(number) if (1..=255).contains(number) => Value::Int(*number),
        Kind::Str(text) if known(text).is_some() => {
            let name = known(text).unwrap_or_default();
            if name != &**text {
                let message = format!("`{text}` is written `{name}`");
                scope.report(slip(
                    node.span,
                    message,
                    "Calico compares these words letter by letter",
                    name.to_owned(),
                ));
            }
            Value::Text(name.to_owned())
        }
        _ => {
            let written = node.span.of(scope.text).to_owned();
            let help = format!("write {} or a number from 1 to 255", PROTOCOLS.join(", "));
            scope.report(wrong(
                node.span,
                format!("`{written}` is not a protocol"),
                help,
            ));
            return None;
        }
    };
    Some(Item::new(value, place))
}

pub(super) fn ports(
    scope: &mut Scope<'_>,
    node: &Node,
    path: &str,
    place: PlaceId,
) -> Option<Item> {
    let mut items = Vec::new();
    match &node.kind {
        Kind::Seq(nodes) => {
            for node in nodes {
                items.push(generator::port_item(port(scope, node, path)?, place));
            }
        }
        Kind::Int(_) | Kind::Str(_) => {
            items.push(generator::port_item(port(scope, node, path)?, place));
            let written = node.span.of(scope.text);
            let message = format!("`{path}` is a list of ports, this is one");
            scope.report(slip(
                node.span,
                message,
                "put it in brackets",
                format!("[{written}]"),
            ));
        }
        _ => {
            scope.report(wrong_type(path, node, "a list of ports", PORT_HELP));
            return None;
        }
    }
    Some(Item::flow(items, place))
}

pub(super) fn port(scope: &mut Scope<'_>, node: &Node, path: &str) -> Option<Port> {
    let text = match &node.kind {
        Kind::Int(number) => number.to_string(),
        Kind::Str(text) => text.to_string(),
        _ => {
            scope.report(wrong_type(path, node, "a port", PORT_HELP));
            return None;
        }
    };
    match Port::parse(&text) {
        Ok(port) => Some(port),
        Err(PortError::Dash(low, high)) => {
            let message = format!("`{text}` would be read as the name of a port");
            scope.report(slip(
                node.span,
                message,
                "a range is written with a colon",
                format!("{low}:{high}"),
            ));
            Some(Port::Range(low, high))
        }
        Err(_) => {
            scope.report(wrong(
                node.span,
                format!("`{text}` is not a port"),
                PORT_HELP,
            ));
            None
        }
    }
}
