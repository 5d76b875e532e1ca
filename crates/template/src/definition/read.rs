//! Reads a definition.

mod field;

use tierwalk_source::{Diagnostic, Fix, LineIndex, Span, nearest};
use tierwalk_yaml::{Kind, Node};

use super::model::Definition;
use super::skeleton::Skeleton;
use crate::clusters;
use crate::generator::kind_words;
use crate::names;
use crate::scope::Scope;
use field::fields;

/// Reads a `kind: PolicyTemplate` document; nothing if it cannot be used.
pub(crate) fn read(scope: &mut Scope<'_>, root: &Node) -> Option<Definition> {
    check_keys(scope, root, &["apiVersion", "kind", "metadata", "spec"]);
    let name = name(scope, root);
    let start = root
        .entries()
        .first()
        .map_or(root.span, |entry| entry.key_span);
    let Some(spec) = root.get("spec") else {
        scope.report(missing("spec", start, "it holds `fields` and `output`"));
        return None;
    };
    let known = ["description", "clusters", "fields", "output"];
    check_keys(scope, spec, &known);
    let fields = fields(scope, spec);
    let clusters = spec
        .get("clusters")
        .and_then(|node| clusters::read_selector(scope, node));
    let Some(output) = spec.get("output").filter(|it| it.as_str().is_some()) else {
        let span = spec.entries().first().map_or(start, |entry| entry.key_span);
        let help = "write the resources as text, after `output: |`";
        scope.report(missing("output", span, help));
        return None;
    };
    let lines = content_lines(scope.text, output);
    let first = lines.first().copied().unwrap_or(output.span);
    let (name, span) = name?;
    Some(Definition {
        name,
        description: text(scope, spec, "description").unwrap_or_default(),
        clusters,
        fields,
        shipped: false,
        span,
        skeleton: Skeleton::new(output.as_str().unwrap_or_default()),
        first_line: LineIndex::new(scope.text)
            .position(scope.text, first.start as usize)
            .line,
        lines,
    })
}

fn missing(key: &str, span: Span, help: &str) -> Diagnostic {
    Diagnostic::error("template/definition", span, format!("missing `{key}`")).help(help)
}

fn wrong(span: Span, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error("template/definition", span, message).help(help)
}

fn check_keys(scope: &mut Scope<'_>, node: &Node, known: &[&str]) {
    for entry in node.entries() {
        if known.contains(&&*entry.key) {
            continue;
        }
        let mut diagnostic = wrong(
            entry.key_span,
            format!("unknown key `{}`", entry.key),
            format!("known here: `{}`", known.join("`, `")),
        );
        if let Some(key) = nearest(&entry.key, known.iter().copied()) {
            diagnostic =
                diagnostic.fix(Fix::replace(format!("Write `{key}`"), entry.key_span, key));
        }
        scope.report(diagnostic);
    }
}

fn name(scope: &mut Scope<'_>, root: &Node) -> Option<(String, Span)> {
    let node = root
        .get("metadata")
        .and_then(|metadata| metadata.get("name"));
    let Some(node) = node.filter(|node| !node.is_null()) else {
        let start = root
            .entries()
            .first()
            .map_or(root.span, |entry| entry.key_span);
        scope.report(missing(
            "metadata.name",
            start,
            "instances name their template by it",
        ));
        return None;
    };
    let name = node.as_str().unwrap_or_default();
    if !names::is_dns_subdomain(name) {
        let written = node.span.of(scope.text).to_owned();
        scope.report(wrong(
            node.span,
            format!("`{written}` is not the name of a template"),
            "names are lower case letters, digits and `-`",
        ));
        return None;
    }
    Some((name.to_owned(), node.span))
}

fn text(scope: &mut Scope<'_>, node: &Node, key: &str) -> Option<String> {
    let entry = node.entry(key).filter(|entry| !entry.value.is_null())?;
    match entry.value.as_str() {
        Some(text) => Some(text.trim().to_owned()),
        None => {
            let words = kind_words(&entry.value);
            scope.report(wrong(
                entry.value.span,
                format!("`{key}` is text, this is {words}"),
                "put it in quotes",
            ));
            None
        }
    }
}

fn boolean(scope: &mut Scope<'_>, node: &Node, key: &str) -> bool {
    match node.get(key).map(|node| (&node.kind, node.span)) {
        None => false,
        Some((Kind::Bool(value), _)) => *value,
        Some((_, span)) => {
            scope.report(wrong(
                span,
                format!("`{key}` is `true` or `false`"),
                "write one of them",
            ));
            false
        }
    }
}

fn number(scope: &mut Scope<'_>, node: &Node, key: &str) -> Option<f64> {
    let entry = node.entry(key)?;
    match entry.value.kind {
        Kind::Int(value) => Some(value as f64),
        Kind::Float(value) => Some(value),
        _ => {
            scope.report(wrong(
                entry.value.span,
                format!("`{key}` is a number"),
                "write a number",
            ));
            None
        }
    }
}

/// Where each line of a block text stands in its document; one span for text that is written otherwise.
fn content_lines(text: &str, node: &Node) -> Vec<Span> {
    let written = node.span.of(text);
    let Some((_, body)) = written
        .split_once('\n')
        .filter(|_| written.starts_with('|'))
    else {
        return vec![node.span];
    };
    let mut start = node.span.end as usize - body.len();
    let mut lines = Vec::new();
    for line in body.split_inclusive('\n') {
        let content = line.trim();
        let begin = start + (line.len() - line.trim_start().len()).min(line.trim_end().len());
        lines.push(Span::new(begin, begin + content.len()));
        start += line.len();
    }
    lines
}
