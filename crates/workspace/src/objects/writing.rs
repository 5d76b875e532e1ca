//! Changes of several documents, as edits of their files.

use std::collections::BTreeMap;

use serde_yaml::{Number, Value};
use tierwalk_protocol::Edit;
use tierwalk_resources::model::Origin;
use tierwalk_template::Manifest;
use tierwalk_yaml::{Path, edit::Editing};

use super::keys::ORDER;
use crate::Workspace;
use crate::made::Made;

/// Documents while they are changed.
pub(super) struct Writing<'a> {
    workspace: &'a Workspace,
    documents: BTreeMap<u32, Editing>,
    templates: Vec<Edit>,
}

impl<'a> Writing<'a> {
    pub(super) fn new(workspace: &'a Workspace) -> Self {
        Self {
            workspace,
            documents: BTreeMap::new(),
            templates: Vec::new(),
        }
    }

    /// Gives a field of an object another value: in its text, or in the field of its template that made it.
    pub(super) fn set(
        &mut self,
        object: &Origin,
        field: &str,
        value: &Value,
    ) -> Result<(), String> {
        let (read, _) = self
            .workspace
            .document(object.document)
            .ok_or("the object is gone")?;
        let path = object.path.join(&Path::parse(field));
        if let Some(made) = Made::of(self.workspace, object) {
            let edit = self.in_template(made, field, value);
            let key = path.last_key().unwrap_or_default();
            self.templates
                .push(edit.ok_or_else(|| refusal(made.manifest, key))?);
            return Ok(());
        }
        let editing = match self.documents.entry(object.document) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let editing = Editing::new(&read.document, ORDER).map_err(|why| why.to_string())?;
                entry.insert(editing)
            }
        };
        editing.set(&path, value).map_err(|why| why.to_string())
    }

    /// The value in the template that makes the field, if it is the same.
    fn in_template(&self, made: Made<'_>, field: &str, value: &Value) -> Option<Edit> {
        let (_, node) = made.value(field)?;
        let is_same = node.to_value() == made.compiled(field)?.to_value();
        let place = self.workspace.place_in(made.position, node.span);
        Some(Edit {
            place: place.filter(|_| is_same)?,
            text: plain(value),
        })
    }

    /// What was changed, as edits.
    pub(super) fn edits(self) -> Vec<Edit> {
        let mut edits = self.templates;
        for (number, editing) in &self.documents {
            let Some((_, position)) = self.workspace.document(*number) else {
                continue;
            };
            let told = editing.edits().into_iter().filter_map(|edit| {
                let place = self.workspace.place_in(position, edit.span)?;
                Some(Edit {
                    place,
                    text: edit.text,
                })
            });
            edits.extend(told);
        }
        edits.sort_by(|a, b| (&a.place.file, a.place.from).cmp(&(&b.place.file, b.place.from)));
        edits
    }
}

fn refusal(made: &Manifest, key: &str) -> String {
    format!(
        "{} is made by a template that does not write its `{key}` in one field; change the template",
        made.object
    )
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => tierwalk_protocol::yaml_text::scalar(text),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A number as YAML has it: whole ones without a fraction.
pub(crate) fn number(value: f64) -> Value {
    let whole = value.fract() == 0.0 && value.abs() < 9.0e15;
    Value::Number(match whole {
        true => Number::from(value as i64),
        false => Number::from(value),
    })
}
