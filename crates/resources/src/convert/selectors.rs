//! What a written selector means at the place where it is written.
//!
//! Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/` (`selectors.go`, `rules.go`,
//! `globalnetworkpolicyprocessor.go`).

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use tierwalk_selector::Selector;

use crate::model::{Part, PartKind};
use crate::names;

/// The place where a selector is written, as far as it changes the selector's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// Tests the entity's own labels.
    Plain,
    /// The same, of a global policy that has a `namespaceSelector`.
    PlainWithNamespaces,
    /// The same, of a global policy that has a `serviceAccountSelector` but no `namespaceSelector`.
    PlainWithAccounts,
    /// `notSelector` beside another criterion of the same entity.
    Negated,
    /// `namespaceSelector` of a policy.
    Namespaces,
    /// `namespaceSelector` of a rule.
    RuleNamespaces,
    /// A service account selector of a namespaced policy or of a rule.
    Accounts,
    /// `serviceAccountSelector` of a global policy.
    GlobalAccounts,
}

/// Selectors by place and text; policies repeat the same few.
#[derive(Default)]
pub(crate) struct Selectors {
    known: HashMap<(Form, String), Option<Selector>>,
}

impl Selectors {
    /// The part that `text` is where it is written; `None` if it is not a selector.
    pub(crate) fn part(&mut self, kind: PartKind, form: Form, text: &str) -> Option<Part> {
        Some(Part {
            kind,
            text: text.into(),
            selector: self.get(form, text)?,
        })
    }

    /// The part of a namespaced policy that is not written: its own namespace.
    pub(crate) fn own_namespace(&mut self, namespace: &str) -> Option<Part> {
        let text = format!("{} == '{namespace}'", names::NAMESPACE);
        Some(Part {
            kind: PartKind::OwnNamespace,
            text: format!("the policy's namespace, {namespace}"),
            selector: self.get(Form::Plain, &text)?,
        })
    }

    /// The part of a Kubernetes policy that is not written: it speaks of pods.
    pub(crate) fn pods_only(&mut self) -> Option<Part> {
        let text = format!("{} == '{}'", names::ORCHESTRATOR, names::KUBERNETES);
        Some(Part {
            kind: PartKind::PodsOnly,
            text: "a pod".into(),
            selector: self.get(Form::Plain, &text)?,
        })
    }

    /// The part of a list of service account names.
    pub(crate) fn account_names(&mut self, names: &[String]) -> Option<Part> {
        // No service account has a quote in its name, so such a name finds none.
        let possible = names.iter().filter(|name| !name.contains(['\'', '"']));
        let quoted: Vec<String> = possible.map(|name| format!("'{name}'")).collect();
        let text = format!("{} in {{{}}}", names::SERVICE_ACCOUNT, quoted.join(", "));
        Some(Part {
            kind: PartKind::ServiceAccountNames,
            text: names.join(", "),
            selector: self.get(Form::Plain, &text)?,
        })
    }

    fn get(&mut self, form: Form, text: &str) -> Option<Selector> {
        self.known
            .entry((form, text.into()))
            .or_insert_with(|| effective(form, text))
            .clone()
    }
}

fn effective(form: Form, text: &str) -> Option<Selector> {
    let written = Selector::parse(text).ok()?;
    let namespaces = || written.prefixed(names::NAMESPACE_PREFIX);
    let accounts = || written.prefixed(names::ACCOUNT_PREFIX);
    Some(match form {
        Form::Plain => written,
        Form::Negated => written.negated(),
        Form::PlainWithNamespaces => written.with_all_as_has(names::NAMESPACE),
        Form::PlainWithAccounts => written.with_all_as_has(names::SERVICE_ACCOUNT),
        Form::Namespaces => namespaces().with_all_as_has(names::NAMESPACE),
        Form::RuleNamespaces => namespaces()
            .with_all_as_has(names::NAMESPACE)
            .with_global_as_not_has(names::NAMESPACE),
        Form::Accounts => accounts(),
        Form::GlobalAccounts => accounts().with_all_as_has(names::SERVICE_ACCOUNT),
    })
}
