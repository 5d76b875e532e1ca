//! Gatekeeper's verdicts: a template, a constraint, and what they say about a request or an object.

use serde::Deserialize;
use tierwalk_governance::gatekeeper::{Gatekeeper, Review};
use tierwalk_governance::{FileDiagnostic, LoadOptions, PolicyFile};

use super::{Mismatch, Tally};

#[derive(Deserialize)]
struct Case {
    name: String,
    template: String,
    constraint: String,
    review: Option<String>,
    object: Option<String>,
    violations: Vec<String>,
    enforcement: String,
}

/// Compares one review.
pub fn compare(vector: &str, tally: &mut Tally) -> Result<(), serde_json::Error> {
    let case: Case = serde_json::from_str(vector)?;
    let differs = match answer(&case) {
        Ok(answer) => of_answer(&case, &answer),
        Err(problem) => vec![Mismatch::new(
            "evaluation",
            "an answer",
            format!("{}: {}", problem.path, problem.diagnostic.message),
        )],
    };
    tally.note(|| case.name.clone(), differs);
    Ok(())
}

struct Answer {
    messages: Vec<String>,
    enforcement: Vec<&'static str>,
}

fn answer(case: &Case) -> Result<Answer, FileDiagnostic> {
    let files = [
        PolicyFile::new("template.yaml", &*case.template),
        PolicyFile::new("constraint.yaml", &*case.constraint),
    ];
    let (gatekeeper, problems) = Gatekeeper::load(&files, &[], &LoadOptions::default());
    if let Some(problem) = problems.into_iter().next() {
        return Err(problem);
    }
    let text = case.review.as_ref().or(case.object.as_ref());
    let review = Review::from_yaml("review.yaml", text.map_or("", String::as_str))?;
    let decision = gatekeeper.review(&review);
    if let Some(problem) = decision.errors.into_iter().next() {
        return Err(problem);
    }
    Ok(Answer {
        messages: sorted(
            decision
                .violations
                .into_iter()
                .map(|violation| violation.message),
        ),
        enforcement: gatekeeper
            .constraints()
            .iter()
            .map(|constraint| constraint.enforcement.word())
            .collect(),
    })
}

fn sorted(messages: impl Iterator<Item = String>) -> Vec<String> {
    let mut messages: Vec<String> = messages.collect();
    messages.sort();
    messages
}

fn of_answer(case: &Case, answer: &Answer) -> Vec<Mismatch> {
    let expected = sorted(case.violations.iter().cloned());
    let violations =
        Mismatch::unless_equal("violations", &expected, &answer.messages, |messages| {
            messages.join("\n")
        });
    let enforcement = Mismatch::unless_equal(
        "enforcement",
        &vec![case.enforcement.as_str()],
        &answer.enforcement,
        |words| words.join(", "),
    );
    violations.into_iter().chain(enforcement).collect()
}
