//! Where the cursor is: in which object, and at which key or value of it.

#[cfg(test)]
mod tests;

use tierwalk_yaml::{Path, Segment};

use super::outline::{Outline, key_of, within};
use super::schema::{self, Kind};

/// A place in a document. Offsets are bytes of the document's text.
#[derive(Debug)]
pub(crate) struct Cursor<'t> {
    pub text: &'t str,
    pub at: usize,
    /// The whole document.
    pub outline: Outline,
    /// The object that the cursor is in: the document, or an item of a list.
    pub object: Path,
    pub spot: Spot,
}

/// What is being written at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Spot {
    /// A key of the mapping at `container`, or an item of the list that it is in.
    Open {
        container: Path,
        from: usize,
        /// The column of the content, behind all dashes.
        column: usize,
        /// Whether it is written in braces.
        flow: bool,
    },
    /// The value at `path`.
    Value {
        path: Path,
        from: usize,
        /// The quote it is written in.
        quote: Option<char>,
        flow: bool,
    },
    /// A comment, or a text that nothing is known about.
    Nothing,
}

impl<'t> Cursor<'t> {
    /// The cursor at a byte of a document.
    pub fn new(text: &'t str, at: usize) -> Self {
        let start = text
            .get(..at)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |line| line + 1);
        let before = Outline::until(text, start);
        let line = text.get(start..at).unwrap_or_default();
        let spot = spot(before, line, start);
        let object = match &spot {
            Spot::Open { container, .. } => object_of(container),
            Spot::Value { path, .. } => object_of(path),
            Spot::Nothing => Path::root(),
        };
        Self {
            text,
            at,
            outline: Outline::of(text),
            object,
            spot,
        }
    }

    /// The kind of the object, as far as it is written.
    pub fn kind(&self) -> Option<&'static Kind> {
        let of = |key| self.field(key).unwrap_or_default();
        schema::kind(of("apiVersion"), of("kind"))
    }

    /// A field of the object itself.
    pub fn field(&self, key: &str) -> Option<&'t str> {
        self.outline.text(self.text, &self.object, key)
    }

    /// A path from the object on.
    pub fn inside<'p>(&self, path: &'p Path) -> Option<&'p [Segment]> {
        within(path, &self.object)
    }

    /// What was written from `from` up to the cursor.
    pub fn written(&self, from: usize) -> &'t str {
        self.text.get(from..self.at).unwrap_or_default()
    }
}

fn object_of(path: &Path) -> Path {
    match path.segments() {
        [Segment::Key(key), Segment::Index(index), ..] if &**key == "items" => {
            Path::root().key("items").index(*index)
        }
        _ => Path::root(),
    }
}

fn spot(before: Outline, line: &str, start: usize) -> Spot {
    let indent = line.len() - line.trim_start_matches(' ').len();
    if before.is_in_text(indent) || in_comment(line) {
        return Spot::Nothing;
    }
    let (container, column) = before.place(line);
    let body = line.get(column..).unwrap_or_default();
    match key_of(body) {
        Some((key, length)) => {
            let path = container.key(&key);
            value(
                body.get(length..).unwrap_or_default(),
                path,
                start + column + length,
            )
        }
        None if body.starts_with(['[', '{', '"', '\'']) => value(body, container, start + column),
        None => Spot::Open {
            container,
            from: start + column,
            column,
            flow: false,
        },
    }
}

/// Whether a `#` begins a comment before the end of this part of a line.
fn in_comment(line: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '#' && before.is_whitespace() => return true,
            None if matches!(c, '"' | '\'') && matches!(before, ' ' | '[' | '{' | ',') => {
                quote = Some(c)
            }
            None => {}
        }
        before = c;
    }
    false
}

/// The spot at the end of what was written of a value.
fn value(written: &str, path: Path, start: usize) -> Spot {
    let body = written.trim_start();
    let from = start + written.len() - body.len();
    match body.chars().next() {
        Some('[' | '{') => flow(body, path, from),
        Some(quote @ ('"' | '\'')) => match body.get(1..) {
            Some(inside) if !inside.contains(quote) => Spot::Value {
                path,
                from: from + 1,
                quote: Some(quote),
                flow: false,
            },
            _ => Spot::Nothing,
        },
        Some('|' | '>' | '&' | '*') => Spot::Nothing,
        _ => Spot::Value {
            path,
            from,
            quote: None,
            flow: false,
        },
    }
}

/// Brackets and braces that are open, from the outermost in.
enum Open {
    Seq(Path, usize),
    Map(Path, Option<String>),
}

/// What is being written inside of brackets.
struct Flow {
    open: Vec<Open>,
    /// Where the scalar at hand begins.
    from: usize,
    quote: Option<char>,
}

fn flow(body: &str, path: Path, start: usize) -> Spot {
    let mut flow = Flow {
        open: Vec::new(),
        from: 0,
        quote: None,
    };
    for (at, c) in body.char_indices() {
        flow.take(c, at, body, &path);
    }
    flow.spot(body, start)
}

impl Flow {
    fn take(&mut self, c: char, at: usize, body: &str, path: &Path) {
        let next = at + c.len_utf8();
        match (self.quote, c) {
            (Some(quote), _) if c == quote => self.quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => (self.quote, self.from) = (Some(c), next),
            (None, '[') => self.push(Open::Seq(self.place(path), 0), next),
            (None, '{') => self.push(Open::Map(self.place(path), None), next),
            (None, ']' | '}') => {
                self.open.pop();
                self.from = next;
            }
            (None, ',') => self.next_item(next),
            (None, ':') if is_colon(body, next) => self.key(body.get(self.from..at), next),
            _ => {}
        }
    }

    fn push(&mut self, open: Open, next: usize) {
        self.open.push(open);
        self.from = next;
    }

    /// The path of what comes next.
    fn place(&self, path: &Path) -> Path {
        match self.open.last() {
            None => path.clone(),
            Some(Open::Seq(path, index)) => path.index(*index),
            Some(Open::Map(path, Some(key))) => path.key(key),
            Some(Open::Map(path, None)) => path.clone(),
        }
    }

    fn next_item(&mut self, next: usize) {
        match self.open.last_mut() {
            Some(Open::Seq(_, index)) => *index += 1,
            Some(Open::Map(_, key)) => *key = None,
            None => {}
        }
        self.from = next;
    }

    fn key(&mut self, written: Option<&str>, next: usize) {
        if let Some(Open::Map(_, key)) = self.open.last_mut() {
            let name = written.unwrap_or_default().trim().trim_matches(['"', '\'']);
            *key = Some(name.to_owned());
            self.from = next;
        }
    }

    fn spot(self, body: &str, start: usize) -> Spot {
        let written = body.get(self.from..).unwrap_or_default();
        let blank = match self.quote {
            Some(_) => 0,
            None => written.len() - written.trim_start().len(),
        };
        let from = start + self.from + blank;
        let (quote, path) = (self.quote, self.place(&Path::root()));
        match self.open.last() {
            None => Spot::Nothing,
            Some(Open::Map(container, None)) => Spot::Open {
                container: container.clone(),
                from,
                column: 0,
                flow: true,
            },
            Some(_) => Spot::Value {
                path,
                from,
                quote,
                flow: true,
            },
        }
    }
}

fn is_colon(body: &str, next: usize) -> bool {
    let after = body.get(next..).unwrap_or_default();
    after.is_empty() || after.starts_with([' ', '\t'])
}
