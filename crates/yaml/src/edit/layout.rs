//! The text that is changed, and how it is written.

use tierwalk_source::{Span, TextEdit};

use super::Text;
use super::render::Style;
use crate::{Entry, Node};

/// The text of a document, how it is written, and the usual order of keys.
#[derive(Clone, Copy)]
pub(super) struct Layout<'a> {
    pub text: Text<'a>,
    pub style: Style,
    pub order: &'static [&'static str],
}

impl Layout<'_> {
    pub(super) fn edit(self, start: usize, end: usize, text: impl Into<String>) -> TextEdit {
        TextEdit {
            span: Span::new(start, end),
            text: text.into(),
        }
    }

    /// The column that the keys or dashes of a slot's parent are in: that of its key, else of its line.
    pub(super) fn column_of(self, entry: Option<&Entry>, node: &Node) -> usize {
        match entry {
            Some(entry) => self.text.column(entry.key_span.start as usize),
            None => self.text.column(node.span.start as usize),
        }
    }
}
