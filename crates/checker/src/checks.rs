//! The list of checks: those of the workspace's own files, and those of the pack.

use std::collections::BTreeMap;

use tierwalk_governance::pack::Settings;
use tierwalk_governance::{Annotation, Level, PolicyFile, annotations, own};
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
                listed.add_file(set, path, file, home);
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

    fn add_file(&mut self, set: &Set, path: &str, file: &SourceFile, home: Option<&Home<'_>>) {
        let notes = annotations(&file.text);
        let mut modules = set.policies.modules().iter();
        let Some(module) = modules.find(|module| module.path == path) else {
            return self.add_broken(path, file, &notes);
        };
        let off = set.settings.as_ref().map(Settings::off);
        for rule in own::check_rules(&PolicyFile::new(path, file.text.clone())) {
            let on = off.is_none_or(|off| !off.contains(&rule.check));
            let check = Check {
                on,
                switch: settings::own_switch(&rule.check, !on, home),
                ..own(path, file, &notes, &rule.rule, rule.line)
            };
            let index = self.index_of(check, path);
            // Each definition is asked under a name of its own.
            for asked in module.rules.iter().filter(|asked| asked.line == rule.line) {
                let query = format!("data.{}.{}", module.package, asked.name);
                self.rules.insert(query, index);
            }
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

/// The check that a rule is of.
fn own(path: &str, file: &SourceFile, notes: &[Annotation], rule: &str, line: u32) -> Check {
    let (id, note) = own::check_name(path, notes, rule, line);
    let first = match note.map(|note| note.line) {
        Some(noted) if line == u32::MAX => noted,
        _ if line == u32::MAX => 1,
        _ => line,
    };
    Check {
        id,
        title: note.map_or_else(String::new, |note| note.title.clone()),
        why: note.map_or_else(String::new, |note| note.description.clone()),
        place: Some(places::line(path, file, first)),
        on: true,
        ..Check::default()
    }
}
