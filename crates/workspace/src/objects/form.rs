//! The form of an object: what its text says, field by field.

#[cfg(test)]
mod tests;

use tierwalk_protocol::{
    Control, ObjectAt, ObjectField, ObjectForm, ObjectReply, Section, Unshown,
};
use tierwalk_selector::Selector;
use tierwalk_yaml::{Kind, Node, Path};

use super::find::{Found, find};
use super::kinds::{Part, Shape, Spec, parts};
use super::offers::{Inventory, Within, counted};
use super::{problems, terms};
use crate::Workspace;
use crate::form::text;

/// The form, or why there is none.
pub(super) fn show(workspace: &Workspace, at: &ObjectAt) -> ObjectReply {
    let found = match find(workspace, at) {
        Ok(found) => found,
        Err((why, broken)) => return ObjectReply::NoForm { why, broken },
    };
    match form(workspace, &found) {
        Some(form) => ObjectReply::Form(Box::new(form)),
        None => ObjectReply::NoForm {
            why: format!(
                "There is no form for `{}`; it is changed in the text.",
                found.kind()
            ),
            broken: false,
        },
    }
}

/// The form of an object, if its kind has one.
pub(super) fn form(workspace: &Workspace, found: &Found<'_>) -> Option<ObjectForm> {
    let all = parts(found.node)?;
    let inventory = Inventory::new(workspace);
    let reading = Reading {
        inventory: &inventory,
        namespace: found.namespace(),
    };
    let mut sections: Vec<Section> = all
        .iter()
        .map(|part| section(reading, found, part))
        .collect();
    if let Some(subject) = sections
        .iter_mut()
        .find(|section| section.title == "Applies to")
    {
        subject.note = selects(workspace, found);
    }
    problems::tell(workspace, found, &mut sections);
    let fields: Vec<&ObjectField> = sections
        .iter()
        .flat_map(|section| &section.fields)
        .collect();
    Some(ObjectForm {
        offers: inventory.offers(&fields),
        at: found.at(workspace),
        title: found.title(),
        rest: rest(workspace, found, all),
        sections,
    })
}

/// How many endpoints a policy selects, if it takes part.
fn selects(workspace: &Workspace, found: &Found<'_>) -> Option<String> {
    let engine = &workspace.compiled.engine;
    let mut indices = engine
        .tiers()
        .flat_map(|(tier, _)| engine.policies_of(tier));
    let is_this = |origin: &tierwalk_resources::model::Origin| {
        Some(origin.document) == found.number && origin.path == found.base
    };
    let index = indices
        .find(|index| is_this(&engine.policy(*index).origin))?
        .0 as usize;
    let (pods, hosts) = (engine.selected_pods(), engine.selected_hosts());
    let count = pods.get(index)? + hosts.get(index)?;
    Some(format!("selects {}", counted(count as usize, "endpoint")))
}

#[derive(Clone, Copy)]
struct Reading<'a> {
    inventory: &'a Inventory,
    /// The namespace of a namespaced object.
    namespace: Option<&'a str>,
}

fn section(reading: Reading<'_>, found: &Found<'_>, part: &Part) -> Section {
    let fields = part.fields.iter();
    Section {
        title: part.title.to_owned(),
        note: None,
        fields: fields
            .map(|spec| field(reading, found.node, spec, ""))
            .collect(),
    }
}

/// The node at a path of keys.
fn at<'n>(node: &'n Node, path: &str) -> Option<&'n Node> {
    path.split('.').try_fold(node, |node, key| node.get(key))
}

fn field(reading: Reading<'_>, owner: &Node, spec: &Spec, prefix: &str) -> ObjectField {
    let node = at(owner, spec.path).filter(|node| !node.is_null());
    let mut field = ObjectField {
        path: format!("{prefix}{}", spec.path),
        label: spec.label.to_owned(),
        help: spec.help.to_owned(),
        seldom: spec.seldom && node.is_none(),
        control: control(&spec.shape),
        offer: offer(&spec.shape).to_owned(),
        ..ObjectField::default()
    };
    match (&spec.shape, node) {
        (Shape::Items(columns, specs, _), node) => {
            items(reading, node, columns, specs, &mut field);
        }
        (_, None) => {}
        (Shape::Selector(of), Some(node)) => selector(reading, owner, node, spec, of, &mut field),
        (Shape::Match(of), Some(node)) => matching(reading, owner, node, spec, of, &mut field),
        (Shape::Labels(_), Some(node)) => match terms::of_labels(node, "=") {
            Some(labels) => {
                field.value = Some(text::plain(node));
                field.terms = labels;
            }
            None => lock(&mut field),
        },
        (shape, Some(node)) => match fits(shape, node) {
            true => field.value = Some(text::plain(node)),
            false => lock(&mut field),
        },
    }
    field
}

fn lock(field: &mut ObjectField) {
    field.locked = true;
    field.problem = Some("written in a way that only the text can show".to_owned());
}

fn fits(shape: &Shape, node: &Node) -> bool {
    let is_simple = |node: &Node| !matches!(node.kind, Kind::Seq(_) | Kind::Map(_) | Kind::Null);
    match shape {
        Shape::List(_) | Shape::Ports | Shape::Choices(_) => {
            matches!(node.kind, Kind::Seq(_)) && node.items().iter().all(is_simple)
        }
        _ => is_simple(node),
    }
}

fn control(shape: &Shape) -> Control {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match shape {
        Shape::Text(_) => Control::Text,
        Shape::Number => Control::Number,
        Shape::Flag => Control::Flag,
        Shape::Choice(options) => Control::Choice(owned(options)),
        Shape::Choices(options) => Control::Choices(owned(options)),
        Shape::List(_) | Shape::Ports => Control::List,
        Shape::Selector(_) => Control::Selector(owned(terms::OPERATORS)),
        Shape::Match(_) => Control::Match(owned(terms::MATCH_OPERATORS)),
        Shape::Labels(_) => Control::Labels,
        Shape::Items(columns, ..) => Control::Items(owned(columns)),
    }
}

fn offer(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text(offer)
        | Shape::List(offer)
        | Shape::Selector(offer)
        | Shape::Match(offer)
        | Shape::Labels(offer) => offer,
        _ => "",
    }
}

fn selector(
    reading: Reading<'_>,
    owner: &Node,
    node: &Node,
    spec: &Spec,
    of: &str,
    field: &mut ObjectField,
) {
    let Some(written) = node.as_str() else {
        return lock(field);
    };
    field.value = Some(written.to_owned());
    match Selector::parse(written) {
        Ok(selector) => {
            field.terms = terms::of_selector(written).unwrap_or_default();
            let in_rule = !spec.path.starts_with("spec.");
            let within = within(reading, owner, spec);
            field.note = reading.inventory.matching(of, &selector, &within, in_rule);
        }
        Err(error) => field.problem = Some(error.to_string()),
    }
}

/// Where a selector looks: in the namespaces that are selected beside it, else in that of the object.
fn within<'a>(reading: Reading<'a>, owner: &Node, spec: &Spec) -> Within<'a> {
    let side = spec.path.rsplit_once('.').map_or("", |(side, _)| side);
    let side = if side.is_empty() {
        Some(owner)
    } else {
        at(owner, side)
    };
    let beside = side.and_then(|side| side.get("namespaceSelector"));
    let written = beside.and_then(|node| match node.as_str() {
        Some(text) => Some(text.to_owned()),
        None => terms::of_match(node).map(|found| terms::to_selector(&found, "")),
    });
    match (
        written.map(|text| Selector::parse(&text)),
        reading.namespace,
    ) {
        (Some(Ok(selector)), _) => Within::Selected(selector),
        (None, Some(namespace)) => Within::Namespace(namespace),
        _ => Within::Anywhere,
    }
}

fn matching(
    reading: Reading<'_>,
    owner: &Node,
    node: &Node,
    spec: &Spec,
    of: &str,
    field: &mut ObjectField,
) {
    let Some(found) = terms::of_match(node).filter(|_| matches!(node.kind, Kind::Map(_))) else {
        return lock(field);
    };
    let text = terms::to_selector(&found, "");
    field.value = Some(text.clone());
    field.terms = found;
    if let Ok(selector) = Selector::parse(&text) {
        let within = within(reading, owner, spec);
        field.note = reading.inventory.matching(of, &selector, &within, false);
    }
}

fn items(
    reading: Reading<'_>,
    node: Option<&Node>,
    columns: &[&str],
    specs: &[Spec],
    field: &mut ObjectField,
) {
    if node.is_some_and(|node| !matches!(node.kind, Kind::Seq(_))) {
        return lock(field);
    }
    let path = field.path.clone();
    let nodes = node.map(Node::items).unwrap_or_default().iter().enumerate();
    field.fields = nodes
        .map(|(index, node)| {
            let path = format!("{path}[{index}]");
            let fields = specs.iter();
            let fields: Vec<ObjectField> = fields
                .map(|spec| field_of_item(reading, node, spec, &path))
                .collect();
            ObjectField {
                label: format!("{} {}", field.label.trim_end_matches('s'), index + 1),
                control: Control::Item,
                summary: columns
                    .iter()
                    .map(|column| summary(column, &fields))
                    .collect(),
                problem: unread(node, specs),
                path,
                fields,
                ..ObjectField::default()
            }
        })
        .collect();
    field.value = Some(counted(field.fields.len(), "item")).filter(|_| node.is_some());
}

fn field_of_item(reading: Reading<'_>, node: &Node, spec: &Spec, path: &str) -> ObjectField {
    field(reading, node, spec, &format!("{path}."))
}

/// Fields of an item that the form does not show.
fn unread(node: &Node, specs: &[Spec]) -> Option<String> {
    let mut found = Vec::new();
    let known: Vec<&str> = specs.iter().map(|spec| spec.path).collect();
    unknown(node, "", &known, &mut found);
    let names: Vec<String> = found.iter().map(|path| format!("`{path}`")).collect();
    (!names.is_empty()).then(|| format!("also in the text: {}", names.join(", ")))
}

/// What fields say together under the head of a column.
fn summary(column: &str, fields: &[ObjectField]) -> String {
    let of = |field: &&ObjectField| match column {
        "From" => field.path.contains(".source.") || field.path.ends_with(".from"),
        "To" => field.path.contains(".destination.") || field.path.ends_with(".to"),
        "Pods" => field.label == column || field.path.contains(".pods."),
        "Network" => field.path.contains(".ipBlock."),
        "TCP" | "UDP" | "SCTP" => field.label.starts_with(column),
        "Name" => field.label.ends_with("by name"),
        _ => field.label == column,
    };
    let said: Vec<String> = written(fields)
        .filter(of)
        .map(|field| match field.label == column {
            true => value(field),
            false => said(field),
        })
        .collect();
    match (said.is_empty(), column) {
        (true, "From" | "To" | "Protocol" | "Ports") => "any".to_owned(),
        (true, _) => "–".to_owned(),
        _ => said.join(", "),
    }
}

fn written(fields: &[ObjectField]) -> impl Iterator<Item = &ObjectField> {
    let fields = fields.iter();
    fields.filter(|field| field.value.is_some() || field.locked)
}

fn value(field: &ObjectField) -> String {
    let items = field.fields.iter();
    let in_words = |item: &ObjectField| written(&item.fields).map(said).collect::<Vec<_>>();
    match (&field.control, field.value.as_deref()) {
        (Control::Items(_), Some(_)) => items
            .map(|item| in_words(item).join(", "))
            .collect::<Vec<_>>()
            .join("; "),
        (_, Some("")) => "all".to_owned(),
        (_, Some(value)) => value.to_owned(),
        (_, None) => "…".to_owned(),
    }
}

fn said(field: &ObjectField) -> String {
    let value = value(field);
    match field.label.to_lowercase().as_str() {
        label if label.contains("namespaces") => format!("namespaces {value}"),
        label if label.contains("ports") => format!("ports {value}"),
        label if label.starts_with("not ") || label.contains(" not ") => format!("not {value}"),
        _ => value,
    }
}

/// What is in the object and not in its form.
fn rest(workspace: &Workspace, found: &Found<'_>, parts: &[Part]) -> Vec<Unshown> {
    let specs = parts.iter().flat_map(|part| part.fields);
    let mut known: Vec<&str> = specs.map(|spec| spec.path).collect();
    known.extend(["apiVersion", "kind"]);
    let mut paths = Vec::new();
    unknown(found.node, "", &known, &mut paths);
    let place = |field: String| {
        let path = found.base.join(&Path::parse(&field));
        let span = found.read.document.key_span_at(&path);
        let place = workspace.placer(found.file)?.place(found.offset, span);
        Some(Unshown { field, place })
    };
    paths.into_iter().filter_map(place).collect()
}

/// Paths of a mapping that are not known, nor lead to one that is.
fn unknown(node: &Node, prefix: &str, known: &[&str], found: &mut Vec<String>) {
    for entry in node.entries() {
        let path = format!("{prefix}{}", entry.key);
        let leads = known.iter().any(|it| {
            it.strip_prefix(path.as_str())
                .is_some_and(|rest| rest.starts_with('.'))
        });
        match &entry.value.kind {
            _ if known.contains(&path.as_str()) => {}
            Kind::Map(_) if leads => unknown(&entry.value, &format!("{path}."), known, found),
            Kind::Null if leads => {}
            _ => found.push(path),
        }
    }
}
