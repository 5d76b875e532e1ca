//! What checks say.

use std::sync::Arc;

use serde_json::{Map, Value};
use tierwalk_source::Span;
use tierwalk_yaml::Path;

/// How a rule's results count, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `warn`, `warn_…`.
    Warning,
    /// `deny`, `violation`, and the same with a suffix.
    Failure,
}

impl Level {
    /// The level of a rule's name, as Conftest's expressions have it: the word, then `_` and letters or
    /// digits, any number of times.
    pub fn of(name: &str) -> Option<Self> {
        let (word, suffix) = match name.split_once('_') {
            Some((word, suffix)) => (word, Some(suffix)),
            None => (name, None),
        };
        let is_part =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
        if !suffix.is_none_or(|suffix| suffix.split('_').all(is_part)) {
            return None;
        }
        match word {
            "deny" | "violation" => Some(Self::Failure),
            "warn" => Some(Self::Warning),
            _ => None,
        }
    }
}

/// A place that a policy gives itself, as `_loc`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub file: String,
    /// The line, as written.
    pub line: String,
}

/// Where in the checked file a finding stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which document of the file, from 0.
    pub document: usize,
    /// The field in it.
    pub path: Path,
    /// Its bytes in the file.
    pub span: Span,
    /// Whether the policy named the field; else it is the best guess.
    pub named: bool,
}

/// One result of a rule, or an exception from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is said.
    pub message: String,
    /// The rule, as asked for: `data.main.deny`.
    pub query: Arc<str>,
    /// What the policy says besides `msg` and `_loc`.
    pub metadata: Map<String, Value>,
    /// The place that the policy gives.
    pub location: Option<Location>,
    /// The place in the checked file.
    pub place: Option<Place>,
}

/// What one rule said, and what it printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The rule, as asked for.
    pub query: String,
    /// Whether it found nothing to complain about.
    pub passed: bool,
    /// Lines of its `print` calls.
    pub prints: Vec<String>,
    /// Lines that it reached; only when traced.
    pub coverage: Vec<crate::Coverage>,
}

/// All that one package says about one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckResult {
    /// The file.
    pub file: String,
    /// The package.
    pub namespace: String,
    /// How many tests passed.
    pub successes: usize,
    /// Tests of policies that were left out.
    pub skipped: Vec<Finding>,
    /// What `warn` rules found.
    pub warnings: Vec<Finding>,
    /// What `deny` and `violation` rules found.
    pub failures: Vec<Finding>,
    /// Exceptions that were used.
    pub exceptions: Vec<Finding>,
    /// What was found and does not count, because of those exceptions.
    pub excepted: Vec<Finding>,
    /// Results beyond the limit, which were counted only.
    pub omitted: Omitted,
    /// The rules asked for.
    pub queries: Vec<Query>,
}

/// Results that were counted and not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Omitted {
    /// Failures.
    pub failures: usize,
    /// Warnings.
    pub warnings: usize,
}

/// Numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Tests that passed.
    pub successes: usize,
    /// Warnings.
    pub warnings: usize,
    /// Failures.
    pub failures: usize,
    /// Exceptions.
    pub exceptions: usize,
    /// Tests left out.
    pub skipped: usize,
}

impl CheckResult {
    /// Its numbers.
    pub fn totals(&self) -> Totals {
        Totals {
            successes: self.successes,
            warnings: self.warnings.len() + self.omitted.warnings,
            failures: self.failures.len() + self.omitted.failures,
            exceptions: self.exceptions.len(),
            skipped: self.skipped.len(),
        }
    }
}

impl Totals {
    /// The sum over results.
    pub fn of(results: &[CheckResult]) -> Self {
        results
            .iter()
            .map(CheckResult::totals)
            .fold(Self::default(), |sum, each| Self {
                successes: sum.successes + each.successes,
                warnings: sum.warnings + each.warnings,
                failures: sum.failures + each.failures,
                exceptions: sum.exceptions + each.exceptions,
                skipped: sum.skipped + each.skipped,
            })
    }

    /// How many tests there were.
    pub fn tests(&self) -> usize {
        self.successes + self.warnings + self.failures + self.exceptions + self.skipped
    }

    /// Conftest's exit status.
    pub fn exit(&self, fail_on_warn: bool) -> u8 {
        match (self.failures > 0, self.warnings > 0) {
            (true, _) if fail_on_warn => 2,
            (true, _) => 1,
            (false, true) if fail_on_warn => 1,
            _ => 0,
        }
    }
}
