//! Constraints and admission policies as checks.

use std::collections::BTreeMap;

use tierwalk_governance::FileDiagnostic;
use tierwalk_protocol::checks::{Check, CheckSource};
use tierwalk_source::Span;
use tierwalk_yaml::{Document, Node, Path};

use super::Role;
use crate::file::SourceFile;
use crate::places;

/// Every constraint and admission policy, in the order of the files.
pub(crate) fn checks(
    files: &BTreeMap<String, SourceFile>,
    problems: &[FileDiagnostic],
) -> Vec<Check> {
    let mut checks = Vec::new();
    for (path, file) in files {
        let rules = file
            .documents
            .iter()
            .filter(|(_, unit)| unit.role == Role::Rule);
        for (offset, unit) in rules {
            let Some(check) = check(files, &unit.document) else {
                continue;
            };
            let whole = Span::new(*offset, offset + unit.document.text.len());
            let is_here = |problem: &FileDiagnostic| {
                problem.path == *path
                    && whole.start <= problem.diagnostic.span.start
                    && problem.diagnostic.span.end <= whole.end
            };
            let name = unit.document.span_at(&Path::parse("metadata.name"));
            checks.push(Check {
                place: Some(places::place(path, file, name.shifted(*offset))),
                broken: problems.iter().any(is_here),
                on: true,
                ..check
            });
        }
    }
    checks
}

fn check(files: &BTreeMap<String, SourceFile>, document: &Document) -> Option<Check> {
    let kind = text(document, "kind");
    let check = Check {
        id: text(document, "metadata.name").to_owned(),
        ..Check::default()
    };
    match (text(document, "apiVersion").split('/').next()?, kind) {
        ("constraints.gatekeeper.sh", kind) => Some(Check {
            source: CheckSource::Constraint,
            title: description(document)
                .or_else(|| template(files, kind))
                .unwrap_or_else(|| format!("Constraint of kind {kind}")),
            ..check
        }),
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy") => Some(Check {
            source: CheckSource::Policy,
            title: description(document).unwrap_or_else(|| wanted(document)),
            ..check
        }),
        _ => None,
    }
}

fn text<'a>(document: &'a Document, path: &str) -> &'a str {
    let node = document.node_at(&Path::parse(path));
    node.and_then(Node::as_str).unwrap_or_default()
}

/// What an object says about itself, in the annotation that Gatekeeper's library uses.
fn description(document: &Document) -> Option<String> {
    let metadata = document.root.as_ref()?.get("metadata")?;
    let description = metadata.get("annotations")?.get("description")?.as_str()?;
    Some(description.trim().to_owned())
}

/// What the template of a kind says about itself.
fn template(files: &BTreeMap<String, SourceFile>, kind: &str) -> Option<String> {
    let units = files.values().flat_map(|file| &file.documents);
    let mut rules = units.filter(|(_, unit)| unit.role == Role::Rule);
    let (_, unit) =
        rules.find(|(_, unit)| text(&unit.document, "spec.crd.spec.names.kind") == kind)?;
    description(&unit.document)
}

/// The first thing that an admission policy wants.
fn wanted(document: &Document) -> String {
    let validations = document.node_at(&Path::parse("spec.validations"));
    let said = |item: &Node| {
        let fields = ["message", "expression"].into_iter();
        let mut told = fields.filter_map(|field| item.get(field)?.as_str());
        told.next().map(str::to_owned)
    };
    let items = validations.map_or(&[][..], Node::items);
    let said: Vec<String> = items.iter().filter_map(said).collect();
    said.join("; ")
}
