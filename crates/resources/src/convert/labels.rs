//! Kubernetes label selectors as Calico's (Calico `libcalico-go/lib/backend/k8s/conversion/conversion.go`,
//! `k8sSelectorToCalico`).

use crate::kinds::{LabelSelector, LabelSelectorRequirement};

/// The selector in Calico's language; empty if it has no terms.
pub(super) fn text(selector: &LabelSelector) -> String {
    let labels = selector
        .match_labels
        .iter()
        .map(|(key, value)| format!("{key} == '{value}'"));
    let expressions = selector.match_expressions.iter().filter_map(expression);
    labels.chain(expressions).collect::<Vec<_>>().join(" && ")
}

/// The same for namespaces, where no terms at all mean every namespace.
pub(super) fn namespaces(selector: &LabelSelector) -> String {
    let text = text(selector);
    if text.is_empty() {
        "all()".into()
    } else {
        text
    }
}

/// An operator that does not exist is left out, as Calico does.
fn expression(requirement: &LabelSelectorRequirement) -> Option<String> {
    let key = &requirement.key;
    let values = requirement.values.join("', '");
    match requirement.operator.as_str() {
        "In" => Some(format!("{key} in {{'{values}'}}")),
        "NotIn" => Some(format!("{key} not in {{'{values}'}}")),
        "Exists" => Some(format!("has({key})")),
        "DoesNotExist" => Some(format!("!has({key})")),
        _ => None,
    }
}
