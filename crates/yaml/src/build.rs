//! Builds nodes from saphyr's events. Iterative, bounded in depth and in what aliases may expand to.

mod problems;
mod spans;

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks, Tag};
use tierwalk_source::{Diagnostic, Span};

use self::{
    problems::{duplicate_key, not_json, syntax, too_deep, too_many_aliases},
    spans::{ByteOffsets, closing, quoted_len},
};
use crate::{Document, Entry, Kind, Node, scalar};

/// Deeper documents are refused; Kubernetes' own readers stop far earlier than this costs.
const MAX_DEPTH: usize = 128;
/// Nodes that aliases may add to a document.
const MAX_ALIAS_NODES: usize = 100_000;
/// Duplicate keys told of one document: where there are more, it is no mapping that somebody wrote.
const MAX_DIAGNOSTICS: usize = 1_000;

pub(crate) fn parse(text: &str) -> Document {
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str(text) {
        let result = match event {
            Ok((event, marks)) => builder.event(event, marks),
            Err(error) => Err(syntax(text, &builder.bytes, &error).into()),
        };
        if let Err(diagnostic) = result {
            builder.diagnostics.push(*diagnostic);
            return Document {
                text: text.into(),
                root: None,
                diagnostics: builder.diagnostics,
            };
        }
    }
    Document {
        text: text.into(),
        root: builder.root,
        diagnostics: builder.diagnostics,
    }
}

/// What ends the reading of a document.
type Stop = Box<Diagnostic>;

struct Builder<'a> {
    text: &'a str,
    bytes: ByteOffsets,
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    alias_nodes: usize,
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
}

/// A collection that is not closed yet.
struct Open {
    span: Span,
    anchor: usize,
    nodes: usize,
    content: Content,
}

enum Content {
    Seq(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        key: Option<(Box<str>, Span)>,
    },
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: ByteOffsets::new(text),
            open: Vec::new(),
            anchors: HashMap::new(),
            alias_nodes: 0,
            root: None,
            diagnostics: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Stop> {
        let span = self.bytes.span(marks);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let span = self.scalar_span(span, style);
                let node = self.scalar(&value, style, tag.as_deref(), span);
                self.add(node, anchor, 1)?;
            }
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::SequenceStart(anchor, _) => {
                self.start(span, anchor, Content::Seq(Vec::new()))?
            }
            Event::MappingStart(anchor, _) => {
                let entries = Vec::new();
                self.start(span, anchor, Content::Map { entries, key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
            _ => {}
        }
        Ok(())
    }

    /// Saphyr's span of a block scalar leaves out its header and takes in what follows its text; that of a quoted
    /// one takes in the comment behind it.
    fn scalar_span(&self, span: Span, style: ScalarStyle) -> Span {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {}
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let length = quoted_len(span.of(self.text)).unwrap_or_default();
                let end = span.start as usize + length;
                return if length == 0 {
                    span
                } else {
                    Span::new(span.start as usize, end)
                };
            }
            ScalarStyle::Plain => return span,
        }
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        let header = before.rfind(['|', '>']).unwrap_or(before.len());
        let end = header
            + Span::new(header, span.end as usize)
                .of(self.text)
                .trim_end()
                .len();
        Span::new(header, end)
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Node {
        let text = || Kind::Str(value.into());
        let quoted = style != ScalarStyle::Plain;
        let tag = tag
            .filter(|tag| tag.is_yaml_core_schema())
            .map(|tag| tag.suffix.as_str());
        let kind = match (tag, quoted) {
            (Some("str" | "binary"), _) | (None, true) => text(),
            _ => scalar::resolve(value).unwrap_or_else(|_| {
                self.diagnostics.push(not_json(value, span));
                Kind::Null
            }),
        };
        Node { span, kind }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Stop> {
        let Some((node, nodes)) = self.anchors.get(&anchor) else {
            return Err(Diagnostic::error(
                "yaml/syntax",
                span,
                "this alias has no anchor before it",
            )
            .into());
        };
        self.alias_nodes += nodes;
        if self.alias_nodes > MAX_ALIAS_NODES {
            return Err(too_many_aliases(span).into());
        }
        let (node, nodes) = (node.clone(), *nodes);
        self.add(node, 0, nodes)
    }

    fn start(&mut self, span: Span, anchor: usize, content: Content) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(span).into());
        }
        self.open.push(Open {
            span,
            anchor,
            nodes: 1,
            content,
        });
        Ok(())
    }

    fn end(&mut self, end: Span) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let kind = match open.content {
            Content::Seq(items) => Kind::Seq(items),
            Content::Map { entries, .. } => Kind::Map(self.finish_map(entries)),
        };
        let span = self.collection_span(open.span, end, &kind);
        self.add(Node { span, kind }, open.anchor, open.nodes)
    }

    /// Block collections are closed only by the next token; they end with their last child.
    fn collection_span(&self, start: Span, end: Span, kind: &Kind) -> Span {
        let first = match kind {
            Kind::Seq(items) => items.first().map(|item| item.span),
            Kind::Map(entries) => entries.first().map(|entry| entry.key_span),
            _ => None,
        };
        let flow = first.is_none_or(|first| first.start > start.start)
            && self
                .text
                .as_bytes()
                .get(start.start as usize)
                .is_some_and(|b| b"[{".contains(b));
        let last = match kind {
            Kind::Seq(items) => items.last().map(|item| item.span),
            Kind::Map(entries) => entries.last().map(|e| {
                if e.value.is_null() {
                    e.key_span
                } else {
                    e.value.span
                }
            }),
            _ => None,
        };
        match last {
            Some(last) if !flow && last.end > start.start => start.to(last),
            _ if flow => {
                let inner = last.map_or(start.start as usize + 1, |last| last.end as usize);
                let end = closing(self.text, inner).unwrap_or(end.end as usize);
                Span::new(start.start as usize, end)
            }
            _ => start.to(end),
        }
    }

    fn finish_map(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for entry in entries.iter().filter(|entry| &*entry.key != "<<") {
            let before = first.insert(&entry.key, entry.key_span);
            if let Some(before) = before.filter(|_| self.diagnostics.len() < MAX_DIAGNOSTICS) {
                self.diagnostics
                    .push(duplicate_key(&entry.key, entry.key_span, before));
            }
        }
        if entries.iter().any(|entry| &*entry.key == "<<") {
            merge(entries)
        } else {
            entries
        }
    }

    fn add(&mut self, node: Node, anchor: usize, nodes: usize) -> Result<(), Stop> {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), nodes));
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        parent.nodes += nodes;
        match &mut parent.content {
            Content::Seq(items) => items.push(node),
            Content::Map { entries, key } => match key.take() {
                Some((key, key_span)) => entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                }),
                None => *key = Some((key_text(&node)?, node.span)),
            },
        }
        Ok(())
    }
}

/// Keys are strings in JSON: other scalars are spelt as JSON spells them.
fn key_text(node: &Node) -> Result<Box<str>, Stop> {
    match &node.kind {
        Kind::Str(text) => Ok(text.clone()),
        Kind::Bool(value) => Ok(value.to_string().into()),
        Kind::Int(value) => Ok(value.to_string().into()),
        Kind::Float(value) => Ok(value.to_string().into()),
        Kind::Null => Ok("null".into()),
        Kind::Seq(_) | Kind::Map(_) => Err(Diagnostic::error(
            "yaml/not-json",
            node.span,
            "a key must be plain text, not a list or a mapping",
        )
        .into()),
    }
}

/// `<<: *base` and `<<: [*a, *b]`: keys that are written out win, then the first that has the key.
fn merge(entries: Vec<Entry>) -> Vec<Entry> {
    let (merged, mut own): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| &*entry.key == "<<");
    let mut known: HashSet<Box<str>> = own.iter().map(|entry| entry.key.clone()).collect();
    for entry in merged {
        let sources = match entry.value.kind {
            Kind::Seq(items) => items,
            _ => vec![entry.value],
        };
        for inherited in sources.into_iter().flat_map(into_entries) {
            if known.insert(inherited.key.clone()) {
                own.push(inherited);
            }
        }
    }
    own
}

fn into_entries(node: Node) -> Vec<Entry> {
    match node.kind {
        Kind::Map(entries) => entries,
        _ => Vec::new(),
    }
}
