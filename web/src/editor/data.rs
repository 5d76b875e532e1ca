//! What the page and the editor tell each other.

use serde::{Deserialize, Serialize};
use tierwalk_protocol::Action;

/// The open file was changed by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Its path.
    pub path: String,
    /// Its whole new text.
    pub text: String,
    /// What was replaced, in ascending order, in offsets of the text before.
    pub changes: Vec<Change>,
}

/// A question of the editor about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its number, for the answer.
    pub number: u32,
    /// What can be written there, or else what stands there?
    pub complete: bool,
    /// Path.
    pub path: String,
    /// Offset in UTF-16 code units.
    pub at: u32,
}

/// A command given at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which one: `definition`, `references`, `rename`, `format`, `undo` or `redo`.
    pub what: String,
    /// Path.
    pub path: String,
    /// Offset in UTF-16 code units.
    pub at: u32,
}

/// One replacement, in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Change {
    /// Start.
    pub from: u32,
    /// End, exclusive.
    pub to: u32,
    /// New text.
    pub insert: String,
}

/// Whether a clause of the chosen flow held, at the line it is written in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseMark {
    /// Path.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Whether it held.
    pub held: bool,
}

/// The lines that decided the chosen flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deciding {
    /// Path.
    pub file: String,
    /// First line, from 1.
    pub from: u32,
    /// Last line.
    pub to: u32,
    /// What they did.
    pub action: Action,
}

/// What came nearest to deciding otherwise, in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// Path.
    pub file: String,
    /// Start.
    pub from: u32,
    /// End, exclusive.
    pub to: u32,
}

/// The lines of a template that made what is pointed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mapped {
    /// Path.
    pub file: String,
    /// First line, from 1.
    pub from: u32,
    /// Last line.
    pub to: u32,
}

/// A line that differs from the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedLine {
    /// Path.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// How it differs.
    pub kind: ChangeKind,
}

/// How a line differs from the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was another one.
    Changed,
    /// It was not there.
    New,
}
