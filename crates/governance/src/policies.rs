//! Policies and data, ready to be asked about one document after the other.

mod compile;
mod session;
#[cfg(test)]
mod tests;
mod together;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use regorus::Engine;

pub use session::Coverage;
pub(crate) use session::Session;

use crate::ast::Step;
use crate::facts::{Module, RuleKind};
use crate::graph::Graph;
use crate::{FileDiagnostic, Limits, PolicyFile, definitions, error, lenient, position};
use compile::{compile, if_without_contains, parse_all};
use tierwalk_source::with_room;

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
    /// Whether results are to be told apart by the definition that gave them, where a rule has several.
    pub by_definition: bool,
}

/// The same policies with arithmetic that is undefined for the wrong type; made when it is needed.
#[derive(Default)]
struct Lenient {
    /// Files, data and options, as long as built-in errors are not asked for.
    made_of: Option<(Vec<PolicyFile>, Vec<PolicyFile>, LoadOptions)>,
    engine: OnceLock<Option<Engine>>,
}

impl Lenient {
    fn engine(&self) -> Option<&Engine> {
        let (files, data, options) = self.made_of.as_ref()?;
        let engine = self.engine.get_or_init(|| {
            let (mut parsed, mut problems) = parse_all(files, options.version);
            for module in &mut parsed {
                module.text = lenient::guarded(&module.text, &module.tree);
            }
            let engine = compile(&mut parsed, files, data, options, &mut problems);
            problems.is_empty().then_some(engine)
        });
        engine.as_ref()
    }
}

/// Policies and data, compiled.
#[derive(Clone)]
pub struct Policies {
    pub(crate) engine: Engine,
    pub(crate) limits: Limits,
    pub(crate) reads: BTreeMap<String, Vec<Vec<Step>>>,
    modules: Vec<Module>,
    texts: BTreeMap<String, String>,
    lenient: Arc<Lenient>,
    /// For each package, the rule that has all of its values.
    together: BTreeMap<String, String>,
    names_file: bool,
    /// Rules that were split into their definitions, with the one they were.
    split: BTreeMap<String, String>,
}

/// The rule that gave a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The rule, as it is asked for: `data.main.deny`.
    pub query: String,
    /// Path of its file.
    pub path: String,
    /// Line of its head, from 1.
    pub line: u32,
}

fn texts(files: &[PolicyFile]) -> BTreeMap<String, String> {
    let texts = files.iter();
    texts
        .map(|file| (file.path.clone(), file.text.clone()))
        .collect()
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
        let needs = graph.needs();
        let reads = position::reads(&parsed, &needs);
        let needed: BTreeSet<String> = needs.values().flatten().map(|it| it.to_string()).collect();
        problems.extend(found);
        problems.extend(parsed.iter().flat_map(if_without_contains));
        let is_sound = |path: &str| !problems.iter().any(|problem| problem.path == path);
        let mut sound = parsed;
        sound.retain(|module| is_sound(&module.module.path));
        let (mut reads, mut split) = (reads, BTreeMap::new());
        if options.by_definition {
            (sound, split) = definitions::split(sound, &needed);
            for (new, old) in &split {
                let read = reads.get(old).cloned();
                reads.extend(read.map(|read| (new.clone(), read)));
            }
        }
        let engine = compile(&mut sound, files, data, options, &mut problems);
        let lenient = Lenient {
            made_of: (!options.builtin_errors).then(|| {
                let mut files = files.to_vec();
                files.retain(|file| !problems.iter().any(|problem| problem.path == file.path));
                (files, data.to_vec(), *options)
            }),
            engine: OnceLock::new(),
        };
        let together = together::module(sound.iter().map(|module| &module.module)).1;
        let policies = Self {
            engine,
            together,
            lenient: Arc::new(lenient),
            limits: options.limits,
            reads,
            split,
            names_file: sound.iter().any(|module| module.text.contains("conftest")),
            texts: texts(files),
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
        Session::new(self)
    }

    /// An error of evaluation, in the file it is in.
    fn diagnostic(&self, error: &anyhow::Error, query: &str) -> FileDiagnostic {
        let mut error = error::read(error);
        if error.path.is_empty() {
            (error.path, error.line) = self.home(query);
            error.column = 1;
        }
        let text = self.texts.get(&error.path).map_or("", String::as_str);
        let code = if is_builtin(&error.message) {
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
                if is_query(query, &module.package, &rule.name) {
                    found.push((module.path.as_str(), rule.line..end));
                }
            }
        }
        found
    }

    /// The rule that a finding's query speaks of.
    pub fn definition(&self, query: &str) -> Definition {
        let (path, line) = self.home(query);
        Definition {
            query: self.as_written(query).to_owned(),
            path,
            line,
        }
    }

    /// A rule by the name that its author gave it.
    pub(crate) fn as_written<'a>(&'a self, query: &'a str) -> &'a str {
        self.split.get(query).map_or(query, String::as_str)
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

/// Whether a function was given what it cannot work with.
fn is_builtin(message: &str) -> bool {
    let has = |part: &str| message.contains(part);
    has(": operand") || has("error parsing") || (has(" expects ") && has(" argument. Got "))
}

/// Whether `query` is `data.package.rule`.
fn is_query(query: &str, package: &str, rule: &str) -> bool {
    let rest = query.strip_prefix("data.");
    let rest = rest.and_then(|rest| rest.strip_prefix(package));
    rest.and_then(|rest| rest.strip_prefix('.')) == Some(rule)
}
