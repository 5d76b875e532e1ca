//! Objects of a workspace as forms, and changes of them that the engine writes into the text.

use serde::{Deserialize, Serialize};

use crate::{Edit, File, Place, PolicyRef};

/// What can be asked about objects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ObjectAsked {
    /// Move a policy to another place. Answered by [`ObjectReply::Changed`] or [`ObjectReply::Refused`].
    Move(Move),
    /// The form of an object. Answered by [`ObjectReply::Form`] or [`ObjectReply::NoForm`].
    Show(ObjectAt),
    /// Change a field of an object. Answered by [`ObjectReply::Changed`] or [`ObjectReply::Refused`].
    Change(ObjectAt, FieldChange),
    /// Make a policy. Answered by [`ObjectReply::Changed`] or [`ObjectReply::Refused`].
    Add(NewPolicy),
}

/// What the engine says about objects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ObjectReply {
    /// The edits that make a change.
    Changed(Changed),
    /// Why something cannot be done: one sentence.
    Refused(String),
    /// An object as a form.
    Form(Box<ObjectForm>),
    /// There is no form.
    NoForm {
        /// Why: one sentence.
        why: String,
        /// The text cannot be read at the moment; the form that was shown last stays.
        broken: bool,
    },
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
    /// A new file, whose path may be taken.
    pub file: Option<File>,
}

/// Names an object in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectAt {
    /// The file.
    pub file: String,
    /// A line of the object, from 1. It is looked at if no object of the file has the key.
    pub line: u32,
    /// Kind, namespace and name, as a form told them.
    pub key: Option<String>,
}

/// A policy that is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewPolicy {
    /// Its name.
    pub name: String,
    /// Its tier.
    pub tier: String,
    /// Its namespace; empty for a global policy.
    pub namespace: String,
    /// The policy that it is to come right after; `None` puts it first.
    pub after: Option<PolicyRef>,
    /// It only shows what would change.
    pub staged: bool,
}

/// An object as a form: what is in its text, and what can be written there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectForm {
    /// The object.
    pub at: ObjectAt,
    /// Kind and name.
    pub title: String,
    /// Fields that belong together, in order.
    pub sections: Vec<Section>,
    /// What is in the text and not in the form.
    pub rest: Vec<Unshown>,
    /// What exists in the workspace.
    pub offers: Vec<Offer>,
}

/// Fields that belong together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Its title.
    pub title: String,
    /// What comes of its fields: `selects 3 pods`.
    pub note: Option<String>,
    /// Its fields.
    pub fields: Vec<ObjectField>,
}

/// A field that the form does not show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unshown {
    /// Its path: `spec.performanceHints`.
    pub field: String,
    /// Where it is.
    pub place: Place,
}

/// Values that exist in the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// What fields call it by: `endpoints` for keys of labels, `endpoints/app` for values of one.
    pub name: String,
    /// The values.
    pub values: Vec<String>,
}

/// One field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectField {
    /// Where it is in the object: `spec.ingress[0].source.selector`.
    pub path: String,
    /// Its label.
    pub label: String,
    /// How it is shown.
    pub control: Control,
    /// What is written, as shown; `None` if nothing is.
    pub value: Option<String>,
    /// What to write there.
    pub help: String,
    /// What comes of it: `3 pods`.
    pub note: Option<String>,
    /// Why it cannot be changed here, or what is wrong with it.
    pub problem: Option<String>,
    /// It can only be changed in the text.
    pub locked: bool,
    /// It is seldom needed and not written.
    pub seldom: bool,
    /// The [`Offer`] that goes with it.
    pub offer: String,
    /// Conditions of a selector that are joined by `and`, labels.
    pub terms: Vec<Term>,
    /// Items of a list, fields of an item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ObjectField>,
    /// An item in a few words, by column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub summary: Vec<String>,
}

/// How a field is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Control {
    /// A line of text.
    #[default]
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// One of these.
    Choice(Vec<String>),
    /// Some of these; the value parts them by commas.
    Choices(Vec<String>),
    /// Values parted by commas.
    List,
    /// Conditions with these operators, or typed as a selector.
    Selector(Vec<String>),
    /// A label selector of Kubernetes, with these operators.
    Match(Vec<String>),
    /// Labels.
    Labels,
    /// Items, one below the other, with the heads of their columns.
    Items(Vec<String>),
    /// An item.
    Item,
}

/// A condition of a selector, or a label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// The key of a label.
    pub key: String,
    /// `==`, `in`, `has`, …
    pub operator: String,
    /// The value, or values parted by commas.
    pub value: String,
}

/// A change of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// Which field.
    pub path: String,
    /// What is to be done.
    pub what: FieldEdit,
}

/// What is to be done with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldEdit {
    /// Write this; nothing takes the field out of the text.
    Set(String),
    /// Write these conditions or labels.
    Terms(Vec<Term>),
    /// Add an item at the end of a list.
    Add,
    /// Add a copy of an item behind it.
    Copy,
    /// Take an item, or a field, out of the text.
    Remove,
    /// Move an item to this place of its list.
    Move(u32),
}
