//! How things are called in messages.

use tierwalk_resources::model::{Action, Policy, PolicyKind, Rule, Written};
use tierwalk_tiers::Direction;

/// `namespace/name`, or the name of a policy without a namespace.
pub(crate) fn policy(policy: &Policy) -> String {
    let id = &policy.id;
    let slash = if id.namespace.is_empty() { "" } else { "/" };
    [&id.namespace, slash, &id.name].concat()
}

/// Where a rule stands; of a Kubernetes rule that became several, the peer.
pub(crate) fn path(rule: &Rule) -> String {
    match &rule.written {
        Written::Kubernetes {
            peer: Some(peer), ..
        } => {
            // Selectors of pods of a cluster policy stand one deeper than their peer.
            let peer = peer.strip_suffix(".pods").unwrap_or(peer);
            format!("{}.{peer}", rule.path)
        }
        _ => rule.path.clone(),
    }
}

/// What of a rule at a path to mark: its action, if it has one.
pub(crate) fn mark(rule: &Rule, path: &str) -> String {
    match rule.written {
        Written::Calico => format!("{path}.action"),
        Written::Kubernetes { .. } => path.to_owned(),
    }
}

/// `ingress`.
pub(crate) fn field(direction: Direction) -> &'static str {
    match direction {
        Direction::Egress => "egress",
        Direction::Ingress => "ingress",
    }
}

/// What a rule does to what it matches.
pub(crate) fn does(action: Action) -> &'static str {
    match action {
        Action::Allow => "allows",
        Action::Deny => "denies",
        Action::Pass => "passes",
        Action::Log => "logs",
    }
}

/// Whether the policy is written as Kubernetes writes NetworkPolicy.
pub(crate) fn is_kubernetes(kind: PolicyKind) -> bool {
    matches!(
        kind,
        PolicyKind::KubernetesNetworkPolicy | PolicyKind::StagedKubernetesNetworkPolicy
    )
}

/// Whether the policy's selectors are texts in Calico's language.
pub(crate) fn has_text_selectors(kind: PolicyKind) -> bool {
    !is_kubernetes(kind) && kind != PolicyKind::KubernetesClusterNetworkPolicy
}

/// The field that lists the directions of a policy.
pub(crate) fn types(kind: PolicyKind) -> &'static str {
    if is_kubernetes(kind) {
        "policyTypes"
    } else {
        "types"
    }
}

/// `1 pod`, `2 pods`.
pub(crate) fn count(number: u32, thing: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{s}")
}
