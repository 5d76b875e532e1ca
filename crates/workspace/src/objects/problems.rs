//! What is wrong with an object, told at the fields that it is about.

use tierwalk_protocol::{ObjectField, Section};
use tierwalk_source::{Diagnostic, Severity, Span};
use tierwalk_yaml::Path;

use super::find::Found;
use crate::Workspace;

/// Tells each error and warning at the smallest field whose value it is in.
pub(super) fn tell(workspace: &Workspace, found: &Found<'_>, sections: &mut [Section]) {
    let findings = workspace.compiled.findings.iter();
    let findings = findings
        .filter(|(number, _)| Some(*number) == found.number)
        .map(|(_, finding)| finding);
    let all = found.read.diagnostics.iter().chain(findings);
    for problem in all.filter(|it| matches!(it.severity, Severity::Error | Severity::Warning)) {
        let fields = sections.iter_mut().flat_map(|section| &mut section.fields);
        if let Some(field) = smallest(found, fields, problem.span) {
            add(field, problem);
        }
    }
}

/// The smallest field whose value holds a span.
fn smallest<'f>(
    found: &Found<'_>,
    fields: impl Iterator<Item = &'f mut ObjectField>,
    span: Span,
) -> Option<&'f mut ObjectField> {
    let mut fields = fields;
    let field = fields.find(|field| holds(found, &field.path, span))?;
    match field
        .fields
        .iter()
        .position(|inner| holds(found, &inner.path, span))
    {
        Some(at) => smallest(found, field.fields.get_mut(at).into_iter(), span),
        None => Some(field),
    }
}

fn holds(found: &Found<'_>, path: &str, span: Span) -> bool {
    let node = found
        .read
        .document
        .node_at(&found.base.join(&Path::parse(path)));
    node.is_some_and(|node| node.span.start <= span.start && span.end <= node.span.end)
}

/// What is wrong with a selector is told where it is read already.
fn add(field: &mut ObjectField, problem: &Diagnostic) {
    let told = match &field.problem {
        Some(told)
            if told.contains(&problem.message) || problem.message.contains(told.as_str()) =>
        {
            return;
        }
        Some(told) => format!("{told}; {}", problem.message),
        None => problem.message.clone(),
    };
    field.problem = Some(told);
}
