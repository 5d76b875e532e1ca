//! The keys of the format, found in spite of small slips.

use tierwalk_source::{Diagnostic, Fix, Span, nearest};
use tierwalk_yaml::{Entry, Node};

use crate::scope::Scope;

/// Keys of a policy.
pub(super) const POLICY: &[&str] = &[
    "PolicyName",
    "PolicyOrder",
    "ObjectType",
    "PolicyNamespace",
    "AppliesToSelector",
    "AppliesToNamespaceSelector",
    "AppliesToSvcActSelector",
    "Direction",
    "EGRESS",
    "INGRESS",
    "Rules",
    "Clusters",
];

/// Keys of a set.
pub(super) const SET: &[&str] = &[
    "ObjectType",
    "NetworkSetName",
    "kind",
    "Labels",
    "CIDR",
    "Domains",
    "Clusters",
];

/// The keys of one mapping by their right names.
pub(super) struct Keys<'a> {
    found: Vec<(&'static str, &'a Entry)>,
    /// All keys that there are.
    pub known: &'static [&'static str],
    /// Where to point when a key is missing.
    pub anchor: Span,
    /// What the names of its fields begin with, such as `EGRESS[1].`.
    pub prefix: String,
}

impl<'a> Keys<'a> {
    /// Finds the `known` keys among `entries`. A key that is nearly one of them is taken for it and
    /// reported; any other is refused.
    pub(super) fn find(
        scope: &mut Scope<'_>,
        node: &'a Node,
        known: &'static [&'static str],
        prefix: impl Into<String>,
    ) -> Self {
        let entries = node.entries();
        let mut keys = Self {
            found: Vec::new(),
            known,
            anchor: entries.first().map_or(node.span, |entry| entry.key_span),
            prefix: prefix.into(),
        };
        let exact = |entry: &Entry| known.iter().copied().find(|key| **key == *entry.key);
        for entry in entries {
            if let Some(key) = exact(entry) {
                keys.found.retain(|(other, _)| *other != key);
                keys.found.push((key, entry));
            }
        }
        for entry in entries.iter().filter(|entry| exact(entry).is_none()) {
            keys.guess(scope, entry, known);
        }
        keys
    }

    fn guess(&mut self, scope: &mut Scope<'_>, entry: &'a Entry, known: &'static [&'static str]) {
        let candidates = known
            .iter()
            .copied()
            .filter(|key| *key != "Rules" || is_rules(&entry.key));
        match nearest(&entry.key, candidates) {
            Some(key) if self.get(key).is_none() => {
                if key != "Rules" {
                    scope.report(misspelt(entry, key));
                }
                // The list of known keys has it, since it was found there.
                if let Some(key) = known.iter().copied().find(|known| *known == key) {
                    self.found.push((key, entry));
                }
            }
            guess => scope.report(unknown(entry, guess, known)),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Entry> {
        let found = self.found.iter().find(|(name, _)| *name == key);
        found.map(|(_, entry)| *entry)
    }

    /// The value of a key that is set: there, and neither nothing nor `''`.
    pub(super) fn set(&self, key: &str) -> Option<&'a Entry> {
        self.get(key).filter(|entry| is_set(&entry.value))
    }

    /// The full name of a field, for the source map.
    pub(super) fn field(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// A required key, which is refused if it is not there or has no value.
    pub(super) fn require(
        &self,
        scope: &mut Scope<'_>,
        key: &str,
        help: &str,
    ) -> Option<&'a Entry> {
        match self.get(key) {
            None => scope.report(
                Diagnostic::error(
                    "template/missing-key",
                    self.anchor,
                    format!("missing `{key}`"),
                )
                .help(help),
            ),
            Some(entry) if entry.value.is_null() => scope.report(
                Diagnostic::error(
                    "template/missing-key",
                    entry.key_span,
                    format!("`{key}` has no value"),
                )
                .help(help),
            ),
            found => return found,
        }
        None
    }
}

/// Whether a value says anything; `''` is how the format writes "not set".
pub(super) fn is_set(value: &Node) -> bool {
    !value.is_null() && value.as_str() != Some("")
}

fn is_rules(key: &str) -> bool {
    key.eq_ignore_ascii_case("rules")
}

fn misspelt(entry: &Entry, key: &str) -> Diagnostic {
    Diagnostic::warning(
        "template/misspelt-key",
        entry.key_span,
        format!("`{}` is taken for `{key}`", entry.key),
    )
    .help("keys are compared letter by letter by other tools; write it exactly")
    .fix(Fix::replace(format!("Write `{key}`"), entry.key_span, key))
}

fn unknown(entry: &Entry, guess: Option<&str>, known: &[&str]) -> Diagnostic {
    let help = match guess {
        Some(key) => format!("`{key}` is already there; remove this one"),
        None => {
            let keys: Vec<_> = known
                .iter()
                .filter(|key| **key != "Rules")
                .map(|key| format!("`{key}`"))
                .collect();
            format!("known here: {}", keys.join(", "))
        }
    };
    Diagnostic::error(
        "template/unknown-key",
        entry.key_span,
        format!("unknown key `{}`", entry.key),
    )
    .help(help)
}
