//! Templates and their instances: the fields that a template has.

use tierwalk_protocol::Completion;
use tierwalk_template::{Definition, Field, FieldKind};
use tierwalk_yaml::{Path, Segment};

use super::{Found, selector, word};
use crate::Workspace;
use crate::form::{explain, text::plain};
use crate::language::cursor::{Cursor, Spot};
use crate::language::schema::Of;
use crate::language::template_form::Form;
use crate::language::vocabulary;

/// What can be written in a template or an instance; `None` in other documents.
pub(super) fn complete(workspace: &Workspace, cursor: &Cursor<'_>) -> Option<Found> {
    let (path, from, quote) = match &cursor.spot {
        Spot::Open {
            container, from, ..
        } => (container, *from, None),
        Spot::Value {
            path, from, quote, ..
        } => (path, *from, *quote),
        Spot::Nothing => return None,
    };
    let root = Path::root();
    let form = Form::of(
        workspace,
        |key| cursor.outline.keys(&root).any(|known| known == key),
        |key| cursor.outline.text(cursor.text, &root, key),
    )?;
    let is_key = matches!(cursor.spot, Spot::Open { .. });
    let inside = path.segments().strip_prefix(form.values.segments());
    let items = match (inside, path.segments()) {
        (_, [Segment::Key(key)]) if form.is_instance && &**key == "template" => {
            templates(workspace)
        }
        (Some(inside), _) => {
            let rule = in_rule(workspace, cursor, form.definition?, inside);
            if let Some(items) = rule {
                return Some(Found { from, items });
            }
            let field = field_at(form.definition?, inside);
            let selects = field.is_none_or(|field| field.kind == FieldKind::Selector) && !is_key;
            let known = explain::at(form.definition?, inside);
            if let Some(known) = known.filter(|known| known.selector && selects) {
                let of = selected(&known.key);
                return Some(selector::complete(workspace, cursor, of, from, quote));
            }
            match field {
                Some(field) if !is_key || field.kind != FieldKind::Object => {
                    values(workspace, field)
                }
                _ if is_key => keys(cursor, path, fields_of(form.definition?, field)),
                _ => Vec::new(),
            }
        }
        (None, []) => keys_of_instance(cursor),
        _ => Vec::new(),
    };
    Some(Found { from, items })
}

/// In a rule of a list, in the words of the generator: its keys, or what one of them can be.
fn in_rule(
    workspace: &Workspace,
    cursor: &Cursor<'_>,
    definition: &Definition,
    inside: &[Segment],
) -> Option<Vec<Completion>> {
    let at = inside
        .iter()
        .rposition(|segment| matches!(segment, Segment::Index(_)))?;
    let (list, rest) = (inside.get(..at)?, inside.get(at + 1..)?);
    let list = field_at(definition, list).filter(|field| field.kind == FieldKind::Rules)?;
    let names = |names: Vec<(String, String)>| {
        let words = names.into_iter().map(|(name, note)| word(name, note, ""));
        words.collect()
    };
    match (rest, &cursor.spot) {
        ([], Spot::Open { container, .. }) => {
            let there: Vec<&str> = cursor.outline.keys(container).collect();
            let keys = explain::rule_keys(&list.name).into_iter();
            let keys = keys.filter(|known| !there.contains(&known.key.as_str()));
            Some(keys.map(rule_key).collect())
        }
        ([Segment::Key(key)], Spot::Value { .. }) if key.ends_with("Port") => {
            Some(names(vocabulary::ports(workspace)))
        }
        ([Segment::Key(key)], Spot::Value { .. }) if key.ends_with("Protocol") => Some(protocols()),
        ([Segment::Key(_)], Spot::Value { .. }) => {
            let known = explain::at(definition, inside).filter(|known| !known.selector)?;
            let options = known.options.into_iter();
            Some(options.map(|option| word(option, "", "")).collect())
        }
        _ => None,
    }
}

/// What the selector in a field of this name selects.
fn selected(key: &str) -> Of {
    match key {
        _ if key.ends_with("ServiceAccount") || key.ends_with("SvcActSelector") => {
            Of::ServiceAccounts
        }
        _ if key.ends_with("Namespace") || key.ends_with("NamespaceSelector") => Of::Namespaces,
        _ if key.starts_with("Ingress") || key.starts_with("Egress") => Of::Peers,
        _ => Of::Endpoints,
    }
}

fn rule_key(known: explain::Known) -> Completion {
    Completion {
        insert: format!("{}: ", known.key),
        again: true,
        ..word(known.key, "", known.text.join(" "))
    }
}

fn protocols() -> Vec<Completion> {
    ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6"]
        .map(|it| word(it, "", ""))
        .into()
}

fn fields_of<'d>(definition: &'d Definition, field: Option<&'d Field>) -> &'d [Field] {
    field.map_or(&definition.fields, |field| &field.fields)
}

/// The field that a path leads to; `None` for the values as a whole.
fn field_at<'d>(definition: &'d Definition, path: &[Segment]) -> Option<&'d Field> {
    let (mut fields, mut found) = (definition.fields.as_slice(), None);
    for segment in path {
        let next = match segment {
            Segment::Key(name) => fields.iter().find(|field| *field.name == **name),
            Segment::Index(_) => found.and_then(|field: &Field| field.items.as_deref()),
        }?;
        fields = &next.fields;
        found = Some(next);
    }
    found
}

fn keys(cursor: &Cursor<'_>, container: &Path, fields: &[Field]) -> Vec<Completion> {
    let there: Vec<&str> = cursor.outline.keys(container).collect();
    let (required, others): (Vec<&Field>, Vec<&Field>) = fields
        .iter()
        .filter(|field| !there.contains(&field.name.as_str()))
        .partition(|field| field.required);
    required.into_iter().chain(others).map(key).collect()
}

fn key(field: &Field) -> Completion {
    let default = field
        .default
        .as_ref()
        .map(|value| format!(" Default: {}.", plain(value)));
    let doc = format!(
        "{}{}",
        field.help.as_deref().unwrap_or_default(),
        default.unwrap_or_default()
    );
    Completion {
        insert: format!("{}: ", field.name),
        again: true,
        ..word(
            field.name.as_str(),
            if field.required { "required" } else { "" },
            doc,
        )
    }
}

fn values(workspace: &Workspace, field: &Field) -> Vec<Completion> {
    if !field.allowed.is_empty() {
        return field
            .allowed
            .iter()
            .map(|value| word(plain(value), "", ""))
            .collect();
    }
    let names = match (field.kind, field.name.as_str()) {
        (FieldKind::Boolean, _) => return vec![word("true", "", ""), word("false", "", "")],
        (FieldKind::Protocol, _) => return protocols(),
        (_, "namespace" | "PolicyNamespace") => vocabulary::namespaces(workspace),
        (_, "tier") => vocabulary::tiers(workspace),
        (FieldKind::Port | FieldKind::Ports, _) => vocabulary::ports(workspace),
        _ => Vec::new(),
    };
    names
        .into_iter()
        .map(|(name, note)| word(name, note, ""))
        .collect()
}

fn templates(workspace: &Workspace) -> Vec<Completion> {
    let definitions = workspace.templates.library.definitions();
    definitions
        .map(|it| {
            word(
                it.name.as_str(),
                if it.shipped { "shipped" } else { "" },
                it.description.trim(),
            )
        })
        .collect()
}

fn keys_of_instance(cursor: &Cursor<'_>) -> Vec<Completion> {
    let root = Path::root();
    let has = |key: &str| cursor.outline.keys(&root).any(|known| known == key);
    let keys = [
        ("values", "values:\n  ", "The fields of the template."),
        ("clusters", "clusters: ", "The clusters that it is for."),
    ];
    let items = keys
        .into_iter()
        .filter(|(key, ..)| !has(key))
        .map(|(key, insert, doc)| Completion {
            insert: insert.to_owned(),
            again: true,
            ..word(key, "", doc)
        });
    items.collect()
}
