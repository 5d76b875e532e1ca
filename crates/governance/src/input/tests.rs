use super::{Input, InputFile, Parser};
use crate::value::term;

fn values(path: &str, text: &str) -> Vec<String> {
    let file = InputFile {
        path: path.into(),
        text: text.into(),
        parser: None,
    };
    let input = Input::parse(&file).unwrap_or_else(|problem| panic!("{problem:?}"));
    let documents = input.documents.iter();
    documents.map(|document| term(&document.value)).collect()
}

fn error(path: &str, text: &str) -> (&'static str, usize) {
    let file = InputFile {
        path: path.into(),
        text: text.into(),
        parser: None,
    };
    match Input::parse(&file) {
        Err(problem) => (
            problem.diagnostic.code,
            problem.diagnostic.span.range().start,
        ),
        Ok(input) => panic!("{} documents", input.documents()),
    }
}

/// Conftest `parser/yaml/yaml.go`: split at `---` lines, an empty file is `null`, a list is several inputs.
#[test]
fn documents_are_told_apart_as_conftest_does() {
    assert_eq!(values("a.yaml", ""), ["null"]);
    assert_eq!(values("a.yaml", "# nothing\n"), ["null"]);
    assert_eq!(values("a.yaml", "---\na: 1\n"), [r#"{"a": 1}"#]);
    assert_eq!(
        values("a.yaml", "---\n---\na: 1\n---\n# nothing\n"),
        ["null", r#"{"a": 1}"#, "null"]
    );
    assert_eq!(values("a.yaml", "- a\n- [b]\n"), ["\"a\"", "[\"b\"]"]);
    assert_eq!(values("a.yaml", "- a\n---\n- b\n"), ["[\"a\"]", "[\"b\"]"]);
    assert_eq!(
        values("a.yaml", "a: 1\r\n---\r\nb: 2\r\n"),
        [r#"{"a": 1}"#, r#"{"b": 2}"#]
    );
    assert_eq!(
        values("a.yaml", "%YAML 1.1\n---\na: 1\n---\nb: 2\n"),
        [r#"{"a": 1}"#, r#"{"b": 2}"#]
    );
}

#[test]
fn yaml_is_kubernetes_yaml() {
    assert_eq!(
        values("a.yaml", "a: yes\nb: 010\nc: 1.0\n"),
        [r#"{"a": true, "b": 8, "c": 1}"#]
    );
    assert_eq!(values("a.yaml", "a: 1\na: 2\n"), [r#"{"a": 2}"#]);
}

#[test]
fn json_is_json() {
    assert_eq!(values("a.json", "{\"a\": \"yes\"}"), [r#"{"a": "yes"}"#]);
    assert_eq!(values("a.json", "[1, 2]"), ["1", "2"]);
    assert_eq!(error("a.json", "{\n  a: 1}"), ("governance/input", 4));
}

#[test]
fn broken_files_are_blamed_where_they_break() {
    assert_eq!(error("a.yaml", "a: 1\n---\nb: [1\nc: 2\n").0, "yaml/syntax");
    assert!(error("a.yaml", "a: 1\n---\nb: [1\nc: 2\n").1 >= 9);
    assert_eq!(error("a.toml", "a = 1"), ("governance/unknown-format", 0));
}

#[test]
fn formats_by_name() {
    assert_eq!(Parser::of_path("dir/a.yml"), Some(Parser::Yaml));
    assert_eq!(Parser::of_path("a.YAML"), Some(Parser::Yaml));
    assert_eq!(Parser::of_path("a.json"), Some(Parser::Json));
    for path in [
        "a.toml",
        "Dockerfile",
        "x/Dockerfile.dev",
        ".gitignore",
        "a.rego",
    ] {
        assert_eq!(Parser::of_path(path), None, "{path}");
    }
}
