//! The output skeleton of a definition: a Jinja template of YAML. Here it is made ready for rendering, so
//! that every rendered line tells which line of the skeleton wrote it.

#[cfg(test)]
mod tests;

/// Stands before and after the number of a skeleton line. Private-use characters, which no value may hold.
pub(super) const LINE: (char, char) = ('\u{e0f3}', '\u{e0f4}');
/// Stands before and after the number of a placed value.
pub(super) const VALUE: (char, char) = ('\u{e0f1}', '\u{e0f2}');

/// A skeleton ready for rendering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Skeleton {
    /// As written.
    pub source: String,
    /// With a mark before the first thing on each line that is written out.
    pub marked: String,
    /// For each line, the names used by the conditions and loops around it, innermost last.
    pub around: Vec<Vec<String>>,
}

impl Skeleton {
    pub(super) fn new(source: &str) -> Self {
        let mut scanner = Scanner {
            rest: source,
            marked: String::with_capacity(source.len() + source.len() / 4),
            around: vec![Vec::new()],
            line_has_mark: false,
            blocks: Vec::new(),
        };
        scanner.run();
        Self {
            source: source.to_owned(),
            marked: scanner.marked,
            around: scanner.around,
        }
    }

    /// Byte range of a line (from 1) in the source, without the white space around it.
    pub(super) fn line_range(&self, line: u32) -> std::ops::Range<usize> {
        let mut start = 0;
        for (index, text) in self.source.split_inclusive('\n').enumerate() {
            if index + 1 == line as usize {
                let begin = start + text.len() - text.trim_start().len();
                return begin..begin + text.trim().len();
            }
            start += text.len();
        }
        self.source.len()..self.source.len()
    }

    /// Where a name is used in an expression or tag, if it is.
    pub(super) fn find_name(&self, name: &str) -> Option<std::ops::Range<usize>> {
        let mut from = 0;
        while let Some(at) = self.source.get(from..)?.find(name).map(|at| at + from) {
            let end = at + name.len();
            let before = self.source.get(..at)?;
            let word_before =
                before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
            let word_after = self.source.get(end..)?.starts_with(is_word);
            let opened = before.rfind("{{").max(before.rfind("{%"));
            let closed = before.rfind("}}").max(before.rfind("%}"));
            if !word_before && !word_after && opened > closed {
                return Some(at..end);
            }
            from = end;
        }
        None
    }
}

struct Scanner<'a> {
    rest: &'a str,
    marked: String,
    around: Vec<Vec<String>>,
    line_has_mark: bool,
    /// Kind of each open block and the names in its tag.
    blocks: Vec<(String, Vec<String>)>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            if self.rest.starts_with("{{") {
                self.mark();
                self.take_tag("}}");
            } else if self.rest.starts_with("{%") {
                let tag = self.take_tag("%}");
                self.tag(&tag);
            } else if self.rest.starts_with("{#") {
                self.take_until("#}");
            } else {
                if !c.is_whitespace() {
                    self.mark();
                }
                self.take(c.len_utf8());
            }
        }
    }

    /// Puts the line's mark here, unless it has one.
    fn mark(&mut self) {
        if !self.line_has_mark {
            let line = self.around.len();
            self.marked.push_str(&format!("{}{line}{}", LINE.0, LINE.1));
            self.line_has_mark = true;
            let names = self
                .blocks
                .iter()
                .flat_map(|(_, names)| names.clone())
                .collect();
            if let Some(around) = self.around.last_mut() {
                *around = names;
            }
        }
    }

    fn take(&mut self, len: usize) -> String {
        let (taken, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        self.marked.push_str(taken);
        for _ in taken.matches('\n') {
            self.around.push(Vec::new());
            self.line_has_mark = false;
        }
        taken.to_owned()
    }

    fn take_until(&mut self, end: &str) -> String {
        let len = self
            .rest
            .find(end)
            .map_or(self.rest.len(), |at| at + end.len());
        self.take(len)
    }

    /// Takes a tag or expression; its end does not count inside of strings.
    fn take_tag(&mut self, end: &str) -> String {
        let mut quote = None;
        let mut escaped = false;
        let mut len = self.rest.len();
        for (at, c) in self.rest.char_indices().skip(2) {
            match quote {
                Some(open) => {
                    if c == open && !escaped {
                        quote = None;
                    }
                    escaped = c == '\\' && !escaped;
                }
                None if matches!(c, '"' | '\'') => quote = Some(c),
                None if self
                    .rest
                    .get(at..)
                    .is_some_and(|rest| rest.starts_with(end)) =>
                {
                    len = at + end.len();
                    break;
                }
                None => {}
            }
        }
        self.take(len)
    }

    /// Whether a tag such as `endif` ends the innermost block.
    fn closes(&self, kind: &str) -> bool {
        let open = self.blocks.last();
        open.is_some_and(|(open, _)| kind.strip_prefix("end") == Some(open))
    }

    fn tag(&mut self, tag: &str) {
        let content = tag.trim_start_matches("{%").trim_end_matches("%}");
        let content = content.trim_matches(['-', '+', ' ', '\t', '\n']);
        let kind = content.split(|c| !is_word(c)).next().unwrap_or_default();
        match kind {
            "raw" => {
                self.take_until("endraw");
                self.take_until("%}");
            }
            "else" | "elif" => {
                let names = names(content);
                if let Some((_, of_block)) = self.blocks.last_mut() {
                    of_block.extend(names);
                }
            }
            kind if self.closes(kind) => {
                self.blocks.pop();
            }
            "if" | "for" | "with" | "filter" => self.blocks.push((kind.to_owned(), names(content))),
            _ => {}
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The names in a tag: words that are neither in quotes nor after a dot.
fn names(tag: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut quote = None;
    let mut word = String::new();
    let mut after_dot = false;
    for c in tag.chars().chain([' ']) {
        if quote.is_some() {
            quote = quote.filter(|open| *open != c);
        } else if is_word(c) {
            word.push(c);
        } else {
            let taken = std::mem::take(&mut word);
            if !taken.is_empty() && !after_dot {
                names.push(taken);
            }
            after_dot = c == '.';
            quote = matches!(c, '"' | '\'').then_some(c);
        }
    }
    names
}
