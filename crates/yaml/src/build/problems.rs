//! What is told of a text that is not read as YAML, or not as JSON would say it.

use saphyr_parser::ScanError;
use tierwalk_source::{Diagnostic, Fix, Span};

use super::{MAX_ALIAS_NODES, MAX_DEPTH, spans::ByteOffsets};

pub(super) fn syntax(text: &str, bytes: &ByteOffsets, error: &ScanError) -> Diagnostic {
    let at = bytes.get(error.marker().index());
    if error.info() == "recursion limit exceeded" {
        return too_deep(Span::empty(at));
    }
    let line_start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |n| n + 1);
    let line = text
        .get(line_start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let tab = line
        .get(..indent)
        .and_then(|indent| indent.find('\t'))
        .map(|n| line_start + n);
    if let Some(tab) = tab {
        let span = Span::new(tab, tab + 1);
        return Diagnostic::error("yaml/syntax", span, "a tab cannot indent YAML")
            .help("indent with spaces")
            .fix(Fix::replace("Replace the tab with two spaces", span, "  "));
    }
    let span = Span::new(
        at,
        at + text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .filter(|c| *c != '\n')
            .map_or(0, char::len_utf8),
    );
    Diagnostic::error(
        "yaml/syntax",
        span,
        format!("this is not YAML: {}", error.info()),
    )
    .help("check the indentation, quotes and brackets here and on the line before")
}

pub(super) fn duplicate_key(key: &str, span: Span, before: Span) -> Diagnostic {
    Diagnostic::error(
        "yaml/duplicate-key",
        span,
        format!("key `{key}` already set in map"),
    )
    .help("remove one of the two; kubectl would silently take the last")
    .related(before, "first set here")
}

pub(super) fn not_json(value: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "yaml/not-json",
        span,
        format!("`{value}` is not a number that JSON can say"),
    )
    .help("write a finite number, or quote it if text was meant")
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(
        "yaml/too-deep",
        span,
        format!("nested more than {MAX_DEPTH} levels deep"),
    )
    .help("no Kubernetes resource is nested this deep; look for brackets that are never closed")
}

pub(super) fn too_many_aliases(span: Span) -> Diagnostic {
    Diagnostic::error(
        "yaml/too-many-aliases",
        span,
        format!("aliases expand to more than {MAX_ALIAS_NODES} values"),
    )
    .help("write the values out; aliases of aliases multiply")
}
