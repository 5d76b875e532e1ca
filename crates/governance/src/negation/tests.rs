//! What OPA 1.21 said of the same rules, by Conftest 0.71.1.

use super::spelled_out;
use crate::facts::RegoVersion;
use crate::{CheckOptions, Input, InputFile, LoadOptions, Policies, PolicyFile, check, parse};

const INPUT: &str = "a: 1\nb: false\ns: str\nl: [x, y]\no: {k: v, str: 2}\n";

const RULES: &str = "
f(x) if x == 1
h(a, b) if a == b
r if true
nor if false
some_set contains \"a\"
";

/// Whether `not …` holds.
fn holds(negated: &str) -> bool {
    let module = format!("package main\ndeny contains \"hit\" if {{\n\tnot {negated}\n}}\n{RULES}");
    failures(&module) == 1
}

fn failures(module: &str) -> usize {
    let files = [PolicyFile::new("x.rego", module)];
    let (policies, problems) = Policies::load(&files, &[], &LoadOptions::default());
    assert_eq!(problems, [], "{module}");
    let file = InputFile {
        path: "a.yaml".to_owned(),
        text: INPUT.to_owned(),
        parser: None,
    };
    let input = Input::parse(&file).unwrap();
    let report = check(&policies, &[input], &CheckOptions::default());
    assert_eq!(report.errors, []);
    report.results[0].failures.len()
}

/// OPA `v1/ast/compile.go`, `expandExpr`, `rewriteDynamicsCallExpr`.
#[test]
fn an_absent_argument_makes_a_negation_undefined() {
    for negated in [
        "input.none > 500",
        "input.none != 1",
        "1 < input.none",
        "startswith(input.none, \"x\")",
        "regex.match(\"x\", input.none)",
        "f(input.none)",
        "f(count(input.none))",
        "h(input.a, input.none)",
        "count(input.none) == 0",
        "input.s == lower(input.none)",
        "input.none + 1 == 2",
        "input.none in [1, 2]",
        "\"x\" in input.none",
        "input.o == {\"k\": input.none}",
        "[input.none] == [1]",
        "to_number(input.s) == 1",
        "object.get(input.none, \"x\", 0) > 1",
        "input.o[input.none] == 1",
        "some_set[input.none]",
        "input.none > 1 with input.a as 2",
        "startswith(\n\t\tinput.none, # of another line\n\t\t\"x\")",
        "startswith(input.none, \"goes with it\")",
        "count([\n\t\tinput.none, # in what is looked up\n\t\t1]) > 5",
    ] {
        assert!(!holds(negated), "{negated}");
    }
}

/// OPA `v1/ast/compile.go`, `rewriteDynamicsEqualityExpr`: a side of an equation may be absent.
#[test]
fn an_absent_term_or_side_makes_a_negation_true() {
    for negated in [
        "input.none",
        "input.none == 1",
        "input.none == input.absent",
        "input.l[5] == 1",
        "input.o.z == \"v\"",
        "input.b",
        "nor",
        "r == false",
        "data.x.y",
        "f(input.b)",
        "lower(input.s) == \"q\"",
        "to_number(input.s)",
        "object.get(input, \"none\", 0) > 1",
        "count([x | x := input.none[_]]) > 0",
        "some_set[input.s]",
        "input.o[input.s] == 3",
        "input.a > 1 with input.a as 1",
    ] {
        assert!(holds(negated), "{negated}");
    }
    for negated in ["input.a > 0", "f(input.a)", "input.o[input.s] == 2", "r"] {
        assert!(!holds(negated), "{negated}");
    }
}

#[test]
fn it_works_wherever_statements_stand() {
    let deny = "package main\ndeny contains \"hit\" if ";
    assert_eq!(failures(&format!("{deny}not input.none > 1\n")), 0);
    assert_eq!(failures(&format!("{deny}not input.a > 1\n")), 1);
    assert_eq!(
        failures(&format!("{deny}count([1 | not input.none > 1]) == 1\n")),
        0
    );
    assert_eq!(
        failures(&format!("{deny}every x in [1] {{ not input.none > x }}\n")),
        0
    );
    assert_eq!(
        failures(&format!("{deny}not count([1 | not input.none > 1]) > 0\n")),
        1
    );
    assert_eq!(
        failures("package main\ndeny[\"hit\"] {\n  not input.none > 500\n}\n"),
        0
    );
    assert_eq!(
        failures(
            "package main\ndeny[\"hit\"] {\n  some i\n  input.l[i]; not input.l[i] > \"x\"\n}\n"
        ),
        1
    );
}

#[test]
fn lines_stay_what_they_are() {
    let text = "package main\n\ndeny contains 1 if {\n\tnot f(\n\t\tinput.a,\n\t\tinput.b,\n\t) # why\n\tinput.c\n}\n";
    let read = |text: &str| parse::tree_of(text, RegoVersion::V1);
    let spelled = spelled_out(text, read).unwrap();
    assert_eq!(spelled.lines().count(), text.lines().count(), "{spelled}");
    assert_eq!(spelled.lines().nth(7), Some("\tinput.c"));
    assert_eq!(spelled_out(&spelled, read), None, "once is enough");
    assert_eq!(spelled_out("package main\nx := \"not\"\n", read), None);
}
