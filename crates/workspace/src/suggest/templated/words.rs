//! One-line rules, word by word.

use tierwalk_resources::model::{Action, Policy, Protocol};
use tierwalk_tiers::Direction;

use super::super::{case::Case, peer::Peer};
use crate::made::Made;

/// Whether a text is a rule.
pub(super) fn is_rule(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    matches!(first, "allow" | "deny")
}

/// The words of a rule that made a field of the object.
pub(super) fn of_line<'a>(made: Made<'a>, compiled: &str) -> Option<&'a str> {
    let span = made.place(compiled)?.span;
    let (_, node) = made.value(compiled)?;
    let text = span.of(&made.template.text);
    (is_rule(node.as_str()?) && node.as_str()?.contains(text)).then_some(text)
}

/// A rule with other words in place of some.
pub(super) fn replaced(line: &str, part: &str, with: &str) -> Option<String> {
    line.contains(part).then(|| line.replacen(part, with, 1))
}

/// A rule with the other action.
pub(super) fn turned(line: &str, allow: bool) -> Option<String> {
    let rest = line.strip_prefix(if allow { "deny" } else { "allow" })?;
    Some(format!("{}{rest}", if allow { "allow" } else { "deny" }))
}

/// A rule that matches the flow; `None` if one line cannot say it.
pub(super) fn rule(case: Case<'_>, policy: &Policy) -> Option<String> {
    let action = match case.action() {
        Action::Allow => "allow",
        Action::Deny => "deny",
        _ => return None,
    };
    let protocol = match case.walk.flow.protocol {
        Protocol::TCP => "tcp",
        Protocol::UDP => "udp",
        Protocol::SCTP => "sctp",
        _ => return None,
    };
    let port = case.walk.flow.port?;
    let end = end(case, policy)?;
    Some(match case.direction() {
        Direction::Ingress => format!("{action} {protocol} from {end} to ports {port}"),
        Direction::Egress => format!("{action} {protocol} to ports {port} {end}"),
    })
}

fn end(case: Case<'_>, policy: &Policy) -> Option<String> {
    match Peer::of(case, case.peer()) {
        Peer::Pod { namespace, label } => {
            let elsewhere = policy.id.namespace != namespace || label.is_none();
            let label = label.map(|(key, value)| format!("label {key}={value}"));
            let namespace = elsewhere.then(|| format!("namespace {namespace}"));
            Some(
                label
                    .into_iter()
                    .chain(namespace)
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        }
        Peer::Net(net) => Some(format!("cidr {net}")),
        Peer::Domain(_) => None,
    }
}
