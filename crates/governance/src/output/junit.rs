//! JUnit's XML (Conftest `output/junit.go` and go-junit-report).

use std::collections::BTreeMap;

use super::{Style, omitted};
use crate::finding::{CheckResult, Finding};

const VERSION: &str = env!("CARGO_PKG_VERSION");

enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

struct Test {
    name: String,
    outcome: Outcome,
}

pub(super) fn render(results: &[CheckResult], style: &Style) -> String {
    let mut suites: BTreeMap<&str, Vec<Test>> = BTreeMap::new();
    for result in results {
        let tests = tests(result, style);
        if !tests.is_empty() {
            suites.entry(&result.namespace).or_default().extend(tests);
        }
    }
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    if suites.is_empty() {
        return out + "<testsuites></testsuites>\n";
    }
    out.push_str("<testsuites>\n");
    for (namespace, tests) in &suites {
        suite(&format!("conftest.{namespace}"), tests, &mut out);
    }
    out + "</testsuites>\n"
}

fn tests(result: &CheckResult, style: &Style) -> Vec<Test> {
    let name = |message: &str| match message.split('\n').next() {
        Some(first) if !style.junit_hide_message => format!("{} - {first}", result.file),
        _ => result.file.clone(),
    };
    let mut tests = Vec::new();
    let mut add = |findings: &[Finding], more: usize, outcome: fn(String) -> Outcome| {
        let messages = findings.iter().map(|finding| finding.message.clone());
        tests.extend(messages.chain(omitted(more)).map(|message| Test {
            name: name(&message),
            outcome: outcome(message),
        }));
    };
    add(&result.warnings, result.omitted.warnings, Outcome::Failed);
    add(&result.failures, result.omitted.failures, Outcome::Failed);
    add(&result.skipped, 0, Outcome::Skipped);
    tests.extend((0..result.successes).map(|_| Test {
        name: result.file.clone(),
        outcome: Outcome::Passed,
    }));
    tests
}

fn suite(name: &str, tests: &[Test], out: &mut String) {
    let name = escape(name);
    let failures = tests
        .iter()
        .filter(|test| matches!(test.outcome, Outcome::Failed(_)));
    out.push_str(&format!(
        "\t<testsuite tests=\"{}\" failures=\"{}\" time=\"0.000\" name=\"{name}\">\n",
        tests.len(),
        failures.count(),
    ));
    out.push_str(&format!(
        "\t\t<properties>\n\t\t\t<property name=\"tierwalk.version\" value=\"{VERSION}\"></property>\n\t\t</properties>\n"
    ));
    for test in tests {
        out.push_str(&format!(
            "\t\t<testcase classname=\"{name}\" name=\"{}\" time=\"0.000\">",
            escape(&test.name)
        ));
        match &test.outcome {
            Outcome::Passed => {}
            Outcome::Failed(message) => out.push_str(&format!(
                "\n\t\t\t<failure message=\"Failed\" type=\"\">{}</failure>\n\t\t",
                escape(message)
            )),
            Outcome::Skipped(message) => out.push_str(&format!(
                "\n\t\t\t<skipped message=\"{}\"></skipped>\n\t\t",
                escape(message)
            )),
        }
        out.push_str("</testcase>\n");
    }
    out.push_str("\t</testsuite>\n");
}

/// Go's `xml.EscapeText`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            c if c.is_control() && u32::from(c) < 0x20 => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
