//! Tiers and policies in the order of evaluation (Calico `felix/calc/policy_sorter.go`).

use std::cmp::Ordering;
use std::ops::Range;

use tierwalk_resources::model::{Policy, Tier, TierAction};

/// A tier in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct TierEntry {
    /// Name.
    pub name: String,
    /// Order; `None` if no such tier is declared, which puts it last.
    pub order: Option<f64>,
    /// What happens at its end; Deny if it is not declared.
    pub default_action: TierAction,
    /// The tier in the engine's model.
    pub declared: Option<u32>,
    /// Its policies, as positions in the order of evaluation.
    pub policies: Range<u32>,
}

/// Tiers in order, and policies in order within them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    pub tiers: Vec<TierEntry>,
    /// For each position, the policy's index in the model.
    pub policies: Vec<u32>,
}

impl Order {
    pub fn new(tiers: &[Tier], policies: &[Policy]) -> Self {
        let mut entries = entries(tiers, policies);
        entries.sort_by(compare_tiers);
        let mut order = Self::default();
        let mut sorted = by_tier_name(policies);
        for mut tier in entries {
            let start = order.policies.len();
            let of_tier = extract(&mut sorted, policies, &tier.name);
            order.policies.extend(of_tier);
            tier.policies = start as u32..order.policies.len() as u32;
            order.tiers.push(tier);
        }
        order
    }
}

/// The declared tiers, and those that only policies name.
fn entries(tiers: &[Tier], policies: &[Policy]) -> Vec<TierEntry> {
    let mut entries: Vec<TierEntry> = (0..).zip(tiers).map(declared).collect();
    let names = policies.iter().map(|policy| undeclared(&policy.tier));
    entries.extend(names);
    // The stable sort keeps a declared tier ahead of its mere mentions.
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries.dedup_by(|later, earlier| later.name == earlier.name);
    entries
}

fn declared((index, tier): (u32, &Tier)) -> TierEntry {
    TierEntry {
        name: tier.name.clone(),
        order: Some(tier.order),
        default_action: tier.default_action,
        declared: Some(index),
        policies: 0..0,
    }
}

fn undeclared(name: &str) -> TierEntry {
    TierEntry {
        name: name.to_owned(),
        order: None,
        default_action: TierAction::Deny,
        declared: None,
        policies: 0..0,
    }
}

fn compare_tiers(a: &TierEntry, b: &TierEntry) -> Ordering {
    let missing = a.declared.is_none().cmp(&b.declared.is_none());
    missing
        .then_with(|| compare_orders(a.order, b.order))
        .then_with(|| a.name.cmp(&b.name))
}

/// Ascending; none is last, and both zeros are equal.
fn compare_orders(a: Option<f64>, b: Option<f64>) -> Ordering {
    let value = |order: Option<f64>| order.unwrap_or(f64::INFINITY) + 0.0;
    value(a).total_cmp(&value(b))
}

/// Policies by tier, then in the order of evaluation.
fn by_tier_name(policies: &[Policy]) -> Vec<u32> {
    let mut sorted: Vec<(u32, String)> = (0..).zip(policies.iter().map(tie_key)).collect();
    let at = |index: u32| policies.get(index as usize);
    sorted.sort_by(|(a, key_a), (b, key_b)| {
        let (Some(one), Some(other)) = (at(*a), at(*b)) else {
            return Ordering::Equal;
        };
        one.tier
            .cmp(&other.tier)
            .then_with(|| compare_orders(one.order, other.order))
            .then_with(|| key_a.cmp(key_b))
    });
    sorted.into_iter().map(|(index, _)| index).collect()
}

/// What decides between policies of equal order, bytewise.
fn tie_key(policy: &Policy) -> String {
    let id = &policy.id;
    [&id.name, "/", &id.namespace, "/", id.kind.name()].concat()
}

fn extract<'a>(
    sorted: &'a mut [u32],
    policies: &'a [Policy],
    tier: &str,
) -> impl Iterator<Item = u32> + 'a {
    let name_of = |index: &u32| {
        policies
            .get(*index as usize)
            .map(|policy| policy.tier.as_str())
    };
    let start = sorted.partition_point(|index| name_of(index) < Some(tier));
    let len = sorted[start..].partition_point(|index| name_of(index) <= Some(tier));
    sorted[start..start + len].iter().copied()
}

#[cfg(test)]
mod tests;
