//! What can be written at a place.

mod field;
mod flow;
mod selector;
mod snippets;
mod template;
mod value;

#[cfg(test)]
mod tests;

use tierwalk_protocol::Completion;

use super::cursor::{Cursor, Spot};
use super::schema::Shape;
use crate::{FileKind, Workspace};

/// What can stand at the cursor, and at which byte of the document it begins.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Found {
    pub from: usize,
    pub items: Vec<Completion>,
}

/// What can be written at byte `at` of a document of a file.
pub(crate) fn complete(workspace: &Workspace, path: &str, text: &str, at: usize) -> Found {
    match FileKind::of(path) {
        FileKind::Flows => flow::line(workspace, text, at),
        FileKind::Yaml => yaml(workspace, &Cursor::new(text, at)),
        FileKind::Other => Found::default(),
    }
}

fn yaml(workspace: &Workspace, cursor: &Cursor<'_>) -> Found {
    if let Some(found) =
        template::complete(workspace, cursor).or_else(|| flow::item(workspace, cursor))
    {
        return found;
    }
    match &cursor.spot {
        Spot::Nothing => Found::default(),
        Spot::Open {
            container,
            from,
            column,
            flow,
        } => {
            let shape = cursor
                .kind()
                .and_then(|kind| kind.shape_at(cursor.inside(container)?));
            match shape {
                Some(shape) if !is_mapping(shape) => {
                    value::complete(workspace, cursor, shape, *from, None)
                }
                _ => field::complete(workspace, cursor, container, *from, *column, *flow),
            }
        }
        Spot::Value {
            path, from, quote, ..
        } => match cursor.inside(path).map(Vec::from) {
            Some(inside) => value::at(workspace, cursor, &inside, *from, *quote),
            None => Found::default(),
        },
    }
}

fn is_mapping(shape: Shape) -> bool {
    matches!(shape, Shape::Struct(_) | Shape::Labels(_) | Shape::Other)
}

/// A word to choose.
fn word(label: impl Into<String>, detail: impl Into<String>, doc: impl Into<String>) -> Completion {
    let label = label.into();
    Completion {
        insert: label.clone(),
        label,
        detail: detail.into(),
        doc: doc.into(),
        ..Completion::default()
    }
}
