//! Templates and their instances: the fields that a template has.

use tierwalk_protocol::Completion;
use tierwalk_template::{Definition, Field, FieldKind};
use tierwalk_yaml::{Path, Segment};

use super::{Found, selector, word};
use crate::Workspace;
use crate::form::text::plain;
use crate::language::cursor::{Cursor, Spot};
use crate::language::schema::Of;
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
    let form = Form::of(workspace, cursor)?;
    let is_key = matches!(cursor.spot, Spot::Open { .. });
    let inside = path.segments().strip_prefix(form.values.segments());
    let items = match (inside, path.segments()) {
        (_, [Segment::Key(key)]) if form.is_instance && &**key == "template" => {
            templates(workspace)
        }
        (Some(inside), _) => {
            let field = field_at(form.definition?, inside);
            match field {
                Some(field) if field.kind == FieldKind::Selector && !is_key => {
                    return Some(selector::complete(
                        workspace,
                        cursor,
                        Of::Endpoints,
                        from,
                        quote,
                    ));
                }
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

struct Form<'w> {
    definition: Option<&'w Definition>,
    is_instance: bool,
    /// Where its values stand.
    values: Path,
}

impl<'w> Form<'w> {
    fn of(workspace: &'w Workspace, cursor: &Cursor<'_>) -> Option<Self> {
        let root = Path::root();
        let text = |key| cursor.outline.text(cursor.text, &root, key);
        let has = |key: &str| cursor.outline.keys(&root).any(|known| known == key);
        let library = &workspace.templates.library;
        if has("apiVersion") || has("kind") {
            return None;
        }
        if has("template") {
            return Some(Self {
                definition: text("template").and_then(|name| library.get(name)),
                is_instance: true,
                values: root.key("values"),
            });
        }
        let name = match () {
            () if has("NetworkSetName") || text("ObjectType") == Some("GlobalNetworkSet") => {
                "network-set"
            }
            () if has("PolicyName") || has("ObjectType") => "policy-generator",
            () => return None,
        };
        Some(Self {
            definition: library.get(name),
            is_instance: false,
            values: root,
        })
    }
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
        (FieldKind::Protocol, _) => {
            return ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6"]
                .map(|it| word(it, "", ""))
                .into();
        }
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
