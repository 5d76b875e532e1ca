use crate::output::{Format, Style, render, report};
use crate::{LoadOptions, Policies, PolicyFile, verify};

#[test]
fn tests_pass_fail_and_are_left_out() {
    let files = [
        PolicyFile::new(
            "policy/x.rego",
            "package main\ndeny contains \"low\" if input.order < 5\n",
        ),
        PolicyFile::new(
            "policy/x_test.rego",
            "package main\n\ntest_low if deny[\"low\"] with input as {\"order\": 1}\n\n\
             test_high if count(deny) == 0 with input as {\"order\": 9}\n\n\
             test_wrong if count(deny) == 7 with input as {\"order\": 9}\n\ntodo_test_later if false\n",
        ),
    ];
    let (policies, problems) = Policies::load(&files, &[], &LoadOptions::default());
    assert_eq!(problems, []);
    let found = verify(&policies, &[], false);
    assert_eq!(found.errors, []);
    let style = Style {
        show_skipped: true,
        ..Style::default()
    };
    assert_eq!(
        render(Format::Stdout, &found.results, &style),
        "FAIL - policy/x_test.rego -  - data.main.test_wrong\n\n\
         4 tests, 2 passed, 0 warnings, 1 failure, 0 exceptions, 1 skipped\n"
    );
    let listed = report(&found.results);
    assert!(
        listed.starts_with("policy/x_test.rego:\ndata.main.test_low: PASS\n"),
        "{listed}"
    );
    assert!(
        listed.contains("data.main.test_wrong: FAIL\ndata.main.todo_test_later: SKIPPED\n"),
        "{listed}"
    );
}

/// OPA `v1/tester/runner.go`, `runTest`; what is printed is no part of Conftest's output.
#[test]
fn only_true_passes() {
    let file = PolicyFile::new(
        "x_test.rego",
        "package main\ntest_number := 5\ntest_text := \"a\"\ntest_true := true\ntest_print if print(\"hi\")\n",
    );
    let (policies, _) = Policies::load(&[file], &[], &LoadOptions::default());
    let found = verify(&policies, &[], false);
    let text = render(Format::Stdout, &found.results, &Style::default());
    assert_eq!(
        text,
        "FAIL - x_test.rego -  - data.main.test_number\nFAIL - x_test.rego -  - data.main.test_text\n\n\
         4 tests, 2 passed, 0 warnings, 2 failures, 0 exceptions\n"
    );
}
