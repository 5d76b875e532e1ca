//! Problems, and how to mend them.

use serde::{Deserialize, Serialize};

/// A stretch of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Path of the file.
    pub file: String,
    /// First line, from 1.
    pub line: u32,
    /// Column of the first character, from 1, in UTF-16 code units.
    pub column: u32,
    /// Start in the file, in UTF-16 code units from 0.
    pub from: u32,
    /// End in the file (exclusive), in UTF-16 code units.
    pub to: u32,
}

/// The four severities of the language server protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Refused: the document is left out of evaluation.
    Error,
    /// Accepted, but very likely not what was meant.
    Warning,
    /// Worth knowing.
    Info,
    /// A suggestion.
    Hint,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// Named code, `selector/unknown-operator`; a page of that name is in `docs/diagnostics/`.
    pub code: String,
    /// How bad.
    pub severity: Severity,
    /// What is wrong: one lower-case sentence, user input in backticks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub place: Place,
    /// Other places that explain it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// Ways to mend it, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
}

/// Another place that explains a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A change of text that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// Label of the button: `Replace with "logging"`.
    pub title: String,
    /// False if the change may alter what a policy means.
    pub safe: bool,
    /// Replacements, in ascending order, not overlapping.
    pub edits: Vec<Edit>,
}

/// Replace a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What to replace.
    pub place: Place,
    /// By what.
    pub text: String,
}
