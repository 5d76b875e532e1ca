//! Answers and steps as they are read: one flat list of fields for all kinds.
//!
//! Serde reads an enum that a field tells apart (`"type": "tier"`) by way of a buffer that holds anything,
//! and compiles every nested type for that buffer. Without it, the page is a tenth smaller.

use serde::Deserialize;

use crate::checks::{CheckAnswer, CheckReport, ReportParts};
use crate::{
    Action, Analysis, Answer, Place, PolicyStep, Reply, Step, TierStep, Walk, parts::Parts,
};

#[cfg(test)]
mod tests;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum AnswerKind {
    Ready,
    Analysis,
    Walk,
    Reply,
    Failed,
}

/// Fields of [`Answer`].
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnswerFields {
    r#type: AnswerKind,
    protocol: Option<u32>,
    revision: Option<u32>,
    parts: Option<Box<Parts>>,
    analysis: Option<Box<Analysis>>,
    flow: Option<String>,
    walk: Option<Box<Walk>>,
    id: Option<u32>,
    reply: Option<Box<Reply>>,
    message: Option<String>,
}

impl TryFrom<AnswerFields> for Answer {
    type Error = Missing;

    fn try_from(fields: AnswerFields) -> Result<Self, Missing> {
        Ok(match fields.r#type {
            AnswerKind::Ready => Self::Ready {
                protocol: given(fields.protocol, "protocol")?,
            },
            AnswerKind::Analysis => Self::Analysis {
                revision: given(fields.revision, "revision")?,
                parts: given(fields.parts, "parts")?,
                analysis: given(fields.analysis, "analysis")?,
            },
            AnswerKind::Walk => Self::Walk {
                revision: given(fields.revision, "revision")?,
                flow: given(fields.flow, "flow")?,
                walk: fields.walk,
            },
            AnswerKind::Reply => Self::Reply {
                revision: given(fields.revision, "revision")?,
                id: given(fields.id, "id")?,
                reply: fields.reply,
            },
            AnswerKind::Failed => Self::Failed {
                message: given(fields.message, "message")?,
            },
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum CheckAnswerKind {
    Ready,
    Report,
    Tried,
    Value,
    Failed,
}

/// Fields of [`CheckAnswer`].
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckAnswerFields {
    r#type: CheckAnswerKind,
    protocol: Option<u32>,
    parts: Option<Box<ReportParts>>,
    report: Option<Box<CheckReport>>,
    broken: Option<Vec<Vec<String>>>,
    value: Option<Result<Vec<String>, String>>,
    message: Option<String>,
}

impl TryFrom<CheckAnswerFields> for CheckAnswer {
    type Error = Missing;

    fn try_from(fields: CheckAnswerFields) -> Result<Self, Missing> {
        Ok(match fields.r#type {
            CheckAnswerKind::Ready => Self::Ready {
                protocol: given(fields.protocol, "protocol")?,
            },
            CheckAnswerKind::Report => Self::Report {
                parts: given(fields.parts, "parts")?,
                report: given(fields.report, "report")?,
            },
            CheckAnswerKind::Tried => Self::Tried {
                broken: given(fields.broken, "broken")?,
            },
            CheckAnswerKind::Value => Self::Value {
                value: given(fields.value, "value")?,
            },
            CheckAnswerKind::Failed => Self::Failed {
                message: given(fields.message, "message")?,
            },
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum StepKind {
    Tier,
    Profile,
    Bypass,
}

/// Fields of [`Step`].
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StepFields {
    r#type: StepKind,
    tier: Option<String>,
    phase: Option<String>,
    skipped: Option<String>,
    reached: Option<bool>,
    policies: Option<Vec<PolicyStep>>,
    omitted: Option<u32>,
    end: Option<Action>,
    place: Option<Place>,
    name: Option<String>,
    action: Option<Action>,
    text: Option<String>,
}

impl TryFrom<StepFields> for Step {
    type Error = Missing;

    fn try_from(fields: StepFields) -> Result<Self, Missing> {
        Ok(match fields.r#type {
            StepKind::Tier => Self::Tier(TierStep {
                tier: given(fields.tier, "tier")?,
                phase: given(fields.phase, "phase")?,
                skipped: fields.skipped,
                reached: given(fields.reached, "reached")?,
                policies: given(fields.policies, "policies")?,
                omitted: fields.omitted.unwrap_or_default(),
                end: fields.end,
                place: fields.place,
            }),
            StepKind::Profile => Self::Profile {
                name: given(fields.name, "name")?,
                action: given(fields.action, "action")?,
                text: given(fields.text, "text")?,
            },
            StepKind::Bypass => Self::Bypass {
                action: fields.action,
                text: given(fields.text, "text")?,
            },
        })
    }
}

/// A field that this kind of message has is not there.
pub(crate) struct Missing(&'static str);

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "missing field `{}`", self.0)
    }
}

fn given<T>(field: Option<T>, name: &'static str) -> Result<T, Missing> {
    field.ok_or(Missing(name))
}
