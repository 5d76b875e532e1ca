//! Lines for people (Conftest `output/standard.go`).

use super::{Style, omitted, summary};
use crate::finding::{CheckResult, Totals};

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const BLUE: &str = "34";
const CYAN: &str = "36";

fn painted(text: &str, color: &str, style: &Style) -> String {
    if style.color {
        format!("\u{1b}[{color}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

pub(super) fn render(results: &[CheckResult], style: &Style) -> String {
    let mut out = String::new();
    for print in results
        .iter()
        .flat_map(|result| &result.queries)
        .flat_map(|query| &query.prints)
    {
        // Conftest's `print` lines end in a line break of their own.
        out.push_str(&format!("{}  {print}\n\n", painted("PRNT ", BLUE, style)));
    }
    for result in results {
        block(result, style, &mut out);
    }
    let totals = Totals::of(results);
    let mut text = summary(&totals);
    if style.show_skipped {
        text.push_str(&format!(", {} skipped", totals.skipped));
    }
    out.push_str(&format!("\n{}\n", painted(&text, color_of(&totals), style)));
    out
}

fn block(result: &CheckResult, style: &Style, out: &mut String) {
    let file = match result.file.as_str() {
        "-" => "-".to_owned(),
        file => format!("- {file}"),
    };
    let namespace = match result.namespace.as_str() {
        "-" => "-".to_owned(),
        namespace => format!("- {namespace} -"),
    };
    let mut line = |word: &str, color: &str, message: &str| {
        let word = painted(word, color, style);
        out.push_str(&format!("{word} {file} {namespace} {message}\n"));
    };
    for warning in &result.warnings {
        line("WARN", YELLOW, &warning.message);
    }
    if let Some(more) = omitted(result.omitted.warnings) {
        line("WARN", YELLOW, &more);
    }
    for failure in &result.failures {
        line("FAIL", RED, &failure.message);
    }
    if let Some(more) = omitted(result.omitted.failures) {
        line("FAIL", RED, &more);
    }
    if !style.suppress_exceptions {
        for exception in &result.exceptions {
            line("EXCP", CYAN, &exception.message);
        }
    }
}

fn color_of(totals: &Totals) -> &'static str {
    if totals.failures > 0 {
        RED
    } else if totals.warnings > 0 {
        YELLOW
    } else if totals.exceptions > 0 {
        CYAN
    } else {
        GREEN
    }
}

/// What each rule did: for `--trace`, on standard error. Conftest shows OPA's steps; here are the lines that
/// the rule reached, and those that it did not.
pub fn trace(results: &[CheckResult], color: bool) -> String {
    let style = Style {
        color,
        ..Style::default()
    };
    let mut out = String::new();
    for result in results {
        for query in &result.queries {
            let title = format!("file: {} | query: {}", result.file, query.query);
            let paint = if query.passed { GREEN } else { RED };
            out.push_str(&format!("{}\n", painted(&title, paint, &style)));
            for file in &query.coverage {
                lines(&file.path, "reached", &file.reached, &style, &mut out);
                lines(&file.path, "not reached", &file.missed, &style, &mut out);
            }
        }
    }
    out
}

fn lines(path: &str, word: &str, lines: &[u32], style: &Style, out: &mut String) {
    if lines.is_empty() {
        return;
    }
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let trac = painted("TRAC ", BLUE, style);
    out.push_str(&format!("{trac}  {path}: {word}: {}\n", lines.join(", ")));
}

/// `verify --report`: each test by name.
pub fn report(results: &[CheckResult]) -> String {
    let mut out = String::new();
    let mut file = None;
    for result in results {
        if file != Some(&result.file) {
            out.push_str(&format!("{}:\n", result.file));
            file = Some(&result.file);
        }
        let word = match () {
            () if !result.failures.is_empty() => "FAIL",
            () if !result.skipped.is_empty() => "SKIPPED",
            () => "PASS",
        };
        for query in &result.queries {
            out.push_str(&format!("{}: {word}\n", query.query));
        }
    }
    let totals = Totals::of(results);
    out.push_str(&format!("{}\n", "-".repeat(80)));
    for (word, count) in [
        ("PASS", totals.successes),
        ("FAIL", totals.failures),
        ("SKIPPED", totals.skipped),
    ] {
        if count > 0 {
            out.push_str(&format!("{word}: {count}/{}\n", totals.tests()));
        }
    }
    out
}
