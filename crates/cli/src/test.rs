//! `tierwalk test`.

mod junit;

use serde::Serialize;
use tierwalk_protocol::{Place, Verdict};
use tierwalk_workspace::Workspace;

use crate::args::{Test, TestOutput};
use crate::failure::{Failure, Outcome};
use crate::paint::Paint;
use crate::trace::verdict_word;
use crate::validate::{json, plural};
use crate::{Io, inputs};

/// One flow and whether it is as expected.
#[derive(Debug, Serialize)]
pub struct Case {
    /// The flow as written.
    pub flow: String,
    /// A name that the author gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it is written.
    pub place: Place,
    /// What is expected, if anything.
    pub expected: Option<Verdict>,
    /// What happens.
    pub actual: Option<Verdict>,
    /// How it came out.
    pub result: CaseResult,
    /// Why it happens, or why nothing can be said.
    pub reason: String,
}

/// How a flow came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CaseResult {
    /// As expected.
    Passed,
    /// Not as expected, or not to be evaluated.
    Failed,
    /// Nothing is expected.
    Unchecked,
}

#[derive(Serialize)]
struct Report<'a> {
    passed: usize,
    failed: usize,
    unchecked: usize,
    flows: &'a [Case],
}

/// Checks the expected verdicts of flow files.
pub fn run(args: &Test, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    let workspace = inputs::open(&args.paths.paths, io.input)?;
    let cases = cases(&workspace);
    if cases.is_empty() {
        return Err(Failure::usage(
            "there are no flows in these files; write some under `flows:`, such as `web -> api tcp/8080 allow`",
        ));
    }
    warn(&workspace, &cases, io)?;
    let count = |result| cases.iter().filter(|case| case.result == result).count();
    let report = Report {
        passed: count(CaseResult::Passed),
        failed: count(CaseResult::Failed),
        unchecked: count(CaseResult::Unchecked),
        flows: &cases,
    };
    match args.output {
        TestOutput::Json => json(&report, io)?,
        TestOutput::Junit => junit::print(&cases, io)?,
        TestOutput::Text => text(&report, paint, io)?,
    }
    Ok(Outcome::findings(report.failed > 0))
}

fn cases(workspace: &Workspace) -> Vec<Case> {
    let flows = workspace.flows();
    flows
        .map(|flow| Case {
            result: match (flow.expected, flow.verdict) {
                (_, None) => CaseResult::Failed,
                (None, Some(_)) => CaseResult::Unchecked,
                (Some(expected), Some(actual)) if expected == actual => CaseResult::Passed,
                (Some(_), Some(_)) => CaseResult::Failed,
            },
            flow: flow.text,
            name: flow.name,
            place: flow.place,
            expected: flow.expected,
            actual: flow.verdict,
            reason: flow.reason,
        })
        .collect()
}

/// Documents with errors and files that expect nothing make a green run say little.
fn warn(workspace: &Workspace, cases: &[Case], io: &mut Io<'_>) -> Result<(), Failure> {
    for file in workspace.files_with_errors() {
        writeln!(
            io.err,
            "warning: `{file}` has errors; what is wrong there takes no part"
        )?;
    }
    for group in cases.chunk_by(|a, b| a.place.file == b.place.file) {
        let unchecked = group
            .iter()
            .filter(|case| case.result == CaseResult::Unchecked)
            .count();
        if let (Some(first), true) = (group.first(), unchecked > 0) {
            let what = plural(unchecked, "flow");
            let file = &first.place.file;
            writeln!(
                io.err,
                "warning: {what} in `{file}` without expectation; add `allow` or `deny` at the end"
            )?;
        }
    }
    Ok(())
}

fn text(report: &Report<'_>, paint: Paint, io: &mut Io<'_>) -> Result<(), Failure> {
    for case in report.flows {
        let title = case
            .name
            .as_ref()
            .map(|name| format!(" ({name})"))
            .unwrap_or_default();
        let place = paint.quiet(format!("{}:{}", case.place.file, case.place.line));
        let word = match case.result {
            CaseResult::Passed => paint.good("✓ pass"),
            CaseResult::Failed => paint.bad("✕ FAIL"),
            CaseResult::Unchecked => paint.quiet("· none"),
        };
        writeln!(io.out, "{word}  {}{title}  {place}", case.flow)?;
        if case.result == CaseResult::Failed {
            writeln!(io.out, "        {}", paint.strong(complaint(case)))?;
            if case.actual.is_some() && !case.reason.is_empty() {
                writeln!(io.out, "        {}", case.reason)?;
            }
        }
    }
    writeln!(io.out, "{}", summary(report))?;
    Ok(())
}

/// What went wrong with a flow.
pub fn complaint(case: &Case) -> String {
    match (case.expected, case.actual) {
        (Some(expected), Some(actual)) => {
            format!(
                "expected {}, got {}",
                verdict_word(expected),
                verdict_word(actual)
            )
        }
        _ => case.reason.clone(),
    }
}

fn summary(report: &Report<'_>) -> String {
    let unchecked = match report.unchecked {
        0 => String::new(),
        count => format!(", {count} without expectation"),
    };
    format!(
        "{} passed, {} failed{unchecked}",
        report.passed, report.failed
    )
}
