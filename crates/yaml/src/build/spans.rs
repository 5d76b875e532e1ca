//! Places in the text, where saphyr's are in characters or leave something out.

use saphyr_parser::Span as Marks;
use tierwalk_source::Span;

/// How many bytes a quoted scalar takes, with its quotes.
pub(super) fn quoted_len(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let (_, quote) = chars.next()?;
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            ('"', '\\') => drop(chars.next()),
            ('\'', '\'') if chars.next_if(|(_, c)| *c == '\'').is_some() => {}
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The point behind the bracket that closes a collection whose last value ends at `from`.
pub(super) fn closing(text: &str, from: usize) -> Option<usize> {
    let mut rest = text.get(from..)?;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ':']);
        match rest.chars().next()? {
            '#' => rest = rest.get(rest.find('\n')?..)?,
            ']' | '}' => return Some(text.len() - rest.len() + 1),
            _ => return None,
        }
    }
}

/// Saphyr counts characters; everything else counts bytes.
pub(super) struct ByteOffsets(Option<Vec<u32>>, usize);

impl ByteOffsets {
    pub(super) fn new(text: &str) -> Self {
        let table =
            (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at as u32).collect());
        Self(table, text.len())
    }

    pub(super) fn get(&self, character: usize) -> usize {
        match &self.0 {
            None => character.min(self.1),
            Some(table) => table.get(character).map_or(self.1, |at| *at as usize),
        }
    }

    pub(super) fn span(&self, marks: Marks) -> Span {
        Span::new(self.get(marks.start.index()), self.get(marks.end.index()))
    }
}
