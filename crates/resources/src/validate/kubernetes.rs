//! `networking.k8s.io/v1` `NetworkPolicy` (Kubernetes `pkg/apis/networking/validation`).

use ipnet::IpNet;
use tierwalk_source::{Diagnostic, Fix};

use super::{label_selector, names};
use crate::codes;
use crate::kinds::{IpBlock, KubernetesPeer, KubernetesPolicySpec, KubernetesPort};
use crate::problem::{At, Problems};
use crate::scalars::{IntOrString, Net, NetError, parse_cidr};

pub(super) fn check(spec: &KubernetesPolicySpec, at: &At<'_>, problems: &mut Problems<'_>) {
    label_selector::check(&spec.pod_selector, &at.key("podSelector"), problems);
    check_types(&spec.policy_types, &at.key("policyTypes"), problems);
    let ingress = at.key("ingress");
    for (index, rule) in spec.ingress.iter().enumerate() {
        let at = ingress.index(index);
        check_ports(&rule.ports, &at, problems);
        check_peers(&rule.from, &at.key("from"), problems);
    }
    let egress = at.key("egress");
    for (index, rule) in spec.egress.iter().enumerate() {
        let at = egress.index(index);
        check_ports(&rule.ports, &at, problems);
        check_peers(&rule.to, &at.key("to"), problems);
    }
}

fn check_types(types: &[String], at: &At<'_>, problems: &mut Problems<'_>) {
    if types.len() > 2 {
        let message = "may not specify more than two policyTypes";
        return problems.error(
            at,
            codes::TYPES,
            message,
            "there are two: `Ingress` and `Egress`",
        );
    }
    for (index, name) in types.iter().enumerate() {
        problems.one_of(&at.index(index), codes::TYPES, name, &["Ingress", "Egress"]);
    }
}

fn check_ports(ports: &[KubernetesPort], rule: &At<'_>, problems: &mut Problems<'_>) {
    let at = rule.key("ports");
    for (index, port) in ports.iter().enumerate() {
        let at = at.index(index);
        if let Some(protocol) = &port.protocol {
            let allowed = &["TCP", "UDP", "SCTP"];
            problems.one_of(
                &at.key("protocol"),
                codes::KUBERNETES_PORT,
                protocol,
                allowed,
            );
        }
        check_port(port, &at.key("port"), problems);
        if let Some(end) = port.end_port {
            check_end_port(port, end, &at.key("endPort"), problems);
        }
    }
}

fn check_port(port: &KubernetesPort, at: &At<'_>, problems: &mut Problems<'_>) {
    match &port.port {
        Some(IntOrString::Int(number)) if !(1..=65535).contains(number) => {
            out_of_range(*number, at, problems);
        }
        Some(IntOrString::String(name)) => check_port_name(name, at, problems),
        _ => {}
    }
}

fn out_of_range(number: i32, at: &At<'_>, problems: &mut Problems<'_>) {
    let message = format!("`{number}` must be between 1 and 65535, inclusive");
    let help = "leave it out for all ports";
    problems.error(at, codes::KUBERNETES_PORT, message, help);
}

fn check_port_name(name: &str, at: &At<'_>, problems: &mut Problems<'_>) {
    let Some(problem) = names::port_name_problem(name) else {
        return;
    };
    let span = problems.span(at);
    let message = format!("`{name}` is no name of a port: {problem}");
    let diagnostic = Diagnostic::error(codes::PORT_NAME, span, message);
    let diagnostic = match name.parse::<u16>() {
        Ok(number) => diagnostic
            .help("a number in quotes is a name to Kubernetes: remove the quotes")
            .fix(Fix::replace("Remove the quotes", span, number.to_string())),
        Err(_) => diagnostic.help("port names look like `http`; a range is `port` and `endPort`"),
    };
    problems.add(at, diagnostic);
}

fn check_end_port(port: &KubernetesPort, end: i32, at: &At<'_>, problems: &mut Problems<'_>) {
    let message = match &port.port {
        None => "may not be specified when `port` is not specified",
        Some(IntOrString::String(_)) => "may not be specified when `port` is non-numeric",
        Some(IntOrString::Int(first)) if end < *first => "must be greater than or equal to `port`",
        Some(IntOrString::Int(_)) if end > 65535 => return out_of_range(end, at, problems),
        Some(IntOrString::Int(_)) => return,
    };
    let help = "`port` and `endPort` are the first and the last number of a range";
    problems.error(
        at,
        codes::KUBERNETES_PORT,
        format!("`endPort` {message}"),
        help,
    );
}

fn check_peers(peers: &[KubernetesPeer], at: &At<'_>, problems: &mut Problems<'_>) {
    for (index, peer) in peers.iter().enumerate() {
        check_peer(peer, &at.index(index), problems);
    }
}

fn check_peer(peer: &KubernetesPeer, at: &At<'_>, problems: &mut Problems<'_>) {
    let selects = peer.pod_selector.is_some() || peer.namespace_selector.is_some();
    match &peer.ip_block {
        None if !selects => {
            let help =
                "`podSelector: {}` is all pods of the namespace; leave the list out for everybody";
            problems.error(at, codes::KUBERNETES_PEER, "must specify a peer", help);
        }
        Some(_) if selects => {
            let message = "may not specify both ipBlock and another peer";
            let help = "write them as two items of the list: each is enough";
            problems.error(&at.key("ipBlock"), codes::KUBERNETES_PEER, message, help);
        }
        Some(block) => check_ip_block(block, &at.key("ipBlock"), problems),
        None => {}
    }
    if let Some(selector) = &peer.pod_selector {
        label_selector::check(selector, &at.key("podSelector"), problems);
    }
    if let Some(selector) = &peer.namespace_selector {
        label_selector::check(selector, &at.key("namespaceSelector"), problems);
    }
}

fn check_ip_block(block: &IpBlock, at: &At<'_>, problems: &mut Problems<'_>) {
    let cidr_at = at.key("cidr");
    if block.cidr.is_empty() {
        let help = "write a network such as `10.0.0.0/8`";
        return problems.error(
            &cidr_at,
            codes::IP_BLOCK,
            "`cidr` is a required value",
            help,
        );
    }
    let cidr = check_cidr(&block.cidr, &cidr_at, problems);
    let except_at = at.key("except");
    for (index, except) in block.except.iter().enumerate() {
        let at = except_at.index(index);
        if let (Some(except), Some(cidr)) = (check_cidr(except, &at, problems), &cidr) {
            check_inside(&except, cidr, &at, problems);
        }
    }
}

fn check_inside(except: &Net, cidr: &Net, at: &At<'_>, problems: &mut Problems<'_>) {
    let (inner, outer) = (except.written.trunc(), cidr.written.trunc());
    let is_inside = outer.contains(&inner) && inner.prefix_len() > outer.prefix_len();
    if !is_inside {
        let message = format!("`{inner}` must be a strict subset of `cidr`");
        let help = "`except` takes something out of `cidr`, and not all of it";
        problems.error(at, codes::IP_BLOCK, message, help);
    }
}

/// Kubernetes refuses what Calico reads leniently: leading zeros in prefix lengths, mapped addresses.
fn check_cidr(text: &str, at: &At<'_>, problems: &mut Problems<'_>) -> Option<Net> {
    let span = problems.span(at);
    let error =
        |message: &str| Diagnostic::error(codes::IP_BLOCK, span, format!("`{text}` {message}"));
    let diagnostic = match parse_cidr(text) {
        Ok(net) if has_leading_zero(text) => {
            problems.add(
                at,
                error("must not have leading 0s in IP or prefix length").help("remove them"),
            );
            return Some(net);
        }
        Ok(net) if !net.is_masked() => {
            let masked = net.written.trunc();
            let title = format!("Write `{masked}`");
            error("must not have bits set beyond the prefix length")
                .help(format!(
                    "the network is `{masked}`; Kubernetes before 1.36 only warns"
                ))
                .fix(Fix {
                    safe: false,
                    ..Fix::replace(title, span, yaml_text(&masked))
                })
        }
        Ok(net) => return Some(net),
        Err(NetError::Address(address)) => {
            let net = IpNet::from(address);
            error("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")
                .help("one address has the prefix /32 or /128")
                .fix(Fix::replace(
                    format!("Write `{net}`"),
                    span,
                    yaml_text(&net),
                ))
        }
        Err(NetError::Invalid) if has_leading_zero(text) => {
            error("must not have leading 0s in IP or prefix length").help("remove them")
        }
        Err(NetError::Invalid) => {
            error("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")
                .help("write a network such as `10.0.0.0/8`")
        }
    };
    problems.add(at, diagnostic);
    None
}

fn yaml_text(net: &IpNet) -> String {
    match net {
        IpNet::V4(net) => net.to_string(),
        IpNet::V6(net) => format!("\"{net}\""),
    }
}

fn has_leading_zero(text: &str) -> bool {
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    let leads = |part: &str| part.len() > 1 && part.starts_with('0');
    leads(prefix) || (!address.contains(':') && address.split('.').any(leads))
}
