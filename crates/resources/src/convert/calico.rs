//! Calico's own policies (Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/`
//! `networkpolicyprocessor.go`, `globalnetworkpolicyprocessor.go`, `staged*processor.go`).

#[cfg(test)]
mod tests;

use super::rule;
use super::selectors::{Form, Selectors};
use crate::kinds::PolicySpec;
use crate::model::{Converted, Part, PartKind, PolicyId, PolicyKind};
use crate::names;

pub(super) fn convert(
    id: PolicyId,
    spec: &PolicySpec,
    selectors: &mut Selectors,
) -> Option<Converted> {
    if spec.staged_action == "Delete" {
        return None;
    }
    let namespace = id.namespace.clone();
    let governs =
        |direction| spec.types.is_empty() || spec.types.iter().any(|name| name == direction);
    Some(Converted {
        tier: tier(spec),
        order: spec.order,
        governs_ingress: governs("Ingress"),
        governs_egress: governs("Egress"),
        subject: subject(&id, spec, selectors)?,
        ingress: rule::convert_all(&spec.ingress, "spec.ingress", &namespace, selectors)?,
        egress: rule::convert_all(&spec.egress, "spec.egress", &namespace, selectors)?,
        do_not_track: spec.do_not_track,
        pre_dnat: spec.pre_dnat,
        apply_on_forward: spec.apply_on_forward,
        id,
    })
}

fn tier(spec: &PolicySpec) -> String {
    if spec.tier.is_empty() {
        names::DEFAULT_TIER.into()
    } else {
        spec.tier.clone()
    }
}

fn subject(id: &PolicyId, spec: &PolicySpec, selectors: &mut Selectors) -> Option<Vec<Part>> {
    match id.kind {
        PolicyKind::NetworkPolicy | PolicyKind::StagedNetworkPolicy => {
            namespaced_subject(&id.namespace, spec, selectors)
        }
        _ => global_subject(spec, selectors),
    }
}

fn namespaced_subject(
    namespace: &str,
    spec: &PolicySpec,
    selectors: &mut Selectors,
) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    if !spec.selector.is_empty() {
        parts.push(selectors.part(PartKind::Selector, Form::Plain, &spec.selector)?);
    }
    parts.push(selectors.own_namespace(namespace)?);
    if !spec.service_account_selector.is_empty() {
        let text = &spec.service_account_selector;
        parts.push(selectors.part(PartKind::ServiceAccountSelector, Form::Accounts, text)?);
    }
    Some(parts)
}

/// Calico replaces `all()` in everything written so far when it appends one of the other two selectors.
fn global_subject(spec: &PolicySpec, selectors: &mut Selectors) -> Option<Vec<Part>> {
    let accounts = &spec.service_account_selector;
    let namespaces = &spec.namespace_selector;
    let mut parts = Vec::new();
    if !spec.selector.is_empty() {
        let form = match (namespaces.is_empty(), accounts.is_empty()) {
            (false, _) => Form::PlainWithNamespaces,
            (true, false) => Form::PlainWithAccounts,
            (true, true) => Form::Plain,
        };
        parts.push(selectors.part(PartKind::Selector, form, &spec.selector)?);
    }
    if !namespaces.is_empty() {
        parts.push(selectors.part(PartKind::NamespaceSelector, Form::Namespaces, namespaces)?);
    }
    if !accounts.is_empty() {
        parts.push(selectors.part(
            PartKind::ServiceAccountSelector,
            Form::GlobalAccounts,
            accounts,
        )?);
    }
    Some(parts)
}
