//! Finding text in all files, and listing the places of a name.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use tierwalk_protocol::{Named, Place};

use super::{Effect, Focus, Model, files::Files, history::Change, language::extent, words};

/// More hits than this are not listed.
pub const MOST: usize = 500;

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// Go to the field.
    Open,
    /// Look for this.
    Text(String),
    /// Tell capitals from small letters, or not.
    Case(bool),
    /// Whole words only, or not.
    Word(bool),
    /// What to write instead.
    Replacement(String),
    /// Write it everywhere.
    ReplaceAll,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The text.
    pub text: String,
    /// Capitals and small letters are told apart.
    pub case: bool,
    /// Whole words only.
    pub word: bool,
}

/// What is looked for, or listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What is looked for.
    pub query: Query,
    /// What to write instead.
    pub replacement: String,
    /// The places of a name, listed until a text is looked for.
    named: Option<Rc<Named>>,
}

/// One place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub place: Place,
    /// Its line, before, at and behind the place.
    pub line: [String; 3],
}

impl State {
    /// The places of a name that are listed.
    pub fn listed(&self) -> Option<&Named> {
        self.named.as_deref()
    }

    /// Lists the places of a name.
    pub(super) fn show(&mut self, named: Rc<Named>) {
        self.named = Some(named);
    }

    /// Looks for a word as it is, for whoever opens the list next.
    pub(super) fn prepare(&mut self, word: &str) {
        self.named = None;
        self.query = Query {
            text: word.to_owned(),
            case: true,
            word: true,
        };
    }

    /// Everything found, by file.
    pub fn hits(&self, files: &Files) -> Vec<Hit> {
        match &self.named {
            Some(named) => named
                .found
                .iter()
                .map(|found| listed(&found.place, files))
                .collect(),
            None => hits(files, &self.query),
        }
    }
}

impl Model {
    pub(super) fn update_find(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Open => {
                self.find.named = None;
                self.show_find();
                return vec![Effect::Focus(Focus::Find)];
            }
            Msg::Text(text) => {
                self.find.named = None;
                self.find.query.text = text;
            }
            Msg::Case(case) => self.find.query.case = case,
            Msg::Word(word) => self.find.query.word = word,
            Msg::Replacement(text) => self.find.replacement = text,
            Msg::ReplaceAll => return self.replace_all(),
        }
        Vec::new()
    }

    fn replace_all(&mut self) -> Vec<Effect> {
        let query = &self.find.query;
        if query.text.is_empty() || self.find.named.is_some() {
            return Vec::new();
        }
        let mut touched = Vec::new();
        let mut files = self.files.clone();
        for file in self.files.iter() {
            let found = matches(&file.text, query);
            touched.extend(found.iter().map(|_| &*file.path));
            if !found.is_empty() {
                let text = replaced(&file.text, &found, query.text.len(), &self.find.replacement);
                files = files.with(&file.path, text);
            }
        }
        if touched.is_empty() {
            return Vec::new();
        }
        let (from, to) = (&query.text, &self.find.replacement);
        self.notice = Some(format!(
            "`{from}` is now `{to}`, at {}.",
            extent(touched.into_iter())
        ));
        self.change(files, Change::Structure)
    }
}

fn replaced(text: &str, found: &[usize], length: usize, by: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut last = 0;
    for at in found {
        written.push_str(text.get(last..*at).unwrap_or_default());
        written.push_str(by);
        last = at + length;
    }
    written.push_str(text.get(last..).unwrap_or_default());
    written
}

/// Where a text is found, in bytes, without overlaps.
fn matches(text: &str, query: &Query) -> Vec<usize> {
    if query.text.is_empty() {
        return Vec::new();
    }
    let found = match query.case {
        true => text
            .match_indices(&query.text)
            .map(|(at, _)| at)
            .collect::<Vec<_>>(),
        false => {
            // folding ASCII alone keeps every offset
            let (text, wanted) = (text.to_ascii_lowercase(), query.text.to_ascii_lowercase());
            text.match_indices(&wanted).map(|(at, _)| at).collect()
        }
    };
    let stands_alone = |at: &usize| {
        // names are words with dashes in them
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        let behind = text
            .get(at + query.text.len()..)
            .and_then(|it| it.chars().next());
        !before.is_some_and(inside) && !behind.is_some_and(inside)
    };
    found
        .into_iter()
        .filter(|at| !query.word || stands_alone(at))
        .collect()
}

fn hits(files: &Files, query: &Query) -> Vec<Hit> {
    let mut hits = Vec::new();
    for file in files.iter() {
        let mut count = Count::default();
        for at in matches(&file.text, query) {
            if hits.len() == MOST {
                return hits;
            }
            hits.push(count.hit(&file.path, &file.text, at, query.text.len()));
        }
    }
    hits
}

/// Lines and UTF-16 code units up to a byte.
#[derive(Default)]
struct Count {
    at: usize,
    units: u32,
    line: u32,
    line_start: usize,
}

impl Count {
    fn go_to(&mut self, text: &str, at: usize) {
        let passed = text.get(self.at..at).unwrap_or_default();
        self.units += units(passed);
        self.line += passed.matches('\n').count() as u32;
        if let Some(last) = passed.rfind('\n') {
            self.line_start = self.at + last + 1;
        }
        self.at = at;
    }

    fn hit(&mut self, path: &str, text: &str, at: usize, length: usize) -> Hit {
        self.go_to(text, at);
        let before = text.get(self.line_start..at).unwrap_or_default();
        let found = text.get(at..at + length).unwrap_or_default();
        let behind = text.get(at + length..).unwrap_or_default();
        Hit {
            place: Place {
                file: path.to_owned(),
                line: self.line + 1,
                column: units(before) + 1,
                from: self.units,
                to: self.units + units(found),
            },
            line: [
                before.trim_start().to_owned(),
                found.to_owned(),
                behind
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .trim_end()
                    .to_owned(),
            ],
        }
    }
}

fn units(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

/// A place that the engine named, with its line as it is now.
fn listed(place: &Place, files: &Files) -> Hit {
    let text = files
        .text(&place.file)
        .map(|text| &**text)
        .unwrap_or_default();
    let line = text
        .lines()
        .nth(place.line.saturating_sub(1) as usize)
        .unwrap_or_default();
    let start = place.column.saturating_sub(1);
    let end = start + place.to.saturating_sub(place.from);
    let part = |from: u32, to: u32| {
        let mut passed = 0;
        let inside = |c: &char| {
            let at = passed;
            passed += c.len_utf16() as u32;
            (from..to).contains(&at)
        };
        line.chars().filter(inside).collect::<String>()
    };
    Hit {
        place: place.clone(),
        line: [
            part(0, start).trim_start().to_owned(),
            part(start, end),
            part(end, u32::MAX).trim_end().to_owned(),
        ],
    }
}

/// `12 places in 4 files`, `No place`.
pub fn summary(hits: &[Hit]) -> String {
    match hits.len() {
        0 => "Found nowhere".to_owned(),
        MOST => format!("The first {}", words::count(MOST, "place")),
        _ => extent(hits.iter().map(|hit| hit.place.file.as_str())),
    }
}
