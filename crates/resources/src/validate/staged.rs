//! What staged policies have beside their twins.

use crate::codes;
use crate::kinds::{KubernetesPort, PolicySpec, StagedKubernetesPolicySpec};
use crate::problem::{At, Problems};
use crate::scalars::IntOrString;

const ACTIONS: &[&str] = &["Set", "Delete", "Learn", "Ignore"];

pub(super) fn check(spec: &PolicySpec, at: &At<'_>, problems: &mut Problems<'_>) {
    check_action(&spec.staged_action, at, problems);
    let empty = PolicySpec {
        tier: spec.tier.clone(),
        staged_action: spec.staged_action.clone(),
        ..PolicySpec::default()
    };
    if spec.staged_action == "Delete" && *spec != empty {
        let message =
            "Spec fields, except Tier, should all be zero-value if stagedAction is Delete";
        problems.unseen(
            at,
            codes::STAGED_DELETE,
            message,
            "leave only `tier` and `stagedAction`",
        );
    }
}

pub(super) fn check_kubernetes(
    spec: &StagedKubernetesPolicySpec,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    check_action(&spec.staged_action, at, problems);
    let empty = StagedKubernetesPolicySpec {
        staged_action: spec.staged_action.clone(),
        ..StagedKubernetesPolicySpec::default()
    };
    if spec.staged_action == "Delete" && *spec != empty {
        let message = "Spec fields should all be zero-value if stagedAction is Delete";
        problems.unseen(
            at,
            codes::STAGED_DELETE,
            message,
            "leave only `stagedAction`",
        );
    }
    let ingress = at.key("ingress");
    for (index, rule) in spec.ingress.iter().enumerate() {
        check_ports(&rule.ports, &ingress.index(index), problems);
    }
    let egress = at.key("egress");
    for (index, rule) in spec.egress.iter().enumerate() {
        check_ports(&rule.ports, &egress.index(index), problems);
    }
}

fn check_action(action: &str, at: &At<'_>, problems: &mut Problems<'_>) {
    problems.one_of(
        &at.key("stagedAction"),
        codes::STAGED_ACTION,
        action,
        ACTIONS,
    );
}

/// All that Calico checks in these policies is whether it can convert the ports.
fn check_ports(ports: &[KubernetesPort], rule: &At<'_>, problems: &mut Problems<'_>) {
    let at = rule.key("ports");
    for (index, port) in ports.iter().enumerate() {
        let at = at.index(index);
        let in_range = |port: i32| (1..=65535).contains(&port);
        let first = match port.port {
            Some(IntOrString::Int(first)) => first,
            _ => continue,
        };
        let last = port.end_port.unwrap_or(first);
        if !in_range(first) || !in_range(last) || last < first {
            problems.unseen(
                &at.key(if port.end_port.is_some() {
                    "endPort"
                } else {
                    "port"
                }),
                codes::KUBERNETES_PORT,
                format!(
                    "conversion to stagednetworkpolicy failed: port {first} to {last} is no range"
                ),
                "ports are between 1 and 65535, and `endPort` is not below `port`",
            );
        }
    }
}
