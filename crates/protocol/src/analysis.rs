//! Everything the page shows about a workspace.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Board, Diagnostic, FlowRow, Starter, TemplateFile, Walk};

/// A workspace, analysed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Analysis {
    /// Files in the order of their paths.
    pub files: Vec<FileSummary>,
    /// Problems, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The board.
    pub board: Board,
    /// Flows in file order.
    pub flows: Vec<Arc<FlowRow>>,
    /// The flow that was asked for: its id.
    pub walk_of: Option<String>,
    /// Its walk.
    pub walk: Option<Walk>,
    /// What the templates of the open file are compiled to.
    #[serde(default)]
    pub template: Option<TemplateFile>,
    /// The clusters that are listed.
    #[serde(default)]
    pub clusters: Vec<String>,
    /// The one whose objects take part; all objects do without one.
    #[serde(default)]
    pub cluster: Option<String>,
    /// The templates to start from.
    #[serde(default)]
    pub starters: Vec<Starter>,
}

/// What one file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileSummary {
    /// Path.
    pub path: String,
    /// Problems of severity error.
    pub errors: u32,
    /// Problems of severity warning.
    pub warnings: u32,
    /// The file holds policies and all of them are staged.
    pub staged: bool,
    /// Objects that its templates make.
    #[serde(default)]
    pub compiled: u32,
    /// It holds templates, or definitions of them.
    #[serde(default)]
    pub template: bool,
    /// Documents of a kind that plays no part here.
    pub ignored: Vec<Ignored>,
}

/// A document of a kind that plays no part in policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ignored {
    /// `apps/v1 ConfigMap`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// First line, from 1.
    pub line: u32,
}
