//! The list of checks: those of the workspace's own files, and those of the pack.

use std::collections::BTreeMap;

use serde_json::Value;
use tierwalk_governance::{Annotation, Level, annotations};
use tierwalk_protocol::checks::Check;

use crate::exceptions::Home;
use crate::file::{FileKind, SourceFile};
use crate::places;
use crate::policies::{PACK, Set};
use crate::settings;

/// The checks, and which rule is of which.
pub(crate) struct Listed {
    pub checks: Vec<Check>,
    /// By the rule's query and file: the index of its check.
    rules: BTreeMap<String, usize>,
}

impl Listed {
    pub fn of(set: &Set, files: &BTreeMap<String, SourceFile>, home: Option<&Home<'_>>) -> Self {
        let mut listed = Self {
            checks: Vec::new(),
            rules: BTreeMap::new(),
        };
        for (path, file) in files {
            if file.kind == FileKind::Rego && !path.ends_with("_test.rego") {
                listed.add_file(set, path, file);
            }
        }
        if let (Some(settings), Some(home)) = (&set.settings, home) {
            listed.add_pack(set, settings::checks(settings, home));
        }
        listed
    }

    /// The check that a rule is of.
    pub fn index(&self, query: &str) -> Option<usize> {
        self.rules.get(query).copied()
    }

    /// The rules that are of a check.
    pub fn rules(&self, check: usize) -> impl Iterator<Item = &str> {
        let rules = self.rules.iter();
        rules
            .filter(move |(_, index)| **index == check)
            .map(|(query, _)| query.as_str())
    }

    fn add_file(&mut self, set: &Set, path: &str, file: &SourceFile) {
        let notes = annotations(&file.text);
        let mut modules = set.policies.modules().iter();
        let Some(module) = modules.find(|module| module.path == path) else {
            return self.add_broken(path, file, &notes);
        };
        for rule in module.rules.iter().filter(|rule| rule.plain) {
            let query = format!("data.{}.{}", module.package, rule.name);
            let definition = set.policies.definition(&query);
            let written = definition.query.rsplit('.').next().unwrap_or_default();
            if Level::of(written).is_none() {
                continue;
            }
            let check = own(path, file, &notes, written, rule.line);
            let index = self.index_of(check, path);
            self.rules.insert(query, index);
        }
    }

    /// A file with an error is a check that cannot be asked.
    fn add_broken(&mut self, path: &str, file: &SourceFile, notes: &[Annotation]) {
        let check = own(path, file, notes, "", u32::MAX);
        self.checks.push(Check {
            broken: true,
            ..check
        });
    }

    fn index_of(&mut self, check: Check, path: &str) -> usize {
        let same = |other: &Check| {
            other.id == check.id && other.place.as_ref().is_some_and(|place| place.file == path)
        };
        self.checks.iter().position(same).unwrap_or_else(|| {
            self.checks.push(check);
            self.checks.len() - 1
        })
    }

    fn add_pack(&mut self, set: &Set, checks: Vec<Check>) {
        for check in checks {
            let path = format!("{PACK}/{}.rego", check.id);
            let mut modules = set.policies.modules().iter();
            let module = modules.find(|module| module.path == path);
            let rules = module.iter().flat_map(|module| &module.rules);
            for rule in rules.filter(|rule| Level::of(&rule.name).is_some()) {
                let package = module.map_or("", |module| &module.package);
                let query = format!("data.{package}.{}", rule.name);
                self.rules.insert(query, self.checks.len());
            }
            self.checks.push(Check {
                broken: check.on && module.is_none(),
                ..check
            });
        }
    }
}

/// The check that a rule is of: named by the annotation right before it, else by the rule's ending, else by an
/// annotation further up, else by the file.
fn own(path: &str, file: &SourceFile, notes: &[Annotation], rule: &str, line: u32) -> Check {
    let note = notes.iter().rfind(|note| note.line <= line);
    let named = note.and_then(|note| note.custom.get("id").and_then(Value::as_str));
    let is_its_own = note.is_some_and(|note| note.line == line);
    let suffix = rule.split_once('_').map(|(_, suffix)| suffix);
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.strip_suffix(".rego").unwrap_or(stem);
    let id = match (named, suffix) {
        (Some(named), _) if is_its_own => named,
        (_, Some(suffix)) => suffix,
        (named, None) => named.unwrap_or(stem),
    };
    let note = note.filter(|_| is_its_own || suffix.is_none() || named == Some(id));
    let first = match note.map(|note| note.line) {
        Some(noted) if line == u32::MAX => noted,
        _ if line == u32::MAX => 1,
        _ => line,
    };
    Check {
        id: id.to_owned(),
        title: note.map_or_else(String::new, |note| note.title.clone()),
        why: note.map_or_else(String::new, |note| note.description.clone()),
        place: Some(places::line(path, file, first)),
        on: true,
        ..Check::default()
    }
}
