//! Checks values against the fields of a definition and makes them ready for placing.

use tierwalk_source::{Diagnostic, Fix, Span, nearest};
use tierwalk_yaml::{Kind, Node};

use super::functions::equals;
use super::model::{Field, FieldKind};
use crate::emit::{Item, Value};
use crate::generator::{self, kind_words, selector_problem, slip};
use crate::names;
use crate::scope::Scope;
use crate::source_map::PlaceId;
use crate::values::{self, PORT_HELP, PROTOCOLS, Port, PortError};

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

fn number(
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

fn boolean(scope: &mut Scope<'_>, node: &Node, path: &str, place: PlaceId) -> Option<Item> {
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
fn text_of(
    scope: &mut Scope<'_>,
    node: &Node,
    path: &str,
    place: PlaceId,
    kind: FieldKind,
) -> Option<Item> {
    let text = match &node.kind {
        Kind::Str(text) => text.to_string(),
        Kind::Int(_) | Kind::Float(_) | Kind::Bool(_) if kind == FieldKind::Enum => plain(node),
        Kind::Int(_) | Kind::Float(_) | Kind::Bool(_) => {
            let written = node.span.of(scope.text).to_owned();
            let message = format!("`{path}` is text, `{written}` is not");
            scope.report(slip(
                node.span,
                message,
                "put it in quotes",
                format!("'{written}'"),
            ));
            written
        }
        _ => {
            scope.report(wrong_type(path, node, "text", "write one word or sentence"));
            return None;
        }
    };
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

fn labels(scope: &mut Scope<'_>, node: &Node, path: &str, place: PlaceId) -> Option<Item> {
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

fn protocol(scope: &mut Scope<'_>, node: &Node, place: PlaceId) -> Option<Item> {
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

fn ports(scope: &mut Scope<'_>, node: &Node, path: &str, place: PlaceId) -> Option<Item> {
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

fn port(scope: &mut Scope<'_>, node: &Node, path: &str) -> Option<Port> {
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

/// What the definition allows of the type: `allowed`, `pattern`, `min` and `max`.
fn restricted(scope: &mut Scope<'_>, field: &Field, node: &Node, path: &str, item: &Item) -> bool {
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
pub(super) fn plain(node: &Node) -> String {
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
