//! A piece of a policy, evaluated by itself: what does this expression say about that document?

#[cfg(test)]
mod tests;

use regorus::unstable::Rule;
use serde_json::Value as Json;

use crate::facts::RegoVersion;
use crate::input::Input;
use crate::parse::{self, Parsed};
use crate::policies::Policies;
use crate::{FileDiagnostic, PolicyFile, VersionChoice, error, value};
use tierwalk_source::with_room;

/// What seems to be the file of the selection.
const PATH: &str = "(selection)";
const RULE: &str = "tierwalk_selected";
const VALUE: &str = "tierwalk_value";

/// An expression of a policy file.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// Path of the file, which gives the package and the imports.
    pub path: &'a str,
    /// First byte in the file, and the one after the last.
    pub range: (usize, usize),
}

/// The values of an expression on the first document of an input, one per way in which the statements before
/// it hold; none if it is undefined. Names that its rule gives before it can be used.
pub fn evaluate(
    policies: &Policies,
    selection: Selection<'_>,
    input: &Input,
) -> Result<Vec<Json>, FileDiagnostic> {
    with_room(|| evaluate_here(policies, selection, input))
}

fn evaluate_here(
    policies: &Policies,
    selection: Selection<'_>,
    input: &Input,
) -> Result<Vec<Json>, FileDiagnostic> {
    let file = PolicyFile::new(
        selection.path,
        policies.text(selection.path).unwrap_or_default(),
    );
    let module = parse::parse(&file, VersionChoice::Detect)?;
    let (from, to) = selection.range;
    let chosen = module.text.get(from..to).unwrap_or_default().trim();
    let before = body_before(&module, from);
    let tries = [before.as_deref(), Some("")].into_iter().flatten();
    let mut last = None;
    for before in tries {
        for (asked, value) in [
            (format!("{VALUE} := ({chosen})"), VALUE),
            (chosen.to_owned(), "true"),
        ] {
            match ask(
                policies,
                &module,
                &format!("{before}\n{asked}"),
                value,
                input,
            ) {
                Ok(values) => return Ok(values),
                Err(problem) => last = last.or(Some(problem)),
            }
        }
    }
    Err(last.unwrap_or_else(|| FileDiagnostic::new(PATH, unreadable())))
}

fn unreadable() -> tierwalk_source::Diagnostic {
    let span = tierwalk_source::Span::default();
    tierwalk_source::Diagnostic::error("governance/syntax", span, "this is no expression")
}

/// The statements of a rule before an offset.
fn body_before(module: &Parsed, at: usize) -> Option<String> {
    let bodies = module
        .tree
        .policy
        .iter()
        .flat_map(|rule| match rule.as_ref() {
            Rule::Spec { bodies, .. } => bodies.as_slice(),
            Rule::Default { .. } => &[],
        });
    let mut spans = bodies.map(|body| &body.query.span);
    let span = spans.rfind(|span| (span.start as usize) < at && at <= span.end as usize)?;
    let before = module.text.get(span.start as usize..at)?;
    let before = before.trim_start().trim_start_matches('{');
    // A selection within a line: the line's own beginning belongs to it.
    let whole = before
        .rfind('\n')
        .map_or("", |end| before.get(..end).unwrap_or_default());
    Some(whole.to_owned())
}

fn ask(
    policies: &Policies,
    module: &Parsed,
    body: &str,
    value: &str,
    input: &Input,
) -> Result<Vec<Json>, FileDiagnostic> {
    let text = text(module, body, value);
    let blame = |error: &anyhow::Error| {
        let error = error::read(error);
        let mut problem = error.diagnostic(&text, "governance/syntax");
        PATH.clone_into(&mut problem.path);
        problem
    };
    let mut engine = policies.engine.clone();
    engine.set_rego_v0(module.module.version == RegoVersion::V0);
    engine
        .add_policy(PATH.to_owned(), text.clone())
        .map_err(|error| blame(&error))?;
    if let Some(document) = input.documents.first() {
        engine.set_input(document.value.clone());
    }
    let query = format!("data.{}.{RULE}", module.module.package);
    let found = engine.eval_rule(query).map_err(|error| blame(&error))?;
    Ok(match found {
        regorus::Value::Set(values) => values.iter().map(value::to_json).collect(),
        _ => Vec::new(),
    })
}

fn text(module: &Parsed, body: &str, value: &str) -> String {
    let imports = module
        .text
        .lines()
        .filter(|line| line.starts_with("import "));
    let imports: Vec<&str> = imports.collect();
    let head = match module.module.version {
        RegoVersion::V0 => format!("{RULE}[{value}]"),
        RegoVersion::V1 => format!("{RULE} contains {value} if"),
    };
    format!(
        "package {}\n{}\n{head} {{\n{body}\n}}\n",
        module.module.package,
        imports.join("\n")
    )
}
