//! `policy.networking.k8s.io`: the rules of the CRDs' schema (network-policy-api `apis/`).

use super::label_selector;
use crate::codes;
use crate::kinds::{
    AdminPolicySpec, AdminPort, ClusterPeer, ClusterPolicySpec, ClusterPort, ClusterProtocol, Kind,
    NamespacedPods, PolicySubject, PortRange,
};
use crate::problem::{At, Problems};
use crate::scalars::parse_cidr;

const CODE: &str = codes::CLUSTER_POLICY;
/// Rules of a direction, and peers and protocols of a rule.
const MAX_ITEMS: usize = 25;
const MAX_NAME: usize = 100;

/// A rule of either kind, either direction.
struct Rule<'a> {
    name: &'a str,
    action: &'a str,
    peers: (&'static str, &'a [ClusterPeer]),
    ports: Ports<'a>,
}

enum Ports<'a> {
    Cluster(&'a [ClusterProtocol]),
    Admin(&'a [AdminPort]),
}

pub(super) fn check(spec: &ClusterPolicySpec, at: &At<'_>, problems: &mut Problems<'_>) {
    const ACTIONS: &[&str] = &["Accept", "Deny", "Pass"];
    problems.one_of(&at.key("tier"), CODE, &spec.tier, &["Admin", "Baseline"]);
    check_priority(spec.priority, at, problems);
    check_subject(&spec.subject, at, problems);
    let ingress = spec.ingress.iter().map(|rule| Rule {
        name: &rule.name,
        action: &rule.action,
        peers: ("from", &rule.from),
        ports: Ports::Cluster(&rule.protocols),
    });
    let egress = spec.egress.iter().map(|rule| Rule {
        name: &rule.name,
        action: &rule.action,
        peers: ("to", &rule.to),
        ports: Ports::Cluster(&rule.protocols),
    });
    let (in_at, out_at) = (at.key("ingress"), at.key("egress"));
    problems.at_most(&in_at, ingress.len(), MAX_ITEMS, "items");
    check_rules(ingress, ACTIONS, &in_at, problems);
    problems.at_most(&out_at, egress.len(), MAX_ITEMS, "items");
    check_rules(egress, ACTIONS, &out_at, problems);
}

pub(super) fn check_admin(
    spec: &AdminPolicySpec,
    kind: Kind,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    let actions: &[&str] = match kind {
        Kind::AdminNetworkPolicy => &["Allow", "Deny", "Pass"],
        _ => &["Allow", "Deny"],
    };
    if kind == Kind::AdminNetworkPolicy {
        check_priority(spec.priority, at, problems);
    }
    check_subject(&spec.subject, at, problems);
    let ingress = spec.ingress.iter().map(|rule| Rule {
        name: &rule.name,
        action: &rule.action,
        peers: ("from", &rule.from),
        ports: Ports::Admin(&rule.ports),
    });
    let egress = spec.egress.iter().map(|rule| Rule {
        name: &rule.name,
        action: &rule.action,
        peers: ("to", &rule.to),
        ports: Ports::Admin(&rule.ports),
    });
    check_rules(ingress, actions, &at.key("ingress"), problems);
    check_rules(egress, actions, &at.key("egress"), problems);
}

fn check_priority(priority: Option<i32>, at: &At<'_>, problems: &mut Problems<'_>) {
    let at = at.key("priority");
    match priority {
        None => problems.error(
            &at,
            CODE,
            "`priority` is a required value",
            "write 0 to 1000; lower is first",
        ),
        Some(priority) if !(0..=1000).contains(&priority) => {
            let message = format!("`{priority}` must be between 0 and 1000");
            problems.error(&at, CODE, message, "lower is first");
        }
        Some(_) => {}
    }
}

fn check_subject(subject: &PolicySubject, at: &At<'_>, problems: &mut Problems<'_>) {
    let at = at.key("subject");
    if subject.namespaces.is_some() == subject.pods.is_some() {
        let message = "`subject` must have exactly one of `namespaces` and `pods`";
        problems.error(&at, CODE, message, "`namespaces: {}` is every pod");
    }
    if let Some(namespaces) = &subject.namespaces {
        label_selector::check(namespaces, &at.key("namespaces"), problems);
    }
    if let Some(pods) = &subject.pods {
        check_pods(pods, &at.key("pods"), problems);
    }
}

fn check_pods(pods: &NamespacedPods, at: &At<'_>, problems: &mut Problems<'_>) {
    label_selector::check(
        &pods.namespace_selector,
        &at.key("namespaceSelector"),
        problems,
    );
    label_selector::check(&pods.pod_selector, &at.key("podSelector"), problems);
}

fn check_rules<'a>(
    rules: impl Iterator<Item = Rule<'a>>,
    actions: &'static [&'static str],
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    for (index, rule) in rules.enumerate() {
        let at = at.index(index);
        match rule.ports {
            Ports::Cluster(ports) => check_protocols(ports, &at.key("protocols"), problems),
            Ports::Admin(ports) => check_admin_ports(ports, &at.key("ports"), problems),
        }
        check_rule(&rule, actions, &at, problems);
    }
}

fn check_rule(
    rule: &Rule<'_>,
    actions: &'static [&'static str],
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    problems.one_of(&at.key("action"), codes::ACTION, rule.action, actions);
    let name = at.key("name");
    problems.at_most(&name, rule.name.chars().count(), MAX_NAME, "characters");
    let (field, peers) = rule.peers;
    let at = at.key(field);
    problems.at_most(&at, peers.len(), MAX_ITEMS, "items");
    if peers.is_empty() {
        let message = format!("`{field}` must have at least 1 item");
        problems.error(&at, CODE, message, "`- namespaces: {}` is every pod");
    }
    for (index, peer) in peers.iter().enumerate() {
        check_peer(peer, field == "to", &at.index(index), problems);
    }
}

fn check_peer(peer: &ClusterPeer, egress: bool, at: &At<'_>, problems: &mut Problems<'_>) {
    let outside = [
        ("nodes", peer.nodes.is_some()),
        ("networks", !peer.networks.is_empty()),
        ("domainNames", !peer.domain_names.is_empty()),
    ];
    let given = outside.iter().filter(|(_, given)| *given).count()
        + usize::from(peer.namespaces.is_some())
        + usize::from(peer.pods.is_some());
    if given != 1 {
        let message = "a peer must have exactly one field";
        let help = "write several peers as items of the list: each is enough";
        problems.error(at, CODE, message, help);
    }
    for (field, given) in outside {
        if given && !egress {
            let message = format!("unknown field `{field}`");
            problems.error(
                &at.key(field),
                codes::UNKNOWN_FIELD,
                message,
                "only egress rules have it",
            );
        }
    }
    let networks = at.key("networks");
    problems.at_most(&networks, peer.networks.len(), MAX_ITEMS, "items");
    for (index, net) in peer.networks.iter().enumerate() {
        if parse_cidr(net).is_err() {
            let message = format!("`{net}`: Invalid CIDR format provided");
            let help = "write a network such as `10.0.0.0/8`";
            problems.error(&networks.index(index), CODE, message, help);
        }
    }
    check_peer_selectors(peer, at, problems);
}

fn check_peer_selectors(peer: &ClusterPeer, at: &At<'_>, problems: &mut Problems<'_>) {
    for (field, selector) in [("namespaces", &peer.namespaces), ("nodes", &peer.nodes)] {
        if let Some(selector) = selector {
            label_selector::check(selector, &at.key(field), problems);
        }
    }
    if let Some(pods) = &peer.pods {
        check_pods(pods, &at.key("pods"), problems);
    }
}

fn check_protocols(protocols: &[ClusterProtocol], at: &At<'_>, problems: &mut Problems<'_>) {
    problems.at_most(at, protocols.len(), MAX_ITEMS, "items");
    for (index, protocol) in protocols.iter().enumerate() {
        check_protocol(protocol, &at.index(index), problems);
    }
}

fn check_protocol(protocol: &ClusterProtocol, at: &At<'_>, problems: &mut Problems<'_>) {
    let transports = [
        ("tcp", &protocol.tcp),
        ("udp", &protocol.udp),
        ("sctp", &protocol.sctp),
    ];
    let given = transports
        .iter()
        .filter(|(_, transport)| transport.is_some())
        .count()
        + usize::from(!protocol.destination_named_port.is_empty());
    if given != 1 {
        let message = "an item of `protocols` must have exactly one field";
        problems.error(
            at,
            CODE,
            message,
            "use one of `tcp`, `udp`, `sctp` and `destinationNamedPort`",
        );
    }
    for (field, transport) in transports {
        let Some(transport) = transport else {
            continue;
        };
        let at = at.key(field);
        match &transport.destination_port {
            Some(port) => check_port(port, &at.key("destinationPort"), problems),
            None => {
                let message = format!("`{field}` should have at least 1 property");
                problems.error(&at, CODE, message, "add `destinationPort: {number: 80}`");
            }
        }
    }
}

fn check_port(port: &ClusterPort, at: &At<'_>, problems: &mut Problems<'_>) {
    if port.number.is_some() == port.range.is_some() {
        let message = "`destinationPort` must have exactly one of `number` and `range`";
        problems.error(at, CODE, message, "a range has a `start` and an `end`");
    }
    if let Some(number) = port.number {
        check_number(number, &at.key("number"), problems);
    }
    if let Some(range) = &port.range {
        check_range(range, &at.key("range"), problems);
    }
}

fn check_number(number: i32, at: &At<'_>, problems: &mut Problems<'_>) {
    if !(1..=65535).contains(&number) {
        let message = format!("`{number}` must be between 1 and 65535");
        problems.error(at, CODE, message, "leave the ports out for all of them");
    }
}

fn check_range(range: &PortRange, at: &At<'_>, problems: &mut Problems<'_>) {
    check_number(range.start, &at.key("start"), problems);
    check_number(range.end, &at.key("end"), problems);
    if range.start >= range.end {
        let message = "Start port must be less than End port";
        problems.error(&at.key("end"), CODE, message, "for one port, use a number");
    }
}

fn check_admin_ports(ports: &[AdminPort], at: &At<'_>, problems: &mut Problems<'_>) {
    for (index, port) in ports.iter().enumerate() {
        let at = at.index(index);
        let given = usize::from(port.port_number.is_some())
            + usize::from(port.port_range.is_some())
            + usize::from(!port.named_port.is_empty());
        if given != 1 {
            let message = "an item of `ports` must have exactly one field";
            let help = "use one of `portNumber`, `portRange` and `namedPort`";
            problems.error(&at, CODE, message, help);
        }
        if let Some(number) = &port.port_number {
            check_number(number.port, &at.key("portNumber").key("port"), problems);
        }
        if let Some(range) = &port.port_range {
            check_range(range, &at.key("portRange"), problems);
        }
    }
}
