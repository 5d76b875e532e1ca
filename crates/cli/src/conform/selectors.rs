//! Selectors: whether they parse, how they print, what they match.

use std::collections::BTreeMap;

use serde::Deserialize;
use tierwalk_selector::Selector;

use super::{Mismatch, Tally};

#[derive(Deserialize)]
struct Case {
    selector: String,
    valid: bool,
    canonical: Option<String>,
    #[serde(default)]
    labels: Vec<BTreeMap<String, String>>,
    #[serde(default)]
    matches: Vec<bool>,
}

/// Compares one selector.
pub fn compare(vector: &str, tally: &mut Tally) -> Result<(), serde_json::Error> {
    let case: Case = serde_json::from_str(vector)?;
    let differs = match Selector::parse(&case.selector) {
        Ok(selector) if case.valid => of_valid(&case, &selector),
        Ok(_) => vec![Mismatch::new("validity", "invalid", "valid")],
        Err(error) if case.valid => vec![Mismatch::new("validity", "valid", error.message)],
        Err(_) => Vec::new(),
    };
    tally.note(|| format!("{:?}", case.selector), differs);
    Ok(())
}

fn of_valid(case: &Case, selector: &Selector) -> Vec<Mismatch> {
    let canonical = selector.canonical();
    let expected = case.canonical.clone().unwrap_or_default();
    let printed = Mismatch::unless_equal("canonical form", &expected, &canonical, Clone::clone);
    let matches = case
        .labels
        .iter()
        .zip(&case.matches)
        .filter_map(|(labels, expected)| {
            let actual = selector.matches(labels);
            let what = format!("match of {labels:?}");
            Mismatch::unless_equal(&what, expected, &actual, bool::to_string)
        });
    printed.into_iter().chain(matches).collect()
}
