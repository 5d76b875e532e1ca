//! A table with the widths of its cells (Conftest `output/table.go`).

use unicode_width::UnicodeWidthStr;

use super::omitted;
use crate::finding::{CheckResult, Finding};

const HEADER: [&str; 4] = ["RESULT", "FILE", "NAMESPACE", "MESSAGE"];

type Row = [String; 4];

pub(super) fn render(results: &[CheckResult]) -> String {
    let rows: Vec<Row> = results.iter().flat_map(rows).collect();
    if rows.is_empty() {
        return String::new();
    }
    let widths = widths(&rows);
    let mut out = rule(&widths, ['┌', '┬', '┐']);
    out.push_str(&line(&widths, &HEADER.map(str::to_owned), centred));
    out.push_str(&rule(&widths, ['├', '┼', '┤']));
    for row in &rows {
        cells(&widths, row, &mut out);
    }
    out.push_str(&rule(&widths, ['└', '┴', '┘']));
    out
}

fn rows(result: &CheckResult) -> Vec<Row> {
    let row = |word: &str, message: &str| {
        [
            word.to_owned(),
            result.file.clone(),
            result.namespace.clone(),
            message.to_owned(),
        ]
    };
    let mut rows = vec![row("success", "SUCCESS"); result.successes];
    let mut add = |word: &str, findings: &[Finding], more: usize| {
        rows.extend(findings.iter().map(|finding| row(word, &finding.message)));
        rows.extend(omitted(more).map(|more| row(word, &more)));
    };
    add("exception", &result.exceptions, 0);
    add("warning", &result.warnings, result.omitted.warnings);
    add("skipped", &result.skipped, 0);
    add("failure", &result.failures, result.omitted.failures);
    rows
}

fn widths(rows: &[Row]) -> [usize; 4] {
    let mut widths = HEADER.map(UnicodeWidthStr::width);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            let widest = cell.lines().map(UnicodeWidthStr::width).max();
            *width = (*width).max(widest.unwrap_or(0));
        }
    }
    widths
}

fn rule(widths: &[usize; 4], [left, middle, right]: [char; 3]) -> String {
    let bars = widths.map(|width| "─".repeat(width + 2));
    format!("{left}{}{right}\n", bars.join(&middle.to_string()))
}

/// A row; a cell of several lines makes several.
fn cells(widths: &[usize; 4], row: &Row, out: &mut String) {
    let height = row
        .iter()
        .map(|cell| cell.lines().count())
        .max()
        .unwrap_or(1);
    for number in 0..height.max(1) {
        let cells = row
            .each_ref()
            .map(|cell| cell.lines().nth(number).unwrap_or_default().to_owned());
        out.push_str(&line(widths, &cells, left));
    }
}

fn line(widths: &[usize; 4], cells: &Row, align: fn(&str, usize) -> String) -> String {
    let mut cells = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| align(cell, *width));
    let cells = [(); 4].map(|()| cells.next().unwrap_or_default());
    format!("│ {} │\n", cells.join(" │ "))
}

fn left(cell: &str, width: usize) -> String {
    format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
}

fn centred(cell: &str, width: usize) -> String {
    let missing = width.saturating_sub(cell.width());
    let before = missing / 2;
    format!(
        "{}{cell}{}",
        " ".repeat(before),
        " ".repeat(missing - before)
    )
}
