//! A flow as a mapping: `{from, to, protocol, port, icmp, ipVersion, expect, name}`.

use tierwalk_protocol::Verdict;
use tierwalk_resources::model::Protocol;
use tierwalk_source::{Checked, Diagnostic, Fix, Span, nearest};
use tierwalk_yaml::{Entry as Field, Kind, Node};

use super::{Entry, FlowSpec, Service, end, line, list, service};

const FIELDS: [&str; 8] = [
    "from",
    "to",
    "protocol",
    "port",
    "icmp",
    "ipVersion",
    "expect",
    "name",
];

type Outcome<T> = Result<T, Box<Diagnostic>>;

/// Reads one mapping into the list.
pub(super) fn read(list: &mut Checked<Vec<Entry>>, text: &str, item: &Node) {
    list.diagnostics
        .extend(item.entries().iter().filter_map(unknown_field));
    match flow(item) {
        Ok(flow) => list.value.push(Entry {
            span: item.span,
            text: flow.to_string(),
            name: item.get("name").and_then(Node::as_str).map(str::to_owned),
            flow: Ok(flow),
        }),
        Err(diagnostic) => {
            let source = item.span.of(text);
            list.value
                .push(list::unreadable(item.span, source, &diagnostic.message));
            list.diagnostics.push(*diagnostic);
        }
    }
}

fn flow(item: &Node) -> Outcome<FlowSpec> {
    let ends = end::pair(end_of(item, "from")?, end_of(item, "to")?);
    let ipv6 = asks_for_ipv6(item)?;
    let is_v6 = |end| end::address(end).is_some_and(|address| address.is_ipv6());
    let service = service_of(item, ipv6 || is_v6(&ends.0) || is_v6(&ends.1))?;
    line::agree(&ends, service, ipv6).map_err(|message| line::mixed(item.span, message))?;
    Ok(FlowSpec {
        expected: expected(item)?,
        ..FlowSpec::new(ends, service, ipv6)
    })
}

fn end_of(item: &Node, field: &str) -> Outcome<end::Written> {
    let Some(node) = item.get(field) else {
        let message = format!("`{field}` is missing");
        let help = "a flow needs `from`, `to` and a port: `{from: web, to: api, port: 8080}`";
        return Err(bad("flow/syntax", first_key(item), message, help));
    };
    match node.as_str() {
        Some(word) => end::read(word, node.span),
        None => {
            let message = format!("`{field}` must be text");
            let help = "write `namespace/pod`, an address or a domain name";
            Err(bad("flow/bad-end", node.span, message, help))
        }
    }
}

fn service_of(item: &Node, ipv6: bool) -> Outcome<Service> {
    let icmp = item.get("icmp").map(icmp).transpose()?;
    let protocol = match item.get("protocol") {
        Some(node) => protocol(node)?,
        None if icmp.is_some() && ipv6 => Protocol::ICMPV6,
        None if icmp.is_some() => Protocol::ICMP,
        None => Protocol::TCP,
    };
    let port = item.get("port").map(port).transpose()?;
    service::of(protocol, port, icmp).map_err(|message| {
        let span = ["port", "icmp", "protocol"]
            .iter()
            .find_map(|field| item.get(field));
        let span = span.map_or_else(|| first_key(item), |node| node.span);
        let help = "TCP, UDP and SCTP have a `port`, ICMP and ICMPv6 an `icmp` type";
        bad("flow/bad-protocol", span, message, help)
    })
}

fn protocol(node: &Node) -> Outcome<Protocol> {
    let read = match &node.kind {
        Kind::Str(word) => service::protocol(word),
        Kind::Int(number) => service::protocol(&number.to_string()),
        _ => None,
    };
    read.ok_or_else(|| {
        let help = "known are TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite and the numbers 1 to 255";
        bad(
            "flow/bad-protocol",
            node.span,
            "this protocol is unknown".into(),
            help,
        )
    })
}

fn port(node: &Node) -> Outcome<u16> {
    let read = match &node.kind {
        Kind::Str(word) => word.parse().ok(),
        Kind::Int(number) => u16::try_from(*number).ok(),
        _ => None,
    };
    read.filter(|port| *port > 0).ok_or_else(|| {
        let help = "a port is a number from 1 to 65535";
        bad(
            "flow/bad-protocol",
            node.span,
            "this is not a port".into(),
            help,
        )
    })
}

/// A type, or `{type, code}`.
fn icmp(node: &Node) -> Outcome<(u8, u8)> {
    match &node.kind {
        Kind::Map(_) => {
            let part = |field| node.get(field).map(byte).transpose();
            let kind = part("type")?.ok_or_else(|| {
                let help = "write `icmp: {type: 8, code: 0}`";
                bad(
                    "flow/bad-protocol",
                    node.span,
                    "the ICMP type is missing".into(),
                    help,
                )
            })?;
            Ok((kind, part("code")?.unwrap_or_default()))
        }
        _ => Ok((byte(node)?, 0)),
    }
}

fn byte(node: &Node) -> Outcome<u8> {
    let read = match &node.kind {
        Kind::Int(number) => u8::try_from(*number).ok(),
        _ => None,
    };
    read.ok_or_else(|| {
        let help = "ICMP types and codes are numbers from 0 to 255";
        bad(
            "flow/bad-protocol",
            node.span,
            "this is not an ICMP type or code".into(),
            help,
        )
    })
}

fn asks_for_ipv6(item: &Node) -> Outcome<bool> {
    match item.get("ipVersion").map(|node| (&node.kind, node.span)) {
        None | Some((Kind::Null | Kind::Int(4), _)) => Ok(false),
        Some((Kind::Int(6), _)) => Ok(true),
        Some((_, span)) => {
            let message = "this is not an IP version".into();
            Err(bad("flow/syntax", span, message, "write 4 or 6"))
        }
    }
}

fn expected(item: &Node) -> Outcome<Option<Verdict>> {
    let Some(node) = item.get("expect").filter(|node| !node.is_null()) else {
        return Ok(None);
    };
    match node
        .as_str()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "allow" => Ok(Some(Verdict::Allow)),
        "deny" => Ok(Some(Verdict::Deny)),
        _ => {
            let message = "this is not a verdict".into();
            Err(bad(
                "flow/syntax",
                node.span,
                message,
                "write `allow` or `deny`",
            ))
        }
    }
}

fn unknown_field(field: &Field) -> Option<Diagnostic> {
    if FIELDS.contains(&&*field.key) {
        return None;
    }
    let message = format!("unknown field `{}`", field.key);
    let diagnostic = Diagnostic::warning("flow/unknown-field", field.key_span, message);
    Some(match nearest(&field.key, FIELDS) {
        Some(near) => diagnostic
            .help(format!("did you mean `{near}`?"))
            .fix(Fix::replace(
                format!("Replace with `{near}`"),
                field.key_span,
                near,
            )),
        None => diagnostic.help(format!("a flow has the fields {}", FIELDS.join(", "))),
    })
}

fn first_key(item: &Node) -> Span {
    item.entries()
        .first()
        .map_or(item.span, |entry| entry.key_span)
}

fn bad(code: &'static str, span: Span, message: String, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code, span, message).help(help))
}
