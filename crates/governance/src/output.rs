//! Results as text, in each of Conftest's formats, byte for byte as far as Conftest is the same from run to
//! run.

mod azuredevops;
mod github;
pub(crate) mod json;
mod junit;
mod sarif;
mod standard;
mod table;
mod tap;
#[cfg(test)]
mod tests;

pub use standard::{report, trace};

use crate::finding::{CheckResult, Totals};

/// A format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Lines for people.
    #[default]
    Stdout,
    /// JSON.
    Json,
    /// Test Anything Protocol.
    Tap,
    /// A table.
    Table,
    /// JUnit's XML.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Logging commands of Azure DevOps.
    AzureDevops,
    /// SARIF 2.1.
    Sarif,
}

impl Format {
    /// All formats by Conftest's names.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("stdout", Self::Stdout),
        ("json", Self::Json),
        ("tap", Self::Tap),
        ("table", Self::Table),
        ("junit", Self::Junit),
        ("github", Self::Github),
        ("azuredevops", Self::AzureDevops),
        ("sarif", Self::Sarif),
    ];

    /// By Conftest's name.
    pub fn named(name: &str) -> Option<Self> {
        let mut formats = Self::NAMES.iter();
        formats
            .find(|(known, _)| *known == name)
            .map(|(_, format)| *format)
    }
}

/// How results are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Colours, in the format for people.
    pub color: bool,
    /// Exceptions are counted, but not listed, in the format for people.
    pub suppress_exceptions: bool,
    /// The number of tests left out belongs to the summary: `verify`.
    pub show_skipped: bool,
    /// JUnit names its tests by file alone.
    pub junit_hide_message: bool,
    /// GitHub's format leaves out files in which everything passed.
    pub github_hide_passed: bool,
}

/// Results in a format.
pub fn render(format: Format, results: &[CheckResult], style: &Style) -> String {
    match format {
        Format::Stdout => standard::render(results, style),
        Format::Json => json::render(results),
        Format::Tap => tap::render(results),
        Format::Table => table::render(results),
        Format::Junit => junit::render(results, style),
        Format::Github => github::render(results, style),
        Format::AzureDevops => azuredevops::render(results),
        Format::Sarif => sarif::render(results),
    }
}

/// `3 tests, 2 passed, 0 warnings, 1 failure, 0 exceptions`.
fn summary(totals: &Totals) -> String {
    let tests = totals.tests();
    format!(
        "{tests} test{}, {} passed, {} warning{}, {} failure{}, {} exception{}",
        plural(tests),
        totals.successes,
        totals.warnings,
        plural(totals.warnings),
        totals.failures,
        plural(totals.failures),
        totals.exceptions,
        plural(totals.exceptions),
    )
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// `… and 12 more`, where results were not kept; nothing else is said in Conftest's formats.
fn omitted(count: usize) -> Option<String> {
    (count > 0).then(|| format!("… and {count} more"))
}
