//! Networks of Calico rules.

use tierwalk_source::{Diagnostic, Fix};

use crate::codes;
use crate::kinds::Rule;
use crate::problem::{At, Problems, ignored_by_native_clusters};
use crate::scalars::{Net, NetError, parse_cidr};

const MAX_NETS: usize = 256;

/// The four lists of a rule, which must be of one IP version altogether.
pub(super) fn check(rule: &Rule, limited: bool, at: &At<'_>, problems: &mut Problems<'_>) {
    let mut version = None;
    for (side, entity) in [("source", &rule.source), ("destination", &rule.destination)] {
        let at = at.key(side);
        for (field, nets) in [("nets", &entity.nets), ("notNets", &entity.not_nets)] {
            let at = at.key(field);
            if limited {
                problems.at_most(&at, nets.len(), MAX_NETS, "items");
            }
            for (index, text) in nets.iter().enumerate() {
                let at = at.index(index);
                let Some(net) = check_net(text, &at, problems) else {
                    continue;
                };
                check_version(&net, rule.ip_version, &mut version, &at, problems);
                if field == "notNets" {
                    check_catch_all(text, &net, &at, problems);
                }
            }
        }
    }
}

fn check_net(text: &str, at: &At<'_>, problems: &mut Problems<'_>) -> Option<Net> {
    let span = problems.span(at);
    let diagnostic = match parse_cidr(text) {
        Ok(net) if net.is_masked() => return Some(net),
        Ok(net) => {
            let masked = net.masked();
            let message = format!("`{text}` has bits set beyond its prefix");
            let fix = Fix {
                safe: false,
                ..Fix::replace(
                    format!("Write `{masked}`"),
                    span,
                    quoted(&masked.to_string()),
                )
            };
            Diagnostic::error(codes::CIDR, span, message)
                .help(format!(
                    "the network is `{masked}`; one address has the prefix /32 or /128"
                ))
                .fix(fix)
        }
        Err(NetError::Address(addr)) => {
            let net = format!("{text}/{}", if addr.is_ipv4() { 32 } else { 128 });
            Diagnostic::error(codes::CIDR, span, format!("`{text}`: invalid CIDR"))
                .help(format!(
                    "rules want a prefix length, also for one address: `{net}`"
                ))
                .fix(Fix::replace(format!("Write `{net}`"), span, quoted(&net)))
        }
        Err(NetError::Invalid) => {
            let help = if text.contains(['$', '{']) {
                "put the address in for the placeholder"
            } else {
                "write `10.0.0.0/8` or `fd00::/8`, without leading zeros"
            };
            Diagnostic::error(codes::CIDR, span, format!("`{text}`: invalid CIDR")).help(help)
        }
    };
    problems.add(at, ignored_by_native_clusters(diagnostic));
    None
}

/// YAML could take an IPv6 network for something else.
fn quoted(net: &str) -> String {
    if net.contains(':') {
        format!("\"{net}\"")
    } else {
        net.to_owned()
    }
}

fn check_version(
    net: &Net,
    wanted: Option<i64>,
    version: &mut Option<u8>,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    let found = net.version();
    if wanted.is_some_and(|wanted| wanted != i64::from(found)) {
        let message = "rule IP version doesn't match CIDR version";
        let help = format!("this network is IPv{found}; the rule's `ipVersion` says otherwise");
        problems.unseen(at, codes::IP_VERSION, message, help);
    }
    if *version.get_or_insert(found) != found {
        let message = "rule contains both IPv4 and IPv6 CIDRs";
        problems.unseen(
            at,
            codes::IP_VERSION,
            message,
            "write one rule for each IP version",
        );
    }
}

/// Calico compares `0.0.0.0/0` as text and `::/0` as a network.
fn check_catch_all(text: &str, net: &Net, at: &At<'_>, problems: &mut Problems<'_>) {
    let masked = net.masked();
    if text == "0.0.0.0/0" || (net.version() == 6 && masked.prefix_len() == 0) {
        let message =
            "catch-all CIDR in negation creates logical contradiction (matches no traffic)";
        problems.unseen(
            at,
            codes::CATCH_ALL,
            message,
            "such a rule matches nothing: remove it",
        );
    }
}
