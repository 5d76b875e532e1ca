//! Questions about the workspace as it stands, answered when they are asked and not with every edit.

use serde::{Deserialize, Serialize};

use crate::compose::{FlowsAsked, FlowsReply};
use crate::{
    EndLabel, LanguageAsked, LanguageReply, Matrix, MatrixAsked, ObjectAsked, ObjectReply, Pair,
    PolicyRef, SuggestAsked, Suggestions,
};

/// What the page can ask the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Question {
    /// Which endpoints does this policy select? Answered by [`Reply::Selected`].
    Selected(PolicyRef),
    /// Which policies select endpoints with these labels: a selector, or `key=value`, or `key`? Answered by
    /// [`Reply::Labelled`].
    Labelled(String),
    /// What the editor wants to know. Answered by [`Reply::Language`].
    Language(LanguageAsked),
    /// What becomes of every pair? Answered by [`Reply::Matrix`].
    Matrix(MatrixAsked),
    /// What becomes of the flow of this line, which no file needs to list? Answered by [`Reply::Pair`].
    Pair(String),
    /// What would change the verdict of a flow? Answered by [`Reply::Suggestions`].
    Suggest(SuggestAsked),
    /// About flows that are being written.
    Flows(FlowsAsked),
    /// Objects as forms, and changes of them. Answered by [`Reply::Object`].
    Object(ObjectAsked),
}

/// What the engine says to a [`Question`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reply {
    /// The endpoints that a policy selects.
    Selected(Selected),
    /// Policies by the labels of what they select.
    Labelled(Labelled),
    /// What the editor wanted to know.
    Language(LanguageReply),
    /// Rows of the matrix.
    Matrix(Matrix),
    /// One pair.
    Pair(Pair),
    /// What would change the verdict of a flow.
    Suggestions(Suggestions),
    /// About flows that are being written.
    Flows(FlowsReply),
    /// An object as a form, or a change of one.
    Object(ObjectReply),
}

/// The policies that select endpoints with some labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Labelled {
    /// What was asked.
    pub text: String,
    /// The policies, in order of evaluation; `None` if the text cannot be read.
    pub policies: Option<Vec<PolicyRef>>,
}

/// The endpoints that a policy selects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Selected {
    /// The policy.
    pub policy: PolicyRef,
    /// How many there are.
    pub total: u32,
    /// The first of them: pods by namespace and name, then host endpoints by name.
    pub endpoints: Vec<EndLabel>,
}
