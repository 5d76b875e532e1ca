//! Ports and protocols of a rule.

use tierwalk_source::Diagnostic;
use tierwalk_yaml::{Kind, Node};

use super::fields::{kind_words, known_word, slip, wrong_type};
use super::keys::Keys;
use crate::emit::{Item, Value};
use crate::scope::Scope;
use crate::values::{self, PORT_HELP, Port, PortError};

/// The ports of a rule, as a list; none if the list is empty.
pub(super) fn ports(scope: &mut Scope<'_>, keys: &Keys<'_>, key: &str) -> Option<Item> {
    let entry = keys.set(key)?;
    let node = &entry.value;
    let place = scope.written(keys.field(key), entry.key_span.to(node.span));
    let ports = match &node.kind {
        Kind::Seq(items) => items
            .iter()
            .filter_map(|item| port(scope, key, item))
            .collect(),
        Kind::Int(_) | Kind::Str(_) => single(scope, key, node),
        _ => {
            scope.refused_by_calico(wrong_type(key, node, "a list of ports", "write `[8080]`"));
            return None;
        }
    };
    let items: Vec<_> = ports.into_iter().map(|port| item(port, place)).collect();
    (!items.is_empty()).then(|| Item::flow(items, place))
}

/// `8080` for `[8080]`, `80,443` for `[80, 443]`.
fn single(scope: &mut Scope<'_>, key: &str, node: &Node) -> Vec<Port> {
    let written = node.as_str().unwrap_or(node.span.of(scope.text)).to_owned();
    let parts: Vec<_> = written.split(',').map(str::trim).collect();
    let ports: Vec<Port> = parts
        .iter()
        .filter_map(|part| Port::parse(part).ok())
        .collect();
    if ports.len() != parts.len() {
        report(scope, key, node, &written);
        return Vec::new();
    }
    scope.report(slip(
        node.span,
        format!("`{key}` is a list, this is one value"),
        "Calico takes a list of ports",
        format!("[{}]", parts.join(", ")),
    ));
    ports
}

fn port(scope: &mut Scope<'_>, key: &str, node: &Node) -> Option<Port> {
    let text = match &node.kind {
        Kind::Int(value) => value.to_string(),
        Kind::Str(text) => text.to_string(),
        _ => {
            scope.refused_by_calico(wrong_type(key, node, "a list of ports", PORT_HELP));
            return None;
        }
    };
    match Port::parse(&text) {
        Ok(port) => Some(port),
        Err(PortError::Dash(low, high)) => {
            scope.report(slip(
                node.span,
                format!("`{text}` would be read as the name of a port"),
                "a range is written with a colon",
                format!("{low}:{high}"),
            ));
            Some(Port::Range(low, high))
        }
        Err(_) => {
            report(scope, key, node, &text);
            None
        }
    }
}

fn report(scope: &mut Scope<'_>, key: &str, node: &Node, text: &str) {
    scope.refused_by_calico(
        Diagnostic::error(
            "template/port",
            node.span,
            format!("`{text}` in `{key}` is not a port"),
        )
        .help(PORT_HELP),
    );
}

/// A port as Calico writes it.
pub(crate) fn item(port: Port, place: crate::source_map::PlaceId) -> Item {
    match port {
        Port::Number(number) => Item::new(Value::Int(number.into()), place),
        Port::Range(low, high) => Item::text(format!("{low}:{high}"), place),
        Port::Name(name) => Item::text(name, place),
    }
}

/// The protocol of a rule.
pub(super) fn protocol(scope: &mut Scope<'_>, keys: &Keys<'_>, key: &str) -> Option<Item> {
    let entry = keys.set(key)?;
    let node = &entry.value;
    let value = match &node.kind {
        Kind::Int(number) => protocol_number(scope, node, *number)?,
        Kind::Str(text) if text.parse::<u8>().is_ok_and(|number| number > 0) => {
            Value::Int(text.parse().unwrap_or_default())
        }
        Kind::Str(text) => {
            let word = known_word(scope, node, key, text, values::PROTOCOLS)?;
            Value::Text(word.to_owned())
        }
        _ => {
            let help = "write `TCP`, `UDP`, `SCTP`, `ICMP` or a number";
            scope.report(wrong_type(key, node, "a protocol", help));
            return None;
        }
    };
    let place = scope.written(keys.field(key), entry.key_span.to(node.span));
    Some(Item::new(value, place))
}

fn protocol_number(scope: &mut Scope<'_>, node: &Node, number: i64) -> Option<Value> {
    if (1..=255).contains(&number) {
        return Some(Value::Int(number));
    }
    scope.refused_by_calico(
        Diagnostic::error(
            "template/unknown-value",
            node.span,
            format!(
                "{number} is no protocol number, this is {}",
                kind_words(node)
            ),
        )
        .help("protocol numbers go from 1 to 255"),
    );
    None
}

/// Reports ports beside a protocol that has none.
pub(super) fn check(
    scope: &mut Scope<'_>,
    keys: &Keys<'_>,
    port_key: &str,
    protocol_key: &str,
    rule: &Rule<'_>,
) {
    let Some(ports) = rule.ports else { return };
    let protocol = rule.protocol.map(|item| match &item.value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        _ => String::new(),
    });
    let numeric = ports.items().iter().any(|item| match &item.value {
        Value::Text(text) => Port::parse(text).is_ok_and(|port| port.is_numeric()),
        _ => true,
    });
    let message = match &protocol {
        None if numeric => "a rule with ports needs a protocol that has ports".to_owned(),
        Some(name) if !values::has_ports(name) => format!("protocol `{name}` has no ports"),
        _ => return,
    };
    let entry = keys.get(protocol_key).or_else(|| keys.get(port_key));
    let span = entry.map_or(keys.anchor, |entry| entry.key_span.to(entry.value.span));
    scope.refused_by_calico(
        Diagnostic::error("template/ports-need-protocol", span, message).help(format!(
            "set `{protocol_key}` to `TCP`, `UDP` or `SCTP`, or leave out `{port_key}`"
        )),
    );
}

/// What a rule says of ports.
pub(super) struct Rule<'a> {
    pub ports: Option<&'a Item>,
    pub protocol: Option<&'a Item>,
}
