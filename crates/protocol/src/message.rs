//! What page and worker say to each other.

use serde::{Deserialize, Serialize};

use crate::{Analysis, Question, Reply, View, Walk, parts::Parts};

/// Raised whenever a message changes shape, so that a new page never talks to an old, cached worker.
pub const PROTOCOL_VERSION: u32 = 5;

/// One named text file of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Path inside the workspace, `/`-separated: `policies/backend.yaml`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Request {
    /// Replace the whole workspace. Answered by [`Answer::Analysis`].
    Open {
        /// Echoed in the answer.
        revision: u32,
        /// Every file.
        files: Vec<File>,
        /// What is looked at.
        view: View,
    },
    /// Some files changed or went away, or something else is looked at. Answered by [`Answer::Analysis`].
    Edit {
        /// Echoed in the answer.
        revision: u32,
        /// Files that are new or whose text changed.
        changed: Vec<File>,
        /// Paths that are gone.
        removed: Vec<String>,
        /// What is looked at.
        view: View,
    },
    /// Another flow was chosen; nothing else changed. Answered by [`Answer::Walk`].
    Walk {
        /// Echoed in the answer.
        revision: u32,
        /// Id of the flow.
        flow: String,
    },
    /// Something is to be looked up. Answered by [`Answer::Reply`].
    Ask {
        /// Echoed in the answer.
        revision: u32,
        /// Tells the reply from others.
        id: u32,
        /// What is asked.
        question: Question,
    },
}

impl Request {
    /// The revision that the answer will echo.
    pub fn revision(&self) -> u32 {
        match self {
            Self::Open { revision, .. }
            | Self::Edit { revision, .. }
            | Self::Walk { revision, .. }
            | Self::Ask { revision, .. } => *revision,
        }
    }
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    try_from = "crate::read::AnswerFields"
)]
pub enum Answer {
    /// First message of a worker, before it listens.
    Ready {
        /// [`PROTOCOL_VERSION`] the worker was built with.
        protocol: u32,
    },
    /// The workspace, analysed.
    Analysis {
        /// Revision of the request.
        revision: u32,
        /// Its long lists, told by those of the analysis before.
        parts: Box<Parts>,
        /// What was found, without these.
        analysis: Box<Analysis>,
    },
    /// The walk of one flow; `None` when the id is unknown or its line cannot be read.
    Walk {
        /// Revision of the request.
        revision: u32,
        /// Id of the flow.
        flow: String,
        /// The walk.
        walk: Option<Box<Walk>>,
    },
    /// What came of a question.
    Reply {
        /// Revision of the request.
        revision: u32,
        /// Id of the question.
        id: u32,
        /// The answer; `None` if what was asked about is not there (any more).
        reply: Option<Box<Reply>>,
    },
    /// The engine gave up (a defect). The worker is to be replaced; nothing typed is lost.
    Failed {
        /// Text for the report.
        message: String,
    },
}
