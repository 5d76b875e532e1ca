//! Kubernetes' own label selectors (`metav1.LabelSelector`), as admission applies them to objects.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

/// A label selector of Kubernetes; an empty one takes everything.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LabelSelector {
    match_labels: BTreeMap<String, String>,
    match_expressions: Vec<Requirement>,
}

#[derive(Clone, Debug, Deserialize)]
struct Requirement {
    key: String,
    operator: Operator,
    #[serde(default)]
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl LabelSelector {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.match_labels.is_empty() && self.match_expressions.is_empty()
    }

    /// Whether an object's labels are as wanted.
    pub fn matches(&self, object: &Json) -> bool {
        let label = |key: &str| object.get("metadata")?.get("labels")?.get(key)?.as_str();
        let mut wanted = self.match_labels.iter();
        wanted.all(|(key, value)| label(key) == Some(value))
            && self
                .match_expressions
                .iter()
                .all(|one| one.holds(label(&one.key)))
    }
}

impl Requirement {
    /// As in Kubernetes: `NotIn` holds where the label is absent.
    fn holds(&self, label: Option<&str>) -> bool {
        let among = label.is_some_and(|label| self.values.iter().any(|value| value == label));
        match self.operator {
            Operator::In => among,
            Operator::NotIn => !among,
            Operator::Exists => label.is_some(),
            Operator::DoesNotExist => label.is_none(),
        }
    }
}

#[cfg(test)]
mod tests;
