//! Everything that is shown about a workspace.

use std::collections::BTreeMap;

use tierwalk_protocol::{Analysis, Diagnostic, FileSummary, Ignored, Severity, View};
use tierwalk_resources::Resource;
use tierwalk_source::Span;

use crate::files::SourceFile;
use crate::rows::Evaluated;
use crate::{Workspace, board, lint, places, template_view};

/// Problems listed of one file; the others are counted.
const MAX_PROBLEMS: usize = 200;

/// What is said about a document that is no resource.
const LEFT_ASIDE: &str = "document/not-a-resource";

/// What is to be said about one file.
#[derive(Default)]
struct Problems {
    /// In order; the first of them if there are very many.
    listed: Vec<Diagnostic>,
    total: usize,
    errors: u32,
    warnings: u32,
}

pub(crate) fn analyse(workspace: &Workspace, view: &View) -> Analysis {
    let mut verdicts = workspace.compiled.engine.verdicts();
    let evaluated: Vec<Evaluated> = workspace
        .flows
        .iter()
        .enumerate()
        .filter_map(|(index, at)| {
            workspace.evaluate(at, &mut verdicts, workspace.sent.flows.get(index))
        })
        .collect();
    let chosen = view
        .flow
        .as_ref()
        .filter(|flow| workspace.flow(flow).is_some());
    let decisions = evaluated.iter().filter_map(|it| it.decision.as_ref());
    let board = board::board(workspace, decisions);
    let problems = problems(workspace, &evaluated);
    Analysis {
        files: summaries(workspace, &problems),
        diagnostics: problems.into_values().flat_map(Problems::list).collect(),
        board,
        walk_of: chosen.cloned(),
        walk: chosen.and_then(|flow| workspace.walk(flow)),
        template: view
            .file
            .as_ref()
            .and_then(|path| template_view::file(workspace, path)),
        clusters: template_view::clusters(workspace),
        cluster: workspace.templates.cluster().map(|it| it.name.clone()),
        starters: template_view::starters(&workspace.templates.library),
        flows: evaluated.into_iter().map(|it| it.row).collect(),
    }
}

/// Problems by file, each file's in order.
fn problems<'a>(workspace: &'a Workspace, evaluated: &[Evaluated]) -> BTreeMap<&'a str, Problems> {
    let mut problems: BTreeMap<&str, Problems> = BTreeMap::new();
    for (path, file) in &workspace.files {
        problems.insert(path, of_file(workspace, path, file));
    }
    let findings = workspace.compiled.findings.iter();
    let findings = findings.filter_map(|(document, finding)| {
        let (_, position) = workspace.document(*document)?;
        let placer = workspace.placer(&position.file)?;
        Some(placer.diagnostic(position.offset, finding))
    });
    let templates = workspace.templates.findings.iter();
    let templates = templates.filter_map(|(position, finding)| {
        let placer = workspace.placer(&position.file)?;
        Some(placer.diagnostic(position.offset, finding))
    });
    let flows = evaluated.iter().filter_map(|flow| flow.diagnostic.clone());
    let lints = lint::diagnostics(workspace);
    for diagnostic in findings.chain(templates).chain(lints).chain(flows) {
        if let Some(problems) = problems.get_mut(diagnostic.place.file.as_str()) {
            problems.add(diagnostic);
        }
    }
    for problems in problems.values_mut() {
        problems.listed.sort_by(|a, b| key(a).cmp(&key(b)));
    }
    problems
}

fn key(diagnostic: &Diagnostic) -> (u32, u32, &str, &str) {
    let place = &diagnostic.place;
    (place.from, place.to, &diagnostic.code, &diagnostic.message)
}

fn of_file(workspace: &Workspace, path: &str, file: &SourceFile) -> Problems {
    let mut problems = Problems::default();
    let Some(placer) = workspace.placer(path) else {
        return problems;
    };
    let is_data = is_data_of_checks(workspace, path);
    let told = file.diagnostics();
    for (offset, diagnostic) in told.filter(|(_, it)| !(is_data && it.code == LEFT_ASIDE)) {
        problems.count(places::severity(diagnostic.severity));
        if problems.listed.len() < MAX_PROBLEMS {
            problems.listed.push(placer.diagnostic(offset, diagnostic));
        }
    }
    problems
}

/// Whether a file stands beside Rego modules: what is not a resource there is what they read.
fn is_data_of_checks(workspace: &Workspace, path: &str) -> bool {
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let mut modules = workspace.paths().filter(|path| path.ends_with(".rego"));
    modules.any(|module| folder(module) == folder(path))
}

impl Problems {
    fn add(&mut self, diagnostic: Diagnostic) {
        self.count(diagnostic.severity);
        self.listed.push(diagnostic);
    }

    fn count(&mut self, severity: Severity) {
        self.total += 1;
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info | Severity::Hint => {}
        }
    }

    /// The first ones, and how many more there are.
    fn list(mut self) -> Vec<Diagnostic> {
        self.listed.truncate(MAX_PROBLEMS);
        let more = self.total - self.listed.len();
        if let Some(last) = self.listed.last().filter(|_| more > 0) {
            self.listed.push(Diagnostic {
                code: "file/more-problems".into(),
                severity: Severity::Info,
                message: format!("{more} more problems in this file are not listed"),
                help: Some("mend the first ones; they may be the cause of the others".into()),
                place: last.place.clone(),
                related: Vec::new(),
                fixes: Vec::new(),
            });
        }
        self.listed
    }
}

fn summaries(workspace: &Workspace, problems: &BTreeMap<&str, Problems>) -> Vec<FileSummary> {
    let files = workspace.files.iter();
    let summary = |(path, file): (&String, &SourceFile)| {
        let problems = problems.get(path.as_str());
        FileSummary {
            path: path.to_owned(),
            errors: problems.map_or(0, |problems| problems.errors),
            warnings: problems.map_or(0, |problems| problems.warnings),
            staged: is_staged(file),
            compiled: template_view::compiled(file),
            template: template_view::has_templates(file),
            ignored: ignored(workspace, path, file),
        }
    };
    files.map(summary).collect()
}

/// Whether a file holds policies and all of them are staged.
fn is_staged(file: &SourceFile) -> bool {
    let mut staged = None;
    let documents = file.documents.iter();
    let documents = documents.flat_map(|(_, read)| read.with_manifests());
    let objects = documents.flat_map(|read| &read.objects);
    for object in objects {
        match is_staged_policy(&object.resource) {
            Some(false) => return false,
            Some(true) => staged = Some(true),
            None => {}
        }
    }
    staged.is_some()
}

/// Whether a policy is staged; `None` if it is none.
fn is_staged_policy(resource: &Resource) -> Option<bool> {
    match resource {
        Resource::StagedNetworkPolicy(_)
        | Resource::StagedGlobalNetworkPolicy(_)
        | Resource::StagedKubernetesNetworkPolicy(_) => Some(true),
        Resource::NetworkPolicy(_)
        | Resource::GlobalNetworkPolicy(_)
        | Resource::KubernetesNetworkPolicy(_)
        | Resource::ClusterNetworkPolicy(_)
        | Resource::AdminNetworkPolicy(_)
        | Resource::BaselineAdminNetworkPolicy(_) => Some(false),
        _ => None,
    }
}

fn ignored(workspace: &Workspace, path: &str, file: &SourceFile) -> Vec<Ignored> {
    let Some(placer) = workspace.placer(path) else {
        return Vec::new();
    };
    let documents = file.documents.iter();
    let objects = documents.flat_map(|(offset, read)| {
        let objects = read.objects.iter();
        objects.map(move |object| (*offset, read.document.span_at(&object.path), object))
    });
    objects
        .filter(|(.., object)| matches!(object.resource, Resource::Ignored))
        .map(|(offset, span, object)| Ignored {
            kind: format!("{} {}", object.api_version, object.kind)
                .trim()
                .to_owned(),
            name: object.metadata.name.clone(),
            line: placer.place(offset, Span::empty(span.start as usize)).line,
        })
        .collect()
}
