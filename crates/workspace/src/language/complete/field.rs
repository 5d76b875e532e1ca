//! Keys of mappings.

use tierwalk_protocol::Completion;
use tierwalk_protocol::yaml_text::scalar;
use tierwalk_yaml::{Path, Segment};

use super::{Found, snippets, word};
use crate::Workspace;
use crate::language::cursor::Cursor;
use crate::language::schema::{Field, Of, Shape};
use crate::language::vocabulary;

/// The keys that can be written in a mapping.
pub(super) fn complete(
    workspace: &Workspace,
    cursor: &Cursor<'_>,
    container: &Path,
    from: usize,
    column: usize,
    flow: bool,
) -> Found {
    let Some(inside) = cursor.inside(container) else {
        return Found::default();
    };
    let Some(kind) = cursor.kind() else {
        return beginning(workspace, cursor, inside, from);
    };
    let layout = Layout::at(cursor, from, column, flow);
    let items = match (inside, kind.shape_at(inside)) {
        ([], _) => fields(cursor, container, kind.fields(), &layout),
        (_, Some(Shape::Struct(of))) => fields(cursor, container, of.fields(), &layout),
        (_, Some(Shape::Labels(of))) => labels(workspace, of),
        _ => Vec::new(),
    };
    Found { from, items }
}

/// An object that does not say what it is yet: something to begin with.
fn beginning(workspace: &Workspace, cursor: &Cursor<'_>, inside: &[Segment], from: usize) -> Found {
    if !inside.is_empty() {
        return Found::default();
    }
    let has = |key: &str| {
        cursor
            .outline
            .keys(&cursor.object)
            .any(|known| known == key)
    };
    let mut items = Vec::new();
    if cursor.outline.keys(&cursor.object).next().is_none() {
        items = snippets::all(workspace);
    }
    for (key, doc) in [
        ("apiVersion", "Group and version of the kind."),
        ("kind", "What the object is."),
    ] {
        if !has(key) {
            items.push(Completion {
                insert: format!("{key}: "),
                again: true,
                ..word(key, "", doc)
            });
        }
    }
    Found { from, items }
}

/// Where a key stands, as far as it matters to the lines below it.
struct Layout {
    /// Blanks that a line below a key needs beyond those of the key's own line.
    below: String,
    flow: bool,
    /// Whether a value follows already.
    has_value: bool,
}

impl Layout {
    fn at(cursor: &Cursor<'_>, from: usize, column: usize, flow: bool) -> Self {
        let line = cursor.text.get(..from).unwrap_or_default();
        let line = line.rsplit('\n').next().unwrap_or_default();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = cursor.text.get(cursor.at..).unwrap_or_default();
        let rest = rest.trim_start_matches(|c: char| c.is_alphanumeric());
        Self {
            below: " ".repeat(column.saturating_sub(indent)),
            flow,
            has_value: rest.starts_with(':'),
        }
    }

    /// What is written for a field, and whether there is something to choose behind it.
    fn insert(&self, field: &Field) -> (String, bool) {
        let (name, below) = (field.name, &self.below);
        if self.has_value {
            return (name.to_owned(), false);
        }
        let again = !matches!(field.shape, Shape::Text | Shape::Number);
        let text = match field.shape {
            Shape::List(Shape::Struct(_)) if !self.flow => format!("{name}:\n{below}- ${{}}"),
            Shape::List(_) => format!("{name}: [${{}}]"),
            Shape::Struct(_) | Shape::Labels(_) if !self.flow => format!("{name}:\n{below}  ${{}}"),
            Shape::Struct(_) | Shape::Labels(_) => format!("{name}: {{${{}}}}"),
            Shape::Other if name == "annotations" => format!("{name}:\n{below}  ${{}}"),
            _ => format!("{name}: ${{}}"),
        };
        (text, again)
    }
}

/// Fields that are not there yet, required ones first.
fn fields(
    cursor: &Cursor<'_>,
    container: &Path,
    fields: impl Iterator<Item = &'static Field>,
    layout: &Layout,
) -> Vec<Completion> {
    let there: Vec<&str> = cursor.outline.keys(container).collect();
    let (required, others): (Vec<_>, Vec<_>) = fields
        .filter(|field| layout.has_value || !there.contains(&field.name))
        .partition(|field| field.required);
    let all = required.into_iter().chain(others);
    all.map(|field| completion(field, layout)).collect()
}

fn completion(field: &Field, layout: &Layout) -> Completion {
    let (insert, again) = layout.insert(field);
    let doc = match field.default {
        Some(default) => format!("{} Default: {default}.", field.doc),
        None => field.doc.to_owned(),
    };
    Completion {
        insert,
        again,
        snippet: true,
        ..word(
            field.name,
            if field.required { "required" } else { "" },
            doc,
        )
    }
}

/// Keys of labels that are in use.
fn labels(workspace: &Workspace, of: Of) -> Vec<Completion> {
    let labels = vocabulary::labels(workspace, of).into_iter();
    let written =
        labels.filter(|(key, _)| of != Of::Itself || !key.starts_with("projectcalico.org/"));
    let items = written.map(|(key, values)| Completion {
        insert: format!("{}: ", scalar(&key)),
        again: true,
        ..word(key, "label", few(values.into_iter()))
    });
    items.collect()
}

/// The first few of some values.
pub(super) fn few(values: impl Iterator<Item = String>) -> String {
    const SHOWN: usize = 6;
    let mut values = values.peekable();
    let shown: Vec<_> = values.by_ref().take(SHOWN).collect();
    let more = if values.peek().is_some() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
