//! Everything that is shown about a workspace.

use std::collections::BTreeMap;

use tierwalk_protocol::{Analysis, Diagnostic, FileSummary, Ignored, Severity};
use tierwalk_resources::Resource;
use tierwalk_source::Span;

use crate::files::SourceFile;
use crate::rows::Evaluated;
use crate::walk::Detail;
use crate::{Workspace, board};

/// Problems listed of one file; the others are counted.
const MAX_PROBLEMS: usize = 200;

pub(crate) fn analyse(workspace: &Workspace, flow: Option<&str>) -> Analysis {
    let evaluated: Vec<Evaluated> = workspace
        .flows
        .iter()
        .map(|at| workspace.evaluate(at))
        .collect();
    let chosen = evaluated
        .iter()
        .find(|flow_row| Some(flow_row.row.id.as_str()) == flow);
    let walk = chosen.and_then(|chosen| chosen.walk.as_ref());
    let walk = walk.map(|walk| workspace.told(walk, Detail::Page));
    let board = board::board(
        workspace,
        evaluated.iter().filter_map(|it| it.walk.as_ref()),
    );
    let problems = problems(workspace, &evaluated);
    Analysis {
        files: summaries(workspace, &problems),
        diagnostics: problems.into_values().flat_map(cap).collect(),
        board,
        walk_of: chosen.map(|chosen| chosen.row.id.clone()),
        walk,
        flows: evaluated.into_iter().map(|it| it.row).collect(),
    }
}

/// Problems by file, each file's in order.
fn problems(workspace: &Workspace, evaluated: &[Evaluated]) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut problems: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    let of_documents = workspace
        .files
        .iter()
        .flat_map(|(path, file)| of_file(workspace, path, file));
    let notes = workspace.compiled.notes.iter().filter_map(|note| {
        let (read, position) = workspace.document(note.document)?;
        let mut diagnostic = note.diagnostic.clone();
        diagnostic.span = read.document.span_at(&note.path);
        Some(
            workspace
                .placer(&position.file)?
                .diagnostic(position.offset, &diagnostic),
        )
    });
    let flows = evaluated.iter().filter_map(|flow| flow.diagnostic.clone());
    for diagnostic in of_documents.chain(notes).chain(flows) {
        problems
            .entry(diagnostic.place.file.clone())
            .or_default()
            .push(diagnostic);
    }
    for list in problems.values_mut() {
        list.sort_by(|a, b| key(a).cmp(&key(b)));
    }
    problems
}

fn key(diagnostic: &Diagnostic) -> (u32, u32, &str, &str) {
    let place = &diagnostic.place;
    (place.from, place.to, &diagnostic.code, &diagnostic.message)
}

fn of_file(workspace: &Workspace, path: &str, file: &SourceFile) -> Vec<Diagnostic> {
    let Some(placer) = workspace.placer(path) else {
        return Vec::new();
    };
    let refused = file
        .refused
        .iter()
        .map(|refused| placer.diagnostic(0, refused));
    let read = file.documents.iter().flat_map(|(offset, read)| {
        read.diagnostics
            .iter()
            .map(|diagnostic| placer.diagnostic(*offset, diagnostic))
    });
    refused.chain(read).collect()
}

/// The first problems of a file, and how many more there are.
fn cap(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let more = problems.len().saturating_sub(MAX_PROBLEMS);
    problems.truncate(MAX_PROBLEMS);
    if let Some(last) = problems.last().filter(|_| more > 0) {
        problems.push(Diagnostic {
            code: "file/more-problems".into(),
            severity: Severity::Info,
            message: format!("{more} more problems in this file are not listed"),
            help: Some("mend the first ones; they may be the cause of the others".into()),
            place: last.place.clone(),
            related: Vec::new(),
            fixes: Vec::new(),
        });
    }
    problems
}

fn summaries(
    workspace: &Workspace,
    problems: &BTreeMap<String, Vec<Diagnostic>>,
) -> Vec<FileSummary> {
    let files = workspace.files.iter();
    files
        .map(|(path, file)| summary(workspace, path, file, problems.get(path)))
        .collect()
}

fn summary(
    workspace: &Workspace,
    path: &str,
    file: &SourceFile,
    problems: Option<&Vec<Diagnostic>>,
) -> FileSummary {
    let count = |severity| {
        let all = problems.into_iter().flatten();
        all.filter(|problem| problem.severity == severity).count() as u32
    };
    FileSummary {
        path: path.to_owned(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        staged: is_staged(file),
        ignored: ignored(workspace, path, file),
    }
}

/// Whether a file holds policies and all of them are staged.
fn is_staged(file: &SourceFile) -> bool {
    let mut staged = None;
    let objects = file.documents.iter().flat_map(|(_, read)| &read.objects);
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
