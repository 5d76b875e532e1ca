use tierwalk_source::Diagnostic;

use crate::codes;
use crate::kinds::TierSpec;
use crate::problem::{At, Problems};

/// Name, order and default action of the tiers that Calico makes itself (Calico
/// `api/pkg/apis/projectcalico/v3/tier.go`).
const BUILT_IN: &[(&str, f64, &str)] = &[
    ("default", 1_000_000.0, "Deny"),
    ("kube-admin", 1_000.0, "Pass"),
    ("kube-baseline", 10_000_000.0, "Pass"),
];

pub(super) fn check(name: &str, tier: &TierSpec, spec: &At<'_>, problems: &mut Problems<'_>) {
    let action = tier.default_action.as_deref().unwrap_or_default();
    let at = spec.key("defaultAction");
    let known = problems.one_of(&at, codes::TIER_ACTION, action, &["Pass", "Deny"]);
    let Some((_, order, expected)) = BUILT_IN.iter().find(|(built_in, ..)| *built_in == name)
    else {
        return;
    };
    if known && action != *expected {
        let message = format!("The '{name}' tier must have default action '{expected}'");
        built_in(&at, message, problems);
    }
    if tier.order != Some(*order) {
        built_in(
            &spec.key("order"),
            format!("{name} tier order must be {order}"),
            problems,
        );
    }
}

fn built_in(at: &At<'_>, message: String, problems: &mut Problems<'_>) {
    let diagnostic = Diagnostic::error(codes::BUILT_IN_TIER, problems.span(at), message)
        .help("Calico makes this tier itself, and it cannot be changed; use a tier of your own");
    problems.add(at, diagnostic);
}
