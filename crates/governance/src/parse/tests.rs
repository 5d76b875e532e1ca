use super::parse;
use crate::{PolicyFile, RegoVersion, RuleKind, VersionChoice};

fn version(text: &str) -> RegoVersion {
    parse(&PolicyFile::new("x.rego", text), VersionChoice::Detect)
        .unwrap_or_else(|error| panic!("{error:?}"))
        .module
        .version
}

fn error(text: &str, choice: VersionChoice) -> (String, String, usize) {
    let file = PolicyFile::new("x.rego", text);
    let Err(error) = parse(&file, choice) else {
        panic!("{text} is read");
    };
    let line = text[..error.diagnostic.span.range().start]
        .matches('\n')
        .count()
        + 1;
    (
        error.diagnostic.code.to_owned(),
        error.diagnostic.message,
        line,
    )
}

#[test]
fn each_module_has_its_version() {
    assert_eq!(
        version("package a\ndeny[msg] { msg = \"x\" }\n"),
        RegoVersion::V0
    );
    assert_eq!(
        version("package a\ndeny contains \"x\" if input.a\n"),
        RegoVersion::V1
    );
    assert_eq!(
        version("package a\nimport rego.v1\ndeny contains \"x\" if input.a\n"),
        RegoVersion::V1
    );
    assert_eq!(
        version("package a\nimport future.keywords.in\ndeny[x] { some x in [1] }\n"),
        RegoVersion::V0
    );
}

#[test]
fn a_chosen_version_is_kept_to() {
    let old = "package a\n\n\n\n\n\ndeny[msg] {\n  msg = \"x\"\n}\n";
    let (code, message, line) = error(old, VersionChoice::V1);
    assert_eq!(code, "governance/syntax");
    assert!(message.contains("`if`"), "{message}");
    assert_eq!(line, 7);
    assert!(
        parse(
            &PolicyFile::new("x", "package a\nx if true\n"),
            VersionChoice::V0
        )
        .is_err()
    );
}

/// OPA blames the line of the expression, not the next one.
#[test]
fn an_expression_that_stops_short_is_blamed_on_its_line() {
    let text = "package main\n\ndeny contains msg if {\n\tinput.spec.order < \n\tmsg := \"x\"\n}\n";
    let (code, message, line) = error(text, VersionChoice::Detect);
    assert_eq!((code.as_str(), line), ("governance/syntax", 4));
    assert_eq!(message, "nothing follows `<` on this line");
}

#[test]
fn definitions_are_counted_as_opa_counts_them() {
    let text = "package a.b\ndeny contains 1 if input.x\ndeny contains 2 if input.y\nf(x) := 1 if x\nelse := 2\n\
                default level := 3\ndeny.sub := 1\n";
    let file = PolicyFile::new("x.rego", text);
    let module = parse(&file, VersionChoice::Detect)
        .unwrap_or_else(|error| panic!("{error:?}"))
        .module;
    assert_eq!(module.package, "a.b");
    let rules: Vec<_> = module
        .rules
        .iter()
        .map(|rule| (rule.name.as_str(), rule.plain, rule.kind, rule.line))
        .collect();
    assert_eq!(
        rules,
        [
            ("deny", true, RuleKind::Set, 2),
            ("deny", true, RuleKind::Set, 3),
            ("f", true, RuleKind::Function, 4),
            ("level", true, RuleKind::Complete, 6),
            ("deny.sub", false, RuleKind::Complete, 7),
        ]
    );
}

#[test]
fn bottomless_expressions_are_refused() {
    let sum = format!("package a\nx := 1{}\n", " + 1".repeat(100_000));
    assert_eq!(error(&sum, VersionChoice::Detect).0, "governance/too-deep");
    let nested = format!(
        "package a\nx := {}1{}\n",
        "[".repeat(5000),
        "]".repeat(5000)
    );
    assert_eq!(
        error(&nested, VersionChoice::Detect).0,
        "governance/too-deep"
    );
}

#[test]
fn what_is_no_policy_is_told_gently() {
    for text in [
        "",
        "deny { true }",
        "package",
        "package a\nx := \"",
        "package a\nx := `",
    ] {
        assert_eq!(
            error(text, VersionChoice::Detect).0,
            "governance/syntax",
            "{text:?}"
        );
    }
}
