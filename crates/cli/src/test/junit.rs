//! JUnit's XML, as build servers read it.

use std::fmt::Write;

use super::{Case, CaseResult, complaint};
use crate::Io;
use crate::failure::Failure;

/// Prints the cases, a suite for each file.
pub fn print(cases: &[Case], io: &mut Io<'_>) -> Result<(), Failure> {
    writeln!(io.out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(io.out, r#"<testsuites name="tierwalk" {}>"#, counts(cases))?;
    for suite in cases.chunk_by(|a, b| a.place.file == b.place.file) {
        let file = suite
            .first()
            .map(|case| case.place.file.as_str())
            .unwrap_or_default();
        writeln!(
            io.out,
            r#"  <testsuite name="{}" {}>"#,
            escape(file),
            counts(suite)
        )?;
        for case in suite {
            write!(io.out, "{}", testcase(case))?;
        }
        writeln!(io.out, "  </testsuite>")?;
    }
    writeln!(io.out, "</testsuites>")?;
    Ok(())
}

fn counts(cases: &[Case]) -> String {
    let count = |result| cases.iter().filter(|case| case.result == result).count();
    format!(
        r#"tests="{}" failures="{}" errors="0" skipped="{}""#,
        cases.len(),
        count(CaseResult::Failed),
        count(CaseResult::Unchecked)
    )
}

fn testcase(case: &Case) -> String {
    let file = escape(&case.place.file);
    let name = escape(case.name.as_ref().unwrap_or(&case.flow));
    let line = case.place.line;
    let mut xml =
        format!(r#"    <testcase classname="{file}" name="{name}" file="{file}" line="{line}""#);
    // Writing to a string cannot fail.
    let _ = match case.result {
        CaseResult::Passed => writeln!(xml, "/>"),
        CaseResult::Unchecked => writeln!(
            xml,
            ">\n      <skipped message=\"no expectation\"/>\n    </testcase>"
        ),
        CaseResult::Failed => writeln!(
            xml,
            ">\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
            escape(&complaint(case)),
            escape(&case.reason)
        ),
    };
    xml
}

/// Text inside XML. Control characters, which XML cannot hold, become spaces.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
