//! Templates: what a file is compiled to, its form, and the templates that there are.

use serde::{Deserialize, Serialize};

use crate::{Edit, Place};

/// What is looked at; it decides what an analysis tells in full.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Id of the flow whose walk is wanted ([`crate::FlowRow::id`]).
    pub flow: Option<String>,
    /// The open file, whose templates are wanted compiled and as a form.
    pub file: Option<String>,
    /// The cluster whose objects take part; all objects do without one.
    pub cluster: Option<String>,
}

/// The templates of the open file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateFile {
    /// Its path.
    pub file: String,
    /// The objects that it makes, in order.
    pub objects: Vec<CompiledObject>,
    /// A form for each of its documents that has one.
    pub forms: Vec<Form>,
    /// Whether its objects can stand in its place: there is nothing else in it, and no object is for some
    /// clusters only.
    pub detachable: bool,
}

/// One compiled object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CompiledObject {
    /// `NetworkPolicy`.
    pub kind: String,
    /// Its namespace, for kinds that have one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// The name of a file for it.
    pub file_name: String,
    /// Its YAML.
    pub lines: Vec<CompiledLine>,
    /// To which of the clusters it goes.
    pub clusters: Vec<Placement>,
}

/// One line of a compiled object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CompiledLine {
    /// Its text, without the line break.
    pub text: String,
    /// The line of the template's file that made it, from 1.
    pub line: Option<u32>,
    /// How it came about.
    pub origin: LineOrigin,
}

/// How a line of a compiled object came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineOrigin {
    /// Its value is written in the template.
    Line,
    /// It is a default of the template.
    Default,
    /// It follows from the kind of object alone.
    #[default]
    None,
}

/// Whether an object goes to a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The cluster.
    pub cluster: String,
    /// Whether it goes there.
    pub goes: bool,
    /// Why.
    pub reason: String,
}

/// The form of one template document. What is typed into it is written at the places that its fields name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    /// The template.
    pub template: String,
    /// What the template is for.
    pub description: String,
    /// The document's first line, from 1.
    pub line: u32,
    /// Its fields.
    pub fields: Vec<FormField>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormField {
    /// What tells it from other fields of the file: `0.values.clients.0.app`.
    pub path: String,
    /// Its label.
    pub label: String,
    /// How it is shown.
    pub input: Input,
    /// Whether it has to be set.
    pub required: bool,
    /// Its value where none is written.
    pub default: Option<String>,
    /// What to write there.
    pub help: String,
    /// What is written, as shown; `None` if nothing is.
    pub value: Option<String>,
    /// The line it is written on, from 1.
    pub line: Option<u32>,
    /// How to write a value; `None` if it cannot be done from a form.
    pub write: Option<Write>,
    /// Takes the field, or the item of a list, out of the text.
    pub remove: Option<Edit>,
    /// Adds an item to a list.
    pub add: Option<Edit>,
    /// Items of a list, fields of a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FormField>,
}

/// How a field is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Input {
    /// A line of text.
    Text,
    /// A line in a language of its own: a selector, a rule.
    Code,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// One of these.
    Choice {
        /// What it can be.
        options: Vec<String>,
    },
    /// Some of these, each with the edit that turns it over.
    Choices {
        /// What they can be.
        options: Vec<Toggle>,
    },
    /// Values on one line, parted by commas.
    List {
        /// Numbers are written as numbers.
        numbers: bool,
    },
    /// Labels on one line, `key=value`, parted by commas.
    Labels,
    /// Items below each other ([`FormField::fields`]).
    Items,
    /// Fields that belong together ([`FormField::fields`]).
    Group,
}

/// One of several values that can be chosen together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toggle {
    /// The value.
    pub value: String,
    /// Whether it is chosen.
    pub on: bool,
    /// Turns it over.
    pub edit: Option<Edit>,
}

/// Where the value of a field is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// What to replace.
    pub place: Place,
    /// What stands before the value, if it is written anew.
    pub before: String,
}

/// A template to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Starter {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether it is shipped; the others are the workspace's own.
    pub shipped: bool,
    /// A file with a filled example.
    pub example: String,
}
