//! `ConstraintTemplate`: the check itself, in Rego.

use regorus::Value;
use serde::Deserialize;
use serde_json::Value as Json;
use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::{Node, Path};

use super::Place;
use crate::{FileDiagnostic, LoadOptions, Policies, PolicyFile, VersionChoice, value};

const CODE: &str = "governance/template";
const TARGET: &str = "admission.k8s.gatekeeper.sh";

/// A template that can be asked.
#[derive(Clone)]
pub(super) struct Template {
    pub policies: Policies,
    /// `data.<package>.violation`.
    pub query: String,
    path: String,
    sources: Vec<Source>,
}

/// A piece of Rego in the YAML file.
#[derive(Clone)]
struct Source {
    /// The name under which it is loaded.
    name: String,
    rego: String,
    /// Where its scalar stands in the file, and the scalar itself.
    span: Span,
    scalar: String,
}

#[derive(Deserialize)]
struct Shape {
    metadata: Metadata,
    spec: Spec,
}

#[derive(Deserialize)]
struct Metadata {
    name: String,
}

#[derive(Deserialize)]
struct Spec {
    crd: Crd,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Crd {
    spec: CrdSpec,
}

#[derive(Deserialize)]
struct CrdSpec {
    names: Names,
}

#[derive(Deserialize)]
struct Names {
    kind: String,
}

#[derive(Deserialize)]
struct Target {
    target: String,
    #[serde(default)]
    code: Vec<Code>,
}

#[derive(Deserialize)]
struct Code {
    engine: String,
    #[serde(default)]
    source: CodeSource,
}

#[derive(Default, Deserialize)]
struct CodeSource {
    #[serde(default)]
    version: Option<String>,
}

impl Template {
    /// The kind that a template defines, and the template; problems are added to `problems`.
    pub fn load(
        place: &Place<'_>,
        inventory: &Json,
        options: &LoadOptions,
        problems: &mut Vec<FileDiagnostic>,
    ) -> Option<(String, Self)> {
        match Self::read(place, inventory, options, problems) {
            Ok(found) => Some(found),
            Err(problem) => {
                problems.push(place.placed(*problem));
                None
            }
        }
    }

    fn read(
        place: &Place<'_>,
        inventory: &Json,
        options: &LoadOptions,
        problems: &mut Vec<FileDiagnostic>,
    ) -> Result<(String, Self), Box<Diagnostic>> {
        let root = place.root(CODE)?;
        let shape: Shape = place.decode(CODE, "ConstraintTemplate")?;
        let kind = shape.spec.crd.spec.names.kind.clone();
        check_names(place, &shape, &kind)?;
        let (base, version) = rego_place(place, &shape)?;
        let sources = sources(place, root, &base, &kind)?;
        let files: Vec<PolicyFile> = sources
            .iter()
            .map(|source| PolicyFile::new(source.name.clone(), source.rego.clone()))
            .collect();
        let options = LoadOptions {
            version,
            ..*options
        };
        let data = PolicyFile::new("inventory", inventory.to_string());
        let (policies, found) = Policies::load(&files, &[data], &options);
        let mut template = Self {
            query: String::new(),
            policies,
            path: place.path.to_owned(),
            sources,
        };
        let is_sound = found.is_empty();
        problems.extend(found.into_iter().map(|problem| template.placed(problem)));
        template.query = template.entry(place, &base, is_sound)?;
        Ok((kind, template))
    }

    /// The rule to ask: `violation` in the package of the template, which comes before its libraries.
    fn entry(
        &self,
        place: &Place<'_>,
        base: &str,
        is_sound: bool,
    ) -> Result<String, Box<Diagnostic>> {
        let main = self
            .sources
            .first()
            .map_or("", |source| source.name.as_str());
        let mut modules = self.policies.modules().iter();
        let module = modules.find(|module| module.path == main);
        let has_violation = |module: &&crate::Module| {
            module
                .rules
                .iter()
                .any(|rule| rule.plain && rule.name == "violation")
        };
        match module {
            Some(module) if has_violation(&module) => {
                Ok(format!("data.{}.violation", module.package))
            }
            None if !is_sound => Ok(String::new()),
            _ => Err(Box::new(
                place
                    .problem(
                        CODE,
                        &format!("{base}.rego"),
                        "this template has no rule `violation`",
                    )
                    .help("Gatekeeper asks `violation[{\"msg\": msg}]` of the first package"),
            )),
        }
    }

    /// Messages and details of an answer, each once. What has no `msg` is no violation, as Gatekeeper takes it
    /// (the constraint framework's `drivers/rego/rego.go`, `hookModuleRego`).
    pub fn violations(&self, answer: &Value) -> Result<Vec<(String, Json)>, FileDiagnostic> {
        let items: Vec<&Value> = match answer {
            Value::Set(items) => items.iter().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => Vec::new(),
        };
        let mut violations = Vec::new();
        for item in items {
            let violation = self.violation(item)?;
            if let Some(violation) = violation.filter(|new| !violations.contains(new)) {
                violations.push(violation);
            }
        }
        Ok(violations)
    }

    fn violation(&self, item: &Value) -> Result<Option<(String, Json)>, FileDiagnostic> {
        let mut item = value::to_json(item);
        let details = item.get_mut("details").map(Json::take);
        let details = details.unwrap_or_else(|| Json::Object(Default::default()));
        match item.get("msg") {
            Some(Json::String(message)) => Ok(Some((message.clone(), details))),
            Some(_) => Err(self.no_text()),
            None => Ok(None),
        }
    }

    fn no_text(&self) -> FileDiagnostic {
        let (path, line) = self.policies.home(&self.query);
        let text = self.policies.text(&path).unwrap_or_default();
        let span = crate::error::span_at(text, line, 1);
        let message = "the `msg` of a violation is not text";
        FileDiagnostic::new(
            path,
            Diagnostic::error("governance/no-message", span, message),
        )
    }

    /// A problem in the Rego, at its line in the YAML file.
    pub fn placed(&self, problem: FileDiagnostic) -> FileDiagnostic {
        let source = self
            .sources
            .iter()
            .find(|source| source.name == problem.path);
        let mut diagnostic = problem.diagnostic;
        if let Some(source) = source {
            diagnostic.span = source.in_file(diagnostic.span);
            for related in &mut diagnostic.related {
                related.span = source.in_file(related.span);
            }
        }
        FileDiagnostic::new(self.path.clone(), diagnostic)
    }
}

/// Gatekeeper wants the template's name to be its kind in lower case.
fn check_names(place: &Place<'_>, shape: &Shape, kind: &str) -> Result<(), Box<Diagnostic>> {
    let wanted = kind.to_lowercase();
    if shape.metadata.name == wanted {
        return Ok(());
    }
    let message = format!("the template of kind `{kind}` must be called `{wanted}`");
    Err(Box::new(place.problem(CODE, "metadata.name", message)))
}

/// Where the Rego is, and its version: `rego` beside the target is of version 0.
fn rego_place(
    place: &Place<'_>,
    shape: &Shape,
) -> Result<(String, VersionChoice), Box<Diagnostic>> {
    let [target] = shape.spec.targets.as_slice() else {
        let message = "a template has exactly one target";
        return Err(Box::new(place.problem(CODE, "spec.targets", message)));
    };
    if target.target != TARGET {
        let message = format!("`{}` is no target; `{TARGET}` is", target.target);
        return Err(Box::new(place.problem(
            CODE,
            "spec.targets[0].target",
            message,
        )));
    }
    let rego = target.code.iter().position(|code| code.engine == "Rego");
    match rego.and_then(|at| Some((at, target.code.get(at)?))) {
        Some((at, code)) => {
            let version = match code.source.version.as_deref() {
                Some("v1") => VersionChoice::V1,
                _ => VersionChoice::V0,
            };
            Ok((format!("spec.targets[0].code[{at}].source"), version))
        }
        None if target.code.is_empty() => Ok(("spec.targets[0]".to_owned(), VersionChoice::V0)),
        None => {
            let message = "only templates in Rego can be asked";
            Err(Box::new(place.problem(
                CODE,
                "spec.targets[0].code",
                message,
            )))
        }
    }
}

fn sources(
    place: &Place<'_>,
    root: &Node,
    base: &str,
    kind: &str,
) -> Result<Vec<Source>, Box<Diagnostic>> {
    let base = Path::parse(base);
    let node = |path: &Path| {
        path.segments()
            .iter()
            .try_fold(root, |node, segment| match segment {
                tierwalk_yaml::Segment::Key(key) => node.get(key),
                tierwalk_yaml::Segment::Index(index) => node.items().get(*index),
            })
    };
    let source = |node: &Node, name: String| {
        Some(Source {
            name,
            rego: node.as_str()?.to_owned(),
            span: node.span.shifted(place.offset),
            scalar: node.span.of(place.text).to_owned(),
        })
    };
    let main = node(&base.key("rego")).and_then(|node| source(node, kind.to_lowercase()));
    let Some(main) = main else {
        let message = "this template has no Rego";
        return Err(Box::new(place.problem(CODE, "spec.targets", message)));
    };
    let libs = node(&base.key("libs")).map_or(&[][..], Node::items);
    let libs = libs
        .iter()
        .enumerate()
        .filter_map(|(index, lib)| source(lib, format!("{} lib {index}", kind.to_lowercase())));
    Ok([main].into_iter().chain(libs).collect())
}

impl Source {
    /// A place in the Rego as a place in the file. Exact in block scalars; elsewhere the whole scalar.
    fn in_file(&self, span: Span) -> Span {
        if !self.scalar.starts_with(['|', '>']) {
            return self.span;
        }
        let before = self.rego.get(..span.start as usize).unwrap_or_default();
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let lines: Vec<&str> = self.scalar.split_inclusive('\n').collect();
        let indent = lines
            .iter()
            .skip(1)
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.len() - line.trim_start_matches(' ').len())
            .min();
        let above: usize = lines.iter().take(line + 1).map(|line| line.len()).sum();
        let start = self.span.start as usize + above + indent.unwrap_or(0) + column;
        Span::new(start, start + span.range().len())
    }
}
