//! Templates: what the published generator makes of them, resource by resource.

use serde::Deserialize;
use serde_json::Value;
use tierwalk_template::{Library, Options, compile_document};
use tierwalk_yaml::{Document, split};

use super::{Mismatch, Tally};

#[derive(Deserialize)]
struct Case {
    name: String,
    template: String,
    resources: Option<Vec<Value>>,
}

/// Compares one template file. Where the generator refuses, a diagnostic is enough.
pub fn compare(vector: &str, tally: &mut Tally) -> Result<(), serde_json::Error> {
    let case: Case = serde_json::from_str(vector)?;
    let (resources, problems) = compile(&case.template)?;
    let differs = match &case.resources {
        Some(expected) => of_resources(expected, &resources, &problems),
        None if problems.is_empty() => {
            vec![Mismatch::new(
                "diagnostics",
                "what the generator refuses",
                "none",
            )]
        }
        None => Vec::new(),
    };
    tally.note(|| case.name.clone(), differs);
    Ok(())
}

/// The resources as parsed values, and what is said about the template.
fn compile(template: &str) -> Result<(Vec<Value>, Vec<String>), serde_json::Error> {
    let mut resources = Vec::new();
    let mut problems = Vec::new();
    for chunk in split(template) {
        let options = Options {
            compat: true,
            ..Options::default()
        };
        let compiled = compile_document(chunk.text, &Library::empty(), options);
        problems.extend(compiled.diagnostics.into_iter().map(|it| it.message));
        for manifest in compiled.manifests {
            let root = Document::parse(&manifest.text).root;
            resources.push(serde_json::to_value(root.map(|root| root.to_value()))?);
        }
    }
    Ok((resources, problems))
}

fn of_resources(expected: &[Value], actual: &[Value], problems: &[String]) -> Vec<Mismatch> {
    let mut differs = Vec::new();
    if expected.len() != actual.len() {
        let said = match problems {
            [] => String::new(),
            problems => format!(": {}", problems.join("; ")),
        };
        let actual = format!("{}{said}", actual.len());
        differs.push(Mismatch::new(
            "resources",
            expected.len().to_string(),
            actual,
        ));
    }
    for (number, (expected, actual)) in expected.iter().zip(actual).enumerate() {
        let what = format!("resource {number}");
        differs.extend(Mismatch::unless_equal(
            &what,
            expected,
            actual,
            Value::to_string,
        ));
    }
    differs
}
