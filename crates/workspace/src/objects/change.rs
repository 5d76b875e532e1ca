//! Changes of single fields, written into the text.

#[cfg(test)]
mod tests;

use serde_yaml::{Mapping, Value};
use tierwalk_protocol::{
    Changed, Control, Edit, FieldChange, FieldEdit, ObjectAt, ObjectField, Term,
};
use tierwalk_yaml::{
    Path, Segment,
    edit::{Editing, Refusal},
};

use super::find::{Found, find};
use super::form;
use super::keys::ORDER;
use super::kinds::{Shape, Spec, parts, spec_at};
use super::terms;
use super::writing::number;
use crate::Workspace;

/// Mappings that stay although they are empty.
const KEPT: [&str; 2] = ["spec", "metadata"];

/// The edits of a change, or why it cannot be made.
pub(super) fn plan(
    workspace: &Workspace,
    at: &ObjectAt,
    change: &FieldChange,
) -> Result<Changed, String> {
    let found = find(workspace, at).map_err(|(why, _)| why)?;
    let shown = form::form(workspace, &found).ok_or("there is no form for this kind")?;
    let fields = shown.sections.iter().flat_map(|section| &section.fields);
    let field = look(fields, &change.path).ok_or("the field is not in the text any more")?;
    if field.locked {
        return Err("it is written in a way that can only be changed in the text".to_owned());
    }
    let mut editing = Editing::new(&found.read.document, ORDER).map_err(|why| why.to_string())?;
    let path = found.base.join(&Path::parse(&change.path));
    make(&mut editing, &path, field, &found, &change.what)?;
    let placer = workspace.placer(&at.file).ok_or("the file is gone")?;
    let edits = editing.edits().into_iter().map(|edit| Edit {
        place: placer.place(found.offset, edit.span),
        text: edit.text,
    });
    Ok(Changed {
        edits: edits.collect(),
        said: said(field, &change.what),
        policy: None,
        file: None,
    })
}

fn look<'a>(fields: impl Iterator<Item = &'a ObjectField>, path: &str) -> Option<&'a ObjectField> {
    let mut fields = fields;
    fields.find_map(|field| match field.path == path {
        true => Some(field),
        false => look(field.fields.iter(), path),
    })
}

fn make(
    editing: &mut Editing,
    path: &Path,
    field: &ObjectField,
    found: &Found<'_>,
    what: &FieldEdit,
) -> Result<(), String> {
    match what {
        FieldEdit::Set(text) => {
            let value = written(&field.control, text, found, &field.path);
            write(editing, path, found, field, value)
        }
        FieldEdit::Terms(terms) => write(editing, path, found, field, of_terms(field, terms)),
        FieldEdit::Add => {
            let spec = spec_of(found, field).and_then(new_item);
            let new = spec.ok_or("nothing can be added here")?;
            told(editing.insert(path, usize::MAX, &new))
        }
        FieldEdit::Copy => {
            let (list, index) = item(path)?;
            let value = editing.document().node_at(path).map(|node| node.to_value());
            told(editing.insert(&list, index + 1, &value.unwrap_or_default()))
        }
        FieldEdit::Remove => match beside(found, field) {
            Some(other) => told(take_out(editing, &found.base.join(&other).parent())),
            None => told(take_out(editing, path)),
        },
        FieldEdit::Move(to) => {
            let (list, index) = item(path)?;
            told(editing.move_item(&list, index, *to as usize))
        }
    }
}

fn told(result: Result<(), Refusal>) -> Result<(), String> {
    result.map_err(|why| why.to_string())
}

/// Gives a field a value, or takes it out; what cannot stand beside it goes, what has to stand beside it comes.
fn write(
    editing: &mut Editing,
    path: &Path,
    found: &Found<'_>,
    field: &ObjectField,
    value: Option<Value>,
) -> Result<(), String> {
    let Some(value) = value else {
        return told(take_out(editing, path));
    };
    told(editing.set(path, &value))?;
    for other in spec_of(found, field).iter().flat_map(|spec| spec.others()) {
        let other = found.base.join(&neighbour(found, field, other));
        if editing.document().node_at(&other).is_some() {
            told(editing.remove(&other))?;
        }
    }
    let other = beside(found, field).map(|other| found.base.join(&other));
    match other.filter(|other| editing.document().node_at(other).is_none()) {
        Some(other) => told(editing.set(&other, &Value::Mapping(Mapping::new()))),
        None => Ok(()),
    }
}

fn spec_of(found: &Found<'_>, field: &ObjectField) -> Option<&'static Spec> {
    spec_at(parts(found.node)?, &Path::parse(&field.path))
}

/// The path of another field of the same object or item.
fn neighbour(found: &Found<'_>, field: &ObjectField, other: &str) -> Path {
    let own = spec_of(found, field).map_or("", |spec| spec.path);
    let owner = field.path.strip_suffix(own).unwrap_or_default();
    Path::parse(&format!("{owner}{other}"))
}

/// The field that has to be there if this one is.
fn beside(found: &Found<'_>, field: &ObjectField) -> Option<Path> {
    let other = spec_of(found, field)?.beside?;
    Some(neighbour(found, field, other))
}

fn item(path: &Path) -> Result<(Path, usize), String> {
    match path.segments().last() {
        Some(Segment::Index(index)) => Ok((path.parent(), *index)),
        _ => Err("it is no item of a list".to_owned()),
    }
}

/// Takes a field out, with the mappings above it that are empty then.
fn take_out(editing: &mut Editing, path: &Path) -> Result<(), Refusal> {
    if editing.document().node_at(path).is_none() {
        return Ok(());
    }
    let parent = path.parent();
    let is_alone = path.last_key().is_some()
        && parent.last_key().is_some_and(|key| !KEPT.contains(&key))
        && editing
            .document()
            .node_at(&parent)
            .is_some_and(|node| node.entries().len() == 1);
    match is_alone {
        true => take_out(editing, &parent),
        false => editing.remove(path),
    }
}

/// A value as it is written; `None` takes the field out.
fn written(control: &Control, text: &str, found: &Found<'_>, path: &str) -> Option<Value> {
    let trimmed = text.trim();
    let is_port = path.ends_with("orts") || path.ends_with(".port");
    let value = match control {
        Control::List | Control::Choices(_) => {
            let parts = terms::parts(trimmed);
            let one = |part: &str| match is_port {
                true => port(part),
                false => part.into(),
            };
            let parts: Vec<Value> = parts.map(one).collect();
            return (!parts.is_empty()).then_some(Value::Sequence(parts));
        }
        Control::Number => trimmed
            .parse::<f64>()
            .ok()
            .filter(|it| it.is_finite())
            .map_or_else(|| trimmed.into(), number),
        Control::Flag => Value::Bool(trimmed == "true"),
        Control::Selector(_) => text.into(),
        _ if path.ends_with("rotocol") && found.kind() != "Pod" => port(trimmed),
        _ => trimmed.into(),
    };
    (!trimmed.is_empty()).then_some(value)
}

/// A number, or a name.
fn port(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| text.into(), Value::from)
}

fn of_terms(field: &ObjectField, wanted: &[Term]) -> Option<Value> {
    match &field.control {
        Control::Match(_) => Some(terms::to_match(wanted)),
        Control::Labels => {
            let value = terms::to_labels(wanted);
            let is_empty = value.as_mapping().is_none_or(Mapping::is_empty);
            (!is_empty).then_some(value)
        }
        _ => {
            let text = terms::to_selector(wanted, field.value.as_deref().unwrap_or_default());
            (!text.is_empty()).then_some(Value::String(text))
        }
    }
}

/// A new item for the list of this path.
fn new_item(spec: &Spec) -> Option<Value> {
    match spec.shape {
        Shape::Items(_, _, new) => serde_yaml::from_str(new).ok(),
        _ => None,
    }
}

fn said(field: &ObjectField, what: &FieldEdit) -> String {
    let label = &field.label;
    match what {
        FieldEdit::Add => format!("Added to {}.", label.to_lowercase()),
        FieldEdit::Copy => format!("{label} copied."),
        FieldEdit::Remove => format!("{label} removed."),
        FieldEdit::Move(to) => format!("{label} is now number {}.", to + 1),
        FieldEdit::Set(_) | FieldEdit::Terms(_) => String::new(),
    }
}
