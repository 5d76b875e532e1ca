//! Workflow commands of GitHub Actions (Conftest `output/github.go`).

use super::{Style, omitted, summary};
use crate::builtins::gofmt::quote;
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
        for finding in findings {
            command(level, result, finding, prefix, out);
        }
        if let Some(more) = omitted(more) {
            out.push_str(&format!("::{level} file={},line=1::{more}\n", result.file));
        }
    };
    write("error", &result.failures, "", result.omitted.failures);
    write("warning", &result.warnings, "", result.omitted.warnings);
    write("notice", &result.exceptions, "", 0);
    write("notice", &result.skipped, "Test was skipped: ", 0);
    out.push_str(&format!(
        "::notice file={},line=1::Number of successful checks: {}\n::endgroup::\n",
        result.file, result.successes
    ));
}

/// One command; two, if the policy says that the finding comes from another file.
fn command(level: &str, result: &CheckResult, finding: &Finding, prefix: &str, out: &mut String) {
    let message = format!("{prefix}{}", finding.message);
    let mut line = |file: &str, line: &str, message: &str| {
        out.push_str(&format!("::{level} file={file},line={line}::{message}\n"));
    };
    match &finding.location {
        None => line(&result.file, "1", &message),
        Some(place) if place.file == result.file => line(&place.file, &place.line, &message),
        Some(place) => {
            line(&place.file, &place.line, &message);
            let origin = format!(
                "(ORIGINATING FROM {} L{}) {message}",
                place.file, place.line
            );
            line(&result.file, "1", &origin);
        }
    }
}
