use serde::{Serialize, de::DeserializeOwned};

use crate::checks::CheckAnswer;
use crate::{Action, Analysis, Answer, Step, TierStep};

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

#[test]
fn every_answer_is_read_as_it_was_written() {
    round_trip(&Answer::Ready { protocol: 1 }, "ready");
    let analysis = Box::new(Analysis::default());
    round_trip(
        &Answer::Analysis {
            revision: 2,
            parts: Box::default(),
            analysis,
        },
        "analysis",
    );
    let flow = "a -> b tcp/1".to_owned();
    round_trip(
        &Answer::Walk {
            revision: 3,
            flow,
            walk: None,
        },
        "walk",
    );
    round_trip(
        &Answer::Failed {
            message: "x".into(),
        },
        "failed",
    );
}

#[test]
fn every_answer_of_the_checker_is_read_as_it_was_written() {
    round_trip(&CheckAnswer::Ready { protocol: 1 }, "ready");
    let report = Box::default();
    round_trip(&CheckAnswer::Report { report }, "report");
    let broken = vec![vec!["order".to_owned()], Vec::new()];
    round_trip(&CheckAnswer::Tried { broken }, "tried");
    let value = Err("no such object".to_owned());
    round_trip(&CheckAnswer::Value { value }, "value");
    let message = "x".to_owned();
    round_trip(&CheckAnswer::Failed { message }, "failed");
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
