//! What is asked: the packages, and the rules of each.

use std::sync::Arc;

use super::Namespaces;
use crate::finding::Level;
use crate::glob;
use crate::policies::Policies;

/// A rule of a package, asked once per document.
pub(super) struct Asked {
    pub query: Arc<str>,
    pub level: Level,
    /// The name without its level, by which exceptions speak of it.
    pub excepted_as: String,
}

/// The rules of one package.
pub(super) struct Package {
    pub name: String,
    pub rules: Vec<Asked>,
    /// Definitions of these rules: the number of tests.
    pub definitions: usize,
    pub has_exceptions: bool,
}

/// Names stay as they are, unless one of them is a pattern (Conftest `runner/test.go`).
pub(super) fn resolve(policies: &Policies, namespaces: &Namespaces) -> Vec<String> {
    let loaded = policies.namespaces();
    match namespaces {
        Namespaces::All => loaded.into_iter().map(str::to_owned).collect(),
        Namespaces::Named(names) if !names.iter().any(|name| glob::is_pattern(name)) => {
            names.clone()
        }
        Namespaces::Named(patterns) => loaded
            .into_iter()
            .filter(|name| patterns.iter().any(|pattern| glob::matches(pattern, name)))
            .map(str::to_owned)
            .collect(),
    }
}

impl Package {
    pub fn new(policies: &Policies, name: String) -> Self {
        let modules = policies.modules().iter();
        let own = modules.filter(|module| module.package == name);
        let mut package = Self {
            rules: Vec::new(),
            definitions: 0,
            has_exceptions: false,
            name: name.clone(),
        };
        for rule in own.flat_map(|module| &module.rules) {
            package.has_exceptions |= rule.name == "exception";
            if let (true, Some(level)) = (rule.plain, Level::of(&rule.name)) {
                package.definitions += 1;
                package.add(policies, &rule.name, level);
            }
        }
        package
    }

    /// Conftest tells names apart without regard to case.
    fn add(&mut self, policies: &Policies, name: &str, level: Level) {
        let query = format!("data.{}.{name}", self.name);
        let written = policies.as_written(&query).rsplit('.').next();
        let excepted_as = without_level(written.unwrap_or(name)).to_owned();
        if !self
            .rules
            .iter()
            .any(|rule| rule.query.eq_ignore_ascii_case(&query))
        {
            self.rules.push(Asked {
                query: query.into(),
                level,
                excepted_as,
            });
        }
    }
}

fn without_level(name: &str) -> &str {
    let name = match name {
        "deny" | "violation" | "warn" => "",
        name => name,
    };
    let name = name.strip_prefix("violation_").unwrap_or(name);
    let name = name.strip_prefix("deny_").unwrap_or(name);
    name.strip_prefix("warn_").unwrap_or(name)
}
