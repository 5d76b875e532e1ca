//! An output without what is not the same from run to run: a sorted list of blocks.

use std::collections::BTreeMap;

use serde_json::Value;

/// The shape of an output in a format.
pub fn of(format: &str, text: &str) -> Vec<String> {
    let mut blocks = match format {
        "json" => elements(text),
        "junit" => junit(text),
        "sarif" => sarif(text),
        "github" => between(text, "::endgroup::"),
        "azuredevops" => between(text, "##[endgroup]"),
        "table" => by_key(text.lines().map(str::to_owned), row_key),
        "tap" => by_key(tap_lines(text), line_key),
        _ => by_key(entries(text), line_key),
    };
    blocks.sort();
    blocks
}

/// Lines in their order, one block per file (and, for the tests of policies, per test).
fn by_key(lines: impl Iterator<Item = String>, key: fn(&str) -> String) -> Vec<String> {
    let mut blocks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines {
        blocks.entry(key(&line)).or_default().push(line);
    }
    blocks.into_values().map(|lines| lines.join("\n")).collect()
}

/// Findings with all of their lines.
fn entries(text: &str) -> impl Iterator<Item = String> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        let starts = ["WARN - ", "FAIL - ", "EXCP - ", "PRNT "];
        let is_new = starts.iter().any(|start| line.starts_with(start));
        match entries.last_mut() {
            Some(entry) if !is_new && !line.is_empty() && entry.contains(" - ") => {
                entry.push('\n');
                entry.push_str(line);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries.into_iter()
}

/// `FAIL - a.yaml - main - …`: file and package. Tests of policies are their own blocks, since Conftest runs
/// them in any order.
fn line_key(line: &str) -> String {
    let parts: Vec<&str> = line.splitn(4, " - ").collect();
    let file = parts.get(1).copied().unwrap_or_default();
    if file.ends_with(".rego") {
        return line.to_owned();
    }
    parts
        .get(1..3)
        .map_or_else(|| line.to_owned(), |key| key.join(" - "))
}

fn row_key(row: &str) -> String {
    let cells: Vec<&str> = row.split('│').map(str::trim).collect();
    match cells.get(2) {
        Some(file) if !file.ends_with(".rego") => (*file).to_owned(),
        _ => row.to_owned(),
    }
}

/// Without numbers; headings go with the line that follows.
fn tap_lines(text: &str) -> impl Iterator<Item = String> {
    let mut heading = String::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with('#') {
            heading = format!("{line}\n");
            continue;
        }
        let (status, rest) = line.split_once(" - ").unwrap_or((line, ""));
        let status = status.trim_end_matches(|c: char| c.is_ascii_digit());
        lines.push(format!(
            "{}{} - {rest}",
            std::mem::take(&mut heading),
            status.trim()
        ));
    }
    lines.into_iter()
}

/// Blocks that end with a line.
fn between(text: &str, end: &str) -> Vec<String> {
    text.split_inclusive(end)
        .map(|block| block.trim().to_owned())
        .collect()
}

fn elements(text: &str) -> Vec<String> {
    match serde_json::from_str(text) {
        Ok(Value::Array(items)) => items.iter().map(Value::to_string).collect(),
        other => vec![format!("{other:?}")],
    }
}

fn junit(text: &str) -> Vec<String> {
    text.split("<testcase")
        .skip(1)
        .filter_map(|case| case.split("</testcase>").next())
        .chain(text.lines().filter(|line| line.contains("<testsuite ")))
        .map(str::to_owned)
        .collect()
}

fn sarif(text: &str) -> Vec<String> {
    let log: Value = serde_json::from_str(text).unwrap_or_default();
    let list = |path: &str| {
        let list = log.pointer(path).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let results = list("/runs/0/results");
    let results = results.iter().map(|result| {
        let part = |path: &str| result.pointer(path).unwrap_or(&Value::Null).to_string();
        [
            part("/ruleId"),
            part("/level"),
            part("/message/text"),
            part("/locations"),
        ]
        .join(" ")
    });
    let rules = list("/runs/0/tool/driver/rules");
    let rules = rules
        .iter()
        .map(|rule| format!("rule {} {}", rule["id"], rule["shortDescription"]));
    let invocations = log.pointer("/runs/0/invocations").map(Value::to_string);
    results.chain(rules).chain(invocations).collect()
}
