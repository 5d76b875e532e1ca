//! Values of fields.

use tierwalk_protocol::Completion;
use tierwalk_protocol::yaml_text::scalar;
use tierwalk_yaml::Segment;

use super::{Found, selector, word};
use crate::Workspace;
use crate::language::cursor::Cursor;
use crate::language::schema::{self, Of, Shape};
use crate::language::vocabulary::{self, Name};

/// The values of the field at a path of the object.
pub(super) fn at(
    workspace: &Workspace,
    cursor: &Cursor<'_>,
    path: &[Segment],
    from: usize,
    quote: Option<char>,
) -> Found {
    let items = match path {
        [Segment::Key(key)] if &**key == "kind" => kinds(cursor.field("apiVersion")),
        [Segment::Key(key)] if &**key == "apiVersion" => versions(cursor.field("kind")),
        _ => return of_kind(workspace, cursor, path, from, quote),
    };
    Found { from, items }
}

fn of_kind(
    workspace: &Workspace,
    cursor: &Cursor<'_>,
    path: &[Segment],
    from: usize,
    quote: Option<char>,
) -> Found {
    let Some(kind) = cursor.kind() else {
        return Found::default();
    };
    if let Some(shape) = kind.shape_at(path) {
        return complete(workspace, cursor, shape, from, quote);
    }
    let label = path
        .split_last()
        .and_then(|(key, map)| Some((key, kind.shape_at(map)?)));
    match label {
        Some((Segment::Key(key), Shape::Labels(of))) => Found {
            from,
            items: label_values(workspace, of, key, quote),
        },
        _ => Found::default(),
    }
}

/// The values of a shape.
pub(super) fn complete(
    workspace: &Workspace,
    cursor: &Cursor<'_>,
    shape: Shape,
    from: usize,
    quote: Option<char>,
) -> Found {
    let items = match shape {
        Shape::Selector(of) => return selector::complete(workspace, cursor, of, from, quote),
        Shape::Words(words) => words.iter().map(|it| word(it.text, "", it.doc)).collect(),
        Shape::Boolean => vec![word("true", "", ""), word("false", "", "")],
        Shape::Tier => listed(vocabulary::tiers(workspace), quote),
        Shape::Namespace => listed(vocabulary::namespaces(workspace), quote),
        Shape::ServiceAccount => listed(vocabulary::service_accounts(workspace), quote),
        Shape::Service => listed(vocabulary::services(workspace), quote),
        Shape::Port => listed(vocabulary::ports(workspace), quote),
        Shape::Net => listed(vocabulary::nets(workspace), quote),
        Shape::LabelKey => {
            let labels = vocabulary::labels(workspace, Of::Endpoints).into_iter();
            listed(labels.map(|(key, _)| (key, String::new())).collect(), quote)
        }
        Shape::List(item) => vec![opened(*item)],
        _ => Vec::new(),
    };
    Found { from, items }
}

/// A list, to be begun.
fn opened(item: Shape) -> Completion {
    let insert = match item {
        Shape::Struct(_) => "\n- ${}",
        _ => "[${}]",
    };
    Completion {
        insert: insert.to_owned(),
        snippet: true,
        again: true,
        ..word("[ ]", "list", "")
    }
}

fn listed(names: Vec<Name>, quote: Option<char>) -> Vec<Completion> {
    let items = names.into_iter().map(|(name, note)| Completion {
        insert: written(&name, quote),
        ..word(name, note, "")
    });
    items.collect()
}

/// Text, quoted where it has to be and is not yet.
fn written(text: &str, quote: Option<char>) -> String {
    match quote {
        Some(_) => text.to_owned(),
        None => scalar(text),
    }
}

fn label_values(workspace: &Workspace, of: Of, key: &str, quote: Option<char>) -> Vec<Completion> {
    let mut labels = vocabulary::labels(workspace, of);
    let values = labels.remove(key).unwrap_or_default();
    listed(
        values
            .into_iter()
            .map(|value| (value, String::new()))
            .collect(),
        quote,
    )
}

fn kinds(api_version: Option<&str>) -> Vec<Completion> {
    let version =
        api_version.filter(|version| schema::kinds().any(|kind| kind.api_version == *version));
    let kinds =
        schema::kinds().filter(|kind| version.is_none_or(|version| kind.api_version == version));
    kinds
        .map(|kind| word(kind.name, kind.api_version, kind.doc))
        .collect()
}

fn versions(kind: Option<&str>) -> Vec<Completion> {
    let mut items: Vec<Completion> = Vec::new();
    for known in schema::kinds()
        .filter(|known| kind.is_none_or(|kind| kind.is_empty() || kind == known.name))
    {
        match items
            .iter_mut()
            .find(|item| item.label == known.api_version)
        {
            Some(item) => item.doc.push_str(&format!(", {}", known.name)),
            None => items.push(word(known.api_version, "", known.name)),
        }
    }
    items
}
