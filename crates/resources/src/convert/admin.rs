//! The older AdminNetworkPolicy and BaselineAdminNetworkPolicy, as Calico up to v3.31 converted them
//! (`libcalico-go/lib/backend/k8s/conversion/conversion.go` of v3.31.7). Their tiers are gone since; here they
//! are in those of ClusterNetworkPolicy, which took their place.

#[cfg(test)]
mod tests;

use super::cluster::{convert_rule, policy, range_of, subject};
use super::expand::{Direction, Place};
use super::kubernetes::protocol;
use super::ports::{Group, Groups};
use super::selectors::Selectors;
use crate::kinds::{AdminPolicySpec, AdminPort};
use crate::model::{Action, Converted, PolicyId, Rule};
use crate::names;

/// Order of the one baseline policy that there may be.
const BASELINE_ORDER: f64 = 1000.0;

pub(super) fn convert(
    id: PolicyId,
    spec: &AdminPolicySpec,
    selectors: &mut Selectors,
) -> Option<Converted> {
    let id = renamed(id, "kanp.adminnetworkpolicy.");
    let order = spec.priority.map(f64::from).unwrap_or_default();
    let rules = rules(spec, action, selectors);
    let subject = subject(&spec.subject, selectors)?;
    Some(policy(id, (names::ADMIN_TIER, order), subject, rules))
}

pub(super) fn convert_baseline(
    id: PolicyId,
    spec: &AdminPolicySpec,
    selectors: &mut Selectors,
) -> Option<Converted> {
    let id = renamed(id, "kbanp.baselineadminnetworkpolicy.");
    let rules = rules(spec, baseline_action, selectors);
    let subject = subject(&spec.subject, selectors)?;
    Some(policy(
        id,
        (names::BASELINE_TIER, BASELINE_ORDER),
        subject,
        rules,
    ))
}

/// The name that Calico gave the converted policy; it keeps the kinds apart.
fn renamed(mut id: PolicyId, prefix: &str) -> PolicyId {
    id.name.insert_str(0, prefix);
    id
}

fn rules(
    spec: &AdminPolicySpec,
    action: fn(&str) -> Option<Action>,
    selectors: &mut Selectors,
) -> (Vec<Rule>, Vec<Rule>) {
    let ingress = spec.ingress.iter().enumerate();
    let ingress = ingress.flat_map(|(index, rule)| {
        let place = place(Direction::Ingress, index);
        convert_rule(
            place,
            action(&rule.action),
            groups(&rule.ports),
            &rule.from,
            selectors,
        )
    });
    let ingress = ingress.collect();
    let egress = spec.egress.iter().enumerate();
    let egress = egress.flat_map(|(index, rule)| {
        let place = place(Direction::Egress, index);
        convert_rule(
            place,
            action(&rule.action),
            groups(&rule.ports),
            &rule.to,
            selectors,
        )
    });
    (ingress, egress.collect())
}

fn place(direction: Direction, index: usize) -> Place {
    Place {
        direction,
        index,
        ports: "ports",
    }
}

fn action(name: &str) -> Option<Action> {
    match name {
        "Allow" => Some(Action::Allow),
        "Deny" => Some(Action::Deny),
        "Pass" => Some(Action::Pass),
        _ => None,
    }
}

fn baseline_action(name: &str) -> Option<Action> {
    action(name).filter(|action| *action != Action::Pass)
}

fn groups(ports: &[AdminPort]) -> Option<Vec<Group>> {
    let mut groups = Groups::default();
    for port in ports {
        match (&port.port_number, &port.port_range) {
            (Some(number), _) => {
                groups.add_range(
                    protocol(&number.protocol)?,
                    range_of(number.port, number.port)?,
                );
            }
            (None, Some(range)) => {
                groups.add_range(
                    protocol(&range.protocol)?,
                    range_of(range.start, range.end)?,
                );
            }
            // A named port is read as no ports at all, which is every port of every protocol.
            (None, None) => return Some(Groups::default().into_groups()),
        }
    }
    Some(groups.into_groups())
}
