//! Templates: their fields, and rules on one line in words.

use tierwalk_yaml::{Node, Segment};

use super::{Told, selector};
use crate::Workspace;
use crate::form::explain;
use crate::language::{template_form::Form, tree::Spot};

/// What there is to say about a place of a template document.
pub(super) fn told(workspace: &Workspace, root: &Node, spot: &Spot<'_>) -> Option<Told> {
    let text = |key| root.get(key).and_then(Node::as_str);
    let form = Form::of(workspace, |key| root.get(key).is_some(), text)?;
    let definition = form.definition?;
    let segments = spot.path.segments();
    if form.is_instance && matches!(segments, [Segment::Key(key)] if &**key == "template") {
        return Some(Told {
            title: format!("Template `{}`", definition.name),
            text: vec![definition.description.trim().to_owned()],
            ..Told::default()
        });
    }
    let path = segments.strip_prefix(form.values.segments())?;
    let known = explain::at(definition, path)?;
    let written = spot.node.as_str().filter(|_| !spot.on_key);
    let of_value = written.and_then(|text| match (known.selector, known.rule) {
        (true, _) => selector(text, known.text.clone()),
        (_, true) => rule(text, is_namespaced(root)),
        _ => None,
    });
    of_value.or_else(|| {
        Some(Told {
            title: format!("`{}`", known.key),
            text: known.text,
            source: format!("template {}", definition.name),
            ..Told::default()
        })
    })
}

/// Whether it is known that the policy belongs to a namespace, which is where its labels look for pods.
fn is_namespaced(root: &Node) -> bool {
    root.get("ObjectType").and_then(Node::as_str) == Some("NetworkPolicy")
}

fn rule(text: &str, namespaced: bool) -> Option<Told> {
    Some(Told {
        title: "Rule".to_owned(),
        text: vec![explain::rule(text, namespaced)?],
        ..Told::default()
    })
}
