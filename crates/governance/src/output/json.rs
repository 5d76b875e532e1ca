//! JSON as Go writes it (Conftest `output/json.go`).

use serde::Serialize;
use serde_json::{Map, Value};

use super::omitted;
use crate::finding::{CheckResult, Finding};

#[derive(Serialize)]
struct Result<'a> {
    filename: &'a str,
    namespace: &'a str,
    successes: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exceptions: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    msg: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    loc: Option<Loc>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    metadata: Map<String, Value>,
}

#[derive(Serialize)]
struct Loc {
    #[serde(skip_serializing_if = "String::is_empty")]
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<Value>,
}

pub(super) fn render(results: &[CheckResult]) -> String {
    // A list in Go that was never added to.
    if results.is_empty() {
        return "null\n".to_owned();
    }
    let results: Vec<Result<'_>> = results.iter().map(result).collect();
    go_json(&results, b"\t") + "\n"
}

/// With this indent and Go's escapes in text: `<`, `>`, `&` and two line separators.
pub(super) fn go_json<T: Serialize>(value: &T, indent: &[u8]) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    // Plain data with text keys: there is nothing that JSON cannot say.
    let written = value.serialize(&mut serializer);
    debug_assert!(written.is_ok());
    escape(&String::from_utf8(bytes).unwrap_or_default())
}

/// These characters stand nowhere but in text.
pub(crate) fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

fn result(result: &CheckResult) -> Result<'_> {
    Result {
        filename: match result.file.as_str() {
            "-" => "",
            file => file,
        },
        namespace: &result.namespace,
        successes: result.successes,
        skipped: plain(&result.skipped),
        warnings: asked(&result.warnings, result.omitted.warnings),
        failures: asked(&result.failures, result.omitted.failures),
        exceptions: plain(&result.exceptions),
    }
}

fn plain(findings: &[Finding]) -> Vec<Item> {
    let item = |finding: &Finding| Item {
        msg: finding.message.clone(),
        loc: None,
        metadata: Map::new(),
    };
    findings.iter().map(item).collect()
}

fn asked(findings: &[Finding], more: usize) -> Vec<Item> {
    let items = findings.iter().map(|finding| Item {
        msg: finding.message.clone(),
        loc: finding.location.as_ref().map(|place| Loc {
            file: place.file.clone(),
            line: serde_json::from_str(&place.line).ok(),
        }),
        metadata: metadata(finding),
    });
    let more = omitted(more).map(|msg| Item {
        msg,
        loc: None,
        metadata: Map::new(),
    });
    items.chain(more).collect()
}

/// Metadata with the query, in the order of the keys. Failed tests of `verify` have none.
pub(super) fn metadata(finding: &Finding) -> Map<String, Value> {
    let mut entries: Vec<(String, Value)> = finding
        .metadata
        .iter()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if !finding.query.is_empty() {
        entries.retain(|(key, _)| key != "query");
        entries.push(("query".to_owned(), Value::String(finding.query.to_string())));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries.into_iter().collect()
}
