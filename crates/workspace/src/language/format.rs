//! Indentation and blank lines, put in order. Comments, quotes and line breaks stay as they are; what the
//! text says is compared before and after, and where it would differ, nothing is changed.

#[cfg(test)]
mod tests;

use tierwalk_protocol::Formatted;
use tierwalk_yaml::{Document, Kind, Node, split};

use super::outline::{Line, Outline};
use crate::FileKind;

/// A file's text in order.
pub(crate) fn format(path: &str, text: &str) -> Formatted {
    match FileKind::of(path) {
        FileKind::Yaml if path.ends_with(".json") => {
            Formatted::Refused("JSON is left as it is.".to_owned())
        }
        FileKind::Yaml => settled(text, yaml(text)),
        FileKind::Flows => settled(text, Ok(ended(&trimmed(text)))),
        FileKind::Other => Formatted::Refused("Only YAML and flow files are formatted.".to_owned()),
    }
}

fn settled(text: &str, formatted: Result<String, String>) -> Formatted {
    match formatted {
        Err(why) => Formatted::Refused(why),
        Ok(formatted) if formatted == text => Formatted::AsItIs,
        Ok(formatted) => Formatted::Text(formatted),
    }
}

fn yaml(text: &str) -> Result<String, String> {
    let chunks = split(text);
    let documents = chunks.iter().map(|chunk| document(chunk.text));
    let formatted = ended(&documents.collect::<Result<String, String>>()?);
    if says_the_same(text, &formatted) {
        Ok(formatted)
    } else {
        Err("Left as it is: in another form it could be read differently.".to_owned())
    }
}

/// One document. A text that cannot be read has no form.
fn document(text: &str) -> Result<String, String> {
    let read = Document::parse(text);
    if read.diagnostics.iter().any(|problem| problem.is_error()) {
        return Err("Left as it is: it has errors in its YAML.".to_owned());
    }
    let texts = read
        .root
        .as_ref()
        .map(|root| texts(root, text))
        .unwrap_or_default();
    Ok(Layout::new(text, &texts).write())
}

/// Texts, brackets and braces of several lines, whose blanks may belong to them.
fn texts(root: &Node, text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut nodes = vec![root];
    while let Some(node) = nodes.pop() {
        nodes.extend(node.items());
        nodes.extend(node.entries().iter().map(|entry| &entry.value));
        let written = node.span.of(text);
        let goes_on = matches!(node.kind, Kind::Str(_)) || written.starts_with(['[', '{']);
        if goes_on && written.contains('\n') {
            found.push((node.span.start as usize, node.span.end as usize));
        }
    }
    found
}

/// How far each line moves.
struct Layout<'t> {
    text: &'t str,
    texts: &'t [(usize, usize)],
    /// Start of each content line, its indentation as it is and as it should be.
    moves: Vec<(usize, usize, usize)>,
}

impl<'t> Layout<'t> {
    fn new(text: &'t str, texts: &'t [(usize, usize)]) -> Self {
        let mut layout = Self {
            text,
            texts,
            moves: Vec::new(),
        };
        let mut columns = Columns::default();
        for line in Outline::of(text).lines {
            if !layout.is_in_text(line.start) {
                let to = columns.settle(&line, text);
                layout.moves.push((line.start, line.indent, to));
            }
        }
        layout
    }

    fn write(&self) -> String {
        let mut written = String::with_capacity(self.text.len());
        let (mut start, mut blank, mut shift) = (0, 0, 0);
        for line in self.text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            if self.is_in_text(start) {
                written.push_str(&shifted(content, shift));
                written.push('\n');
            } else if content.trim().is_empty() {
                blank += 1;
            } else {
                let keeps = blank > 0 && !written.is_empty();
                written.push_str(if keeps { "\n" } else { "" });
                blank = 0;
                shift = self.shift(start, content, shift);
                written.push_str(shifted(content, shift).trim_end());
                written.push('\n');
            }
            start += line.len();
        }
        written
    }

    fn is_in_text(&self, start: usize) -> bool {
        self.texts
            .iter()
            .any(|(from, to)| *from < start && start < *to)
    }

    /// How far a line moves to the right. Comments go with the line below them, or above where they are
    /// in its column; what continues a line goes with it.
    fn shift(&self, start: usize, content: &str, before: isize) -> isize {
        let indent = content.len() - content.trim_start_matches(' ').len();
        let by = |(_, from, to): &(usize, usize, usize)| *to as isize - *from as isize;
        let at = self.moves.partition_point(|(line, ..)| *line < start);
        match self.moves.get(at) {
            Some(own) if own.0 == start => by(own),
            below if content.trim_start().starts_with('#') => {
                let above = at.checked_sub(1).and_then(|above| self.moves.get(above));
                let fitting = [below, above]
                    .into_iter()
                    .flatten()
                    .find(|(_, column, _)| *column == indent);
                fitting.or(below).map_or(before, by)
            }
            _ => before,
        }
    }
}

fn shifted(line: &str, by: isize) -> String {
    let body = line.trim_start_matches(' ');
    let indent = (line.len() - body.len()) as isize + by;
    if body.is_empty() {
        return String::new();
    }
    format!("{}{body}", " ".repeat(indent.max(0) as usize))
}

/// Columns as they are, outermost first, with those they become.
#[derive(Default)]
struct Columns(Vec<Column>);

struct Column {
    is: usize,
    becomes: usize,
    is_list: bool,
}

impl Columns {
    /// The indentation that a line gets.
    fn settle(&mut self, line: &Line, text: &str) -> usize {
        let content = text
            .get(line.start + line.indent..line.end)
            .unwrap_or_default();
        let mut indent = None;
        let (mut column, mut rest) = (line.indent, content);
        while rest == "-" || rest.starts_with("- ") {
            let becomes = self.enter(column, true);
            indent.get_or_insert(becomes);
            let body = rest.get(1..).unwrap_or_default().trim_start_matches(' ');
            column += rest.len() - body.len();
            rest = body;
        }
        let becomes = self.enter(column, false);
        indent.unwrap_or(becomes)
    }

    /// Two more than what it is in; a list may stand in the column of its key.
    fn enter(&mut self, column: usize, is_list: bool) -> usize {
        while let Some(last) = self.0.last() {
            let over = last.is > column || (last.is == column && last.is_list && !is_list);
            if !over {
                break;
            }
            self.0.pop();
        }
        let becomes = match self.0.last() {
            Some(last) if last.is == column && last.is_list == is_list => return last.becomes,
            Some(last) if last.is == column => last.becomes,
            Some(last) if last.is_list => last.becomes + column - last.is,
            Some(last) => last.becomes + 2,
            None => 0,
        };
        self.0.push(Column {
            is: column,
            becomes,
            is_list,
        });
        becomes
    }
}

/// Without blanks at the ends of lines, and without more than one blank line in a row.
fn trimmed(text: &str) -> String {
    let mut written = String::new();
    let mut blank = false;
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            blank = !written.is_empty();
            continue;
        }
        written.push_str(if blank { "\n" } else { "" });
        blank = false;
        written.push_str(line);
        written.push('\n');
    }
    written
}

/// With one line break at its end.
fn ended(text: &str) -> String {
    let body = text.trim_end_matches('\n');
    if body.is_empty() {
        return String::new();
    }
    format!("{body}\n")
}

/// Whether two texts hold the same data and the same comments.
fn says_the_same(a: &str, b: &str) -> bool {
    let data = |text: &str| {
        let documents = split(text)
            .into_iter()
            .map(|chunk| Document::parse(chunk.text));
        let values = documents.map(|document| document.root.map(|root| root.to_value()));
        values.flatten().collect::<Vec<_>>()
    };
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    data(a) == data(b) && words(a) == words(b)
}
