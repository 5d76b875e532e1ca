//! Earlier saves of a workspace: what they held, what changed since, and the way back.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use tierwalk_protocol::share;

use super::{
    Effect as Outside, Model, Panel, changed_lines,
    files::Files,
    flips::{Baseline, Flip},
    history::Change,
    words,
};

#[cfg(test)]
mod tests;

/// Raised when the shape changes.
pub const VERSION: u32 = 1;

/// A save, as the list of saves names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Save {
    /// Tells it from the other saves of its workspace.
    pub number: u32,
    /// When it was made, in milliseconds.
    pub at: f64,
    /// What had changed since the one before.
    pub note: String,
    /// When it was made, in words; not stored.
    #[serde(skip)]
    pub when: String,
    /// Characters that it takes in the storage.
    pub size: usize,
}

/// What a save holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// [`VERSION`].
    pub version: u32,
    /// The files, packed as in a share link.
    pub packed: String,
    /// The verdicts as they were.
    pub verdicts: Baseline,
}

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// The list of saves was read, and how much of the storage is taken, in words.
    Listed(Vec<Save>, String),
    /// Changes paused for long enough to make a save.
    Due,
    /// Compare with a save.
    Compare(u32),
    /// A save was read; `None` if it could not be.
    Read(u32, Option<Box<Content>>),
    /// Go back to the files of the save that is compared with.
    Restore,
    /// Compare with the baseline as before.
    End,
}

/// What is to be done outside of the model.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// Keep the workspace as it is now: at once, or when changes pause.
    Keep(bool),
    /// Read the list of saves.
    List,
    /// Read a save.
    Read(u32),
}

/// What the page knows of saves.
#[derive(Debug, Default)]
pub struct State {
    /// The saves of this workspace, oldest first.
    pub list: Vec<Save>,
    /// How much of the storage is taken, in words.
    pub taken: String,
    /// The save that is compared with.
    pub compared: Option<Compared>,
    /// The first verdicts of this workspace were kept.
    pub opened: bool,
}

/// A save that is compared with.
#[derive(Debug)]
pub struct Compared {
    /// Its number.
    pub number: u32,
    /// What flips and changed lines were counted against before.
    before: (Option<Baseline>, Option<Files>),
}

/// What changed since a save.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The save.
    pub number: u32,
    /// Files that differ.
    pub files: Vec<FileChange>,
    /// Flows that flipped.
    pub flips: Vec<Flip>,
}

/// How a file differs from what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its path.
    pub path: String,
    /// `new`, `removed`, or empty.
    pub what: &'static str,
    /// Lines that are gone and lines that came, in order.
    pub lines: Vec<Line>,
}

/// A line that is gone or came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// It is there now.
    pub came: bool,
    /// Its number, then or now.
    pub number: u32,
    /// Its text.
    pub text: String,
}

impl Content {
    /// What a save of these files holds.
    pub fn of(files: &Files, verdicts: Baseline) -> Self {
        Self {
            version: VERSION,
            packed: share::encode_quickly(&files.plain()),
            verdicts,
        }
    }

    /// Its files; `None` if they cannot be unpacked.
    pub fn files(&self) -> Option<Files> {
        share::decode(&self.packed)
            .ok()
            .map(|(files, _)| Files::from(files))
    }
}

impl Model {
    pub(super) fn update_saves(&mut self, msg: Msg) -> Vec<Outside> {
        match msg {
            Msg::Listed(list, taken) => {
                self.saves.list = list;
                self.saves.taken = taken;
            }
            Msg::Due => return vec![Outside::Saves(Effect::Keep(true))],
            Msg::Compare(number) => return vec![Outside::Saves(Effect::Read(number))],
            Msg::Read(number, content) => self.compare_with(number, content),
            Msg::Restore => return self.restore(),
            Msg::End => self.end_comparison(),
        }
        Vec::new()
    }

    /// A save holds files together with their verdicts, so it is made when these are there.
    pub(super) fn keep(&mut self) -> Vec<Outside> {
        let first = !std::mem::replace(&mut self.saves.opened, true);
        vec![Outside::Saves(Effect::Keep(first))]
    }

    fn compare_with(&mut self, number: u32, content: Option<Box<Content>>) {
        let Some((files, verdicts)) = content.and_then(|read| Some((read.files()?, read.verdicts)))
        else {
            self.notice = Some("This save could not be read.".to_owned());
            return;
        };
        let before = match self.saves.compared.take() {
            Some(compared) => compared.before,
            None => (self.baseline.clone(), self.baseline_files.clone()),
        };
        self.saves.compared = Some(Compared { number, before });
        self.baseline = Some(verdicts);
        self.baseline_files = Some(files);
        self.panel = Some(Panel::Workspaces);
    }

    fn end_comparison(&mut self) {
        if let Some(compared) = self.saves.compared.take() {
            (self.baseline, self.baseline_files) = compared.before;
        }
    }

    /// Going back is a change like any other: it can be undone.
    fn restore(&mut self) -> Vec<Outside> {
        let files = self.baseline_files.clone();
        let Some(files) = files.filter(|_| self.saves.compared.is_some()) else {
            return Vec::new();
        };
        self.end_comparison();
        self.panel = None;
        let before = self.snapshot();
        if !files.contains(&self.open) {
            self.open = files.first().unwrap_or_else(|| "".into());
        }
        self.notice = Some(
            "The files are as they were in that save. Undo brings the later ones back.".to_owned(),
        );
        self.change_from(before, files, Change::Structure)
    }

    /// What changed since the save that is compared with.
    pub fn comparison(&self) -> Option<Comparison> {
        let compared = self.saves.compared.as_ref()?;
        let then = self.baseline_files.as_ref()?;
        Some(Comparison {
            number: compared.number,
            files: changes(then, &self.files),
            flips: self.flips(),
        })
    }
}

/// Every file that differs, with its lines.
pub fn changes(then: &Files, now: &Files) -> Vec<FileChange> {
    let text = |files: &Files, path: &str| {
        files
            .text(path)
            .map_or_else(String::new, |text| text.to_string())
    };
    let difference = then.difference(now);
    let changed = difference.changed.iter().map(|file| {
        let what = if then.contains(&file.path) { "" } else { "new" };
        (file.path.clone(), what)
    });
    let removed = difference
        .removed
        .iter()
        .map(|path| (path.clone(), "removed"));
    let change = |(path, what): (String, &'static str)| FileChange {
        lines: lines(&text(then, &path), &text(now, &path)),
        path,
        what,
    };
    changed.chain(removed).map(change).collect()
}

/// Lines that are gone and lines that came, where they stand.
fn lines(then: &str, now: &str) -> Vec<Line> {
    let numbers = |lines: Vec<(u32, changed_lines::Kind)>| {
        lines
            .into_iter()
            .map(|(line, _)| line)
            .collect::<HashSet<_>>()
    };
    let came = numbers(changed_lines::between(then, now));
    let gone = numbers(changed_lines::between(now, then));
    let (mut old, mut new) = ((1..).zip(then.lines()), (1..).zip(now.lines()).peekable());
    let mut lines = Vec::new();
    let line = |came, (number, text): (u32, &str)| Line {
        came,
        number,
        text: text.to_owned(),
    };
    loop {
        let next = old.next();
        if let Some(next) = next.filter(|(number, _)| gone.contains(number)) {
            lines.push(line(false, next));
            continue;
        }
        while let Some(next) = new.next_if(|(number, _)| came.contains(number)) {
            lines.push(line(true, next));
        }
        if next.is_none() || new.next().is_none() {
            return lines;
        }
    }
}

/// What changed from one save to the next, as the list names it: `backend, pods`.
pub fn note(then: Option<&Files>, now: &Files) -> String {
    let Some(then) = then else {
        return words::count(now.len(), "file");
    };
    let changes = changes(then, now);
    let named: Vec<_> = changes
        .iter()
        .take(2)
        .map(|file| words::stem(&file.path))
        .collect();
    let more = changes.len().saturating_sub(2);
    let and = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    named.join(", ") + &and
}
