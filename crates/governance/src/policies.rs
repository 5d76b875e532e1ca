//! Policies and data, ready to be asked about one document after the other.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value};
use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::{Document, Kind};

use crate::ast::Step;
use crate::builtins::{self, Host};
use crate::facts::{Module, RegoVersion, RuleKind};
use crate::graph::Graph;
use crate::parse::{self, Parsed};
use crate::stack::with_room;
use crate::{FileDiagnostic, Limits, PolicyFile, clock, error, position, value};

/// Steps of evaluation between two looks at the clock.
const CLOCK_EVERY: NonZeroU32 = NonZeroU32::MIN.saturating_add(255);

/// The version of Rego that policies are read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VersionChoice {
    /// Each module in its own.
    #[default]
    Detect,
    /// Version 0 only.
    V0,
    /// Version 1 only.
    V1,
}

/// How policies are loaded.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoadOptions {
    /// The version they are read in.
    pub version: VersionChoice,
    /// Whether a built-in function that fails is an error; else it is undefined, as in OPA.
    pub builtin_errors: bool,
    /// Nanoseconds since 1970 for `time.now_ns`, which is undefined without.
    pub now: Option<i64>,
    /// What a run may use up.
    pub limits: Limits,
}

/// Policies and data, compiled.
#[derive(Clone)]
pub struct Policies {
    pub(crate) engine: Engine,
    pub(crate) limits: Limits,
    pub(crate) reads: BTreeMap<String, Vec<Vec<Step>>>,
    modules: Vec<Module>,
    texts: BTreeMap<String, String>,
    names_file: bool,
}

impl Policies {
    /// Compiles policies and data. Never fails: modules with errors are left out, and said in the
    /// diagnostics. A host that must not run half of the checks looks for errors there.
    pub fn load(
        files: &[PolicyFile],
        data: &[PolicyFile],
        options: &LoadOptions,
    ) -> (Self, Vec<FileDiagnostic>) {
        with_room(|| Self::load_here(files, data, options))
    }

    fn load_here(
        files: &[PolicyFile],
        data: &[PolicyFile],
        options: &LoadOptions,
    ) -> (Self, Vec<FileDiagnostic>) {
        let (parsed, mut problems) = parse_all(files, options.version);
        let (graph, found) = Graph::build(&parsed, options.version);
        let reads = position::reads(&parsed, &graph.needs());
        problems.extend(found);
        problems.extend(parsed.iter().flat_map(if_without_contains));
        let faulty: BTreeSet<String> = problems
            .iter()
            .map(|problem| problem.path.clone())
            .collect();
        let mut sound: Vec<Parsed> = parsed
            .into_iter()
            .filter(|module| !faulty.contains(&module.module.path))
            .collect();
        let engine = compile(&mut sound, files, data, options, &mut problems);
        let policies = Self {
            engine,
            limits: options.limits,
            reads,
            names_file: sound.iter().any(|module| module.text.contains("conftest")),
            texts: files
                .iter()
                .map(|file| (file.path.clone(), file.text.clone()))
                .collect(),
            modules: sound.into_iter().map(|module| module.module).collect(),
        };
        (policies, problems)
    }

    /// The modules that were loaded, by path.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The packages, in the order of their modules.
    pub fn namespaces(&self) -> Vec<&str> {
        let mut namespaces: Vec<&str> = Vec::new();
        for module in &self.modules {
            // Conftest compares without regard to case.
            let known = |name: &&str| name.eq_ignore_ascii_case(&module.package);
            if !namespaces.iter().any(known) {
                namespaces.push(&module.package);
            }
        }
        namespaces
    }

    pub(crate) fn session(&self) -> Session<'_> {
        Session {
            policies: self,
            engine: self.engine.clone(),
            input: Value::Undefined,
            stopped: BTreeMap::new(),
        }
    }

    /// An error of evaluation, in the file it is in.
    fn diagnostic(&self, error: &anyhow::Error, query: &str) -> FileDiagnostic {
        let mut error = error::read(error);
        if error.path.is_empty() {
            (error.path, error.line) = self.home(query);
            error.column = 1;
        }
        let text = self.texts.get(&error.path).map_or("", String::as_str);
        let code = if error.message.contains(": operand") || error.message.contains("error parsing")
        {
            "governance/builtin-error"
        } else {
            "governance/evaluation"
        };
        error.diagnostic(text, code)
    }

    /// File and lines of each definition of a rule.
    fn definitions(&self, query: &str) -> Vec<(&str, std::ops::Range<u32>)> {
        let mut found = Vec::new();
        for module in &self.modules {
            let next = module.rules.iter().skip(1).map(|rule| rule.line);
            for (rule, end) in module.rules.iter().zip(next.chain([u32::MAX])) {
                if query == format!("data.{}.{}", module.package, rule.name) {
                    found.push((module.path.as_str(), rule.line..end));
                }
            }
        }
        found
    }

    /// File and line of a rule's first definition.
    pub(crate) fn home(&self, query: &str) -> (String, u32) {
        let first = self.definitions(query).into_iter().next();
        first.map_or_else(Default::default, |(path, lines)| {
            (path.to_owned(), lines.start)
        })
    }

    fn is_function(&self, query: &str) -> bool {
        let rules = self.modules.iter().flat_map(|module| {
            let package = module.package.as_str();
            module.rules.iter().map(move |rule| (package, rule))
        });
        rules
            .filter(|(package, rule)| query == format!("data.{package}.{}", rule.name))
            .any(|(_, rule)| rule.kind == RuleKind::Function)
    }

    /// Text of a policy file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }
}

fn parse_all(
    files: &[PolicyFile],
    version: crate::VersionChoice,
) -> (Vec<Parsed>, Vec<FileDiagnostic>) {
    let mut files: Vec<&PolicyFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut parsed = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        match parse::parse(file, version) {
            Ok(module) => parsed.push(module),
            Err(problem) => problems.push(problem),
        }
    }
    (parsed, problems)
}

/// `deny[msg] if …` makes a set of version 0 an object of `true` in version 1, which would never fail:
/// Conftest refuses it, and so do we.
fn if_without_contains(module: &Parsed) -> Vec<FileDiagnostic> {
    let suspects = module.tree.policy.iter().filter(|rule| {
        let name = crate::facts::name(rule);
        let root = name.split(['.', '[']).next().unwrap_or_default();
        crate::finding::Level::of(root).is_some() && is_true_by_key(rule)
    });
    suspects
        .filter(|_| module.module.version == RegoVersion::V1)
        .map(|rule| {
            let span = error::span_at(&module.text, rule.span().line, rule.span().col);
            let diagnostic = Diagnostic::error(
                "governance/if-without-contains",
                span,
                "this rule says `if` without `contains`, so it never reports anything",
            )
            .help("write `deny contains msg if { … }`");
            FileDiagnostic::new(module.module.path.clone(), diagnostic)
        })
        .collect()
}

fn is_true_by_key(rule: &regorus::unstable::Rule) -> bool {
    use regorus::unstable::{Expr, Rule, RuleHead};
    matches!(rule, Rule::Spec { head: RuleHead::Compr { refr, assign: None, .. }, .. }
        if !matches!(refr.as_ref(), Expr::Var { .. }))
}

/// An engine with all modules that it accepts; those that it does not are taken out.
fn compile(
    modules: &mut Vec<Parsed>,
    files: &[PolicyFile],
    data: &[PolicyFile],
    options: &LoadOptions,
    problems: &mut Vec<FileDiagnostic>,
) -> Engine {
    let mut base = new_engine(options, problems);
    add_data(&mut base, data, problems);
    loop {
        let mut engine = base.clone();
        let error = match add_modules(&mut engine, modules) {
            Ok(()) => return engine,
            Err(error) => error::read(&error),
        };
        let faulty = modules
            .iter()
            .position(|module| module.module.path == error.path);
        let module = modules.remove(faulty.unwrap_or_default().min(modules.len() - 1));
        let mut error = error;
        error.path.clone_from(&module.module.path);
        let problem = error.diagnostic(&module.text, "governance/syntax");
        if !is_consequence(&problem, problems, files) {
            problems.push(problem);
        }
    }
}

/// Whether a name without a value may come from a module that is left out already.
fn is_consequence(
    problem: &FileDiagnostic,
    earlier: &[FileDiagnostic],
    files: &[PolicyFile],
) -> bool {
    let message = &problem.diagnostic.message;
    let name = message.split('`').nth(1).filter(|name| !name.is_empty());
    let left_out = |file: &&PolicyFile| earlier.iter().any(|problem| problem.path == file.path);
    problem.diagnostic.code == "governance/unsafe-variable"
        && name.is_some_and(|name| {
            files
                .iter()
                .filter(left_out)
                .any(|file| file.text.contains(name))
        })
}

fn new_engine(options: &LoadOptions, problems: &mut Vec<FileDiagnostic>) -> Engine {
    let mut engine = Engine::new();
    engine.set_policy_length_config(parse::LENGTHS);
    engine.set_strict_builtin_errors(options.builtin_errors);
    engine.set_gather_prints(true);
    engine.set_execution_timer_config(ExecutionTimerConfig {
        limit: options.limits.deadline,
        check_interval: CLOCK_EVERY,
    });
    let host = Host {
        now: options.now,
        strict: options.builtin_errors,
    };
    if let Err(error) = builtins::register(&mut engine, host) {
        problems.push(error::read(&error).diagnostic("", "governance/evaluation"));
    }
    engine
}

fn add_modules(engine: &mut Engine, modules: &[Parsed]) -> anyhow::Result<()> {
    if modules.is_empty() {
        return Ok(());
    }
    for module in modules {
        engine.set_rego_v0(module.module.version == RegoVersion::V0);
        engine.add_policy(module.module.path.clone(), module.text.clone())?;
    }
    engine.set_rego_v0(false);
    // Has the modules analysed, which finds variables without a value.
    engine.eval_query("true".to_owned(), false)?;
    Ok(())
}

fn add_data(engine: &mut Engine, files: &[PolicyFile], problems: &mut Vec<FileDiagnostic>) {
    for file in files {
        if let Err(problem) = read_data(file).and_then(|value| add(engine, value)) {
            problems.push(FileDiagnostic::new(file.path.clone(), problem));
        }
    }
}

fn add(engine: &mut Engine, data: Value) -> Result<(), Box<Diagnostic>> {
    engine.add_data(data).map_err(|error| {
        let message = error::read(&error).message;
        let message = format!("another data file says otherwise: {message}");
        let diagnostic = Diagnostic::error("governance/data", Span::default(), message);
        Box::new(diagnostic.help("two data files may not give different values to the same key"))
    })
}

fn read_data(file: &PolicyFile) -> Result<Value, Box<Diagnostic>> {
    let document = Document::parse(&file.text);
    let mut problems = document.diagnostics.iter();
    if let Some(problem) = problems.find(|problem| problem.is_error()) {
        return Err(Box::new(problem.clone()));
    }
    match &document.root {
        None => Ok(Value::new_object()),
        Some(root) => match root.kind {
            Kind::Null => Ok(Value::new_object()),
            Kind::Map(_) => Ok(value::from_node(root)),
            _ => Err(Box::new(no_mapping(root.span))),
        },
    }
}

fn no_mapping(span: Span) -> Diagnostic {
    Diagnostic::error(
        "governance/data",
        span,
        "data must be a mapping, so that it has names to be found by",
    )
    .help("put it under a key: `limits: …` becomes `data.limits`")
}

/// Policies at work on one document after the other.
pub(crate) struct Session<'a> {
    policies: &'a Policies,
    engine: Engine,
    input: Value,
    /// Rules that took too long; they are not tried again.
    stopped: BTreeMap<String, FileDiagnostic>,
}

impl Session<'_> {
    /// The document to look at from now on.
    pub fn set_input(&mut self, input: Value) {
        self.input = input.clone();
        self.engine.set_input(input);
    }

    /// What policies see as `data.conftest.file`, if they ask for it.
    pub fn set_file(&mut self, name: &str, directory: &str) {
        if !self.policies.names_file {
            return;
        }
        self.renew();
        let file = value::object([("name", Value::from(name)), ("dir", Value::from(directory))]);
        let conftest = value::object([("file", file)]);
        // A data file that claims `conftest` for itself keeps it.
        let _ = self
            .engine
            .add_data(value::object([("conftest", conftest)]));
    }

    /// The value of a rule such as `data.main.deny`.
    pub fn rule(&mut self, query: &str) -> Result<Value, FileDiagnostic> {
        if let Some(stopped) = self.stopped.get(query) {
            return Err(stopped.clone());
        }
        if self.policies.is_function(query) {
            return Ok(Value::Undefined);
        }
        let started = clock::now();
        self.engine.eval_rule(query.to_owned()).map_err(|error| {
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
        let reached = definitions.into_iter().filter(|(path, lines)| {
            let mut files = reached.iter().filter(|file| file.path == *path);
            files.any(|file| file.covered.range(lines.clone()).next().is_some())
        });
        reached
            .last()
            .map(|(path, lines)| (path.to_owned(), lines.start))
    }

    /// Forgets what an error may have left behind in the engine.
    fn renew(&mut self) {
        self.engine = self.policies.engine.clone();
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
            .map(|file| Coverage {
                path: file.path,
                reached: file.covered.into_iter().collect(),
                missed: file.not_covered.into_iter().collect(),
            })
            .collect()
    }
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
