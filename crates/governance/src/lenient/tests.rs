use super::guarded;
use crate::parse::parse;
use crate::{
    CheckOptions, Input, InputFile, LoadOptions, Policies, PolicyFile, VersionChoice, check,
};

fn rewritten(expression: &str) -> String {
    let text = format!("package a\nx := {expression}\n");
    let file = PolicyFile::new("a.rego", text.clone());
    let parsed =
        parse(&file, VersionChoice::Detect).unwrap_or_else(|problem| panic!("{problem:?}"));
    let out = guarded(&text, &parsed.tree);
    let again = PolicyFile::new("a.rego", out.clone());
    assert!(parse(&again, VersionChoice::Detect).is_ok(), "{out}");
    out.lines()
        .nth(1)
        .unwrap_or_default()
        .replace("tierwalk.", "")
        .replace("number", "n")
}

/// What the module says of the text.
fn failures(module: &str, text: &str) -> Vec<String> {
    let files = [PolicyFile::new("x.rego", module)];
    let (policies, problems) = Policies::load(&files, &[], &LoadOptions::default());
    assert_eq!(problems, []);
    let report = check(&policies, &[input(text)], &CheckOptions::default());
    assert_eq!(report.errors, []);
    let failures = report.results[0].failures.iter();
    failures.map(|finding| finding.message.clone()).collect()
}

fn input(text: &str) -> Input {
    let file = InputFile {
        path: "a.yaml".into(),
        text: text.into(),
        parser: None,
    };
    Input::parse(&file).unwrap_or_else(|problem| panic!("{problem:?}"))
}

#[test]
fn each_operand_is_guarded() {
    assert_eq!(rewritten("1 + 2"), "x := n(1 ) + n( 2)");
    assert_eq!(rewritten("1+2*3"), "x := n(1) + n(n(2) * n(3))");
    assert_eq!(rewritten("1 - 2 - 3"), "x := minus(minus(1 ,  2) ,  3)");
    assert_eq!(
        rewritten("(1 + 2) * (3 - 4)"),
        "x := n((n(1 ) + n( 2)) ) * n( (minus(3 ,  4)))"
    );
    assert_eq!(
        rewritten("{1} | {2} & {3}"),
        "x := set({1} ) | set( set({2} ) & set( {3}))"
    );
    assert_eq!(
        rewritten("[z | some y in [1]; z := y + 1]"),
        "x := [z | some y in collection([1]); z := n(y ) + n( 1)]"
    );
    assert_eq!(
        rewritten("count([1]) + input.a[0] # + 1"),
        "x := n(count([1]) ) + n( input.a[0]) # + 1"
    );
    assert_eq!(rewritten("\"a + b\""), "x := \"a + b\"");
    assert_eq!(rewritten("-1 + 2"), "x := n(-1 ) + n( 2)");
}

/// OPA `v1/topdown/arithmetic.go`: operands of the wrong type make the expression undefined.
#[test]
fn a_wrong_type_is_undefined_and_the_others_count() {
    let module = "package main\n\ndeny contains msg if {\n\tsome port in input.ports\n\tport + 1 > 8000\n\tmsg := sprintf(\"%v\", [port])\n}\n\n\
                  deny contains \"sum\" if input.name + 1 == 2\n\ndeny contains \"sets\" if count(input.ports - {1}) == 0\n\n\
                  deny contains \"difference\" if {1, 2} - {2} == {1}\n\ndeny contains \"minus\" if input.order - 0.5 == 99.5\n\n\
                  deny contains \"not\" if not input.name * 2 > 5\n";
    assert_eq!(
        failures(
            module,
            "name: web\norder: 100\nports: [8080, http, 9000, 80]\n"
        ),
        ["8080", "9000", "difference", "minus"]
    );
}

/// OPA: `some x in …` over what is no collection gives nothing; Conftest 0.71.1 says so of an empty input.
#[test]
fn what_is_no_collection_has_no_members() {
    let module = "package main\n\ndeny contains \"none\" if count({d | some d in input.name}) == 0\n\n\
                  deny contains \"any\" if {\n\tsome i, d in input.name\n\td != i + 1\n}\n\ndeny contains d if some d in input.ports\n";
    assert_eq!(
        failures(module, "name: web\nports: [http]\n"),
        ["http", "none"]
    );
}

#[test]
fn asked_for_they_are_errors() {
    let module = "package main\ndeny contains \"sum\" if input.name + 1 == 2\n";
    let options = LoadOptions {
        builtin_errors: true,
        ..LoadOptions::default()
    };
    let (policies, _) = Policies::load(&[PolicyFile::new("x.rego", module)], &[], &options);
    let report = check(&policies, &[input("name: web\n")], &CheckOptions::default());
    assert_eq!(report.errors[0].diagnostic.code, "governance/builtin-error");
}
