//! Workflow commands of GitHub Actions (Conftest `output/github.go`).

use super::{Style, omitted, summary};
use crate::builtins::gofmt::{quote, sprintf};
use crate::finding::{CheckResult, Finding, Totals};

pub(super) fn render(results: &[CheckResult], style: &Style) -> String {
    let mut out = String::new();
    for result in results {
        if style.github_hide_passed && has_passed(result) {
            continue;
        }
        group(result, &mut out);
    }
    out.push_str(&format!("{}\n", summary(&Totals::of(results))));
    out
}

fn has_passed(result: &CheckResult) -> bool {
    let totals = result.totals();
    totals.failures + totals.warnings + totals.exceptions + totals.skipped == 0
}

fn group(result: &CheckResult, out: &mut String) {
    let tests = result.totals().tests();
    let (file, namespace) = (quote(&result.file), quote(&result.namespace));
    out.push_str(&format!(
        "::group::Testing {file} against {tests} policies in namespace {namespace}\n"
    ));
    let mut write = |level: &str, findings: &[Finding], prefix: &str, more: usize| {
        for found in findings {
            finding(level, result, found, prefix, out);
        }
        if let Some(more) = omitted(more) {
            command(level, &result.file, "1", &more, out);
        }
    };
    write("error", &result.failures, "", result.omitted.failures);
    write("warning", &result.warnings, "", result.omitted.warnings);
    write("notice", &result.exceptions, "", 0);
    write("notice", &result.skipped, "Test was skipped: ", 0);
    let passed = format!("Number of successful checks: {}", result.successes);
    command("notice", &result.file, "1", &passed, out);
    out.push_str("::endgroup::\n");
}

/// One command; two, if the policy says that the finding comes from another file.
fn finding(level: &str, result: &CheckResult, found: &Finding, prefix: &str, out: &mut String) {
    let message = format!("{prefix}{}", found.message);
    match &found.location {
        None => command(level, &result.file, "1", &message, out),
        Some(place) if place.file == result.file => {
            command(level, &place.file, &place.line, &message, out);
        }
        Some(place) => {
            command(level, &place.file, &place.line, &message, out);
            let origin = format!(
                "(ORIGINATING FROM {} L{}) {message}",
                place.file, place.line
            );
            command(level, &result.file, "1", &origin, out);
        }
    }
}

/// Conftest takes the message for a format without arguments: of `50%` it makes `50%!(NOVERB)`.
fn command(level: &str, file: &str, line: &str, message: &str, out: &mut String) {
    let (file, message) = (escaped(file), sprintf(message, &[]));
    out.push_str(&format!("::{level} file={file},line={line}::{message}\n"));
}

/// A property of a command, `escapeProperty`.
fn escaped(file: &str) -> String {
    let mut out = String::with_capacity(file.len());
    for c in file.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' => out.push_str("%3A"),
            ',' => out.push_str("%2C"),
            c => out.push(c),
        }
    }
    out
}
