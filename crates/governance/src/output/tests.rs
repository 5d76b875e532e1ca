//! What the conformance vectors do not show: places that policies give, skipped tests, odd characters.

use serde_json::json;

use super::{Format, Style, render};
use crate::{CheckResult, Finding, Location};

fn finding(message: &str) -> Finding {
    Finding {
        message: message.into(),
        query: "data.main.deny".into(),
        metadata: serde_json::Map::new(),
        location: None,
        place: None,
    }
}

fn result() -> CheckResult {
    CheckResult {
        file: "a.yaml".into(),
        namespace: "main".into(),
        successes: 1,
        failures: vec![finding("two\nlines & <tags>")],
        ..CheckResult::default()
    }
}

fn placed(file: &str) -> CheckResult {
    let mut result = result();
    result.failures[0].location = Some(Location {
        file: file.into(),
        line: "7".into(),
    });
    result
}

fn shown(format: Format, result: CheckResult) -> String {
    render(format, &[result], &Style::default())
}

#[test]
fn json_is_escaped_as_go_does() {
    let text = shown(Format::Json, result());
    assert!(
        text.contains(r#""msg": "two\nlines \u0026 \u003ctags\u003e""#),
        "{text}"
    );
    let text = shown(Format::Json, placed("b.yaml"));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    assert_eq!(
        value[0]["failures"][0]["loc"],
        json!({"file": "b.yaml", "line": 7})
    );
}

#[test]
fn xml_is_escaped_as_go_does() {
    let text = shown(Format::Junit, result());
    assert!(text.contains("name=\"a.yaml - two\""), "{text}");
    assert!(
        text.contains(">two&#xA;lines &amp; &lt;tags&gt;</failure>"),
        "{text}"
    );
}

/// Conftest `output/github.go`, `writeLocs`.
#[test]
fn github_shows_the_place_that_a_policy_gives() {
    assert!(shown(Format::Github, placed("a.yaml")).contains("::error file=a.yaml,line=7::two"));
    let text = shown(Format::Github, placed("b.yaml"));
    assert!(text.contains("::error file=b.yaml,line=7::two"), "{text}");
    assert!(
        text.contains("::error file=a.yaml,line=1::(ORIGINATING FROM b.yaml L7) two"),
        "{text}"
    );
}

#[test]
fn github_can_leave_out_what_passed() {
    let passed = CheckResult {
        failures: Vec::new(),
        ..result()
    };
    let style = Style {
        github_hide_passed: true,
        ..Style::default()
    };
    let text = render(Format::Github, &[passed], &style);
    assert_eq!(
        text,
        "1 test, 1 passed, 0 warnings, 0 failures, 0 exceptions\n"
    );
}

#[test]
fn sarif_has_regions_for_places() {
    let text = shown(Format::Sarif, placed("b.yaml"));
    let log: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "b.yaml");
    assert_eq!(place["region"], json!({"startLine": 7, "endLine": 7}));
}

#[test]
fn tables_are_as_wide_as_their_text() {
    let mut result = result();
    result.failures = vec![finding("漢字\nb")];
    let text = shown(Format::Table, result);
    let widths: Vec<usize> = text
        .lines()
        .map(unicode_width::UnicodeWidthStr::width)
        .collect();
    assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
    assert!(text.contains("│ failure │ a.yaml │ main      │ 漢字    │\n│         │        │           │ b       │\n"), "{text}");
}

#[test]
fn nothing_checked_is_nothing_shown() {
    let empty = CheckResult {
        file: "a.yaml".into(),
        namespace: "main".into(),
        ..CheckResult::default()
    };
    assert_eq!(shown(Format::Tap, empty.clone()), "");
    assert_eq!(shown(Format::Table, empty.clone()), "");
    assert!(shown(Format::Sarif, empty).contains("main/skip"));
}

#[test]
fn colours_follow_conftest() {
    let style = Style {
        color: true,
        ..Style::default()
    };
    let text = render(Format::Stdout, &[result()], &style);
    assert!(
        text.starts_with("\u{1b}[31mFAIL\u{1b}[0m - a.yaml - main - two\n"),
        "{text:?}"
    );
}

/// Conftest `output/github.go`, `writeLoc` and `escapeProperty`; `output/sarif.go`, `addResult`.
#[test]
fn messages_and_names_with_signs_of_their_own() {
    let mut odd = result();
    odd.file = "a b,c:50%é.yaml".into();
    odd.failures = vec![finding("100% of %d")];
    let text = shown(Format::Github, odd.clone());
    assert!(
        text.contains("::error file=a b%2Cc%3A50%25é.yaml,line=1::100%!o(MISSING)f %!d(MISSING)\n"),
        "{text}"
    );
    let text = shown(Format::Sarif, odd);
    assert!(text.contains("\"a%20b,c:50%25%C3%A9.yaml\""), "{text}");
}

/// Conftest `output/json.go` and `output/table.go`.
#[test]
fn lists_are_conftests() {
    let style = Style::default();
    assert_eq!(render(Format::Json, &[], &style), "null\n");
    let mut all = result();
    all.exceptions = vec![finding("e")];
    all.warnings = vec![finding("w")];
    let text = shown(Format::Table, all);
    let words: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_whitespace().nth(1))
        .filter(|word| word.chars().all(char::is_lowercase))
        .collect();
    assert_eq!(words, ["success", "exception", "warning", "failure"]);
}
