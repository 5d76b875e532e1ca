//! Four real files: what the published generator made of two, and why the other two are refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::Value;
use tierwalk_source::Diagnostic;
use tierwalk_template::{Library, Manifest, Options, compile_document};
use tierwalk_yaml::{Document, split};

fn compile(text: &str, compat: bool) -> (Vec<Manifest>, Vec<Diagnostic>) {
    let mut manifests = Vec::new();
    let mut diagnostics = Vec::new();
    let options = Options {
        compat,
        validate: None,
    };
    for chunk in split(text) {
        let compiled = compile_document(chunk.text, &Library::empty(), options);
        manifests.extend(compiled.manifests);
        let shifted = compiled
            .diagnostics
            .into_iter()
            .map(|d| d.shifted(chunk.offset));
        diagnostics.extend(shifted);
    }
    (manifests, diagnostics)
}

fn parsed(yaml: &str) -> Value {
    let root = Document::parse(yaml).root.unwrap();
    serde_json::to_value(root.to_value()).unwrap()
}

fn objects(manifests: &[Manifest]) -> Vec<Value> {
    manifests
        .iter()
        .map(|manifest| parsed(&manifest.text))
        .collect()
}

fn real(name: &str) -> String {
    let path = format!("{}/tests/real/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn generated(name: &str) -> Vec<Value> {
    let text = real(name);
    let documents = split(&text)
        .into_iter()
        .map(|chunk| Document::parse(chunk.text));
    let roots = documents
        .filter_map(|document| document.root)
        .filter(|root| !root.is_null());
    roots
        .map(|root| serde_json::to_value(root.to_value()).unwrap())
        .collect()
}

#[test]
fn the_two_good_files_give_what_the_generator_gave() {
    for (template, output) in [
        ("data.yaml", "calicopolicy.yaml"),
        ("data1.yaml", "generatedpolicy.yaml"),
    ] {
        let (manifests, diagnostics) = compile(&real(template), true);
        assert_eq!(objects(&manifests), generated(output), "{template}");
        assert!(
            !diagnostics.iter().any(Diagnostic::is_error),
            "{diagnostics:?}"
        );
        let (clean, _) = compile(&real(template), false);
        assert_eq!(clean.len(), manifests.len());
    }
}

fn reasons(template: &str) -> Vec<String> {
    let text = real(template);
    let (_, diagnostics) = compile(&text, false);
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error());
    errors
        .map(|error| {
            let before = text.get(..error.span.start as usize).unwrap();
            format!("{}: {}", before.matches('\n').count() + 1, error.message)
        })
        .collect()
}

#[test]
fn the_two_bad_files_are_refused_with_key_and_line() {
    assert_eq!(reasons("data-bad.yaml"), ["12: missing `PolicyNamespace`"]);
    assert_eq!(reasons("data1-bad.yaml"), ["47: missing `PolicyOrder`"]);
}
