//! Tiers (Calico `api/pkg/apis/projectcalico/v3/tier.go`, `libcalico-go/lib/resources/tier.go`).

#[cfg(test)]
mod tests;

use crate::kinds::TierSpec;
use crate::model::{Origin, Tier, TierAction};
use crate::names;

/// Order of a tier that is written without one.
const DEFAULT_ORDER: f64 = 1_000_000.0;

/// Tiers that always exist and cannot be changed.
const BUILT_IN: [(&str, f64, TierAction); 3] = [
    (names::ADMIN_TIER, 1_000.0, TierAction::Pass),
    (names::DEFAULT_TIER, DEFAULT_ORDER, TierAction::Deny),
    (names::BASELINE_TIER, 10_000_000.0, TierAction::Pass),
];

/// A declared tier.
pub(crate) fn declared(name: &str, spec: &TierSpec, origin: Origin) -> Tier {
    let built_in = BUILT_IN.iter().find(|(built_in, ..)| *built_in == name);
    let (order, default_action) = match built_in {
        Some((_, order, action)) => (*order, *action),
        None => (spec.order.unwrap_or(DEFAULT_ORDER), default_action(spec)),
    };
    Tier {
        name: name.into(),
        order,
        default_action,
        origin: Some(origin),
    }
}

fn default_action(spec: &TierSpec) -> TierAction {
    match spec.default_action.as_deref() {
        Some("Pass") => TierAction::Pass,
        _ => TierAction::Deny,
    }
}

/// The built-in tiers that nobody declared.
pub(crate) fn undeclared(declared: &[Tier]) -> Vec<Tier> {
    let is_declared = |name| declared.iter().any(|tier| tier.name == name);
    let missing = BUILT_IN.iter().filter(|(name, ..)| !is_declared(*name));
    missing
        .map(|(name, order, action)| Tier {
            name: (*name).into(),
            order: *order,
            default_action: *action,
            origin: None,
        })
        .collect()
}
