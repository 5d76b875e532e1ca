use serde::{Serialize, de::DeserializeOwned};

use crate::checks::CheckAnswer;
use crate::{Action, Answer, Step, TierStep};

/// What was written is read as the same, and each kind says which it is.
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    value: &T,
    kind: &str,
) {
    let text = serde_json::to_string(value).expect("plain data has a text");
    assert!(text.contains(&format!("\"type\":\"{kind}\"")), "{text}");
    assert_eq!(
        serde_json::from_str::<T>(&text).ok().as_ref(),
        Some(value),
        "{text}"
    );
}

/// Without a wildcard: a new kind of answer has to be named here, and read by [`super::AnswerFields`].
fn answer_kind(answer: &Answer) -> &'static str {
    match answer {
        Answer::Ready { .. } => "ready",
        Answer::Analysis { .. } => "analysis",
        Answer::Walk { .. } => "walk",
        Answer::Reply { .. } => "reply",
        Answer::Failed { .. } => "failed",
    }
}

#[test]
fn every_answer_is_read_as_it_was_written() {
    let answers = [
        Answer::Ready { protocol: 1 },
        Answer::Analysis {
            revision: 2,
            parts: Box::default(),
            analysis: Box::default(),
        },
        Answer::Walk {
            revision: 3,
            flow: "a -> b tcp/1".to_owned(),
            walk: None,
        },
        Answer::Reply {
            revision: 4,
            id: 5,
            reply: None,
        },
        Answer::Failed {
            message: "x".to_owned(),
        },
    ];
    for answer in answers {
        round_trip(&answer, answer_kind(&answer));
    }
}

/// As [`answer_kind`], for [`super::CheckAnswerFields`].
fn check_answer_kind(answer: &CheckAnswer) -> &'static str {
    match answer {
        CheckAnswer::Ready { .. } => "ready",
        CheckAnswer::Report { .. } => "report",
        CheckAnswer::Tried { .. } => "tried",
        CheckAnswer::Value { .. } => "value",
        CheckAnswer::Failed { .. } => "failed",
    }
}

#[test]
fn every_answer_of_the_checker_is_read_as_it_was_written() {
    let answers = [
        CheckAnswer::Ready { protocol: 1 },
        CheckAnswer::Report {
            parts: Box::default(),
            report: Box::default(),
        },
        CheckAnswer::Tried {
            broken: vec![vec!["order".to_owned()], Vec::new()],
        },
        CheckAnswer::Value {
            value: Err("no such object".to_owned()),
        },
        CheckAnswer::Failed {
            message: "x".to_owned(),
        },
    ];
    for answer in answers {
        round_trip(&answer, check_answer_kind(&answer));
    }
}

#[test]
fn every_step_is_read_as_it_was_written() {
    let tier = TierStep {
        tier: "default".into(),
        phase: String::new(),
        skipped: Some("no policies".into()),
        reached: true,
        policies: Vec::new(),
        omitted: 3,
        end: Some(Action::Pass),
        place: None,
    };
    round_trip(&Step::Tier(tier), "tier");
    let (name, action, text) = ("kns.a".into(), Action::Allow, "allows".into());
    round_trip(&Step::Profile { name, action, text }, "profile");
    round_trip(
        &Step::Bypass {
            action: None,
            text: "own node".into(),
        },
        "bypass",
    );
}

#[test]
fn a_field_that_is_missing_is_named() {
    let read = serde_json::from_str::<Answer>(r#"{"type":"walk","revision":1}"#);
    assert!(read.is_err_and(|error| error.to_string().contains("missing field `flow`")));
}
