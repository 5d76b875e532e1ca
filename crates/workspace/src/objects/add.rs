//! New policies.

#[cfg(test)]
mod tests;

use tierwalk_protocol::{Changed, File, HitKind, NewPolicy, PolicyRef, yaml_text};

use super::moving;
use crate::Workspace;

/// The file of a new policy, with the edits of others that make room for it.
pub(super) fn plan(workspace: &Workspace, new: &NewPolicy) -> Result<Changed, String> {
    let name = new.name.trim();
    if name.is_empty() {
        return Err("a policy needs a name".to_owned());
    }
    let policy = PolicyRef {
        kind: kind(new),
        namespace: new.namespace.trim().to_owned(),
        name: name.to_owned(),
    };
    let (order, edits) = moving::seat_for(workspace, &policy, &new.tier, new.after.as_ref())?;
    Ok(Changed {
        edits,
        said: format!("`{name}` was added to tier `{}`.", new.tier),
        policy: Some(policy),
        file: Some(File {
            path: format!("policies/{}.yaml", file_name(name)),
            text: text(new, name, order),
        }),
    })
}

fn kind(new: &NewPolicy) -> HitKind {
    match (new.namespace.trim().is_empty(), new.staged) {
        (true, false) => HitKind::GlobalNetworkPolicy,
        (true, true) => HitKind::StagedGlobalNetworkPolicy,
        (false, false) => HitKind::CalicoNetworkPolicy,
        (false, true) => HitKind::StagedNetworkPolicy,
    }
}

fn text(new: &NewPolicy, name: &str, order: f64) -> String {
    let staged = if new.staged { "Staged" } else { "" };
    let (global, namespace) = match new.namespace.trim() {
        "" => ("Global", String::new()),
        namespace => (
            "",
            format!("  namespace: {}\n", yaml_text::scalar(namespace)),
        ),
    };
    format!(
        "apiVersion: projectcalico.org/v3\nkind: {staged}{global}NetworkPolicy\nmetadata:\n  name: {}\n{namespace}spec:\n  tier: {}\n  order: {order}\n",
        yaml_text::scalar(name),
        yaml_text::scalar(&new.tier),
    )
}

fn file_name(name: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || "-._".contains(c) {
            c
        } else {
            '-'
        }
    };
    name.chars().map(safe).collect()
}
