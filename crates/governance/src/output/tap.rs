//! Test Anything Protocol (Conftest `output/tap.go`).

use crate::finding::{CheckResult, Finding, Totals};

pub(super) fn render(results: &[CheckResult]) -> String {
    let tests = Totals::of(results).tests();
    if tests == 0 {
        return String::new();
    }
    let mut out = format!("1..{tests}\n");
    let mut counter = 0;
    for result in results {
        let mut section = |header: &str, status: &str, messages: &[String]| {
            if !messages.is_empty() && !header.is_empty() {
                out.push_str(&format!("# {header}\n"));
            }
            for message in messages {
                counter += 1;
                out.push_str(&format!(
                    "{status} {counter} {} {message}\n",
                    indicator(result)
                ));
            }
        };
        section(
            "",
            "not ok",
            &messages(&result.failures, result.omitted.failures),
        );
        section(
            "warnings",
            "not ok",
            &messages(&result.warnings, result.omitted.warnings),
        );
        section("exceptions", "ok", &messages(&result.exceptions, 0));
        section("skip", "ok", &messages(&result.skipped, 0));
        section(
            "successes",
            "ok",
            &vec!["SUCCESS".to_owned(); result.successes],
        );
    }
    out
}

/// The messages, and a line for each result that was counted only: the plan promises so many.
fn messages(findings: &[Finding], omitted: usize) -> Vec<String> {
    let messages = findings.iter().map(|finding| finding.message.clone());
    let missing = (0..omitted).map(|_| "not shown".to_owned());
    messages.chain(missing).collect()
}

fn indicator(result: &CheckResult) -> String {
    let file = match result.file.as_str() {
        "-" => "-".to_owned(),
        file => format!("- {file}"),
    };
    match result.namespace.as_str() {
        "-" => format!("{file} -"),
        namespace => format!("{file} - {namespace} -"),
    }
}
