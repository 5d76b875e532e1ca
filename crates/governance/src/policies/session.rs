//! Asking the rules of policies, within their deadline.

use std::collections::BTreeMap;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value};
use tierwalk_source::Diagnostic;

use super::Policies;
use super::compile::CLOCK_EVERY;
use super::together;
use crate::{FileDiagnostic, clock, error, value};

/// Policies at work on one document after the other.
pub(crate) struct Session<'a> {
    policies: &'a Policies,
    engine: Engine,
    input: Value,
    /// What policies see as `data.conftest`.
    file: Option<Value>,
    /// Values of rules on this input, as far as they were asked together.
    answers: BTreeMap<String, Value>,
    /// The package whose rules were asked together.
    answered: Option<String>,
    /// Rules that took too long; they are not tried again.
    stopped: BTreeMap<String, FileDiagnostic>,
}

impl<'a> Session<'a> {
    pub(super) fn new(policies: &'a Policies) -> Self {
        Self {
            policies,
            engine: policies.engine.clone(),
            input: Value::Undefined,
            file: None,
            answers: BTreeMap::new(),
            answered: None,
            stopped: BTreeMap::new(),
        }
    }

    /// The document to look at from now on.
    pub fn set_input(&mut self, input: Value) {
        self.input = input.clone();
        self.engine.set_input(input);
        self.answered = None;
    }

    /// Asks all rules of a package at once. Where that does not work, they are asked one by one, which tells
    /// the one to blame.
    pub fn ask_together(&mut self, package: &str) {
        self.answered = None;
        let Some(query) = self.policies.together.get(package) else {
            return;
        };
        if !self.stopped.is_empty() {
            return;
        }
        // Whoever is endless is found when asked alone; until then little time is to be lost.
        self.limit(self.policies.limits.deadline / 5);
        let answer = self.engine.eval_rule(query.clone());
        self.limit(self.policies.limits.deadline);
        match answer {
            Ok(value) => {
                self.answers = together::answers(package, &value);
                self.answered = Some(package.to_owned());
            }
            Err(_) => self.renew(),
        }
    }

    fn limit(&mut self, limit: std::time::Duration) {
        self.engine
            .set_execution_timer_config(ExecutionTimerConfig {
                limit,
                check_interval: CLOCK_EVERY,
            });
    }

    /// The value that was found when the rules were asked together.
    fn answer(&self, query: &str) -> Option<Value> {
        let package = self.answered.as_ref()?;
        let rule = query
            .strip_prefix("data.")?
            .strip_prefix(package.as_str())?;
        rule.strip_prefix('.')?;
        Some(self.answers.get(query).cloned().unwrap_or(Value::Undefined))
    }

    /// What policies see as `data.conftest.file`, if they ask for it.
    pub fn set_file(&mut self, name: &str, directory: &str) {
        if !self.policies.names_file {
            return;
        }
        let file = value::object([("name", Value::from(name)), ("dir", Value::from(directory))]);
        self.file = Some(value::object([(
            "conftest",
            value::object([("file", file)]),
        )]));
        self.renew();
    }

    /// The value of a rule such as `data.main.deny`.
    pub fn rule(&mut self, query: &str) -> Result<Value, FileDiagnostic> {
        if let Some(stopped) = self.stopped.get(query) {
            return Err(stopped.clone());
        }
        if self.policies.is_function(query) {
            return Ok(Value::Undefined);
        }
        if let Some(answer) = self.answer(query) {
            return Ok(answer);
        }
        let started = clock::now();
        let answer = self.engine.eval_rule(query.to_owned());
        let answer = match answer {
            Err(error) if is_arithmetic(&error) => self.ask_leniently(query, error),
            answer => answer,
        };
        answer.map_err(|error| {
            let mut problem = self.policies.diagnostic(&error, query);
            let limit = self.policies.limits.deadline;
            let late = started
                .zip(clock::now())
                .is_some_and(|(from, to)| to.saturating_sub(from) >= limit);
            if late || problem.diagnostic.code == "governance/deadline" {
                problem = self.late(query);
                self.stopped.insert(query.to_owned(), problem.clone());
            }
            self.renew();
            problem
        })
    }

    /// The rule again, with arithmetic that is undefined for the wrong type.
    fn ask_leniently(&mut self, query: &str, error: anyhow::Error) -> anyhow::Result<Value> {
        let Some(lenient) = self.policies.lenient.engine() else {
            return Err(error);
        };
        let mut engine = lenient.clone();
        engine.set_input(self.input.clone());
        let answer = engine.eval_rule(query.to_owned());
        self.renew();
        answer
    }

    fn late(&self, query: &str) -> FileDiagnostic {
        let (path, line) = self
            .culprit(query)
            .unwrap_or_else(|| self.policies.home(query));
        let text = self.policies.texts.get(&path).map_or("", String::as_str);
        let limit = self.policies.limits.deadline;
        let diagnostic = Diagnostic::error(
            "governance/deadline",
            error::span_at(text, line, 1),
            format!(
                "`{query}` takes longer than {} and was stopped",
                shown(limit)
            ),
        )
        .help("it loops over too many combinations; narrow the loops, or look values up by key");
        FileDiagnostic::new(path, diagnostic)
    }

    /// File and line of the definition that takes too long: of those that a short second run reaches, the
    /// last, since they are evaluated in their order.
    fn culprit(&self, query: &str) -> Option<(String, u32)> {
        let mut engine = self.policies.engine.clone();
        engine.set_execution_timer_config(ExecutionTimerConfig {
            limit: self.policies.limits.deadline / 10,
            check_interval: CLOCK_EVERY,
        });
        engine.set_enable_coverage(true);
        engine.set_input(self.input.clone());
        engine.eval_rule(query.to_owned()).err()?;
        let reached = engine.get_coverage_report().ok()?.files;
        let definitions = self.policies.definitions(query);
        let mut reached = definitions.into_iter().filter(|(path, lines)| {
            let mut files = reached.iter().filter(|file| file.path == *path);
            files.any(|file| file.covered.range(lines.clone()).next().is_some())
        });
        reached
            .next_back()
            .map(|(path, lines)| (path.to_owned(), lines.start))
    }

    /// Forgets what an error may have left behind in the engine.
    fn renew(&mut self) {
        self.engine = self.policies.engine.clone();
        if let Some(file) = &self.file {
            // A data file that claims `conftest` for itself keeps it.
            let _ = self.engine.add_data(file.clone());
        }
        self.engine.set_input(self.input.clone());
    }

    /// What the last rules printed.
    pub fn prints(&mut self) -> Vec<String> {
        self.engine.take_prints().unwrap_or_default()
    }

    /// Notes the lines that are reached from now on.
    pub fn watch(&mut self) {
        self.engine.set_enable_coverage(true);
        self.engine.clear_coverage_data();
    }

    /// Lines reached and not reached since, by file.
    pub fn reached(&mut self) -> Vec<Coverage> {
        let files = self.engine.get_coverage_report().map(|report| report.files);
        files
            .unwrap_or_default()
            .into_iter()
            .filter(|file| file.path != together::PATH)
            .map(|file| Coverage {
                path: file.path,
                reached: file.covered.into_iter().collect(),
                missed: file.not_covered.into_iter().collect(),
            })
            .collect()
    }
}

/// Whether an operator met a value of the wrong type.
fn is_arithmetic(error: &anyhow::Error) -> bool {
    let text = error.to_string();
    text.contains(" expects ")
        && (text.contains(" argument. Got ") || text.contains("`some .. in collection`"))
}

fn shown(limit: std::time::Duration) -> String {
    match limit.as_millis() {
        millis if millis % 1000 == 0 => format!("{} s", millis / 1000),
        millis => format!("{millis} ms"),
    }
}

/// Which lines of a policy an evaluation reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The policy file.
    pub path: String,
    /// Lines that were evaluated, from 1.
    pub reached: Vec<u32>,
    /// Lines that were not.
    pub missed: Vec<u32>,
}
