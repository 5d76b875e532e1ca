//! Rules as Calico writes them (Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go`,
//! `felix/calc/rule_convert.go`).

#[cfg(test)]
mod tests;

use super::entity;
use super::selectors::Selectors;
use crate::kinds::{self, HttpMatch, IcmpFields};
use crate::model::{Action, Http, HttpPath, Icmp, IpVersion, Protocol, Rule, Written};
use crate::scalars;

/// The rules of a list at `path` (`spec.ingress`), of a policy in `namespace`.
pub(crate) fn convert_all(
    rules: &[kinds::Rule],
    path: &str,
    namespace: &str,
    selectors: &mut Selectors,
) -> Option<Vec<Rule>> {
    let convert = |(index, rule)| convert(rule, format!("{path}[{index}]"), namespace, selectors);
    rules.iter().enumerate().map(convert).collect()
}

fn convert(
    rule: &kinds::Rule,
    path: String,
    namespace: &str,
    selectors: &mut Selectors,
) -> Option<Rule> {
    Some(Rule {
        action: action(&rule.action)?,
        path,
        written: Written::Calico,
        ip_version: ip_version(rule),
        protocol: optional(&rule.protocol, protocol)?,
        not_protocol: optional(&rule.not_protocol, protocol)?,
        icmp: optional(&rule.icmp, icmp)?,
        not_icmp: optional(&rule.not_icmp, icmp)?,
        source: entity::convert(&rule.source, namespace, selectors)?,
        destination: entity::convert(&rule.destination, namespace, selectors)?,
        http: rule.http.as_ref().map(http),
    })
}

/// Absent stays absent; what is there must convert.
fn optional<T, U>(value: &Option<T>, convert: impl Fn(&T) -> Option<U>) -> Option<Option<U>> {
    match value {
        None => Some(None),
        Some(value) => convert(value).map(Some),
    }
}

fn action(name: &str) -> Option<Action> {
    match name {
        "Allow" => Some(Action::Allow),
        "Deny" => Some(Action::Deny),
        "Pass" => Some(Action::Pass),
        "Log" => Some(Action::Log),
        _ => None,
    }
}

fn protocol(protocol: &scalars::Protocol) -> Option<Protocol> {
    protocol.number().map(Protocol)
}

/// Written, or implied by the protocol's name; its number implies nothing.
fn ip_version(rule: &kinds::Rule) -> Option<IpVersion> {
    match (rule.ip_version, &rule.protocol) {
        (Some(4), _) => Some(IpVersion::V4),
        (Some(6), _) => Some(IpVersion::V6),
        (_, Some(scalars::Protocol::Name(name))) if name.eq_ignore_ascii_case("icmp") => {
            Some(IpVersion::V4)
        }
        (_, Some(scalars::Protocol::Name(name))) if name.eq_ignore_ascii_case("icmpv6") => {
            Some(IpVersion::V6)
        }
        _ => None,
    }
}

fn icmp(fields: &IcmpFields) -> Option<Icmp> {
    let byte = |value: &i64| u8::try_from(*value).ok();
    Some(Icmp {
        kind: optional(&fields.icmp_type, byte)?,
        code: optional(&fields.code, byte)?,
    })
}

fn http(written: &HttpMatch) -> Http {
    let path = |path: &kinds::HttpPath| {
        if path.exact.is_empty() {
            HttpPath::Prefix(path.prefix.clone())
        } else {
            HttpPath::Exact(path.exact.clone())
        }
    };
    Http {
        methods: written.methods.clone(),
        paths: written.paths.iter().map(path).collect(),
    }
}
