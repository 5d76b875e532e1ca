//! The shape of a YAML document by its indentation alone, which holds while it is being typed and is no
//! YAML yet.

#[cfg(test)]
mod tests;

use tierwalk_yaml::{Path, Segment};

/// What a line says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Byte offset of its first character.
    pub start: usize,
    /// Blanks before its first character, or before its first `-`.
    pub indent: usize,
    /// The path of the mapping or list item that the line's content is in.
    pub container: Path,
    /// Column of the content behind all `- `.
    pub column: usize,
    /// Its key, if it has one.
    pub key: Option<String>,
    /// Byte offset of what follows `key:`, or of the content.
    pub value: usize,
    /// Byte offset of the line's end.
    pub end: usize,
}

/// The content lines of a document, and those that only continue a text.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub lines: Vec<Line>,
    frames: Vec<Frame>,
    /// The column below which a text of several lines goes on, if one was begun last.
    text_below: Option<usize>,
}

#[derive(Clone, Debug)]
enum Frame {
    Map {
        column: usize,
        path: Path,
        last: Option<String>,
    },
    Seq {
        column: usize,
        path: Path,
        index: usize,
    },
}

impl Frame {
    fn column(&self) -> usize {
        match self {
            Self::Map { column, .. } | Self::Seq { column, .. } => *column,
        }
    }

    fn is_seq(&self) -> bool {
        matches!(self, Self::Seq { .. })
    }

    /// The path of what stands deeper than this.
    fn child(&self) -> Path {
        match self {
            Self::Map { path, last, .. } => match last {
                Some(key) => path.key(key),
                None => path.clone(),
            },
            Self::Seq { path, index, .. } => path.index(*index),
        }
    }
}

impl Outline {
    /// The outline of a whole text.
    pub fn of(text: &str) -> Self {
        Self::until(text, text.len() + 1)
    }

    /// The outline of the first `end` bytes of a text. A line that `end` cuts off is left out.
    pub fn until(text: &str, end: usize) -> Self {
        let mut outline = Self::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let next = start + line.len();
            if next > end || (next == end && !line.ends_with('\n')) {
                break;
            }
            let content = line.trim_end();
            let indent = content.len() - content.trim_start_matches(' ').len();
            if !content.is_empty() && !outline.is_in_text(indent) {
                outline.text_below = outline.take(content, start, indent);
            }
            start = next;
        }
        outline
    }

    /// Whether a line of this indentation would go on with a text of several lines.
    pub fn is_in_text(&self, indent: usize) -> bool {
        self.text_below.is_some_and(|column| indent > column)
    }

    /// Takes in a line; says below which column its text goes on, if it begins a text of several lines.
    fn take(&mut self, content: &str, start: usize, indent: usize) -> Option<usize> {
        let rest = content.get(indent..).unwrap_or_default();
        if rest.starts_with('#') || is_marker(rest, indent) {
            return None;
        }
        let column = self.dashes(rest, indent);
        let body = content.get(column..).unwrap_or_default();
        let key = key_of(body);
        let deepest = self.frames.last().map_or(0, Frame::column);
        if let Some((key, _)) = &key {
            self.key(key, column);
        }
        let container = self.container();
        let behind = key.as_ref().map_or(0, |(_, length)| *length);
        let value = start + column + behind;
        self.lines.push(Line {
            start,
            indent,
            container,
            column,
            key: key.map(|(key, _)| key),
            value,
            end: start + content.len(),
        });
        let value = content.get(column + behind..).unwrap_or_default().trim();
        let is_block = value.starts_with(['|', '>']);
        is_block.then_some(if behind > 0 { column } else { deepest })
    }

    /// Steps into list items for each `- ` and says where the content behind them begins.
    fn dashes(&mut self, rest: &str, indent: usize) -> usize {
        let mut column = indent;
        let mut rest = rest;
        while rest == "-" || rest.starts_with("- ") {
            self.item(column);
            let content = rest.get(1..).unwrap_or_default();
            let body = content.trim_start_matches(' ');
            column += 1 + (content.len() - body.len());
            rest = body;
        }
        column
    }

    fn item(&mut self, column: usize) {
        while self
            .frames
            .last()
            .is_some_and(|frame| frame.column() > column)
        {
            self.frames.pop();
        }
        if let Some(Frame::Seq {
            column: at, index, ..
        }) = self.frames.last_mut()
            && *at == column
        {
            *index += 1;
            return;
        }
        let path = self.child();
        self.frames.push(Frame::Seq {
            column,
            path,
            index: 0,
        });
    }

    fn key(&mut self, key: &str, column: usize) {
        self.leave(column);
        if let Some(Frame::Map {
            column: at, last, ..
        }) = self.frames.last_mut()
            && *at == column
        {
            *last = Some(key.to_owned());
            return;
        }
        let path = self.child();
        let last = Some(key.to_owned());
        self.frames.push(Frame::Map { column, path, last });
    }

    /// Leaves what a key at this column does not belong to.
    fn leave(&mut self, column: usize) {
        while let Some(frame) = self.frames.last() {
            let over = frame.column() > column || (frame.is_seq() && frame.column() == column);
            if !over {
                return;
            }
            self.frames.pop();
        }
    }

    fn child(&self) -> Path {
        self.frames.last().map(Frame::child).unwrap_or_default()
    }

    /// The mapping or list item that is at hand.
    fn container(&self) -> Path {
        match self.frames.last() {
            Some(Frame::Map { path, .. }) => path.clone(),
            Some(seq) => seq.child(),
            None => Path::root(),
        }
    }

    /// Where a line would belong that is being written behind all others: its content before the cursor,
    /// and the column where the content behind its dashes begins.
    pub fn place(mut self, before: &str) -> (Path, usize) {
        let indent = before.len() - before.trim_start_matches(' ').len();
        let rest = before.get(indent..).unwrap_or_default();
        let column = self.dashes(rest, indent);
        self.leave(column);
        let container = match self.frames.last() {
            Some(Frame::Map {
                column: at, path, ..
            }) if *at == column => path.clone(),
            Some(frame) => frame.child(),
            None => Path::root(),
        };
        (container, column)
    }

    /// The keys that a mapping has.
    pub fn keys<'a>(&'a self, container: &'a Path) -> impl Iterator<Item = &'a str> {
        let lines = self
            .lines
            .iter()
            .filter(move |line| line.container == *container);
        lines.filter_map(|line| line.key.as_deref())
    }

    /// The text of a field.
    pub fn text<'t>(&self, text: &'t str, container: &Path, key: &str) -> Option<&'t str> {
        let mut lines = self.lines.iter();
        let line =
            lines.find(|line| line.container == *container && line.key.as_deref() == Some(key))?;
        let value = text.get(line.value..line.end)?;
        let value = value.split(" #").next().unwrap_or_default().trim();
        Some(value.trim_matches(['"', '\'']))
    }
}

fn is_marker(rest: &str, indent: usize) -> bool {
    indent == 0 && (rest.starts_with("---") || rest.starts_with("..."))
}

/// The key that a line's content begins with, and the length up to the end of its colon.
pub(crate) fn key_of(body: &str) -> Option<(String, usize)> {
    let end = match body.chars().next()? {
        quote @ ('"' | '\'') => 2 + body.get(1..)?.find(quote)?,
        '{' | '[' | '&' | '*' | '!' | '|' | '>' | '#' => return None,
        _ => colon(body)?,
    };
    let after = body.get(end..)?;
    let ends = after.strip_prefix(':')?;
    if !(ends.is_empty() || ends.starts_with([' ', '\t'])) {
        return None;
    }
    let key = body.get(..end)?.trim().trim_matches(['"', '\'']);
    Some((key.to_owned(), end + 1))
}

/// Where the colon of a plain key stands.
fn colon(body: &str) -> Option<usize> {
    let found = body.match_indices(':').find(|(at, _)| {
        let after = body.get(at + 1..).unwrap_or_default();
        after.is_empty() || after.starts_with([' ', '\t'])
    });
    found
        .map(|(at, _)| at)
        .filter(|at| !body.get(..*at).unwrap_or_default().contains(" #"))
}

/// Whether a path lies within another, and what it is from there.
pub(crate) fn within<'p>(path: &'p Path, prefix: &Path) -> Option<&'p [Segment]> {
    path.segments().strip_prefix(prefix.segments())
}
