//! Names in flow lines.

use tierwalk_source::Span;
use tierwalk_tiers::End;

use super::Symbol;
use super::collect::Document;
use crate::flows::FlowSpec;

/// The ends of a document's flows; `text` is the file from the document on.
pub(super) fn take(document: &mut Document<'_>, text: &str) {
    let flows = document.read.flows.iter();
    let flows = flows.filter_map(|entry| Some((entry.span, entry.flow.as_ref().ok()?)));
    for (span, spec) in flows {
        let line = span.of(text);
        for (at, word, end) in ends(line, spec) {
            let End::Pod { namespace, name } = end else {
                continue;
            };
            let start = span.start as usize + at;
            let slash = word.find('/');
            if let Some(slash) = slash {
                let span = Span::new(start, start + slash);
                document.push(Symbol::Namespace(namespace.clone()), false, span, false);
            }
            let from = start + slash.map_or(0, |slash| slash + 1);
            let pod = Symbol::Pod(namespace.clone(), name.clone());
            document.push(pod, false, Span::new(from, start + word.len()), false);
        }
    }
}

/// The words of a flow that are its ends.
fn ends<'t, 's>(line: &'t str, spec: &'s FlowSpec) -> Vec<(usize, &'t str, &'s End)> {
    let is = |word: &str, end: &End| match end {
        End::Pod { namespace, name } => word == name || word == format!("{namespace}/{name}"),
        _ => false,
    };
    let words = words(line);
    let source = words
        .iter()
        .position(|(_, word)| is(word, &spec.flow.source));
    let behind = source.map_or(0, |at| at + 1);
    let rest = words.get(behind..).unwrap_or_default();
    let destination = rest
        .iter()
        .position(|(_, word)| is(word, &spec.flow.destination));
    let found = [
        source.map(|at| (at, &spec.flow.source)),
        destination.map(|at| (at + behind, &spec.flow.destination)),
    ];
    let found = found.into_iter().flatten();
    found
        .filter_map(|(at, end)| words.get(at).map(|(start, word)| (*start, *word, end)))
        .collect()
}

/// Words that could be ends, with their offsets; keys of mappings are none.
fn words(text: &str) -> Vec<(usize, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/');
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(start) = text.get(rest..).and_then(|rest| rest.find(inside)) {
        let start = rest + start;
        let body = text.get(start..).unwrap_or_default();
        let length = body.find(|c| !inside(c)).unwrap_or(body.len());
        let word = body.get(..length).unwrap_or_default().trim_end_matches('-');
        let is_key = body
            .get(length..)
            .is_some_and(|after| after.starts_with(':'));
        if !word.is_empty() && !is_key {
            words.push((start, word));
        }
        rest = start + length;
    }
    words
}
