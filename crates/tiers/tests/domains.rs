//! The extension: `destination.domains`, and `allowedEgressDomains` of network sets.

mod common;

use tierwalk_resources::model::{IpVersion, Protocol};
use tierwalk_tiers::{End, Engine, Flow, Verdict};

const PODS: &str = "
apiVersion: v1
kind: Pod
metadata: {name: cli, namespace: dev, labels: {app: cli}}
spec: {containers: [{name: c, image: x}]}
status: {phase: Running, podIPs: [{ip: 10.0.0.2}, {ip: 'fd00::2'}]}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: vendors, labels: {list: vendors}}
spec: {nets: [203.0.113.0/24], allowedEgressDomains: ['*.vendor.com']}
---
";

/// A policy of `cli` with one egress rule that allows a destination.
fn engine(destination: &str) -> Engine {
    common::engine(&format!(
        "{PODS}apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {{name: p}}\nspec: {{selector: app == 'cli', egress: [{{action: Allow, destination: {{{destination}}}}}]}}"
    ))
}

fn check(engine: &Engine, flows: &[(&str, Verdict)]) {
    for (to, expected) in flows {
        let source = End::Pod {
            namespace: "dev".into(),
            name: "cli".into(),
        };
        let destination = match to.parse() {
            Ok(address) => End::Address(address),
            Err(_) => End::Domain((*to).into()),
        };
        let mut flow = Flow::to_port(source, destination, Protocol::TCP, 443);
        for version in [None, Some(IpVersion::V6)] {
            flow.ip_version = version;
            if let Ok(walk) = engine.walk(&flow) {
                assert_eq!(walk.verdict, *expected, "{to} {version:?}");
            }
        }
    }
}

#[test]
fn names_match_whatever_their_case_and_a_star_stands_for_labels() {
    check(
        &engine("domains: [api.vendor.com, '*.partner.com']"),
        &[
            ("API.vendor.com", Verdict::Allow),
            ("www.vendor.com", Verdict::Deny),
            ("a.b.partner.com", Verdict::Allow),
            ("partner.com", Verdict::Deny),
        ],
    );
}

#[test]
fn an_address_is_no_domain() {
    check(
        &engine("domains: ['*.vendor.com']"),
        &[("93.184.216.34", Verdict::Deny)],
    );
}

#[test]
fn domains_are_alternatives_to_networks() {
    check(
        &engine("domains: [api.vendor.com], nets: [198.51.100.0/24]"),
        &[
            ("api.vendor.com", Verdict::Allow),
            ("198.51.100.7", Verdict::Allow),
            ("8.8.8.8", Verdict::Deny),
            ("other.com", Verdict::Deny),
        ],
    );
}

#[test]
fn domains_are_alternatives_to_selectors() {
    check(
        &engine("domains: [api.other.com], selector: list == 'vendors'"),
        &[
            ("api.other.com", Verdict::Allow),
            ("203.0.113.9", Verdict::Allow),
            ("8.8.8.8", Verdict::Deny),
        ],
    );
}

#[test]
fn a_network_set_owns_what_its_domains_match() {
    check(
        &engine("selector: list == 'vendors'"),
        &[
            ("api.vendor.com", Verdict::Allow),
            ("203.0.113.9", Verdict::Allow),
            ("vendor.com", Verdict::Deny),
        ],
    );
}

#[test]
fn a_domain_has_a_public_address() {
    check(
        &engine("notNets: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]"),
        &[("93.184.216.34", Verdict::Allow)],
    );
    let engine = engine("nets: [93.184.216.34/32]");
    let to = End::Domain("example.com".into());
    let from = End::Pod {
        namespace: "dev".into(),
        name: "cli".into(),
    };
    let walk = engine
        .walk(&Flow::to_port(from, to, Protocol::TCP, 443))
        .expect("a flow");
    assert_eq!(walk.verdict, Verdict::Allow);
}
