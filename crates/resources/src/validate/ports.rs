//! Protocols and ports of Calico rules.

use tierwalk_source::{Diagnostic, Fix};

use super::names;
use crate::codes;
use crate::kinds::{EntityRule, Rule};
use crate::problem::{At, Problems, did_you_mean, ignored_by_native_clusters};
use crate::scalars::{PROTOCOLS, Port, Protocol};

const MAX_PORTS: usize = 50;

/// Protocols that people write by name and Calico knows by number only.
const NUMBERS: &[(&str, &str)] = &[
    ("igmp", "2"),
    ("ipip", "4"),
    ("gre", "47"),
    ("esp", "50"),
    ("ah", "51"),
    ("ospf", "89"),
    ("vrrp", "112"),
];

pub(super) fn check_protocol(protocol: &Protocol, at: &At<'_>, problems: &mut Problems<'_>) {
    match protocol {
        Protocol::Number(0) => {
            let help = "protocol numbers are between 1 and 255";
            problems.unseen(at, codes::PROTOCOL, "protocol number invalid", help);
        }
        Protocol::Name(name) if !PROTOCOLS.contains(&name.as_str()) => {
            let diagnostic = unknown_protocol(name, protocol, at, problems);
            problems.add(at, diagnostic);
        }
        _ => {}
    }
}

fn unknown_protocol(
    name: &str,
    protocol: &Protocol,
    at: &At<'_>,
    problems: &Problems<'_>,
) -> Diagnostic {
    let message = format!("`{name}`: protocol name invalid");
    let diagnostic = Diagnostic::error(codes::PROTOCOL, problems.span(at), message);
    let lower = name.trim().to_lowercase();
    let same = PROTOCOLS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(&lower));
    if let Some(known) = same {
        let diagnostic = did_you_mean(diagnostic, known);
        return match protocol.number() {
            // Felix compares without regard to case.
            Some(_) => diagnostic,
            None => ignored_by_native_clusters(diagnostic),
        };
    }
    let diagnostic = match NUMBERS.iter().find(|(name, _)| *name == lower) {
        Some((_, number)) => did_you_mean(diagnostic, number),
        None if matches!(lower.as_str(), "any" | "all" | "*") => {
            diagnostic.help("leave `protocol` out for any protocol")
        }
        None => diagnostic.help(format!("use one of {}, or a number", PROTOCOLS.join(", "))),
    };
    ignored_by_native_clusters(diagnostic)
}

/// The ports of both sides of a rule. `limited` says whether the schema's size limits hold.
pub(super) fn check(rule: &Rule, limited: bool, at: &At<'_>, problems: &mut Problems<'_>) {
    for (side, entity) in [("source", &rule.source), ("destination", &rule.destination)] {
        let at = at.key(side);
        for (field, ports) in lists(entity) {
            let at = at.key(field);
            if limited {
                problems.at_most(&at, ports.len(), MAX_PORTS, "items");
            }
            for (index, port) in ports.iter().enumerate() {
                check_port(port, &at.index(index), problems);
            }
            check_has_protocol(rule.protocol.as_ref(), ports, &at, problems);
        }
    }
}

fn lists(entity: &EntityRule) -> [(&'static str, &[Port]); 2] {
    [("ports", &entity.ports), ("notPorts", &entity.not_ports)]
}

fn check_port(port: &Port, at: &At<'_>, problems: &mut Problems<'_>) {
    match port {
        Port::Numbered(0, _) => {
            let message = "port range invalid, port number must be between 1 and 65535";
            let help = "leave `ports` out for all ports";
            problems.unseen(at, codes::PORT, message, help);
        }
        Port::Numbered(..) => {}
        Port::Named(name) => {
            if let Some(problem) = names::port_name_problem(name) {
                let diagnostic = wrong_name(name, problem, at, problems);
                problems.add(at, ignored_by_native_clusters(diagnostic));
            }
        }
    }
}

fn wrong_name(name: &str, problem: &str, at: &At<'_>, problems: &Problems<'_>) -> Diagnostic {
    let span = problems.span(at);
    let message = format!("`{name}` is no name of a port: {problem}");
    let diagnostic = Diagnostic::error(codes::PORT_NAME, span, message);
    match as_range(name) {
        Some(range) => diagnostic
            .help(format!("did you mean the range `{range}`?"))
            .fix(Fix::replace(
                format!("Write `{range}`"),
                span,
                format!("\"{range}\""),
            )),
        None => diagnostic.help("port names look like `http`; ranges look like `80:90`"),
    }
}

/// `80-90` and `80..90` as Calico writes them.
fn as_range(name: &str) -> Option<String> {
    let (low, high) = name.split_once("..").or_else(|| name.split_once('-'))?;
    let range = format!("{}:{}", low.trim(), high.trim());
    matches!(Port::parse(&range), Ok(Port::Numbered(..))).then_some(range)
}

fn check_has_protocol(
    protocol: Option<&Protocol>,
    ports: &[Port],
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    let is_numbered = |port: &Port| matches!(port, Port::Numbered(..));
    match protocol {
        None if ports.iter().any(is_numbered) => problems.unseen(
            at,
            codes::PORTS_WITHOUT_PROTOCOL,
            "rules with numeric port or port range must set protocol to TCP or UDP or SCTP",
            "add `protocol: TCP` to the rule",
        ),
        Some(protocol) if !ports.is_empty() && !protocol.has_ports() => problems.unseen(
            at,
            codes::PORTS_WITHOUT_PROTOCOL,
            "rules that specify ports must set protocol to TCP or UDP or SCTP",
            format!("protocol {protocol} has no ports here"),
        ),
        _ => {}
    }
}
