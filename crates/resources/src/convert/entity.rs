//! One side of a rule (Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go`,
//! `felix/calc/rule_scanner.go`).

#[cfg(test)]
mod tests;

use ipnet::IpNet;

use super::selectors::{Form, Selectors};
use crate::kinds::{EntityRule, ServiceAccountMatch};
use crate::model::{Domain, Entity, Part, PartKind, Ports, ServiceRef};
use crate::scalars::{Port, parse_cidr};

/// What a rule of a policy in `namespace` (empty for global ones and profiles) wants of one side. `None` if
/// a selector or network cannot be read: Felix then has no such policy.
pub(super) fn convert(
    rule: &EntityRule,
    namespace: &str,
    selectors: &mut Selectors,
) -> Option<Entity> {
    let (positive, negative) = selection(rule, namespace, selectors)?;
    Some(Entity {
        nets: nets(&rule.nets)?,
        not_nets: nets(&rule.not_nets)?,
        positive,
        negative,
        ports: ports(&rule.ports),
        not_ports: ports(&rule.not_ports),
        service: rule.services.as_ref().map(|service| ServiceRef {
            namespace: service.namespace.clone(),
            name: service.name.clone(),
        }),
        domains: rule.domains.iter().cloned().map(Domain).collect(),
    })
}

/// Positive parts and the negative one. A negation beside other parts is one of them.
fn selection(
    rule: &EntityRule,
    namespace: &str,
    selectors: &mut Selectors,
) -> Option<(Vec<Part>, Option<Part>)> {
    let own = own_parts(rule, selectors)?;
    let mut positive = Vec::new();
    if !rule.namespace_selector.is_empty() {
        let text = &rule.namespace_selector;
        positive.push(selectors.part(PartKind::NamespaceSelector, Form::RuleNamespaces, text)?);
    } else if !namespace.is_empty() && (!own.is_empty() || !rule.not_selector.is_empty()) {
        positive.push(selectors.own_namespace(namespace)?);
    }
    positive.extend(own);
    if rule.not_selector.is_empty() {
        return Some((positive, None));
    }
    let form = if positive.is_empty() {
        Form::Plain
    } else {
        Form::Negated
    };
    let not = selectors.part(PartKind::NotSelector, form, &rule.not_selector)?;
    if positive.is_empty() {
        return Some((positive, Some(not)));
    }
    positive.push(not);
    Some((positive, None))
}

/// What is said of the entity itself: its service account and its labels.
fn own_parts(rule: &EntityRule, selectors: &mut Selectors) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    if let Some(ServiceAccountMatch { names, selector }) = &rule.service_accounts {
        if !selector.is_empty() {
            parts.push(selectors.part(
                PartKind::ServiceAccountSelector,
                Form::Accounts,
                selector,
            )?);
        }
        if !names.is_empty() {
            parts.push(selectors.account_names(names)?);
        }
    }
    if !rule.selector.is_empty() {
        parts.push(selectors.part(PartKind::Selector, Form::Plain, &rule.selector)?);
    }
    Some(parts)
}

/// Networks, masked.
pub(super) fn nets(written: &[String]) -> Option<Vec<IpNet>> {
    written
        .iter()
        .map(|net| parse_cidr(net).ok().map(|net| net.masked()))
        .collect()
}

fn ports(written: &[Port]) -> Ports {
    let mut ports = Ports::default();
    for port in written {
        match port {
            Port::Numbered(first, last) => ports.ranges.push(*first..=*last),
            Port::Named(name) => ports.names.push(name.clone()),
        }
    }
    ports
}
