//! Checks a definition by itself: the names in its output, and the output for values of every kind that its
//! fields take.

use std::collections::BTreeSet;
use std::ops::Range;

use tierwalk_source::{Diagnostic, Fix, Span, nearest};
use tierwalk_yaml::Node;

use super::assemble::Fault;
use super::model::{Definition, Field};
use super::samples::{Sample, samples};
use super::{engine, instance, read, values};
use crate::document::Validate;
use crate::manifest::Draft;
use crate::scope::Scope;

/// Reads a definition and reports its problems. `validate` says what is wrong with an object.
pub(crate) fn check(scope: &mut Scope<'_>, root: &Node, validate: Option<Validate<'_>>) {
    let Some(definition) = read::read(scope, root) else {
        return;
    };
    match engine::names(&definition.skeleton) {
        Err(error) => {
            let line = error.line().unwrap_or(1) as u32;
            let message = engine::message(&error);
            scope.report(at_line(
                &definition,
                line,
                format!("the output cannot be read: {message}"),
            ));
        }
        Ok(names) => {
            check_names(scope, &definition, &names);
            if !scope.has_errors() {
                check_samples(scope, &definition, validate);
            }
        }
    }
}

fn at_line(definition: &Definition, line: u32, message: String) -> Diagnostic {
    Diagnostic::error("template/skeleton", definition.line_span(line), message)
        .help("the output is a Jinja template of YAML: `{{ field }}`, `{% if field %}`, `{% for item in field %}`")
}

fn check_names(scope: &mut Scope<'_>, definition: &Definition, names: &BTreeSet<String>) {
    let fields: Vec<_> = definition
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    for name in names
        .iter()
        .filter(|name| !fields.contains(&name.as_str()) && !engine::is_function(name))
    {
        let span = definition.skeleton.find_name(name);
        let span = span.map_or(definition.span, |range| in_document(definition, range));
        let mut diagnostic = Diagnostic::error(
            "template/unknown-field",
            span,
            format!("the output uses `{name}`, which is not a field"),
        )
        .help("define it under `fields`");
        if let Some(guess) = nearest(name, fields.iter().copied()) {
            diagnostic = diagnostic.fix(Fix::replace(format!("Write `{guess}`"), span, guess));
        }
        scope.report(diagnostic);
    }
    for field in definition
        .fields
        .iter()
        .filter(|field| !names.contains(&field.name))
    {
        scope.report(unused(&field.name, field.span));
    }
}

fn unused(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(
        "template/unused-field",
        span,
        format!("the output does not use field `{name}`"),
    )
    .help("place it in the output, or remove the field: whatever is written there has no effect")
}

/// A stretch of the skeleton as a stretch of the document.
fn in_document(definition: &Definition, range: Range<usize>) -> Span {
    let source = &definition.skeleton.source;
    let line = source
        .get(..range.start)
        .unwrap_or_default()
        .matches('\n')
        .count() as u32
        + 1;
    let of_line = definition.skeleton.line_range(line);
    let start =
        definition.line_span(line).start as usize + range.start.saturating_sub(of_line.start);
    Span::new(start, start + range.len())
}

/// What one set of values showed.
struct Trial {
    drafts: Result<Vec<Draft>, Fault>,
    /// Fields that were looked at, without the indices of lists.
    used: BTreeSet<String>,
}

fn check_samples(scope: &mut Scope<'_>, definition: &Definition, validate: Option<Validate<'_>>) {
    let mut told = BTreeSet::new();
    let mut used = BTreeSet::new();
    for sample in samples(&definition.fields) {
        let mut own = Scope::new("", false);
        let Some(trial) = attempt(&mut own, definition, &sample) else {
            continue;
        };
        used.extend(trial.used);
        let problems = match trial.drafts {
            Ok(drafts) => invalid(&own, definition, drafts, validate),
            Err(fault) => vec![(fault.line, "template/skeleton", fault.message, fault.help)],
        };
        for (line, code, message, help) in problems {
            if told.insert((line, message.clone())) {
                let message = format!("{message} ({})", sample.about);
                let span = definition.line_span(line);
                scope.report(Diagnostic::error(code, span, message).help(help));
            }
        }
    }
    if told.is_empty() {
        check_used(scope, &definition.fields, "values", &used);
    }
}

/// Fields inside of lists and mappings that no output looked at.
fn check_used(scope: &mut Scope<'_>, fields: &[Field], path: &str, used: &BTreeSet<String>) {
    for field in fields {
        let path = format!("{path}.{}", field.name);
        let inner = field
            .items
            .as_deref()
            .map_or(&field.fields, |items| &items.fields);
        for inner in inner {
            let path = format!("{path}.{}", inner.name);
            if !used.contains(&path) {
                scope.report(unused(&inner.name, inner.span));
            }
        }
        check_used(scope, inner, &path, used);
    }
}

/// Nothing if the definition itself refuses the values.
fn attempt(scope: &mut Scope<'_>, definition: &Definition, sample: &Sample) -> Option<Trial> {
    let anchor = scope.written("template", Span::default());
    let place = scope.written("values", Span::default());
    let item = values::mapping(scope, &definition.fields, &sample.values, "values", place)?;
    if scope.has_errors() {
        return None;
    }
    let mut used = BTreeSet::new();
    let drafts = instance::render(scope, definition, &item, anchor, &None, &mut used);
    let used = used
        .iter()
        .filter_map(|place| scope.places.field(*place))
        .map(without_indices)
        .collect();
    Some(Trial { drafts, used })
}

fn without_indices(field: &str) -> String {
    let mut inside = false;
    field
        .chars()
        .filter(|c| {
            inside = (inside || *c == '[') && *c != ']';
            !inside && *c != ']'
        })
        .collect()
}

type Problem = (u32, &'static str, String, String);

/// What is wrong with the objects of one output, by line of the skeleton.
fn invalid(
    scope: &Scope<'_>,
    definition: &Definition,
    drafts: Vec<Draft>,
    validate: Option<Validate<'_>>,
) -> Vec<Problem> {
    let Some(validate) = validate else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    for draft in drafts {
        let manifest = draft.write(scope);
        for problem in validate(&manifest.text)
            .into_iter()
            .filter(Diagnostic::is_error)
        {
            let line = manifest.line_of(problem.span);
            let place = manifest
                .map
                .origin(line)
                .and_then(|place| place.definition.as_ref());
            let line = place.map_or(1, |place| {
                (place.line + 1).saturating_sub(definition.first_line)
            });
            let message = format!("the output is not valid: {}", problem.message);
            problems.push((
                line,
                "template/invalid-output",
                message,
                problem.help.unwrap_or_default(),
            ));
        }
    }
    problems
}
