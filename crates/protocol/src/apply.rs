//! Applying as somebody: what the page asks of the checker, and what the API server would answer.

use serde::{Deserialize, Serialize};

use crate::Place;

/// Who applies what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplyView {
    /// Name of the persona; the first one if it is empty or not there.
    pub persona: String,
    /// What is applied.
    pub what: ApplyWhat,
    /// Files that differ from the baseline, as they were then.
    pub before: Vec<FileBefore>,
}

/// What is applied, and to which cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApplyWhat {
    /// Every policy and network set, to a cluster that has everything but them.
    #[default]
    Policies,
    /// One file, to a cluster that has everything else.
    File(String),
    /// What differs from the baseline, to a cluster as it was then.
    Changes,
}

/// A file as it was in the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileBefore {
    /// Its path.
    pub path: String,
    /// Its text; `None` if it was not there.
    pub text: Option<String>,
}

/// Somebody to apply as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonaName {
    /// How it is called.
    pub name: String,
    /// Who it is to the cluster.
    pub user: String,
    /// The groups that files put it in.
    pub groups: Vec<String>,
}

/// What came of applying.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplyReport {
    /// Everybody that files name.
    pub personas: Vec<PersonaName>,
    /// Who applied, by its place among them.
    pub persona: u32,
    /// What became of each object, in the order applied.
    pub objects: Vec<AppliedObject>,
    /// Objects beyond the limit, which were not applied.
    pub omitted: u32,
}

/// What became of one object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppliedObject {
    /// `networkpolicy.projectcalico.org/web`.
    pub object: String,
    /// Its namespace; empty for cluster-wide kinds.
    pub namespace: String,
    /// What became of it.
    pub change: ApplyChange,
    /// What `kubectl` prints, warnings first.
    pub printed: String,
    /// What was asked and let it through, in order.
    pub passed: Vec<PassedStage>,
    /// The stage that refused it.
    pub refused_by: Option<String>,
    /// Where it is written, or the template that makes it.
    pub place: Place,
}

/// A stage of the API server that let an object through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PassedStage {
    /// Which one: `rbac`, `tier`, `policy`.
    pub stage: String,
    /// Why, where there is something to say: the binding that grants it.
    pub why: String,
}

/// What became of an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ApplyChange {
    /// It is new.
    #[default]
    Created,
    /// It is changed.
    Configured,
    /// It is as it was.
    Unchanged,
    /// It is not written.
    Refused,
}
