//! Objects of a workspace as forms, and changes of them that the engine writes into the text.

use serde::{Deserialize, Serialize};

use crate::{Edit, PolicyRef};

/// What can be asked about objects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ObjectAsked {
    /// Move a policy to another place. Answered by [`ObjectReply::Changed`] or [`ObjectReply::Refused`].
    Move(Move),
}

/// What the engine says about objects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ObjectReply {
    /// The edits that make a change.
    Changed(Changed),
    /// Why something cannot be done: one sentence.
    Refused(String),
}

/// Where a policy is to go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// The policy.
    pub policy: PolicyRef,
    /// Its tier, or another one.
    pub tier: String,
    /// The policy that it is to come right after; `None` puts it first.
    pub after: Option<PolicyRef>,
}

/// A change of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// Replacements, ascending in each file, not overlapping.
    pub edits: Vec<Edit>,
    /// What was done: one sentence.
    pub said: String,
    /// The policy by the name that it has then, if it is one.
    pub policy: Option<PolicyRef>,
}
