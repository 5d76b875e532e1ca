//! Writing flows: completion of a line, tables, all pairs of a namespace, expectations.

use serde::{Deserialize, Serialize};

use crate::{Edit, Verdict};

/// What the page asks while flows are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FlowsAsked {
    /// What may stand at this place of a flow line? Answered by [`FlowsReply::Completion`].
    Complete {
        /// The line.
        line: String,
        /// Where the cursor is, in UTF-16 code units.
        at: u32,
    },
    /// Which flows are these: lines, or a table? Answered by [`FlowsReply::Lines`].
    Read(String),
    /// Which namespaces have pods? Answered by [`FlowsReply::Namespaces`].
    Namespaces,
    /// The flows from every pod of a namespace to every pod of a namespace. Answered by [`FlowsReply::Pairs`].
    Pairs {
        /// Namespace of the sources.
        from: String,
        /// Namespace of the destinations.
        to: String,
        /// `tcp/8080`.
        port: String,
    },
    /// How do the files change if these flows are expected to do this? Answered by [`FlowsReply::Edits`].
    Expect {
        /// Ids of the flows; none of them means all.
        flows: Vec<String>,
        /// What is expected.
        expected: Expected,
    },
}

/// What flows are to be expected to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Expected {
    /// What they do now.
    Now,
    /// This.
    Verdict(Verdict),
    /// Nothing in particular.
    Nothing,
}

/// What the engine says while flows are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FlowsReply {
    /// What may stand at a place of a line.
    Completion(Completion),
    /// A text as flow lines.
    Lines(Lines),
    /// Namespaces with how many pods each has; pods of one workload count once.
    Namespaces(Vec<(String, u32)>),
    /// Lines of flows, or why there are none.
    Pairs(Result<Vec<String>, String>),
    /// Changes of the files, in order.
    Edits(Vec<Edit>),
}

/// What may stand at a place of a flow line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// The line that was asked about.
    pub line: String,
    /// Start of what a choice replaces, in UTF-16 code units.
    pub from: u32,
    /// End of it.
    pub to: u32,
    /// Choices, best first.
    pub choices: Vec<Choice>,
    /// What happens to the flow, if the line can be read as it stands.
    pub verdict: Option<Verdict>,
}

/// Something that may stand at a place of a flow line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// As it is listed.
    pub label: String,
    /// What is written for it.
    pub insert: String,
    /// What it is.
    pub detail: String,
}

/// A text as flow lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lines {
    /// All of them, whether they can be read or not.
    pub lines: Vec<String>,
    /// What is wrong with them.
    pub problems: Vec<LineProblem>,
}

/// What is wrong with a flow line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineProblem {
    /// Which of the lines, from 1.
    pub line: u32,
    /// Column in it, from 1, in UTF-16 code units.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}
