use std::time::{Duration, Instant};

use crate::output::{Format, Style, render};
use crate::{
    CheckOptions, Input, InputFile, Limits, LoadOptions, Namespaces, Policies, PolicyFile, Report,
    check,
};

const POLICY: &str = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: web\nspec:\n  order: 100\n";

fn with(module: &str, options: &LoadOptions) -> Policies {
    let (policies, problems) =
        Policies::load(&[PolicyFile::new("policy/x.rego", module)], &[], options);
    assert_eq!(problems, []);
    policies
}

fn input(path: &str, text: &str) -> Input {
    let file = InputFile {
        path: path.into(),
        text: text.into(),
        parser: None,
    };
    Input::parse(&file).unwrap_or_else(|problem| panic!("{problem:?}"))
}

fn report(module: &str, text: &str) -> Report {
    check(
        &with(module, &LoadOptions::default()),
        &[input("a.yaml", text)],
        &CheckOptions::default(),
    )
}

fn shown(module: &str, text: &str) -> String {
    let report = report(module, text);
    assert_eq!(report.errors, []);
    render(Format::Stdout, &report.results, &Style::default())
}

/// Codes and lines of what could not be evaluated.
fn errors(report: &Report, module: &str) -> Vec<(&'static str, usize)> {
    let line = |offset: usize| module[..offset].matches('\n').count() + 1;
    report
        .errors
        .iter()
        .map(|error| {
            assert_eq!(error.path, "policy/x.rego");
            (
                error.diagnostic.code,
                line(error.diagnostic.span.range().start),
            )
        })
        .collect()
}

fn clock() {
    crate::set_clock(|| {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    });
}

/// `deny` may be any value; only sets and arrays report (Conftest `policy/engine.go`, `query`).
#[test]
fn what_counts_as_a_result() {
    let module =
        "package main\ndeny := [\"a\", {\"msg\": \"b\"}, 3, true, \"\"]\nwarn := {\"k\": \"v\"}\n";
    assert_eq!(
        shown(module, POLICY),
        "FAIL - a.yaml - main - a\nFAIL - a.yaml - main - b\n\n4 tests, 2 passed, 0 warnings, 2 failures, 0 exceptions\n"
    );
}

#[test]
fn names_with_suffixes_are_checks_and_others_are_not() {
    let module = "package main\ndeny_a_1 contains \"a\"\nviolation_b contains \"b\"\nwarnings contains \"c\"\n\
                  deny__x contains \"d\"\ndenyx contains \"e\"\n";
    assert_eq!(
        shown(module, POLICY),
        "FAIL - a.yaml - main - a\nFAIL - a.yaml - main - b\n\n2 tests, 0 passed, 0 warnings, 2 failures, 0 exceptions\n"
    );
}

#[test]
fn a_function_named_deny_reports_nothing() {
    let text = shown("package main\ndeny(x) if x\n", POLICY);
    assert!(text.contains("1 test, 1 passed"), "{text}");
}

#[test]
fn the_plain_rule_is_excepted_by_the_empty_name() {
    let module = "package main\nexception contains [\"\"]\ndeny contains \"a\"\n";
    let text = shown(module, POLICY);
    assert!(
        text.contains("EXCP - a.yaml - main - data.main.exception[_][_] == \"\""),
        "{text}"
    );
    assert!(text.contains("0 failures, 1 exception"), "{text}");
}

#[test]
fn policies_know_the_file() {
    let module = "package main\ndeny contains msg if msg := sprintf(\"%s in %s\", [data.conftest.file.name, data.conftest.file.dir])\n";
    let options = CheckOptions {
        directory: "/repo".into(),
        ..CheckOptions::default()
    };
    let policies = with(module, &LoadOptions::default());
    let report = check(
        &policies,
        &[input("policies/a.yaml", POLICY), input("b.yaml", "")],
        &options,
    );
    let messages: Vec<_> = report
        .results
        .iter()
        .flat_map(|result| &result.failures)
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(messages, ["a.yaml in /repo/policies", "b.yaml in /repo"]);
}

#[test]
fn what_is_printed_is_shown() {
    let module =
        "package main\ndeny contains \"a\" if {\n\tprint(\"order\", input.spec.order)\n}\n";
    let text = shown(module, POLICY);
    assert!(
        text.starts_with("PRNT   policy/x.rego:3: order 100\n"),
        "{text}"
    );
}

#[test]
fn a_result_without_a_message_is_an_error_at_its_rule() {
    let module = "package main\n\ndeny contains {\"message\": \"a\"}\n";
    assert_eq!(
        errors(&report(module, POLICY), module),
        [("governance/no-message", 3)]
    );
}

#[test]
fn a_rule_of_two_values_is_an_error_at_its_line() {
    let module = "package main\n\nname := input.metadata.name\n\nname := \"other\"\n\ndeny contains name if true\n";
    assert_eq!(
        errors(&report(module, POLICY), module),
        [("governance/conflict", 5)]
    );
}

/// The others are still asked, and every document after it as well.
#[test]
fn an_endless_check_is_stopped_and_named() {
    clock();
    let module = "package main\n\ndeny_slow contains \"y\" if input.spec.order > 5000\n\ndeny_slow contains \"x\" if {\n\tsome i in numbers.range(1, 100000)\n\t\
                  some j in numbers.range(1, 100000)\n\ti * j == -1\n}\n\ndeny contains \"fast\"\n";
    let options = LoadOptions {
        limits: Limits {
            deadline: Duration::from_millis(200),
            ..Limits::default()
        },
        ..LoadOptions::default()
    };
    let documents = [POLICY; 20].join("\n---\n");
    let started = Instant::now();
    let report = check(
        &with(module, &options),
        &[input("a.yaml", &documents)],
        &CheckOptions::default(),
    );
    assert!(
        started.elapsed() < Duration::from_secs(3),
        "not tried on each document"
    );
    let error = &report.errors[0].diagnostic;
    assert_eq!(error.code, "governance/deadline");
    assert_eq!(
        error.message,
        "`data.main.deny_slow` takes longer than 200 ms and was stopped"
    );
    assert_eq!(
        errors(&report, module)[0],
        ("governance/deadline", 5),
        "of its definitions, the slow one"
    );
    assert_eq!(report.results[0].failures.len(), 20);
}

/// Kept are as many as somebody can read; counted are all.
#[test]
fn a_flood_of_findings_is_counted() {
    let module = "package main\ndeny contains msg if {\n\tsome i in numbers.range(1, 100)\n\tsome j in numbers.range(1, 200)\n\t\
                  msg := sprintf(\"%d\", [i * 1000 + j])\n}\n";
    let options = LoadOptions {
        limits: Limits {
            findings: 100,
            deadline: Duration::from_secs(600),
        },
        ..LoadOptions::default()
    };
    let report = check(
        &with(module, &options),
        &[input("a.yaml", POLICY)],
        &CheckOptions::default(),
    );
    assert_eq!(report.errors, []);
    let result = &report.results[0];
    assert_eq!(
        (result.failures.len(), result.omitted.failures),
        (100, 19_900)
    );
    assert_eq!(result.totals().failures, 20_000);
    let text = render(Format::Stdout, &report.results, &Style::default());
    assert!(
        text.contains("FAIL - a.yaml - main - … and 19900 more\n"),
        "{text}"
    );
}

#[test]
fn packages_by_pattern_and_all() {
    let files = [
        PolicyFile::new("a.rego", "package k8s.simple\ndeny contains \"a\"\n"),
        PolicyFile::new("b.rego", "package k8s.combined\ndeny contains \"b\"\n"),
        PolicyFile::new("c.rego", "package main\ndeny contains \"c\"\n"),
    ];
    let (policies, _) = Policies::load(&files, &[], &LoadOptions::default());
    let asked = |namespaces: Namespaces| {
        let options = CheckOptions {
            namespaces,
            ..CheckOptions::default()
        };
        let report = check(&policies, &[input("a.yaml", "")], &options);
        let results = report.results.into_iter();
        results.map(|result| result.namespace).collect::<Vec<_>>()
    };
    let named = |name: &str| Namespaces::Named(vec![name.to_owned()]);
    assert_eq!(asked(named("*.simple")), ["k8s.simple"]);
    assert_eq!(asked(named("none.*")), Vec::<String>::new());
    assert_eq!(asked(named("none")), ["none"]);
    assert_eq!(
        asked(Namespaces::All),
        ["k8s.simple", "k8s.combined", "main"]
    );
}
