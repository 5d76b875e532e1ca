//! Conftest's `test`: every rule of a package asked about every document.
//!
//! Counting follows Conftest 0.71 `policy/engine.go`, `check` and `query`.

mod found;
mod package;
#[cfg(test)]
mod tests;

use std::borrow::Borrow;

use regorus::Value;
use tierwalk_source::Diagnostic;
use tierwalk_yaml::Path;

use crate::finding::{CheckResult, Finding, Level, Query};
use crate::input::{Input, InputDocument};
use crate::policies::{Policies, Session};
use crate::{Coverage, FileDiagnostic, error, position, value};
use found::{Found, exception, finding, uses};
use package::{Asked, Package, resolve};
use tierwalk_source::with_room;

/// The file name of a combined check.
const COMBINED: &str = "Combined";

/// Which packages to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Namespaces {
    /// All that are loaded.
    All,
    /// These; with `*`, `?` and `[…]` those that match.
    Named(Vec<String>),
}

impl Default for Namespaces {
    fn default() -> Self {
        Self::Named(vec!["main".to_owned()])
    }
}

/// How to check.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// Which packages to ask.
    pub namespaces: Namespaces,
    /// All files as one input.
    pub combine: bool,
    /// Directory of the files, for policies that ask for `data.conftest.file`.
    pub directory: String,
    /// Whether to note the lines that rules reach.
    pub trace: bool,
}

/// What came of a check.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Per package and file, in the order given.
    pub results: Vec<CheckResult>,
    /// Rules that could not be evaluated. Conftest stops at the first.
    pub errors: Vec<FileDiagnostic>,
}

/// Asks the rules about the files.
pub fn check<I: Borrow<Input> + Sync>(
    policies: &Policies,
    inputs: &[I],
    options: &CheckOptions,
) -> Report {
    with_room(|| {
        let inputs: Vec<&Input> = inputs.iter().map(Borrow::borrow).collect();
        check_here(policies, &inputs, options)
    })
}

/// Which lines of the policies each document reaches, when all rules that report are asked about it.
pub fn reach(
    policies: &Policies,
    inputs: &[&Input],
    namespaces: &Namespaces,
) -> Vec<Vec<Coverage>> {
    with_room(|| {
        let mut session = policies.session();
        let names = resolve(policies, namespaces);
        let documents = inputs.iter().flat_map(|input| &input.documents);
        let reached = documents.map(|document| {
            session.set_input(document.value.clone());
            session.watch();
            names.iter().for_each(|name| session.ask_together(name));
            session.reached()
        });
        reached.collect()
    })
}

fn check_here(policies: &Policies, inputs: &[&Input], options: &CheckOptions) -> Report {
    let mut report = Report::default();
    let mut session = policies.session();
    for name in resolve(policies, &options.namespaces) {
        let package = Package::new(policies, name);
        let mut run = Run {
            policies,
            session: &mut session,
            options,
            errors: &mut report.errors,
        };
        if options.combine {
            let result = run.combined(&package, inputs);
            report.results.push(result);
        } else {
            let results = inputs.iter().map(|input| run.file(&package, input));
            report.results.extend(results.collect::<Vec<_>>());
        }
    }
    report
}

struct Run<'a, 'p> {
    policies: &'p Policies,
    session: &'a mut Session<'p>,
    options: &'a CheckOptions,
    errors: &'a mut Vec<FileDiagnostic>,
}

/// A document in its file, for placing findings.
struct At<'a> {
    index: usize,
    document: &'a InputDocument,
}

impl Run<'_, '_> {
    fn file(&mut self, package: &Package, input: &Input) -> CheckResult {
        let mut result = CheckResult {
            file: input.path.clone(),
            namespace: package.name.clone(),
            ..CheckResult::default()
        };
        self.name_file(&input.path);
        for (index, document) in input.documents.iter().enumerate() {
            self.session.set_input(document.value.clone());
            self.document(package, Some(&At { index, document }), &mut result);
        }
        result
    }

    fn combined(&mut self, package: &Package, inputs: &[&Input]) -> CheckResult {
        let mut inputs: Vec<&Input> = inputs.to_vec();
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        let documents = inputs.iter().flat_map(|input| {
            let path = Value::from(input.path.as_str());
            input.documents.iter().map(move |document| {
                value::object([
                    ("path", path.clone()),
                    ("contents", value::as_combined(&document.value)),
                ])
            })
        });
        let combined = Value::from(documents.collect::<Vec<_>>());
        let mut result = CheckResult {
            file: COMBINED.to_owned(),
            namespace: package.name.clone(),
            ..CheckResult::default()
        };
        self.name_file(COMBINED);
        self.session.set_input(combined);
        self.document(package, None, &mut result);
        result
    }

    fn name_file(&mut self, path: &str) {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let parts = [self.options.directory.as_str(), above];
        let parts = parts
            .into_iter()
            .filter(|part| !part.is_empty() && *part != ".");
        let directory = match path.starts_with('/') {
            true => above.to_owned(),
            false => parts.collect::<Vec<_>>().join("/"),
        };
        self.session.set_file(name, &directory);
    }

    /// Asks every rule about one document and adds up.
    fn document(&mut self, package: &Package, at: Option<&At<'_>>, result: &mut CheckResult) {
        let before = result.totals();
        let mut successes = 0;
        if !self.options.trace {
            self.session.ask_together(&package.name);
        }
        let exceptions = self.exceptions(package);
        for rule in &package.rules {
            let used = exceptions
                .as_ref()
                .map_or(0, |value| uses(value, &rule.excepted_as));
            let found = match self.ask(rule, at, result) {
                Ok(found) => found,
                Err(error) => {
                    self.errors.push(error);
                    continue;
                }
            };
            for _ in 0..used {
                result.exceptions.push(exception(package, rule));
            }
            if used > 0 {
                result.excepted.extend(found.findings);
                continue;
            }
            successes += found.passed;
            let (kept, omitted) = match rule.level {
                Level::Failure => (&mut result.failures, &mut result.omitted.failures),
                Level::Warning => (&mut result.warnings, &mut result.omitted.warnings),
            };
            kept.extend(found.findings);
            *omitted += found.omitted;
        }
        let after = result.totals();
        let counted = after.failures - before.failures + after.warnings - before.warnings
            + after.exceptions
            - before.exceptions
            + successes;
        // A rule that passes gives one success however often it is defined.
        result.successes += successes + package.definitions.saturating_sub(counted);
    }

    fn exceptions(&mut self, package: &Package) -> Option<Value> {
        if !package.has_exceptions {
            return None;
        }
        match self
            .session
            .rule(&format!("data.{}.exception", package.name))
        {
            Ok(value) => Some(value),
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }

    fn ask(
        &mut self,
        rule: &Asked,
        at: Option<&At<'_>>,
        result: &mut CheckResult,
    ) -> Result<Found, FileDiagnostic> {
        if self.options.trace {
            self.session.watch();
        }
        let value = self.session.rule(&rule.query)?;
        let found = self.read(rule, &value, at)?;
        let prints = self.session.prints();
        if self.options.trace || !prints.is_empty() {
            result.queries.push(Query {
                query: rule.query.to_string(),
                passed: found.findings.is_empty(),
                prints,
                coverage: if self.options.trace {
                    self.session.reached()
                } else {
                    Vec::new()
                },
            });
        }
        Ok(found)
    }

    /// What a rule's value says. Only sets and arrays have findings; anything else that is defined passes.
    fn read(
        &self,
        rule: &Asked,
        value: &Value,
        at: Option<&At<'_>>,
    ) -> Result<Found, FileDiagnostic> {
        let mut found = Found::default();
        let items: Box<dyn Iterator<Item = &Value>> = match value {
            Value::Undefined => return Ok(found),
            Value::Set(items) => Box::new(items.iter()),
            Value::Array(items) => Box::new(items.iter()),
            _ => Box::new(std::iter::empty()),
        };
        let mut any = false;
        for item in items {
            any = true;
            let Some(mut finding) =
                finding(rule, item).map_err(|message| self.blame(rule, message))?
            else {
                continue;
            };
            if finding.message.is_empty() {
                found.passed += 1;
            } else if found.findings.len() >= self.policies.limits.findings {
                found.omitted += 1;
            } else {
                finding.place = at.and_then(|at| self.place(&finding, at));
                found.findings.push(finding);
            }
        }
        if !any {
            found.passed = 1;
        }
        Ok(found)
    }

    fn place(&self, finding: &Finding, at: &At<'_>) -> Option<crate::Place> {
        position::place(self.policies, finding, at.index, at.document)
    }

    fn blame(&self, rule: &Asked, message: String) -> FileDiagnostic {
        let (path, line) = self.policies.home(&rule.query);
        let text = self.policies.text(&path).unwrap_or_default();
        let diagnostic = Diagnostic::error(
            "governance/no-message",
            error::span_at(text, line, 1),
            message,
        )
        .help("an object that a check reports needs `msg` with the text to show");
        FileDiagnostic::new(path, diagnostic)
    }
}

impl InputDocument {
    /// The place of a path in `input`.
    pub(crate) fn path(&self, path: &Path) -> Path {
        self.root.join(path)
    }
}
