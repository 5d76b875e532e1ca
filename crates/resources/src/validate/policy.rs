//! Calico policies and profiles as a whole.

use tierwalk_source::{Diagnostic, Severity};

use super::rule::{self, Direction, Owner};
use super::{metadata, names, selector, staged};
use crate::codes;
use crate::kinds::{Kind, PolicySpec, ProfileSpec, Rule};
use crate::problem::{At, Problems, first_repeat};

const MAX_RULES: usize = 1024;
const HINT: &str = "AssumeNeededOnEveryNode";

pub(super) fn check(spec: &PolicySpec, kind: Kind, at: &At<'_>, problems: &mut Problems<'_>) {
    let is_global = matches!(
        kind,
        Kind::GlobalNetworkPolicy | Kind::StagedGlobalNetworkPolicy
    );
    check_tier(&spec.tier, &at.key("tier"), problems);
    check_types(&spec.types, &at.key("types"), problems);
    note_other_defaults(spec, at, problems);
    check_subject(spec, at, problems);
    check_hints(
        &spec.performance_hints,
        &at.key("performanceHints"),
        problems,
    );
    if is_global {
        check_host_phases(spec, at, problems);
    }
    if matches!(
        kind,
        Kind::StagedNetworkPolicy | Kind::StagedGlobalNetworkPolicy
    ) {
        staged::check(spec, at, problems);
    }
    let owner = if is_global {
        Owner::Global
    } else {
        Owner::Namespaced
    };
    check_rules(&spec.ingress, &spec.egress, owner, at, problems);
}

pub(super) fn check_profile(spec: &ProfileSpec, at: &At<'_>, problems: &mut Problems<'_>) {
    metadata::check_labels(&spec.labels_to_apply, &at.key("labelsToApply"), problems);
    check_rules(&spec.ingress, &spec.egress, Owner::Profile, at, problems);
}

fn check_rules(
    ingress: &[Rule],
    egress: &[Rule],
    owner: Owner,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    let directions = [
        ("ingress", ingress, Direction::Ingress),
        ("egress", egress, Direction::Egress),
    ];
    for (field, rules, direction) in directions {
        let at = at.key(field);
        if owner != Owner::Profile {
            problems.at_most(&at, rules.len(), MAX_RULES, "items");
        }
        for (index, rule) in rules.iter().enumerate() {
            rule::check(rule, owner, direction, &at.index(index), problems);
        }
    }
}

fn check_tier(tier: &str, at: &At<'_>, problems: &mut Problems<'_>) {
    if !names::is_subdomain(tier) {
        let message = format!("`{tier}` is no name of a tier: {}", names::LABEL);
        problems.error(
            at,
            codes::NAME,
            message,
            "tiers have names such as `platform`",
        );
    }
}

fn check_types(types: &[String], at: &At<'_>, problems: &mut Problems<'_>) {
    problems.at_most(at, types.len(), 2, "items");
    for (index, name) in types.iter().enumerate() {
        problems.one_of(&at.index(index), codes::TYPES, name, &["Ingress", "Egress"]);
    }
    if let Some((index, name)) = repeated(types) {
        let message = format!("'{name}' type specified more than once");
        problems.error(&at.index(index), codes::TYPES, message, "remove it here");
    }
}

fn repeated(items: &[String]) -> Option<(usize, &String)> {
    let index = first_repeat(items)?;
    Some((index, items.get(index)?))
}

/// Clusters with native CRDs look at which fields are there, `calicoctl` at which have rules (reference §4.3).
fn note_other_defaults(spec: &PolicySpec, at: &At<'_>, problems: &mut Problems<'_>) {
    let Some(node) = problems.node(at).filter(|node| node.get("types").is_none()) else {
        return;
    };
    let written = |field| node.get(field).is_some();
    let native: &[&str] = match (written("ingress"), written("egress")) {
        (true, true) => &["Ingress", "Egress"],
        (false, true) => &["Egress"],
        _ => &["Ingress"],
    };
    if spec.types.is_empty() || spec.types == native {
        return;
    }
    let message = format!(
        "`types` is not given: calicoctl makes it [{}]",
        spec.types.join(", ")
    );
    let help = format!(
        "a cluster with native CRDs makes it [{}], as an empty list counts there; write `types`",
        native.join(", ")
    );
    let span = problems.span(at);
    problems.add(
        at,
        Diagnostic::new(Severity::Warning, codes::TYPES_DEFAULT, span, message).help(help),
    );
}

fn check_subject(spec: &PolicySpec, at: &At<'_>, problems: &mut Problems<'_>) {
    let selectors = [
        ("selector", &spec.selector),
        ("serviceAccountSelector", &spec.service_account_selector),
        ("namespaceSelector", &spec.namespace_selector),
    ];
    for (field, text) in selectors {
        let at = at.key(field);
        selector::check(&at, text, problems);
        selector::check_not_global(&at, text, problems);
    }
}

fn check_hints(hints: &[String], at: &At<'_>, problems: &mut Problems<'_>) {
    for (index, hint) in hints.iter().enumerate() {
        problems.one_of(&at.index(index), codes::PERFORMANCE_HINTS, hint, &[HINT]);
    }
    if let Some((index, hint)) = repeated(hints) {
        let message = format!("performance hint `{hint}` is given twice");
        problems.error(
            &at.index(index),
            codes::PERFORMANCE_HINTS,
            message,
            "remove it here",
        );
    }
}

/// doNotTrack, preDNAT and applyOnForward (Calico `api/pkg/apis/projectcalico/v3/globalnetworkpolicy.go`).
fn check_host_phases(spec: &PolicySpec, at: &At<'_>, problems: &mut Problems<'_>) {
    let mut phase = |field, message: &str, help: &str| {
        problems.error(&at.key(field), codes::HOST_PHASES, message, help);
    };
    if spec.do_not_track && spec.pre_dnat {
        let message = "preDNAT and doNotTrack cannot both be true";
        phase("preDNAT", message, "a policy is applied in one phase only");
    }
    if spec.pre_dnat && !spec.egress.is_empty() {
        let message = "preDNAT policy cannot have any egress rules";
        phase(
            "egress",
            message,
            "there is no destination NAT on the way out",
        );
    }
    if spec.pre_dnat && spec.types.iter().any(|name| name == "Egress") {
        let message = "preDNAT policy cannot have 'Egress' type";
        phase(
            "types",
            message,
            "there is no destination NAT on the way out",
        );
    }
    if (spec.pre_dnat || spec.do_not_track) && !spec.apply_on_forward {
        let field = if spec.pre_dnat {
            "preDNAT"
        } else {
            "doNotTrack"
        };
        let message = "applyOnForward must be true if either preDNAT or doNotTrack is true";
        phase(field, message, "add `applyOnForward: true`");
    }
}
