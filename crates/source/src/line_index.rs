#[cfg(test)]
mod tests;

/// A place as editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in UTF-16 code units.
    pub column: u32,
    /// Offset in the file, from 0, in UTF-16 code units.
    pub utf16: u32,
}

/// Translates byte offsets of one text into editor positions.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    /// Byte and UTF-16 offset of each line's first character.
    lines: Vec<(u32, u32)>,
}

impl LineIndex {
    /// Indexes `text`. Lines end at `\n`.
    pub fn new(text: &str) -> Self {
        let mut lines = vec![(0, 0)];
        let mut utf16 = 0u32;
        let mut start = 0;
        for (at, _) in text.match_indices('\n') {
            utf16 += utf16_len(text.get(start..=at).unwrap_or_default());
            start = at + 1;
            lines.push((start as u32, utf16));
        }
        Self { lines }
    }

    /// Position of a byte offset of the same `text`. Offsets past the end or inside a character are
    /// taken back to the nearest character before.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = self
            .lines
            .partition_point(|(start, _)| *start as usize <= offset)
            .saturating_sub(1);
        let (start, before) = self.lines.get(line).copied().unwrap_or_default();
        let within = utf16_len(text.get(start as usize..offset).unwrap_or_default());
        Position {
            line: line as u32 + 1,
            column: within + 1,
            utf16: before + within,
        }
    }

    /// Byte offset of the first character of a line (counted from 1), if there is such a line.
    pub fn line_start(&self, line: u32) -> Option<usize> {
        let index = (line as usize).checked_sub(1)?;
        self.lines.get(index).map(|(start, _)| *start as usize)
    }
}

fn utf16_len(text: &str) -> u32 {
    if text.is_ascii() {
        return text.len() as u32;
    }
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
