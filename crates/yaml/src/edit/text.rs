//! Where in a text values and lines begin and end.

use tierwalk_source::Span;

use crate::{Entry, Kind, Node};

/// The text of a document, to find out where what is in it stands.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a>(pub &'a str);

impl<'a> Text<'a> {
    /// What stands between two points; nothing if they are not in the text.
    pub fn slice(self, start: usize, end: usize) -> &'a str {
        self.0.get(start..end).unwrap_or_default()
    }

    /// Whether a list or mapping is written in brackets.
    pub fn is_flow(self, node: &Node) -> bool {
        node.is_in_brackets(self.0)
    }

    /// The point behind the colon of a key.
    pub fn after_colon(self, key: Span) -> usize {
        let end = key.end as usize;
        let rest = self.0.get(end..).unwrap_or_default();
        end + rest.find(':').map_or(0, |at| at + 1)
    }

    /// Whether nothing is written where the value of a key would be.
    pub fn is_blank(self, entry: &Entry) -> bool {
        entry.value.is_null() && entry.value.span.of(self.0).trim().is_empty()
    }

    /// The end of what is written for an entry.
    pub fn entry_end(self, entry: &Entry) -> usize {
        match self.is_blank(entry) {
            true => self.after_colon(entry.key_span),
            false => self.end(&entry.value),
        }
    }

    /// The end of a value; blank lines and comments behind it do not count.
    pub fn end(self, node: &Node) -> usize {
        match &node.kind {
            Kind::Map(entries) if !self.is_flow(node) && !entries.is_empty() => entries
                .iter()
                .map(|entry| self.entry_end(entry))
                .max()
                .unwrap_or_default(),
            Kind::Seq(items) if !self.is_flow(node) && !items.is_empty() => items
                .iter()
                .map(|item| self.end(item))
                .max()
                .unwrap_or_default(),
            _ => {
                let start = node.span.start as usize;
                start + node.span.of(self.0).trim_end().len()
            }
        }
    }

    /// The end of the line of a point, ahead of the line break.
    pub fn line_end(self, at: usize) -> usize {
        let rest = self.0.get(at..).unwrap_or_default();
        let end = rest.find('\n').unwrap_or(rest.len());
        at + rest
            .get(..end)
            .unwrap_or_default()
            .trim_end_matches('\r')
            .len()
    }

    /// The start of the line after that of a point, or the end of the text.
    pub fn next_line(self, at: usize) -> usize {
        let rest = self.0.get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.0.len(), |end| at + end + 1)
    }

    /// The start of the line of a point.
    pub fn line_start(self, at: usize) -> usize {
        let before = self.0.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// How many characters stand before a point on its line.
    pub fn column(self, at: usize) -> usize {
        self.slice(self.line_start(at), at).chars().count()
    }

    /// Whether only blanks stand before a point on its line.
    pub fn is_first(self, at: usize) -> bool {
        self.slice(self.line_start(at), at).trim().is_empty()
    }

    /// The blanks that the line of a point begins with.
    pub fn indent(self, at: usize) -> usize {
        let line = self.slice(self.line_start(at), self.line_end(at));
        line.len() - line.trim_start_matches(' ').len()
    }
}
