//! The labels that a selector looked at.

use tierwalk_resources::model::{Labels, Part};

const NAMESPACE: &str = "projectcalico.org/namespace";
const SERVICE_ACCOUNT: &str = "projectcalico.org/serviceaccount";

/// The labels that decided the part, with their values: `app = "frontend", no label tier`.
pub(super) fn of(part: &Part, labels: &Labels) -> String {
    let explanation = part.selector.explain(labels);
    let mut texts: Vec<String> = Vec::new();
    for atom in explanation.atoms.iter().filter(|atom| atom.decisive) {
        let text = atom.key().map(|key| label(key, atom.actual));
        texts.extend(text.filter(|text| !texts.contains(text)));
    }
    texts.join(", ")
}

fn label(key: &str, value: Option<&str>) -> String {
    match (key, value) {
        (NAMESPACE, Some(value)) => format!("namespace {value}"),
        (NAMESPACE, None) => "no namespace".into(),
        (SERVICE_ACCOUNT, Some(value)) => format!("service account {value}"),
        (SERVICE_ACCOUNT, None) => "no service account".into(),
        (key, Some(value)) => format!("{} = \"{value}\"", own_name(key)),
        (key, None) => format!("no label {}", own_name(key)),
    }
}

/// The name that a label has where it is written, at a namespace or service account.
fn own_name(key: &str) -> &str {
    let inherited = key.strip_prefix("pcns.").or(key.strip_prefix("pcsa."));
    inherited.unwrap_or(key)
}
