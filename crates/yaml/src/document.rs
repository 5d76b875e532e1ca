#[cfg(test)]
mod tests;

use std::ops::Range;

use tierwalk_source::{Diagnostic, Span};

use crate::{Node, Path, Segment, build};

/// One parsed document. Spans are relative to its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The text it was parsed from.
    pub text: Box<str>,
    /// Its content; `None` if there is none or it cannot be read.
    pub root: Option<Node>,
    /// Problems found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// Parses the text of one document (one [`crate::Chunk`]). Never fails: what cannot be read is said
    /// in the diagnostics.
    pub fn parse(text: &str) -> Self {
        build::parse(text)
    }

    /// Where the value at `path` stands; for a missing field, the key of its nearest ancestor.
    pub fn span_at(&self, path: &Path) -> Span {
        let Some(root) = &self.root else {
            return Span::default();
        };
        let mut node = root;
        let mut span = first_line(root);
        for segment in path.segments() {
            match step(node, segment) {
                Some((child, key_span)) => {
                    span = if child.is_null() {
                        key_span
                    } else {
                        child.span
                    };
                    node = child;
                }
                None => return shorten(node, span),
            }
        }
        span
    }

    /// Where the key at `path` stands; for a missing field or a list item, as [`Document::span_at`].
    pub fn key_span_at(&self, path: &Path) -> Span {
        path.last_key()
            .and_then(|key| self.node_at(&path.parent())?.entry(key))
            .map_or_else(|| self.span_at(path), |entry| entry.key_span)
    }

    /// Where some bytes of the text at `path` stand. `None` if the value is no text, or is written in a way that
    /// is too far from it: in several lines that are no block scalar, or with escapes other than those of quotes.
    pub fn text_span_at(&self, path: &Path, bytes: Range<usize>) -> Option<Span> {
        let node = self.node_at(path)?;
        let (written, text) = (node.span.of(&self.text), node.as_str()?);
        let start = node.span.start as usize;
        let from = start + written_at(written, text, bytes.start)?;
        let to = start + written_at(written, text, bytes.end)?;
        Some(Span::new(from, to))
    }

    /// The node at `path`.
    pub fn node_at(&self, path: &Path) -> Option<&Node> {
        let mut node = self.root.as_ref()?;
        for segment in path.segments() {
            node = step(node, segment)?.0;
        }
        Some(node)
    }
}

fn step<'a>(node: &'a Node, segment: &Segment) -> Option<(&'a Node, Span)> {
    match segment {
        Segment::Key(key) => node.entry(key).map(|entry| (&entry.value, entry.key_span)),
        Segment::Index(index) => node.items().get(*index).map(|item| (item, item.span)),
    }
}

/// A squiggle under a whole mapping helps nobody: show where it begins.
fn shorten(node: &Node, span: Span) -> Span {
    if node.entries().is_empty() {
        span
    } else {
        first_line(node)
    }
}

fn first_line(node: &Node) -> Span {
    node.entries()
        .first()
        .map_or(node.span, |entry| entry.key_span)
}

/// Where the byte `at` of a scalar's text stands in the scalar as it is written.
fn written_at(written: &str, text: &str, at: usize) -> Option<usize> {
    match written.chars().next()? {
        quote @ ('\'' | '"') => quoted_at(written, text, at, quote),
        '|' | '>' => block_at(written, text, at),
        _ => (written == text && at <= text.len()).then_some(at),
    }
}

/// A block scalar differs from its text in white space alone.
fn block_at(written: &str, text: &str, at: usize) -> Option<usize> {
    let is_solid = |c: &char| !c.is_whitespace();
    let (before, after) = text.split_at_checked(at)?;
    let count = before.chars().filter(is_solid).count();
    let header = written.find('\n')?;
    let mut solid = written
        .char_indices()
        .filter(|(place, c)| *place > header && is_solid(c));
    if after.chars().next().is_some_and(|c| is_solid(&c)) {
        return solid.nth(count).map(|(place, _)| place);
    }
    let (place, c) = solid.nth(count.checked_sub(1)?)?;
    Some(place + c.len_utf8())
}

fn quoted_at(written: &str, text: &str, at: usize, quote: char) -> Option<usize> {
    let mut place = quote.len_utf8();
    for (offset, letter) in text.char_indices() {
        if offset == at {
            return Some(place);
        }
        let escape = match (quote, letter) {
            ('\'', '\'') => "'",
            ('"', '"' | '\\') => "\\",
            _ => "",
        };
        let rest = written.get(place..)?.strip_prefix(escape)?;
        rest.strip_prefix(letter)?;
        place += escape.len() + letter.len_utf8();
    }
    (at == text.len()).then_some(place)
}
