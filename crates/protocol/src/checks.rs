//! Checks in Rego: what the page asks of the worker that runs them, and what they say.

mod parts;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Diagnostic, Edit, File, Fix, Place,
    apply::{ApplyReport, ApplyView},
};

pub use parts::{ReportLists, ReportParts};

/// Raised whenever a message of this module changes shape.
pub const CHECKS_VERSION: u32 = 4;

/// Page to checker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum CheckRequest {
    /// Files changed, or something else is looked at. Answered by [`CheckAnswer::Report`].
    Check {
        /// Files that are new or whose text changed.
        changed: Vec<File>,
        /// Paths that are gone.
        removed: Vec<String>,
        /// What is looked at.
        view: CheckView,
    },
    /// Which checks edits would break that are not made. Answered by [`CheckAnswer::Tried`].
    Try {
        /// For each edit, the files that it changes, as they would be.
        tries: Vec<Vec<File>>,
        /// As in [`CheckView`].
        now: f64,
    },
    /// What an expression says about a document. Answered by [`CheckAnswer::Value`].
    Evaluate {
        /// Policy file that the expression is of.
        file: String,
        /// The expression: its start and end in the file, in UTF-16 code units.
        from: u32,
        /// See `from`.
        to: u32,
        /// The object, by [`CheckedObject::id`].
        object: String,
    },
}

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckView {
    /// Count how often each line of the policies held.
    pub coverage: bool,
    /// The object whose input is wanted, by [`CheckedObject::id`].
    pub object: Option<String>,
    /// Milliseconds since 1970, for the last days of exceptions.
    pub now: f64,
    /// What applying as somebody would come to is wanted.
    pub apply: Option<ApplyView>,
}

/// Checker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    try_from = "crate::read::CheckAnswerFields"
)]
pub enum CheckAnswer {
    /// First message, before it listens.
    Ready {
        /// [`CHECKS_VERSION`] the checker was built with.
        protocol: u32,
    },
    /// What the checks say.
    Report {
        /// Its long lists, told by those of the report before.
        parts: Box<ReportParts>,
        /// What they say, without these.
        report: Box<CheckReport>,
    },
    /// What edits would break.
    Tried {
        /// For each edit, the names of the checks that would refuse more.
        broken: Vec<Vec<String>>,
    },
    /// The values of an expression.
    Value {
        /// Each value as JSON, or why there is none.
        value: Result<Vec<String>, String>,
    },
    /// The checker gave up (a defect). It is to be replaced; nothing typed is lost.
    Failed {
        /// Text for the report.
        message: String,
    },
}

/// What the checks of a workspace say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// The checks: those of the workspace's files, then those of the pack.
    pub checks: Vec<Check>,
    /// What they found, by file and place; exceptions among it.
    pub findings: Vec<Finding>,
    /// Findings that are counted and not listed.
    pub omitted: u32,
    /// Problems of policies and settings.
    pub diagnostics: Vec<Diagnostic>,
    /// What was checked.
    pub objects: Vec<Arc<CheckedObject>>,
    /// How many of them are policies.
    pub policies: u32,
    /// How long it took, in milliseconds.
    pub took: f64,
    /// The policy files.
    pub modules: Vec<RegoModule>,
    /// The input that was asked for, as JSON.
    pub input: Option<ObjectInput>,
    /// What came of applying; `None` where it was not asked, or files name nobody to apply as.
    pub apply: Option<ApplyReport>,
}

/// What asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CheckSource {
    /// Rego of the workspace, or of the pack.
    #[default]
    Rego,
    /// A Gatekeeper constraint.
    Constraint,
    /// A ValidatingAdmissionPolicy.
    Policy,
}

/// One check.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Its name.
    pub id: String,
    /// What it is written as.
    pub source: CheckSource,
    /// What it asks.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// Its file in the workspace; `None` for a check of the pack.
    pub place: Option<Place>,
    /// Its Rego, for a check of the pack.
    pub rego: Option<String>,
    /// Whether it is asked.
    pub on: bool,
    /// It cannot be asked: its file has an error.
    pub broken: bool,
    /// Turns it on or off, where the settings can.
    pub switch: Option<Fix>,
    /// Its parameters, where it has any.
    pub parameters: Vec<Parameter>,
    /// Objects that come to its last condition; `None` if this was not counted.
    pub applies: Option<u32>,
    /// How many objects it refuses.
    pub fails: u32,
    /// How many it warns about.
    pub warns: u32,
    /// How many are excepted.
    pub excepted: u32,
}

/// A parameter of a check of the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it means.
    pub means: String,
    /// Its value, as YAML on one line.
    pub value: String,
    /// Where a value is to be written.
    pub place: Place,
    /// What is to be written before it.
    pub before: String,
}

/// How a finding counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingLevel {
    /// Refuses.
    #[default]
    Fail,
    /// Warns.
    Warn,
}

/// What a check says about an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Which of the checks.
    pub check: u32,
    /// The rule: `deny`, `warn_owner`.
    pub rule: String,
    /// Its package: `main`.
    pub package: String,
    /// Which definition gave it, in the workspace's files.
    pub rule_place: Option<Place>,
    /// How it counts.
    pub level: FindingLevel,
    /// What is said.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The field, as `/spec/order`.
    pub path: String,
    /// Whether the check named the field; else it is the best guess.
    pub named: bool,
    /// The object, by [`CheckedObject::id`].
    pub object: String,
    /// What the rule gave, as JSON.
    pub output: String,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
    /// The exception that holds for it.
    pub excepted: Option<Excepted>,
    /// What would except it; [`REASON`] and [`EXPIRES`] in its text are to be replaced.
    pub except: Option<Edit>,
}

/// Stands for the reason in an exception that is to be written.
pub const REASON: &str = "%reason%";
/// Stands for the last day in an exception that is to be written.
pub const EXPIRES: &str = "%expires%";

/// Why a finding does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Excepted {
    /// The reason given.
    pub reason: String,
    /// The last day, `2027-03-31`.
    pub expires: String,
    /// Where it is written; `None` for an exception that a policy makes.
    pub place: Option<Place>,
}

/// An object that was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckedObject {
    /// Tells objects apart: file and place.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Its namespace; empty if it has none.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Who answers for it: the annotation `owner`, else the namespace.
    pub team: String,
    /// Where it stands, or the template that makes it.
    pub place: Place,
    /// It is made by a template.
    pub compiled: bool,
}

/// What a check sees of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectInput {
    /// The object, by [`CheckedObject::id`].
    pub object: String,
    /// Its JSON.
    pub json: String,
}

/// A policy file of the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegoModule {
    /// Its path.
    pub path: String,
    /// Its package.
    pub package: String,
    /// The version of the language: 0 or 1.
    pub version: u32,
    /// How often its lines held, by line; empty if this was not counted.
    pub lines: Vec<CoveredLine>,
}

/// How often a line of a policy held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoveredLine {
    /// The line, from 1.
    pub line: u32,
    /// Objects for which it held.
    pub held: u32,
    /// Objects for which it was asked.
    pub asked: u32,
}
