//! What lints find, where it is written.

use tierwalk_lints::{Edit, Finding, Part, Spot};
use tierwalk_protocol::{Diagnostic, Related};
use tierwalk_source::{Fix, Span, TextEdit};
use tierwalk_yaml::{Document, Entry, Kind, Node, Path};

use crate::{Workspace, create_pod};

/// What is to be said about the policies together.
pub(crate) fn diagnostics(workspace: &Workspace) -> impl Iterator<Item = Diagnostic> {
    let findings = workspace.compiled.lints().findings.iter();
    findings.filter_map(|finding| told(workspace, finding))
}

fn told(workspace: &Workspace, finding: &Finding) -> Option<Diagnostic> {
    let (read, position) = workspace.document(finding.at.origin.document)?;
    let span = span(&read.document, &finding.at);
    let mut diagnostic =
        tierwalk_source::Diagnostic::new(finding.severity, finding.code, span, &finding.message);
    diagnostic = diagnostic.help(&finding.help);
    let fixes = finding.fixes.iter();
    diagnostic.fixes = fixes.filter_map(|it| fix(&read.document, it)).collect();
    let placer = workspace.placer(&position.file)?;
    let mut told = placer.diagnostic(position.offset, &read.told(diagnostic));
    let pod = finding.pod.iter();
    told.fixes
        .extend(pod.map(|pod| create_pod::that_matches(workspace, pod)));
    let related = finding.related.iter();
    told.related = related
        .filter_map(|it| related_place(workspace, it))
        .collect();
    Some(told)
}

/// Other places may be in other files.
fn related_place(workspace: &Workspace, related: &tierwalk_lints::Related) -> Option<Related> {
    let (read, position) = workspace.document(related.at.origin.document)?;
    let span = match &read.made {
        None => span(&read.document, &related.at),
        Some(_) => read.span_at(&path(&related.at)),
    };
    Some(Related {
        message: related.message.clone(),
        place: workspace.place_in(position, span)?,
    })
}

fn path(spot: &Spot) -> Path {
    spot.origin.path.join(&Path::parse(&spot.path))
}

/// What to mark. Of a mapping or list, its name or its first field.
fn span(document: &Document, spot: &Spot) -> Span {
    let path = path(spot);
    let node = document.node_at(&path);
    let part = match &spot.part {
        Part::Value => None,
        Part::Key => Some(document.key_span_at(&path)),
        Part::Text(bytes) => document.text_span_at(&path, bytes.clone()),
        Part::Scalar { key, text } => node
            .and_then(|node| scalar(node, key.as_deref(), text))
            .map(|scalar| scalar.span),
    };
    part.unwrap_or_else(|| match node.map(|node| &node.kind) {
        Some(Kind::Map(_) | Kind::Seq(_)) if path.last_key().is_some() => {
            document.key_span_at(&path)
        }
        Some(Kind::Map(entries)) => first(entries).unwrap_or_else(|| document.span_at(&path)),
        _ => document.span_at(&path),
    })
}

fn first(entries: &[Entry]) -> Option<Span> {
    entries.first().map(|entry| entry.key_span)
}

/// A scalar below a node: under a name, or listed for it as Kubernetes' label expressions do; else anywhere.
fn scalar<'a>(node: &'a Node, key: Option<&str>, text: &str) -> Option<&'a Node> {
    let under_key = key.and_then(|key| {
        find(node, &|node| {
            let listed = node.get("key").and_then(Node::as_str) == Some(key);
            let value = match listed {
                true => node.get("values"),
                false => node.get(key),
            };
            value.and_then(|value| find(value, &|it| (it.as_str() == Some(text)).then_some(it)))
        })
    });
    under_key.or_else(|| find(node, &|it| (it.as_str() == Some(text)).then_some(it)))
}

/// The first answer for a node or one below it.
fn find<'a>(node: &'a Node, answer: &dyn Fn(&'a Node) -> Option<&'a Node>) -> Option<&'a Node> {
    let below = || {
        let values = node.entries().iter().map(|entry| &entry.value);
        let mut all = values.chain(node.items());
        all.find_map(|node| find(node, answer))
    };
    answer(node).or_else(below)
}

fn fix(document: &Document, fix: &tierwalk_lints::Fix) -> Option<Fix> {
    let edit = match &fix.edit {
        Edit::Replace { at, text } => replacement(document, at, text)?,
        Edit::AddField { at, key, value } => addition(document, &path(at), key, value)?,
    };
    Some(Fix {
        title: fix.title.clone(),
        safe: false,
        edits: vec![edit],
    })
}

/// Text in place of a part of a text, or of a whole scalar.
fn replacement(document: &Document, at: &Spot, text: &str) -> Option<TextEdit> {
    let path = path(at);
    let edit = |span| TextEdit {
        span,
        text: text.to_owned(),
    };
    match &at.part {
        Part::Text(bytes) => document.text_span_at(&path, bytes.clone()).map(edit),
        Part::Scalar { key, text: old } => {
            let node = scalar(document.node_at(&path)?, key.as_deref(), old)?;
            let written = node.span.of(&document.text);
            let start = node.span.start as usize + written.find(old.as_str())?;
            let is_plain = written == old;
            Some(TextEdit {
                span: Span::new(start, start + old.len()),
                text: if is_plain {
                    plain(text)
                } else {
                    text.to_owned()
                },
            })
        }
        Part::Value | Part::Key => None,
    }
}

/// A text as YAML: quoted if it would be read as something else.
pub(crate) fn plain(text: &str) -> String {
    let reads_as_itself = || {
        let read = Document::parse(text);
        read.root.as_ref().and_then(Node::as_str) == Some(text)
    };
    match is_word(text) || reads_as_itself() {
        true => text.to_owned(),
        false => format!("\"{text}\""),
    }
}

/// Whether a text is, at a glance, no number and none of YAML's words for yes, no and nothing.
fn is_word(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.len() > "false".len()
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(is_part)
}

/// One more field of a mapping, in the mapping's own style.
pub(crate) fn addition(
    document: &Document,
    path: &Path,
    key: &str,
    value: &str,
) -> Option<TextEdit> {
    let node = document.node_at(path)?;
    let (first, last) = (node.entries().first()?, node.entries().last()?);
    let end = last.value.span.end as usize;
    if node.span.of(&document.text).starts_with('{') {
        return Some(TextEdit {
            span: Span::empty(end),
            text: format!(", {key}: {value}"),
        });
    }
    let before = document.text.get(..first.key_span.start as usize)?;
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let rest = document.text.get(end..)?;
    let line_end = end + rest.find('\n').unwrap_or(rest.len());
    Some(TextEdit {
        span: Span::empty(line_end),
        text: format!("\n{:column$}{key}: {value}", ""),
    })
}
