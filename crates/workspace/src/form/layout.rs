//! Where in a text values stand, and where more could be written, in the style of what is there.

use tierwalk_protocol::{Edit, Place};
use tierwalk_source::Span;
use tierwalk_yaml::{Entry, Kind, Node};

use crate::places::Placer;

/// The text of a document, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Layout<'a> {
    text: &'a str,
    placer: Placer<'a>,
    offset: usize,
}

impl<'a> Layout<'a> {
    pub(super) fn new(text: &'a str, placer: Placer<'a>, offset: usize) -> Self {
        Self {
            text,
            placer,
            offset,
        }
    }

    pub(super) fn place(self, span: Span) -> Place {
        self.placer.place(self.offset, span)
    }

    pub(super) fn edit(self, span: Span, text: String) -> Edit {
        Edit {
            place: self.place(span),
            text,
        }
    }

    /// Whether a list or mapping is written in brackets.
    pub(super) fn is_flow(self, node: &Node) -> bool {
        node.span.of(self.text).starts_with(['[', '{'])
    }

    /// The point behind the colon of a key.
    pub(super) fn after_colon(self, key: Span) -> Span {
        let rest = self.text.get(key.end as usize..).unwrap_or_default();
        let colon = rest.find(':').map_or(0, |at| at + 1);
        Span::empty(key.end as usize + colon)
    }

    /// The end of the last value in a node; blank lines and comments behind it do not count.
    pub(super) fn last(self, node: &Node) -> Span {
        match &node.kind {
            _ if self.is_flow(node) => Span::empty(node.span.end as usize),
            Kind::Map(entries) => match entries.last() {
                Some(entry) if entry.value.is_null() => self.after_colon(entry.key_span),
                Some(entry) => self.last(&entry.value),
                None => Span::empty(node.span.end as usize),
            },
            Kind::Seq(items) if !items.is_empty() => {
                items.last().map_or(node.span, |item| self.last(item))
            }
            _ => self.end(node),
        }
    }

    /// The end of a value, without the line breaks that a block of text takes in.
    pub(super) fn end(self, node: &Node) -> Span {
        let length = node.span.of(self.text).trim_end().len();
        Span::empty(node.span.start as usize + length)
    }

    /// The end of the line of a point, behind its comment.
    pub(super) fn line_end(self, at: Span) -> Span {
        let start = at.start as usize;
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        Span::empty(start + length)
    }

    fn line_start(self, at: Span) -> usize {
        let before = self.text.get(..at.start as usize).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// How many characters stand before a point on its line, if these are blanks and `-` only; else how many
    /// blanks the line begins with.
    pub(super) fn column(self, at: Span) -> usize {
        let start = self.line_start(at);
        let before = self.text.get(start..at.start as usize).unwrap_or_default();
        before
            .find(|c| c != ' ' && c != '-')
            .unwrap_or(before.len())
    }

    /// Where a further key of a mapping goes, and what has to stand before it: behind `before`, else at the
    /// end.
    pub(super) fn insertion(self, map: &Node, before: Option<&Entry>) -> Option<(Span, String)> {
        let entries = map.entries();
        let first = entries.first()?;
        let after = before.or(entries.last())?;
        let end = match after.value.is_null() {
            true => self.after_colon(after.key_span),
            false => self.last(&after.value),
        };
        if self.is_flow(map) {
            return Some((end, ", ".to_owned()));
        }
        let indent = " ".repeat(self.column(first.key_span));
        Some((self.line_end(end), format!("\n{indent}")))
    }

    /// Takes an entry out of a mapping, with its lines.
    pub(super) fn removal(self, map: &Node, entry: &Entry) -> Option<Edit> {
        let start = self.line_start(entry.key_span);
        let before = self.text.get(start..entry.key_span.start as usize)?;
        let is_alone = before.trim().is_empty() && !self.is_flow(map);
        let end = match entry.value.is_null() {
            true => self.after_colon(entry.key_span),
            false => self.last(&entry.value),
        };
        is_alone.then(|| self.edit(self.lines(start, end), String::new()))
    }

    /// Takes an item out of a list that is not in brackets, with its lines.
    pub(super) fn item_removal(self, list: &Node, item: &Node) -> Option<Edit> {
        let start = self.line_start(item.span);
        let before = self.text.get(start..item.span.start as usize)?;
        let is_alone = before.trim() == "-" && !self.is_flow(list);
        let end = self.last(item);
        is_alone.then(|| self.edit(self.lines(start, end), String::new()))
    }

    /// From the beginning of a line to the end of another, with its line break.
    fn lines(self, start: usize, end: Span) -> Span {
        let end = self.line_end(end).start as usize;
        let rest = self.text.get(end..).unwrap_or_default();
        let line_break = rest.find('\n').map_or(0, |at| at + 1);
        Span::new(start, end + line_break)
    }

    /// Adds an item at the end of a list that is not in brackets, or to an empty one.
    pub(super) fn addition(self, list: &Node, example: &str) -> Option<Edit> {
        let Some(first) = list.items().first() else {
            let column = self.column(list.span);
            return Some(self.edit(list.span, format!("\n{}", item(example, column))));
        };
        if self.is_flow(list) {
            return None;
        }
        let start = self.line_start(first.span);
        let before = self.text.get(start..first.span.start as usize)?;
        let column = before.find('-')?;
        let end = self.line_end(self.last(list));
        Some(self.edit(end, format!("\n{}", item(example, column))))
    }
}

/// An item of a list on lines of its own, the dash in this column.
pub(super) fn item(example: &str, column: usize) -> String {
    let indent = " ".repeat(column);
    let lines = example.lines().enumerate();
    let lines =
        lines.map(|(at, line)| format!("{indent}{}{line}", if at == 0 { "- " } else { "  " }));
    lines.collect::<Vec<_>>().join("\n")
}

/// The column of what follows this text.
pub(super) fn column_after(before: &str, layout: Layout<'_>, span: Span) -> usize {
    match before.rsplit_once('\n') {
        Some((_, indent)) => indent.len(),
        None => layout.column(span),
    }
}
