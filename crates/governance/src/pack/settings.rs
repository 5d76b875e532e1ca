//! What a workspace says about the checks: which are on, with which parameters, and who is excepted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tierwalk_source::{Diagnostic, Span, nearest};
use tierwalk_yaml::{Document, Entry, Kind, Node, Path};

use crate::builtins::nanoseconds;
use crate::{FileDiagnostic, PolicyFile, schema};

const CODE: &str = "governance/settings";
const DEFAULTS: &str = include_str!("../../pack/defaults.yaml");

/// JSON schema of the file, for editors.
pub const SCHEMA: &str = include_str!("../../pack/checks.schema.json");

/// Settings of the checks of the pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// By check.
    pub(super) checks: BTreeMap<String, Value>,
    pub(super) exceptions: Vec<Value>,
    /// Checks of the workspace's own that are switched off.
    off: BTreeSet<String>,
}

impl Default for Settings {
    /// As shipped.
    fn default() -> Self {
        let defaults: Value = serde_yaml::from_str(DEFAULTS).unwrap_or_default();
        let checks = defaults.pointer("/tierwalk/checks").cloned();
        Self {
            checks: serde_json::from_value(checks.unwrap_or_default()).unwrap_or_default(),
            exceptions: Vec::new(),
            off: BTreeSet::new(),
        }
    }
}

impl Settings {
    /// Whether a document holds settings: `kind: Checks` of `tierwalk.dev/v1`.
    pub fn is_about(document: &Document) -> bool {
        let text = |key: &str| document.root.as_ref()?.get(key)?.as_str();
        text("kind") == Some("Checks") && text("apiVersion") == Some("tierwalk.dev/v1")
    }

    /// Reads settings over what is shipped. What does not fit the schema is left out and told. `now` is in
    /// nanoseconds since 1970; exceptions that have ended by then are told as well.
    pub fn read(path: &str, text: &str, now: Option<i64>) -> (Self, Vec<FileDiagnostic>) {
        Self::read_beside(path, text, now, &[])
    }

    /// The same, with the names of checks that the workspace has of its own: they can be switched and excepted too.
    pub fn read_beside(
        path: &str,
        text: &str,
        now: Option<i64>,
        own: &[&str],
    ) -> (Self, Vec<FileDiagnostic>) {
        let mut settings = Self::default();
        let own: Vec<String> = own.iter().map(|name| (*name).to_owned()).collect();
        let mut problems = Vec::new();
        for chunk in tierwalk_yaml::split(text) {
            let document = Document::parse(chunk.text);
            let found = settings.document(&document, now, &own);
            let found = found
                .into_iter()
                .map(|problem| problem.shifted(chunk.offset));
            problems.extend(found.map(|problem| FileDiagnostic::new(path, problem)));
        }
        (settings, problems)
    }

    fn document(
        &mut self,
        document: &Document,
        now: Option<i64>,
        own: &[String],
    ) -> Vec<Diagnostic> {
        let Some(root) = &document.root else {
            return document.diagnostics.clone();
        };
        let mut problems = document.diagnostics.clone();
        let schema: Value = serde_json::from_str(SCHEMA).unwrap_or_default();
        let found = schema::check(&schema, root, CODE);
        let faulty = |span: Span| found.iter().any(|problem| within(problem.span, span));
        if root.get("shipped").map(to_json) == Some(Value::Bool(false)) {
            let names: Vec<String> = self.checks.keys().cloned().collect();
            names.iter().for_each(|name| self.enable(name, false));
        }
        for entry in root.get("checks").map_or(&[][..], Node::entries) {
            if !faulty(entry.key_span.to(entry.value.span)) {
                self.merge(&entry.key, &entry.value);
            }
        }
        for entry in root.get("own").map_or(&[][..], Node::entries) {
            problems.extend(self.own(entry, own));
        }
        for (index, item) in root
            .get("exceptions")
            .map_or(&[][..], Node::items)
            .iter()
            .enumerate()
        {
            if !faulty(item.span) {
                problems.extend(self.exception(document, index, item, now, own));
            }
        }
        problems.extend(found);
        problems
    }

    fn merge(&mut self, check: &str, node: &Node) {
        let settings = self
            .checks
            .entry(check.to_owned())
            .or_insert_with(|| json!({}));
        for entry in node.entries() {
            if let Some(fields) = settings.as_object_mut() {
                fields.insert(entry.key.to_string(), to_json(&entry.value));
            }
        }
    }

    /// A switch of a check of the workspace's own. Where none are known, every name is taken.
    fn own(&mut self, entry: &Entry, own: &[String]) -> Option<Diagnostic> {
        if entry.value.kind == Kind::Bool(false) {
            self.off.insert(entry.key.to_string());
        }
        let is_known = own.is_empty() || own.iter().any(|own| **own == *entry.key);
        (!is_known).then(|| self.unknown(entry.key_span, &entry.key))
    }

    fn exception(
        &mut self,
        document: &Document,
        index: usize,
        item: &Node,
        now: Option<i64>,
        own: &[String],
    ) -> Vec<Diagnostic> {
        self.exceptions.push(to_json(item));
        let at =
            |field: &str| document.span_at(&Path::parse(&format!("exceptions[{index}].{field}")));
        let mut problems = Vec::new();
        let checks = item.get("checks").map_or(&[][..], Node::items);
        for check in checks
            .iter()
            .filter_map(|check| Some((check.span, check.as_str()?)))
        {
            if !self.checks.contains_key(check.1) && !own.iter().any(|own| own == check.1) {
                problems.push(self.unknown(check.0, check.1));
            }
        }
        let last = item.get("expires").and_then(Node::as_str);
        let end = last.and_then(|last| nanoseconds(&format!("{last}T23:59:59Z")));
        if let (Some(last), Some(end), Some(now)) = (last, end, now)
            && now > end
        {
            let message = format!("this exception ended on {last}; it no longer holds");
            let help = "mend what it was for, or take a new date";
            problems.push(
                Diagnostic::warning("governance/exception-ended", at("expires"), message)
                    .help(help),
            );
        }
        problems
    }

    fn unknown(&self, span: Span, check: &str) -> Diagnostic {
        let message = format!("there is no check `{check}`");
        let diagnostic = Diagnostic::error(CODE, span, message);
        match nearest(check, self.checks.keys().map(String::as_str)) {
            Some(guess) => diagnostic.help(format!("did you mean `{guess}`?")),
            None => diagnostic,
        }
    }

    /// Whether a check is on.
    pub fn is_enabled(&self, check: &str) -> bool {
        let settings = self.checks.get(check);
        settings.and_then(|settings| settings.get("enabled")) == Some(&Value::Bool(true))
    }

    /// Checks of the workspace's own that are switched off.
    pub fn off(&self) -> &BTreeSet<String> {
        &self.off
    }

    /// A parameter of a check.
    pub fn parameter(&self, check: &str, name: &str) -> Option<&Value> {
        self.checks.get(check)?.get(name)
    }

    /// Turns a check on or off.
    pub fn enable(&mut self, check: &str, enabled: bool) {
        if let Some(settings) = self.checks.get_mut(check).and_then(Value::as_object_mut) {
            settings.insert("enabled".to_owned(), enabled.into());
        }
    }

    /// As a data file for the policies of the pack.
    pub fn data(&self, path: &str) -> PolicyFile {
        let data = json!({"tierwalk": {"checks": self.checks, "exceptions": self.exceptions}});
        PolicyFile::new(path, serde_yaml::to_string(&data).unwrap_or_default())
    }
}

fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn to_json(node: &Node) -> Value {
    serde_json::to_value(node.to_value()).unwrap_or_default()
}
