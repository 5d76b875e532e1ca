//! What no edit of a template can do: which of its lines would have to change, and why none is suggested.

use tierwalk_protocol::{Suggestion, TemplateNote};
use tierwalk_template::{PlaceKind, TemplatePlace};

use super::case::Case;
use super::rules;
use crate::made::Made;

/// About the template that made what decided; `None` if there is none, or an edit of it is among the suggestions.
pub(super) fn note(case: Case<'_>, list: &[Suggestion]) -> Option<TemplateNote> {
    let decided = case.decided_rule();
    let index = match decided {
        Some((policy, _)) => policy,
        None => case.ended().and_then(|_| rules::nearest(case))?,
    };
    let policy = case.policy(index);
    let made = Made::of(case.workspace, &policy.origin)?;
    let place = match decided.and_then(|at| case.rule(at)) {
        Some(rule) => made.place(&format!("{}.action", rule.path)),
        None => made.place(&format!("spec.{}", rules::list_of(case.direction()))),
    };
    let place = place.or_else(|| made.place("spec"))?;
    let at = case.workspace.place_in(made.position, place.span)?;
    let is_covered = |it: &Suggestion| it.edits.iter().any(|edit| edit.place.file == at.file);
    (!list.iter().any(is_covered)).then(|| TemplateNote {
        why: why(&policy.id.name, place),
        place: at,
    })
}

fn why(policy: &str, place: &TemplatePlace) -> String {
    let made = format!("`{policy}` is made by a template");
    match (&place.definition, place.kind) {
        (Some(definition), PlaceKind::Structure) => format!(
            "{made}, and this is no field of it: line {} of the definition of `{}` would have to change.",
            definition.line, definition.template
        ),
        _ if place.field.is_empty() => {
            format!("{made}. It would have to change; no edit of it that was tried flips this.")
        }
        _ => format!(
            "{made}. `{}` would have to change; no edit of it that was tried flips this.",
            place.field
        ),
    }
}
