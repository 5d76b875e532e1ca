//! The form of a template document. Every field says at which place of the text its value is written, so
//! that filling it in changes that place and nothing else.

#[cfg(test)]
mod tests;

pub(crate) mod explain;
mod layout;
mod spec;
pub(crate) mod text;

use tierwalk_protocol::{Edit, Form, FormField, Input, Toggle, Write};
use tierwalk_template::{Definition, DocumentKind, Library};
use tierwalk_yaml::{Kind, Node};

use crate::places::Placer;
use crate::read::Read;
use layout::Layout;
use spec::{Shape, Spec};

/// The form of a template or instance; `None` for other documents, and while the text is no YAML.
pub(crate) fn form(
    read: &Read,
    library: &Library,
    placer: Placer<'_>,
    offset: usize,
    index: usize,
) -> Option<Form> {
    let root = read.document.root.as_ref()?;
    let kind = read.template.as_ref()?.kind;
    let layout = Layout::new(&read.document.text, placer, offset);
    let definition = definition(kind, root, library)?;
    let specs: Vec<Spec> = definition.fields.iter().map(Spec::of).collect();
    let (path, fields) = match kind {
        DocumentKind::Instance => (".values", values(layout, root, &specs)),
        _ => ("", members(layout, Some(root), &specs, None)),
    };
    let mut form = Form {
        template: definition.name.clone(),
        description: definition.description.trim().to_owned(),
        line: layout.place(root.span).line,
        fields,
    };
    let prefix = format!("{index}{path}");
    number(&mut form.fields, &prefix);
    Some(form)
}

fn definition<'l>(kind: DocumentKind, root: &Node, library: &'l Library) -> Option<&'l Definition> {
    let text = |key| root.get(key).and_then(Node::as_str);
    let name = match kind {
        DocumentKind::Instance => text("template")?,
        DocumentKind::Template if root.get("NetworkSetName").is_some() => "network-set",
        DocumentKind::Template if text("ObjectType") == Some("GlobalNetworkSet") => "network-set",
        DocumentKind::Template => "policy-generator",
        _ => return None,
    };
    library.get(name)
}

/// Paths are made of the names above a field.
fn number(fields: &mut [FormField], prefix: &str) {
    for field in fields {
        field.path = format!("{prefix}.{}", field.path);
        let path = field.path.clone();
        number(&mut field.fields, &path);
    }
}

/// The fields of an instance, whose values may have no key yet.
fn values(layout: Layout<'_>, root: &Node, specs: &[Spec]) -> Vec<FormField> {
    match root.entry("values") {
        Some(entry) if !entry.value.entries().is_empty() => {
            members(layout, Some(&entry.value), specs, None)
        }
        Some(entry) => {
            let start = layout.after_colon(entry.key_span);
            members(
                layout,
                None,
                specs,
                Some((start.to(entry.value.span), "\n  ".to_owned())),
            )
        }
        None => {
            let start = layout.line_end(layout.last(root));
            members(
                layout,
                None,
                specs,
                Some((start, "\nvalues:\n  ".to_owned())),
            )
        }
    }
}

/// The fields of a mapping. One that is not there has a place to begin it at instead.
fn members(
    layout: Layout<'_>,
    map: Option<&Node>,
    specs: &[Spec],
    begin: Option<(tierwalk_source::Span, String)>,
) -> Vec<FormField> {
    let mut before = None;
    let mut fields = Vec::new();
    for spec in specs {
        let entry = map.and_then(|map| map.entry(&spec.key));
        let field = match (entry, map, &begin) {
            (Some(entry), Some(map), _) => {
                before = Some(entry);
                written(layout, map, entry, spec)
            }
            (_, Some(map), _) => absent(layout, spec, layout.insertion(map, before)),
            (_, None, Some(begin)) => absent(layout, spec, Some(begin.clone())),
            (_, None, None) => absent(layout, spec, None),
        };
        fields.push(field);
    }
    fields
}

fn blank(spec: &Spec, input: Input) -> FormField {
    FormField {
        path: spec.key.clone(),
        label: spec.label.clone(),
        input,
        required: spec.required,
        default: spec.default.clone(),
        help: spec.help.clone(),
        value: None,
        line: None,
        write: None,
        remove: None,
        add: None,
        fields: Vec::new(),
    }
}

fn input(spec: &Spec) -> Input {
    match &spec.shape {
        Shape::Text => Input::Text,
        Shape::Code | Shape::Rule => Input::Code,
        Shape::Number => Input::Number,
        Shape::Boolean => Input::Boolean,
        Shape::Choice(options) => Input::Choice {
            options: options.clone(),
        },
        Shape::Choices(_) => Input::Choices {
            options: Vec::new(),
        },
        Shape::List { numbers } => Input::List { numbers: *numbers },
        Shape::Labels => Input::Labels,
        Shape::Items(_) => Input::Items,
        Shape::Group(_) => Input::Group,
    }
}

/// A field that is not written, to be begun at a place.
fn absent(
    layout: Layout<'_>,
    spec: &Spec,
    begin: Option<(tierwalk_source::Span, String)>,
) -> FormField {
    let mut field = blank(spec, input(spec));
    let Some((span, before)) = begin else {
        return field;
    };
    let column = layout::column_after(&before, layout, span);
    let edit = |text: String| Edit {
        place: layout.place(span),
        text,
    };
    match &spec.shape {
        Shape::Items(items) => {
            let example = layout::item(&items.example, column);
            field.add = Some(edit(format!("{before}{}:\n{example}", spec.key)));
        }
        Shape::Choices(options) => {
            let option = |value: &String| Toggle {
                value: value.clone(),
                on: false,
                edit: Some(edit(format!("{before}{}: [{value}]", spec.key))),
            };
            field.input = Input::Choices {
                options: options.iter().map(option).collect(),
            };
        }
        Shape::Group(_) => {}
        _ => {
            field.write = Some(Write {
                place: layout.place(span),
                before: format!("{before}{}: ", spec.key),
            });
        }
    }
    field
}

fn written(layout: Layout<'_>, map: &Node, entry: &tierwalk_yaml::Entry, spec: &Spec) -> FormField {
    let at = layout.after_colon(entry.key_span);
    let mut field = value(layout, &entry.value, spec, at);
    field.line = Some(layout.place(entry.key_span).line);
    field.remove = match spec.required {
        true => None,
        false => layout.removal(map, entry),
    };
    field
}

/// A field, or an item of a list, with a value. `at` is where a value could be written that is empty.
fn value(layout: Layout<'_>, node: &Node, spec: &Spec, at: tierwalk_source::Span) -> FormField {
    let mut field = blank(spec, input(spec));
    field.line = Some(layout.place(node.span).line);
    let is_block = !layout.is_flow(node);
    let write = match node.is_null() {
        true => (at, " "),
        false => (node.span, ""),
    };
    match (&spec.shape, &node.kind) {
        (Shape::Items(items), Kind::Seq(nodes)) => list(layout, node, nodes, items, &mut field),
        (Shape::Items(items), Kind::Null) => {
            let column = layout.column(at);
            let example = layout::item(&items.example, column);
            field.add = Some(layout.edit(at, format!("\n{example}")));
        }
        (Shape::Choices(options), _) => {
            field.input = Input::Choices {
                options: toggles(layout, node, options, at),
            };
        }
        (Shape::Group(specs), Kind::Map(_)) => {
            field.fields = members(layout, Some(node), specs, None);
        }
        (Shape::Rule, Kind::Map(_)) => rule(layout, node, &mut field),
        (Shape::Labels, Kind::Map(entries)) if is_block => {
            field.input = Input::Group;
            field.fields = entries
                .iter()
                .map(|entry| label(layout, node, entry))
                .collect();
        }
        (Shape::List { .. }, Kind::Seq(nodes)) if is_block => {
            let items = item_of(spec);
            list(layout, node, nodes, &items, &mut field);
            field.input = Input::Items;
        }
        (Shape::Items(_) | Shape::Group(_), _) => {}
        _ => {
            if let (Shape::Rule, Some(text)) = (&spec.shape, node.as_str()) {
                field.help = explain::rule(text, false).unwrap_or_default();
            }
            field.value = Some(text::plain(node)).filter(|_| !node.is_null());
            field.write = Some(Write {
                place: layout.place(write.0),
                before: write.1.to_owned(),
            });
        }
    }
    field
}

/// An item of a list whose items stand on lines of their own.
fn item_of(spec: &Spec) -> Spec {
    let shape = match spec.shape {
        Shape::List { numbers: true } => Shape::Number,
        _ => Shape::Text,
    };
    let example = spec.example.trim_matches(['[', ']']);
    Spec {
        key: String::new(),
        label: spec.label.clone(),
        shape,
        required: false,
        default: None,
        help: String::new(),
        example: example.split(',').next().unwrap_or_default().to_owned(),
    }
}

fn list(layout: Layout<'_>, node: &Node, nodes: &[Node], items: &Spec, field: &mut FormField) {
    for (index, item) in nodes.iter().enumerate() {
        let mut shown = value(layout, item, items, layout.end(item));
        shown.path = index.to_string();
        let label = match items.label.is_empty() {
            true => &field.label,
            false => &items.label,
        };
        shown.label = format!("{label} {}", index + 1);
        shown.remove = layout.item_removal(node, item);
        field.fields.push(shown);
    }
    field.add = layout.addition(node, &items.example);
}

/// A rule in the generator's words.
fn rule(layout: Layout<'_>, node: &Node, field: &mut FormField) {
    let mut keys = node.entries().iter();
    let egress = keys.any(|entry| entry.key.starts_with("Egress"));
    field.input = Input::Group;
    field.fields = members(layout, Some(node), &Spec::of_rule(egress), None);
}

fn label(layout: Layout<'_>, map: &Node, entry: &tierwalk_yaml::Entry) -> FormField {
    let spec = Spec {
        key: entry.key.to_string(),
        label: entry.key.to_string(),
        shape: Shape::Text,
        required: false,
        default: None,
        help: String::new(),
        example: String::new(),
    };
    written(layout, map, entry, &spec)
}

/// What can be chosen, with the edit that turns it over.
fn toggles(
    layout: Layout<'_>,
    node: &Node,
    options: &[String],
    at: tierwalk_source::Span,
) -> Vec<Toggle> {
    let chosen: Vec<&str> = match &node.kind {
        Kind::Seq(items) => items.iter().filter_map(Node::as_str).collect(),
        _ => node.as_str().into_iter().collect(),
    };
    let toggle = |value: &String| {
        let item = node.items().iter().find(|it| it.as_str() == Some(value));
        let edit = match item {
            Some(item) if !layout.is_flow(node) => layout.item_removal(node, item),
            None if matches!(node.kind, Kind::Seq(_)) && !layout.is_flow(node) => {
                layout.addition(node, value)
            }
            _ => {
                let other = options
                    .iter()
                    .filter(|it| (chosen.contains(&it.as_str())) != (*it == value));
                let list: Vec<&str> = other.map(String::as_str).collect();
                let (span, space) = match node.is_null() {
                    true => (at, " "),
                    false => (node.span, ""),
                };
                Some(layout.edit(span, format!("{space}[{}]", list.join(", "))))
            }
        };
        Toggle {
            value: value.clone(),
            on: chosen.contains(&value.as_str()),
            edit,
        }
    };
    options.iter().map(toggle).collect()
}
