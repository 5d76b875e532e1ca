//! Conftest's `verify`: the `test_` rules of policies (OPA `v1/tester`).

#[cfg(test)]
mod tests;

use regorus::Value;
use serde_json::Map;

use crate::FileDiagnostic;
use crate::check::Report;
use crate::facts::Module;
use crate::finding::{CheckResult, Finding, Query};
use crate::glob;
use crate::policies::{Policies, Session};
use tierwalk_source::with_room;

/// How the names of tests begin that are left out.
const LATER: &str = "todo_test_";

/// Runs every rule whose name starts with `test_`; those with `todo_test_` are left out and counted.
/// Of packages, those count that one of the patterns means; all, if there is no pattern.
pub fn verify(policies: &Policies, packages: &[String], trace: bool) -> Report {
    with_room(|| verify_here(policies, packages, trace))
}

fn verify_here(policies: &Policies, packages: &[String], trace: bool) -> Report {
    let mut report = Report::default();
    let mut session = policies.session();
    session.set_input(Value::Undefined);
    let counts = |module: &&Module| {
        let mut patterns = packages.iter();
        packages.is_empty() || patterns.any(|pattern| glob::matches(pattern, &module.package))
    };
    for module in policies.modules().iter().filter(counts) {
        for name in tests(module) {
            match run(&mut session, module, name, trace) {
                Ok(result) => report.results.push(result),
                Err(error) => report.errors.push(error),
            }
        }
    }
    report
}

/// The names of the tests in a module, each once.
fn tests(module: &Module) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for rule in &module.rules {
        let is_test = rule.name.starts_with("test_") || rule.name.starts_with(LATER);
        if is_test && !names.contains(&rule.name.as_str()) {
            names.push(&rule.name);
        }
    }
    names
}

fn run(
    session: &mut Session,
    module: &Module,
    name: &str,
    trace: bool,
) -> Result<CheckResult, FileDiagnostic> {
    let query = format!("data.{}.{name}", module.package);
    let mut result = CheckResult {
        file: module.path.clone(),
        ..CheckResult::default()
    };
    if name.starts_with(LATER) {
        result.skipped.push(named(&query));
    } else {
        if trace {
            session.watch();
        }
        match session.rule(&query)? {
            value if has_passed(&value) => result.successes = 1,
            _ => result.failures.push(named(&query)),
        }
    }
    result.queries.push(Query {
        query,
        passed: result.failures.is_empty(),
        // What tests print belongs to OPA's report.
        prints: Vec::new(),
        coverage: if trace { session.reached() } else { Vec::new() },
    });
    Ok(result)
}

/// A test passes with `true` and nothing else.
fn has_passed(value: &Value) -> bool {
    *value == Value::Bool(true)
}

fn named(query: &str) -> Finding {
    Finding {
        message: query.to_owned(),
        query: "".into(),
        metadata: Map::new(),
        location: None,
        place: None,
    }
}
