//! The protocol of a flow, with its port or its ICMP type.

use nom::bytes::complete::tag;
use nom::character::complete::{alphanumeric1, digit1};
use nom::combinator::{all_consuming, opt};
use nom::sequence::preceded;
use nom::{IResult, Parser};
use tierwalk_resources::model::Protocol;
use tierwalk_source::{Diagnostic, Fix, Span, nearest};

use super::Service;

const NAMES: [(&str, Protocol); 7] = [
    ("tcp", Protocol::TCP),
    ("udp", Protocol::UDP),
    ("sctp", Protocol::SCTP),
    ("icmp", Protocol::ICMP),
    ("icmpv6", Protocol::ICMPV6),
    ("icmp6", Protocol::ICMPV6),
    ("udplite", Protocol::UDPLITE),
];

/// What stands between the slashes: `tcp/8080`, `icmp/8/0`.
type Parts<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// A sentence, help, and a word to put instead.
type Refusal = (String, String, Option<String>);

/// Reads `tcp/8080`, `icmp/8/0` or `ip/47`; `span` is where `word` stands.
pub(super) fn read(word: &str, span: Span) -> Result<Service, Box<Diagnostic>> {
    interpret(word).map_err(|(message, help, instead)| {
        let mut diagnostic = Diagnostic::error("flow/bad-protocol", span, message).help(help);
        if let Some(instead) = instead {
            diagnostic = diagnostic.fix(Fix::replace(
                format!("Replace with `{instead}`"),
                span,
                instead,
            ));
        }
        Box::new(diagnostic)
    })
}

/// A protocol by Calico's name in any case, or by its number.
pub(super) fn protocol(word: &str) -> Option<Protocol> {
    let name = word.to_ascii_lowercase();
    let named = NAMES.iter().find(|(known, _)| *known == name);
    named
        .map(|(_, protocol)| *protocol)
        .or_else(|| number(word))
}

/// A service of a protocol whose port or ICMP type may be given.
pub(super) fn of(
    protocol: Protocol,
    port: Option<u16>,
    icmp: Option<(u8, u8)>,
) -> Result<Service, String> {
    let name = protocol.name().to_ascii_lowercase();
    let is_icmp = matches!(protocol, Protocol::ICMP | Protocol::ICMPV6);
    match (port, icmp) {
        (Some(0), _) => Err("port 0 is never sent to".into()),
        (Some(_), _) if !may_have_port(protocol) => Err(format!("`{name}` has no ports")),
        (None, _) if protocol.has_ports() => Err(format!("`{name}` needs a port")),
        (_, Some(_)) if !is_icmp => Err(format!("`{name}` has no ICMP type")),
        _ => Ok(Service {
            protocol,
            port,
            icmp: icmp.or_else(|| is_icmp.then(|| echo_request(protocol))),
        }),
    }
}

/// What ping sends.
fn echo_request(protocol: Protocol) -> (u8, u8) {
    if protocol == Protocol::ICMPV6 {
        (128, 0)
    } else {
        (8, 0)
    }
}

fn may_have_port(protocol: Protocol) -> bool {
    protocol.has_ports() || protocol == Protocol::UDPLITE
}

fn interpret(word: &str) -> Result<Service, Refusal> {
    let Ok((_, (name, first, second))) = parts(word) else {
        return Err(not_a_service(word));
    };
    match (name.to_ascii_lowercase().as_str(), first, second) {
        ("ip", Some(digits), None) => by_number(digits),
        (name, first, second) => match NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, Protocol::ICMP | Protocol::ICMPV6)) => icmp(name, first, second),
            Some((_, protocol)) if second.is_none() => with_port(*protocol, first),
            Some(_) => Err(not_a_service(word)),
            None => Err(unknown_protocol(name, first)),
        },
    }
}

fn parts(word: &str) -> IResult<&str, Parts<'_>> {
    let number = || opt(preceded(tag("/"), digit1));
    all_consuming((alphanumeric1, number(), number())).parse(word)
}

fn with_port(protocol: Protocol, digits: Option<&str>) -> Result<Service, Refusal> {
    let name = protocol.name().to_ascii_lowercase();
    let port = match digits.map(str::parse::<u16>) {
        None => None,
        Some(Ok(port)) if port > 0 => Some(port),
        Some(_) => {
            let message = format!("`{}` is not a port", digits.unwrap_or_default());
            return Err((message, "a port is a number from 1 to 65535".into(), None));
        }
    };
    of(protocol, port, None).map_err(|message| {
        (
            message,
            format!("write it after a slash: `{name}/8080`"),
            None,
        )
    })
}

fn icmp(name: &str, kind: Option<&str>, code: Option<&str>) -> Result<Service, Refusal> {
    let byte = |digits: &str| {
        digits.parse::<u8>().map_err(|_| {
            let message = format!("`{digits}` is not an ICMP type or code");
            (message, "both are numbers from 0 to 255".to_owned(), None)
        })
    };
    let protocol = protocol(name).unwrap_or(Protocol::ICMP);
    let kind = kind.map(byte).transpose()?;
    let code = code.map(byte).transpose()?.unwrap_or_default();
    of(protocol, None, kind.map(|kind| (kind, code)))
        .map_err(|message| (message, "write `icmp/8`".into(), None))
}

fn by_number(digits: &str) -> Result<Service, Refusal> {
    let help = "a protocol number is from 1 to 255; TCP, UDP and SCTP are written with their port";
    match number(digits) {
        Some(protocol) => of(protocol, None, None).map_err(|message| {
            let name = protocol.name().to_ascii_lowercase();
            (message, format!("write `{name}/8080`"), None)
        }),
        None => Err((format!("`{digits}` is not a protocol"), help.into(), None)),
    }
}

fn number(digits: &str) -> Option<Protocol> {
    digits
        .parse()
        .ok()
        .filter(|number| *number > 0)
        .map(Protocol)
}

fn unknown_protocol(name: &str, first: Option<&str>) -> Refusal {
    let known = NAMES.map(|(name, _)| name);
    let tail = first.map(|digits| format!("/{digits}")).unwrap_or_default();
    if let Some(port) = name.parse::<u16>().ok().filter(|_| first.is_none()) {
        let instead = format!("tcp/{port}");
        return (
            format!("port `{port}` of which protocol?"),
            format!("write the protocol first, such as `{instead}`"),
            Some(instead),
        );
    }
    let message = format!("protocol `{name}` is unknown");
    match nearest(name, known) {
        Some(near) => {
            let instead = format!("{near}{tail}");
            (message, format!("did you mean `{instead}`?"), Some(instead))
        }
        None => (
            message,
            "known are tcp, udp, sctp, icmp, icmpv6, udplite and `ip/` with a number".into(),
            None,
        ),
    }
}

fn not_a_service(word: &str) -> Refusal {
    let swapped = word
        .split_once(['/', ':'])
        .map(|(first, second)| match protocol(first) {
            Some(_) if first.parse::<u16>().is_err() => format!("{first}/{second}"),
            _ => format!("{second}/{first}"),
        })
        .filter(|instead| interpret_simple(instead));
    let message = format!("`{word}` is not a protocol and port");
    match swapped {
        Some(instead) => (message, format!("write `{instead}`"), Some(instead)),
        None => (message, "write it like `tcp/8080` or `icmp/8`".into(), None),
    }
}

/// Whether a suggested word can be read; never asks for another suggestion.
fn interpret_simple(word: &str) -> bool {
    parts(word).is_ok() && interpret(word).is_ok()
}
