//! Text of policies and data to an engine.

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value};
use std::num::NonZeroU32;
use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::{Document, Kind};

use super::together;
use crate::builtins::{self, Host};
use crate::facts::RegoVersion;
use crate::parse::{self, Parsed};
use crate::{FileDiagnostic, LoadOptions, PolicyFile, VersionChoice, error, negation, value};

/// Steps of evaluation between two looks at the clock.
pub(super) const CLOCK_EVERY: NonZeroU32 = NonZeroU32::MIN.saturating_add(255);

pub(super) fn parse_all(
    files: &[PolicyFile],
    version: VersionChoice,
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
pub(super) fn if_without_contains(module: &Parsed) -> Vec<FileDiagnostic> {
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
pub(super) fn compile(
    modules: &mut Vec<Parsed>,
    files: &[PolicyFile],
    data: &[PolicyFile],
    options: &LoadOptions,
    problems: &mut Vec<FileDiagnostic>,
) -> Engine {
    let mut base = new_engine(options, problems);
    add_data(&mut base, data, problems);
    loop {
        let error = match engine_of(&base, modules) {
            Ok(engine) => return engine,
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

/// An engine with the modules, their negations spelled out. What is wrong is said of the text as written.
fn engine_of(base: &Engine, modules: &[Parsed]) -> anyhow::Result<Engine> {
    let spelled_out = |module: &Parsed| {
        let version = module.module.version;
        negation::spelled_out(&module.text, |text| parse::tree_of(text, version))
    };
    let texts: Vec<Option<String>> = modules.iter().map(spelled_out).collect();
    let mut engine = base.clone();
    if add_modules(&mut engine, modules, &texts).is_ok() {
        return Ok(engine);
    }
    let mut engine = base.clone();
    add_modules(&mut engine, modules, &[]).map(|()| engine)
}

/// Adds modules with these texts, or with their own where there is none.
fn add_modules(
    engine: &mut Engine,
    modules: &[Parsed],
    texts: &[Option<String>],
) -> anyhow::Result<()> {
    if modules.is_empty() {
        return Ok(());
    }
    for (index, module) in modules.iter().enumerate() {
        let text = texts.get(index).and_then(Option::as_ref);
        let text = text.unwrap_or(&module.text).clone();
        engine.set_rego_v0(module.module.version == RegoVersion::V0);
        engine.add_policy(module.module.path.clone(), text)?;
    }
    engine.set_rego_v0(false);
    let (together, _) = together::module(modules.iter().map(|module| &module.module));
    engine.add_policy(together::PATH.to_owned(), together)?;
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
            Kind::Map(_) => Ok(value::data_from_node(root, &file.text)),
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
