//! Which entry is which field.

use tierwalk_source::{Diagnostic, Fix, nearest};
use tierwalk_yaml::Entry;

use super::node::Reading;
use crate::codes;

/// Fields of `metav1.ObjectMeta` that the cluster keeps for itself.
const BOOKKEEPING: &[&str] = &[
    "uid",
    "generation",
    "selfLink",
    "deletionGracePeriodSeconds",
    "finalizers",
    "managedFields",
];

/// Those of `metav1.OwnerReference`.
const OWNER_BOOKKEEPING: &[&str] = &["apiVersion", "uid", "controller", "blockOwnerDeletion"];

/// The entries that are fields of the struct, by the struct's names; `null` counts as absent. Notes the
/// others.
pub(super) fn pick<'n>(
    reading: &Reading<'_, 'n, '_, '_>,
    name: &str,
    fields: &'static [&'static str],
) -> Vec<(&'n str, &'n Entry)> {
    let known = Known::new(reading, name, fields);
    let mut picked: Vec<(&'n str, &'n Entry)> = Vec::with_capacity(fields.len());
    for entry in reading.node.entries() {
        let Some(field) = known.field(entry) else {
            known.unknown(entry);
            continue;
        };
        picked.retain(|(earlier, _)| *earlier != field);
        if !entry.value.is_null() {
            picked.push((field, entry));
        }
    }
    picked
}

/// The fields that a mapping may have.
struct Known<'r, 'a, 'n, 'p, 'd> {
    reading: &'r Reading<'a, 'n, 'p, 'd>,
    fields: &'static [&'static str],
    lacks: &'static [&'static str],
    ignored: &'static [&'static str],
}

impl<'r, 'a, 'n, 'p, 'd> Known<'r, 'a, 'n, 'p, 'd> {
    fn new(
        reading: &'r Reading<'a, 'n, 'p, 'd>,
        name: &str,
        fields: &'static [&'static str],
    ) -> Self {
        let manner = &reading.reader.manner;
        let lacks: &[_] = if name.ends_with("PolicySpec") {
            manner.lacks
        } else {
            &[]
        };
        let ignored = match name {
            "ObjectMeta" => BOOKKEEPING,
            "OwnerReference" => OWNER_BOOKKEEPING,
            _ if reading.outermost => manner.beside,
            _ => &[],
        };
        Self {
            reading,
            fields,
            lacks,
            ignored,
        }
    }

    fn has(&self, field: &str) -> bool {
        self.fields.contains(&field) && !self.lacks.contains(&field)
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields
            .iter()
            .copied()
            .filter(|field| !self.lacks.contains(field))
    }

    /// The field that an entry is, if it is one.
    fn field(&self, entry: &Entry) -> Option<&'static str> {
        if let Some(field) = self.fields.iter().find(|field| **field == &*entry.key) {
            return Some(*field).filter(|field| self.has(field));
        }
        if !(self.reading.reader.manner.strict_fields && self.reading.reader.manner.lenient) {
            return None;
        }
        let field = self
            .names()
            .find(|field| field.eq_ignore_ascii_case(&entry.key))?;
        self.other_case(entry, field);
        Some(field)
    }

    fn other_case(&self, entry: &Entry, field: &str) {
        let span = entry.key_span;
        let message = format!("field `{}` is spelt `{field}`", entry.key);
        let problem = Diagnostic::warning(codes::FIELD_CASE, span, message)
            .help("calicoctl reads it all the same, Kubernetes refuses it")
            .fix(Fix::replace(format!("Replace by `{field}`"), span, field));
        self.note(entry, problem);
    }

    fn unknown(&self, entry: &Entry) {
        let ignored = self
            .ignored
            .iter()
            .any(|field| field.eq_ignore_ascii_case(&entry.key));
        if ignored || !self.reading.reader.manner.strict_fields {
            return;
        }
        let span = entry.key_span;
        let message = format!("unknown field `{}`", entry.key);
        let problem = Diagnostic::error(codes::UNKNOWN_FIELD, span, message);
        let is_full = self.reading.reader.problems.borrow().is_full();
        let problem = match nearest(&entry.key, self.names().filter(|_| !is_full)) {
            Some(field) => problem
                .help(format!("did you mean `{field}`?"))
                .fix(Fix::replace(format!("Replace by `{field}`"), span, field)),
            None => problem.help(self.advice(&entry.key)),
        };
        self.note(entry, problem);
    }

    /// Where a field that people look for here really is.
    fn advice(&self, key: &str) -> String {
        let is_rule = self.fields.contains(&"source") && self.fields.contains(&"action");
        let is_kubernetes = self.fields.contains(&"podSelector");
        match key {
            "ports" | "notPorts" | "nets" | "notNets" | "selector" | "notSelector" | "services"
            | "serviceAccounts" | "namespaceSelector" | "domains"
                if is_rule =>
            {
                format!("`{key}` belongs under `source` or `destination`")
            }
            "from" if is_rule => "Calico rules say `source`".to_owned(),
            "to" if is_rule => "Calico rules say `destination`".to_owned(),
            "from" => "egress rules say `to`".to_owned(),
            "to" => "ingress rules say `from`".to_owned(),
            "podSelector" => "Calico policies say `selector`".to_owned(),
            "policyTypes" => "Calico policies say `types`".to_owned(),
            "selector" if is_kubernetes => "Kubernetes policies say `podSelector`".to_owned(),
            "namespaceSelector" | "doNotTrack" | "preDNAT" | "applyOnForward"
                if self.lacks.contains(&key) =>
            {
                "only the global kinds of policy have it".to_owned()
            }
            "stagedAction" if self.lacks.contains(&key) => {
                "only the staged kinds of policy have it".to_owned()
            }
            _ => self.all_names(),
        }
    }

    fn all_names(&self) -> String {
        let names: Vec<_> = self.names().map(|name| format!("`{name}`")).collect();
        format!("the fields here are {}", names.join(", "))
    }

    fn note(&self, entry: &Entry, problem: Diagnostic) {
        let at = self.reading.at.key(&entry.key);
        self.reading.reader.problems.borrow_mut().add(&at, problem);
    }
}
