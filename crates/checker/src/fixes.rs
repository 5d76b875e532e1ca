//! Ways to mend what a finding is about: what its result wants, or what is missing and the workspace knows.
//!
//! Each is a change of single values in the text; what cannot be changed by itself is not offered.

mod known;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;
use tierwalk_protocol::{Edit, Fix};
use tierwalk_yaml::edit::{Editing, Refusal};
use tierwalk_yaml::{Document, Path, Segment};

use crate::edit;
use crate::file::SourceFile;
use crate::findings::At;
use crate::object::{Change, FoundOne};
use crate::places;
use known::Known;

/// The key by which a result says what would pass at its `path`.
const WANT: &str = "want";
/// The key by which it says what would pass as the first item of the list there.
const FIRST: &str = "first";
/// The key by which it says what the fix does.
const TITLE: &str = "fix";

/// Keys of policies and network sets, as they are usually written.
const ORDER: &[&str] = &[
    "apiVersion",
    "kind",
    "metadata",
    "spec",
    "name",
    "namespace",
    "labels",
    "annotations",
    "tier",
    "order",
    "selector",
    "types",
    "ingress",
    "egress",
];

/// Keys of rules, as they are usually written.
const RULE: &[&str] = &[
    "action",
    "protocol",
    "source",
    "destination",
    "from",
    "to",
    "namespaceSelector",
    "selector",
    "podSelector",
    "nets",
    "ports",
    "port",
];

type Files = std::collections::BTreeMap<String, SourceFile>;

/// The fixes of a finding. None for what a template makes: it is not in the files.
pub(crate) fn fixes(files: &Files, at: At<'_>, one: &FoundOne) -> Vec<Fix> {
    let found = &one.finding;
    let place = found.place.as_ref().filter(|place| place.named);
    let Some(path) = place.map(|place| &place.path) else {
        return Vec::new();
    };
    if at.object.made.is_some() {
        return Vec::new();
    }
    let title = found.metadata.get(TITLE).and_then(Json::as_str);
    let document = &at.unit.document;
    let asked_for = |make: &dyn Fn() -> Option<Change>| {
        let change = one.change.get_or_init(make).as_ref();
        Vec::from_iter(change.map(|change| fix(at, change)))
    };
    match (found.metadata.get(WANT), found.metadata.get(FIRST)) {
        (Some(want), _) if is_into_namespace(at, path, want) => into_namespace(files, at, want),
        (Some(want), _) => asked_for(&|| set(document, path, want, title)),
        (None, Some(first)) => asked_for(&|| put_first(document, path, first, title)),
        (None, None) => missing(files, at, path),
    }
}

fn set(document: &Document, path: &Path, want: &Json, title: Option<&str>) -> Option<Change> {
    let title = match title {
        Some(title) => title.to_owned(),
        None => told(document, path, want),
    };
    change(document, title, |text| text.set(path, &yaml(want)?))
}

/// `Set order to 500`, `Add owner: team-shop`.
fn told(document: &Document, path: &Path, want: &Json) -> String {
    let key = path.last_key().unwrap_or_default();
    let is_there = document.node_at(path).is_some();
    match want {
        Json::Array(_) | Json::Object(_) if is_there => format!("Change `{key}`"),
        Json::Array(_) | Json::Object(_) => format!("Add `{key}`"),
        want if is_there => format!("Set `{key}` to `{}`", edit::flow(want)),
        want => format!("Add `{key}: {}`", edit::flow(want)),
    }
}

fn put_first(document: &Document, path: &Path, item: &Json, title: Option<&str>) -> Option<Change> {
    let key = path.last_key().unwrap_or_default();
    let title = title.map_or_else(|| format!("Add to `{key}`"), str::to_owned);
    change(document, title, |text| text.insert(path, 0, &yaml(item)?))
}

/// A field that is not there, where the workspace knows what it may be.
fn missing(files: &Files, at: At<'_>, path: &Path) -> Vec<Fix> {
    if at.unit.document.node_at(path).is_some() {
        return Vec::new();
    }
    let known = Known { files, at };
    let values = match keys(path).as_slice() {
        ["metadata", "namespace"] => known.namespaces(),
        ["metadata", "annotations", key] => known.annotation(key),
        _ => Vec::new(),
    };
    let values = values.into_iter().map(Json::String);
    let changes = values.filter_map(|value| set(&at.unit.document, path, &value, None));
    changes.map(|change| fix(at, &change)).collect()
}

/// The keys of a path; none where it leads through a list.
fn keys(path: &Path) -> Vec<&str> {
    let mut keys = Vec::new();
    for segment in path.segments() {
        match segment {
            Segment::Key(key) => keys.push(&**key),
            Segment::Index(_) => return Vec::new(),
        }
    }
    keys
}

/// Whether a global object is to become one of a namespace.
fn is_into_namespace(at: At<'_>, path: &Path, want: &Json) -> bool {
    keys(path) == ["kind"] && want.as_str() == at.object.kind.strip_prefix("Global")
}

/// A global object moves into the only namespace there is use for it, if there is only one.
fn into_namespace(files: &Files, at: At<'_>, want: &Json) -> Vec<Fix> {
    let known = Known { files, at };
    let Some(namespace) = known.only_namespace() else {
        return Vec::new();
    };
    let kind = want.as_str().unwrap_or_default();
    let title = format!("Make it a {kind} of `{namespace}`");
    let change = change(&at.unit.document, title, |text| {
        text.set(&Path::root().key("kind"), &yaml(want)?)?;
        let path = Path::root().key("metadata").key("namespace");
        text.set(&path, &yaml(&Json::String(namespace.clone()))?)
    });
    Vec::from_iter(change.map(|change| fix(at, &change)))
}

/// A value with its keys as rules are usually written; Rego has them by the alphabet.
fn yaml(value: &Json) -> Result<Yaml, Refusal> {
    match value {
        Json::Object(fields) => {
            let place = |key: &str| RULE.iter().position(|known| *known == key);
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| place(key).unwrap_or(RULE.len()));
            let field =
                |(key, value): (&String, &Json)| Ok((Yaml::String(key.clone()), yaml(value)?));
            let fields: Result<_, Refusal> = fields.into_iter().map(field).collect();
            Ok(Yaml::Mapping(fields?))
        }
        Json::Array(items) => items
            .iter()
            .map(yaml)
            .collect::<Result<_, _>>()
            .map(Yaml::Sequence),
        value => serde_yaml::to_value(value).map_err(|_| Refusal::NotByItself),
    }
}

fn change(
    document: &Document,
    title: String,
    make: impl FnOnce(&mut Editing) -> Result<(), Refusal>,
) -> Option<Change> {
    let mut text = Editing::new(document, ORDER).ok()?;
    make(&mut text).ok()?;
    let edits = text.edits();
    (!edits.is_empty()).then_some(Change { title, edits })
}

/// A change of an object's document, where that stands.
fn fix(at: At<'_>, change: &Change) -> Fix {
    let edits = change.edits.iter().map(|edit| Edit {
        place: places::place(at.path, at.file, edit.span.shifted(at.offset)),
        text: edit.text.clone(),
    });
    Fix {
        title: change.title.clone(),
        safe: true,
        edits: edits.collect(),
    }
}
