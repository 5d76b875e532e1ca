//! A rule for one flow, as it would be written in a policy of some kind.

use tierwalk_protocol::yaml_text;
use tierwalk_resources::model::{Action, Policy, PolicyKind, Protocol};
use tierwalk_tiers::Direction;

use super::case::Case;
use super::peer::Peer;

/// The lines of a rule that matches the flow; `None` if rules of this kind cannot say it.
pub(super) fn rule(case: Case<'_>, policy: &Policy, action: Action) -> Option<Vec<String>> {
    match policy.id.kind {
        PolicyKind::KubernetesNetworkPolicy | PolicyKind::StagedKubernetesNetworkPolicy => {
            (action == Action::Allow).then(|| kubernetes(case, policy))?
        }
        PolicyKind::KubernetesClusterNetworkPolicy => None,
        _ => Some(calico(case, policy, action)),
    }
}

fn calico(case: Case<'_>, policy: &Policy, action: Action) -> Vec<String> {
    let flow = &case.walk.flow;
    let mut lines = vec![
        format!("action: {}", word(action)),
        format!("protocol: {}", flow.protocol.name()),
    ];
    let peer = selectors(policy, &Peer::of(case, case.peer()));
    let ports = flow.port.map(|port| format!("ports: [{port}]"));
    match case.direction() {
        Direction::Ingress => {
            group(&mut lines, "source", peer);
            group(&mut lines, "destination", ports.into_iter().collect());
        }
        Direction::Egress => {
            let all = peer.into_iter().chain(ports).collect();
            group(&mut lines, "destination", all);
        }
    }
    lines
}

fn group(lines: &mut Vec<String>, key: &str, members: Vec<String>) {
    if !members.is_empty() {
        lines.push(format!("{key}:"));
        lines.extend(members.iter().map(|member| format!("  {member}")));
    }
}

/// The fields that mean a peer, in a Calico rule.
fn selectors(policy: &Policy, peer: &Peer<'_>) -> Vec<String> {
    match peer {
        Peer::Pod { namespace, label } => {
            let mut lines = Vec::new();
            if policy.id.namespace != *namespace || label.is_none() {
                lines.push(format!("namespaceSelector: {}", of_namespace(namespace)));
            }
            if let Some((key, value)) = label {
                let selector = format!("{key} == \"{value}\"");
                lines.push(format!("selector: {}", yaml_text::scalar(&selector)));
            }
            lines
        }
        Peer::Net(net) => vec![format!("nets: [{}]", in_list(net))],
        Peer::Domain(name) => vec![format!("domains: [{}]", yaml_text::scalar(name))],
    }
}

/// The selector of a namespace by its name.
pub(super) fn of_namespace(namespace: &str) -> String {
    format!("projectcalico.org/name == \"{namespace}\"")
}

/// A network as an item of a list.
pub(super) fn in_list(net: &str) -> String {
    match net.contains(':') {
        true => format!("\"{net}\""),
        false => net.to_owned(),
    }
}

fn kubernetes(case: Case<'_>, policy: &Policy) -> Option<Vec<String>> {
    let key = match case.direction() {
        Direction::Ingress => "from",
        Direction::Egress => "to",
    };
    let mut lines = vec![format!("{key}:")];
    let peer = kubernetes_peer(case, policy)?;
    let marks = std::iter::once("- ").chain(std::iter::repeat("  "));
    lines.extend(
        peer.iter()
            .zip(marks)
            .map(|(line, mark)| format!("{mark}{line}")),
    );
    lines.push("ports:".to_owned());
    let port = kubernetes_port(case)?;
    lines.extend(
        port.iter()
            .zip(["- ", "  "])
            .map(|(line, mark)| format!("{mark}{line}")),
    );
    Some(lines)
}

/// The lines of a peer in a Kubernetes rule; `None` for what they cannot name.
pub(super) fn kubernetes_peer(case: Case<'_>, policy: &Policy) -> Option<Vec<String>> {
    match Peer::of(case, case.peer()) {
        Peer::Pod { namespace, label } => {
            let mut lines = Vec::new();
            if policy.id.namespace != namespace {
                lines.extend(labels(
                    "namespaceSelector",
                    "kubernetes.io/metadata.name",
                    namespace,
                ));
            }
            match label {
                Some((key, value)) => lines.extend(labels("podSelector", key, value)),
                None if lines.is_empty() => lines.push("podSelector: {}".to_owned()),
                None => {}
            }
            Some(lines)
        }
        Peer::Net(net) => Some(vec![
            "ipBlock:".to_owned(),
            format!("  cidr: {}", in_list(&net)),
        ]),
        Peer::Domain(_) => None,
    }
}

/// The lines of a port in a Kubernetes rule; `None` for protocols that they cannot name.
pub(super) fn kubernetes_port(case: Case<'_>) -> Option<Vec<String>> {
    let flow = &case.walk.flow;
    let named = [Protocol::TCP, Protocol::UDP, Protocol::SCTP].contains(&flow.protocol);
    let port = flow.port.filter(|_| named)?;
    Some(vec![
        format!("protocol: {}", flow.protocol.name()),
        format!("port: {port}"),
    ])
}

fn labels(selector: &str, key: &str, value: &str) -> [String; 3] {
    [
        format!("{selector}:"),
        "  matchLabels:".to_owned(),
        format!(
            "    {}: {}",
            yaml_text::scalar(key),
            yaml_text::scalar(value)
        ),
    ]
}

/// An action as rules write it.
pub(super) fn word(action: Action) -> &'static str {
    match action {
        Action::Allow => "Allow",
        Action::Deny => "Deny",
        Action::Pass => "Pass",
        Action::Log => "Log",
    }
}
