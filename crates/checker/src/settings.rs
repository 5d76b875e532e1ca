//! The checks of the pack, as the settings of the workspace have them.

use serde_json::Value;
use tierwalk_governance::pack::{self, Settings};
use tierwalk_protocol::checks::{Check, Parameter};
use tierwalk_protocol::{Edit, Fix, yaml_text};
use tierwalk_yaml::Path;

use crate::edit;
use crate::exceptions::{self, Home};

/// The checks of the pack; where the settings say that only what they name is on, those that they name.
pub(crate) fn checks(settings: &Settings, home: &Home<'_>) -> Vec<Check> {
    let all = pack::checks().into_iter();
    all.filter(|check| is_named(home, &check.id) || is_shipped(home))
        .map(|check| of(&check, settings, home))
        .collect()
}

fn is_shipped(home: &Home<'_>) -> bool {
    let root = home.document.root.as_ref();
    let shipped = root.and_then(|root| root.get("shipped"));
    shipped.map(|node| &node.kind) != Some(&tierwalk_yaml::Kind::Bool(false))
}

fn is_named(home: &Home<'_>, id: &str) -> bool {
    let root = home.document.root.as_ref();
    let checks = root.and_then(|root| root.get("checks"));
    checks.and_then(|checks| checks.get(id)).is_some()
}

fn of(check: &pack::Check, settings: &Settings, home: &Home<'_>) -> Check {
    let on = settings.is_enabled(&check.id);
    let parameters = check.parameters.iter();
    let parameters =
        parameters.filter_map(|(name, means)| parameter(&check.id, name, means, settings, home));
    Check {
        id: check.id.clone(),
        title: check.title.clone(),
        why: check.why.clone(),
        rego: Some(check.rego.to_owned()),
        on,
        switch: switch(&check.id, !on, home),
        parameters: parameters.collect(),
        ..Check::default()
    }
}

fn switch(id: &str, on: bool, home: &Home<'_>) -> Option<Fix> {
    let write = edit::write(home.document, &path(id, "enabled"), &Value::Bool(on))?;
    Some(fix(
        on,
        Edit {
            place: home.place(write.span),
            text: write.text,
        },
    ))
}

/// Switches a check of the workspace's own, in a new file where there are no settings yet.
pub(crate) fn own_switch(id: &str, on: bool, home: Option<&Home<'_>>) -> Option<Fix> {
    let edit = match home {
        Some(home) => {
            let path = Path::root().key("own").key(id);
            let write = edit::write(home.document, &path, &Value::Bool(on))?;
            Edit {
                place: home.place(write.span),
                text: write.text,
            }
        }
        None => exceptions::new_file(&format!("own:\n  {}: {on}", yaml_text::scalar(id))),
    };
    Some(fix(on, edit))
}

fn fix(on: bool, edit: Edit) -> Fix {
    let title = if on { "Turn on" } else { "Turn off" };
    Fix {
        title: title.to_owned(),
        safe: true,
        edits: vec![edit],
    }
}

fn parameter(
    id: &str,
    name: &str,
    means: &str,
    settings: &Settings,
    home: &Home<'_>,
) -> Option<Parameter> {
    let (span, before) = edit::target(home.document, &path(id, name))?;
    let value = settings.parameter(id, name);
    Some(Parameter {
        name: name.to_owned(),
        means: means.to_owned(),
        value: value.map(edit::flow).unwrap_or_default(),
        place: home.place(span),
        before,
    })
}

fn path(id: &str, field: &str) -> Path {
    Path::root().key("checks").key(id).key(field)
}
