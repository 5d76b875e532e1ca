//! Resources: whether they are accepted, and where the problem is.

use serde::Deserialize;

use tierwalk_resources::conform::{Refusal, create, is_about};

use super::{Mismatch, Tally};

#[derive(Deserialize)]
struct Case {
    name: String,
    resource: String,
    #[serde(default)]
    tiers: Vec<String>,
    accepted: bool,
    errors: Vec<CaseError>,
    #[serde(default)]
    lenient: bool,
}

#[derive(Deserialize)]
struct CaseError {
    field: String,
    message: String,
}

/// Compares one resource. A problem may be told at the vector's field, above or below it.
pub fn compare(vector: &str, tally: &mut Tally) -> Result<(), serde_json::Error> {
    let case: Case = serde_json::from_str(vector)?;
    let refusals = create(&case.resource, &case.tiers);
    let differs = if case.lenient {
        Vec::new()
    } else if case.accepted != refusals.is_empty() {
        vec![Mismatch::new("verdict", expected(&case), actual(&refusals))]
    } else if case.accepted || refusals.iter().any(|refusal| is_placed(&case, refusal)) {
        Vec::new()
    } else {
        vec![Mismatch::new("place", expected(&case), actual(&refusals))]
    };
    tally.note(|| case.name.clone(), differs);
    Ok(())
}

fn is_placed(case: &Case, refusal: &Refusal) -> bool {
    case.errors
        .iter()
        .any(|error| is_about(refusal, &error.field))
}

fn expected(case: &Case) -> String {
    list(
        case.errors
            .iter()
            .map(|error| (error.field.clone(), &error.message)),
    )
}

fn actual(refusals: &[Refusal]) -> String {
    list(
        refusals
            .iter()
            .map(|refusal| (refusal.path.to_string(), &refusal.message)),
    )
}

fn list<'a>(problems: impl Iterator<Item = (String, &'a String)>) -> String {
    let texts: Vec<_> = problems
        .map(|(field, message)| match field.as_str() {
            "" => message.clone(),
            field => format!("{field}: {message}"),
        })
        .collect();
    if texts.is_empty() {
        "accepted".into()
    } else {
        format!("refused: {}", texts.join("; "))
    }
}
