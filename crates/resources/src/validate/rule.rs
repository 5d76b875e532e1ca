//! One rule of a Calico policy or profile.

use super::{entity, http, metadata, nets, ports};
use crate::codes;
use crate::kinds::{IcmpFields, Rule};
use crate::problem::{At, Problems};
use crate::scalars::Protocol;

/// Whose rule it is. Profiles have no schema (reference §6.8), and so fewer rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Namespaced,
    Global,
    Profile,
}

/// Which of the two lists it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Ingress,
    Egress,
}

pub(super) fn check(
    rule: &Rule,
    owner: Owner,
    direction: Direction,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    let has_schema = owner != Owner::Profile;
    if has_schema {
        check_schema(rule, at, problems);
    }
    if let Some(protocol) = &rule.protocol {
        ports::check_protocol(protocol, &at.key("protocol"), problems);
    }
    if let Some(protocol) = &rule.not_protocol {
        ports::check_protocol(protocol, &at.key("notProtocol"), problems);
    }
    ports::check(rule, has_schema, at, problems);
    nets::check(rule, has_schema, at, problems);
    for (field, icmp) in [("icmp", rule.icmp), ("notICMP", rule.not_icmp)] {
        if let Some(icmp) = icmp {
            check_icmp(icmp, has_schema, &at.key(field), problems);
        }
    }
    entity::check(&rule.source, owner, &at.key("source"), problems);
    entity::check(&rule.destination, owner, &at.key("destination"), problems);
    if has_schema {
        entity::check_sides(rule, direction, at, problems);
    }
    http::check(rule, owner, direction, at, problems);
    if let Some(notes) = &rule.metadata {
        let at = at.key("metadata");
        metadata::check_annotations(&notes.annotations, &at.key("annotations"), problems);
    }
}

fn check_schema(rule: &Rule, at: &At<'_>, problems: &mut Problems<'_>) {
    const ACTIONS: &[&str] = &["Allow", "Deny", "Log", "Pass"];
    problems.one_of(&at.key("action"), codes::ACTION, &rule.action, ACTIONS);
    if let Some(version) = rule.ip_version.filter(|version| !matches!(version, 4 | 6)) {
        let message = format!("unsupported value `{version}`: supported values: \"4\", \"6\"");
        let help = "leave `ipVersion` out for both";
        problems.error(&at.key("ipVersion"), codes::IP_VERSION, message, help);
    }
    let needs = |protocol: &Option<Protocol>, number, version| {
        let is_it = protocol.as_ref().is_some_and(|it| is_icmp(it, number));
        is_it && rule.ip_version.is_some_and(|written| written != version)
    };
    for (field, protocol) in [
        ("protocol", &rule.protocol),
        ("notProtocol", &rule.not_protocol),
    ] {
        for (name, number, version) in [("ICMP", 1, 4), ("ICMPv6", 58, 6)] {
            if needs(protocol, number, version) {
                let message = format!("protocol {name} requires ipVersion {version}");
                let help = format!("remove `ipVersion`, as {name} says it already");
                problems.error(&at.key(field), codes::IP_VERSION, message, help);
            }
        }
    }
    let has_icmp = |it: &Protocol| is_icmp(it, 1) || is_icmp(it, 58);
    if rule.icmp.is_some() && !rule.protocol.as_ref().is_some_and(has_icmp) {
        let message = "ICMP fields require protocol to be ICMP or ICMPv6";
        problems.error(
            &at.key("icmp"),
            codes::ICMP,
            message,
            "add `protocol: ICMP` to the rule",
        );
    }
}

/// Exact names only, as the schema compares.
fn is_icmp(protocol: &Protocol, number: u8) -> bool {
    match protocol {
        Protocol::Number(written) => *written == number,
        Protocol::Name(name) => {
            matches!((name.as_str(), number), ("ICMP", 1) | ("ICMPv6", 58))
        }
    }
}

fn check_icmp(icmp: IcmpFields, has_schema: bool, at: &At<'_>, problems: &mut Problems<'_>) {
    for (field, value, max) in [("type", icmp.icmp_type, 254), ("code", icmp.code, 255)] {
        if let Some(value) = value.filter(|value| !(0..=max).contains(value)) {
            let bound = if value < 0 {
                "greater than or equal to 0"
            } else {
                "less than or equal to"
            };
            let limit = if value < 0 {
                String::new()
            } else {
                format!(" {max}")
            };
            let message = format!("ICMP {field} should be {bound}{limit}");
            let help = format!("ICMP {field}s are between 0 and {max}");
            problems.error(&at.key(field), codes::ICMP, message, help);
        }
    }
    if has_schema && icmp.code.is_some() && icmp.icmp_type.is_none() {
        let message = "ICMP code specified without an ICMP type";
        problems.error(&at.key("code"), codes::ICMP, message, "add the `type`");
    }
}
