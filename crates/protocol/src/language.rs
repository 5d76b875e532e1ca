//! What the editor asks about a place in a file. Offsets are UTF-16 code units.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Place};

/// A question about a place in a file, or about the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LanguageAsked {
    /// What can be written here?
    Complete {
        /// Path.
        file: String,
        /// Offset.
        at: u32,
    },
    /// What is this?
    Hover {
        /// Path.
        file: String,
        /// Offset.
        at: u32,
    },
    /// What is named here, and where else?
    Name {
        /// Path.
        file: String,
        /// Offset.
        at: u32,
    },
    /// Give what is named here another name.
    Rename {
        /// Path.
        file: String,
        /// Offset.
        at: u32,
        /// The new name.
        to: String,
    },
    /// Put indentation and blank lines in order.
    Format {
        /// Path.
        file: String,
    },
}

/// The answer to the question of the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LanguageReply {
    /// To [`LanguageAsked::Complete`].
    Complete(Completions),
    /// To [`LanguageAsked::Hover`].
    Hover(Option<Hover>),
    /// To [`LanguageAsked::Name`]; `None` if nothing is named there.
    Name(Option<Named>),
    /// To [`LanguageAsked::Rename`].
    Rename(Renamed),
    /// To [`LanguageAsked::Format`].
    Format(Formatted),
}

/// What can be written at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completions {
    /// Where what is written already begins.
    pub from: u32,
    /// What can stand there instead, best first.
    pub items: Vec<Completion>,
}

/// One thing that can be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// As listed, and what is typed is compared with.
    pub label: String,
    /// A word or two beside it.
    pub detail: String,
    /// What it means.
    pub doc: String,
    /// What is written. `${name}` is a place to fill in, of a snippet.
    pub insert: String,
    /// Whether `insert` has places to fill in, or lines to indent.
    pub snippet: bool,
    /// Whether there is something to choose right behind it.
    pub again: bool,
}

/// What stands at a place, explained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hover {
    /// Start of what is explained.
    pub from: u32,
    /// End.
    pub to: u32,
    /// What it is, with user input in backticks.
    pub title: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// Where that is from: a name in Calico's or Kubernetes' API.
    pub source: String,
}

/// Something that has a name, and where the name is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// What it is: `tier`, `namespace`, …
    pub what: String,
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub declared: Vec<Found>,
    /// Every place of the name, the declarations among them; by file and offset.
    pub found: Vec<Found>,
    /// Whether it can be given another name.
    pub renames: bool,
}

/// A place, with the line that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The place.
    pub place: Place,
    /// Its line, without blanks around it.
    pub line: String,
}

/// A name, given anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Renamed {
    /// These changes do it; by file and offset.
    Edits(Vec<Edit>),
    /// It cannot be done, and why.
    Refused(String),
}

/// A text, put in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Formatted {
    /// The text as it should be.
    Text(String),
    /// It is so already.
    AsItIs,
    /// It was left alone, and why.
    Refused(String),
}
