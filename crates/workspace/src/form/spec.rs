//! What a form asks for: the fields of a definition, and those of a rule in the generator's words.

use tierwalk_template::{Field, FieldKind};

use super::text::{flow, plain};
use crate::template_view::known;

/// One thing that is asked for.
pub(super) struct Spec {
    /// The key it is written under.
    pub key: String,
    pub label: String,
    pub shape: Shape,
    pub required: bool,
    pub default: Option<String>,
    pub help: String,
    /// The YAML of a value, or of an item of a list; further lines are indented by two.
    pub example: String,
}

/// How it is asked for.
pub(super) enum Shape {
    Text,
    Code,
    Number,
    Boolean,
    Choice(Vec<String>),
    Choices(Vec<String>),
    List { numbers: bool },
    Labels,
    Items(Box<Spec>),
    Group(Vec<Spec>),
    Rule,
}

impl Spec {
    pub(super) fn of(field: &Field) -> Self {
        let example = match field.kind {
            FieldKind::Rules | FieldKind::Rule => one_line_rule(&field.name),
            FieldKind::Object => members(field),
            _ => known(field).map(flow).unwrap_or_else(|| "\"\"".to_owned()),
        };
        Self {
            key: field.name.clone(),
            label: field.title.clone().unwrap_or_else(|| words(&field.name)),
            shape: Shape::of(field),
            required: field.required,
            default: field.default.as_ref().map(plain),
            help: field.help.clone().unwrap_or_default(),
            example,
        }
    }

    /// The fields of a rule in the generator's words.
    pub(super) fn of_rule(egress: bool) -> Vec<Self> {
        let (prefix, peer) = match egress {
            true => ("Egress", "EgressDestination"),
            false => ("Ingress", "IngressSource"),
        };
        let actions = ["Allow", "Deny", "Log", "Pass"].map(str::to_owned).to_vec();
        let field = |key: String, label: &str, shape, help: &str| Self {
            key,
            label: label.to_owned(),
            shape,
            required: false,
            default: None,
            help: help.to_owned(),
            example: String::new(),
        };
        let who = if egress { "to" } else { "from" };
        vec![
            field(
                format!("{prefix}Action"),
                "Action",
                Shape::Choice(actions),
                "",
            ),
            field(format!("{prefix}Protocol"), "Protocol", Shape::Text, ""),
            field(
                format!("{prefix}Port"),
                "Ports",
                Shape::List { numbers: true },
                "",
            ),
            field(
                format!("{peer}Selector"),
                who,
                Shape::Code,
                "A selector of pods.",
            ),
            field(
                format!("{peer}Namespace"),
                "in",
                Shape::Code,
                "A selector of namespaces.",
            ),
            field(
                format!("{peer}ServiceAccount"),
                "as",
                Shape::Code,
                "A selector of service accounts.",
            ),
        ]
    }
}

impl Shape {
    fn of(field: &Field) -> Self {
        if !field.allowed.is_empty() && !field.kind.is_list() {
            return Self::Choice(field.allowed.iter().map(plain).collect());
        }
        match field.kind {
            FieldKind::Integer | FieldKind::Number | FieldKind::Port => Self::Number,
            FieldKind::Boolean => Self::Boolean,
            FieldKind::Selector | FieldKind::Label => Self::Code,
            FieldKind::Labels => Self::Labels,
            FieldKind::Ports => Self::List { numbers: true },
            FieldKind::Cidrs | FieldKind::Domains => Self::List { numbers: false },
            FieldKind::Rule => Self::Rule,
            FieldKind::Rules => Self::Items(Box::new(rule(&field.name))),
            FieldKind::Object => Self::Group(field.fields.iter().map(Spec::of).collect()),
            FieldKind::List => Self::of_list(field),
            _ => Self::Text,
        }
    }

    fn of_list(field: &Field) -> Self {
        let Some(items) = field.items.as_deref() else {
            return Self::List { numbers: false };
        };
        match Self::of(items) {
            Self::Choice(options) => Self::Choices(options),
            Self::Number => Self::List { numbers: true },
            Self::Text | Self::Code => Self::List { numbers: false },
            _ => Self::Items(Box::new(Spec::of(items))),
        }
    }
}

fn rule(name: &str) -> Spec {
    Spec {
        key: String::new(),
        label: "Rule".to_owned(),
        shape: Shape::Rule,
        required: false,
        default: None,
        help: String::new(),
        example: one_line_rule(name),
    }
}

fn one_line_rule(field: &str) -> String {
    let example = match field.to_ascii_lowercase().contains("egress") {
        true => "allow tcp to ports 8080 label app=backend",
        false => "allow tcp from label app=frontend to ports 8080",
    };
    example.to_owned()
}

/// The members that an object has to have, one per line.
fn members(field: &Field) -> String {
    let mut members = field.fields.iter().filter(|it| it.required).peekable();
    let first = field.fields.first().filter(|_| members.peek().is_none());
    let example = |it: &Field| known(it).map(flow).unwrap_or_else(|| "\"\"".to_owned());
    let lines: Vec<_> = members
        .chain(first)
        .map(|it| format!("{}: {}", it.name, example(it)))
        .collect();
    lines.join("\n")
}

/// A key as a label: `ingress_namespace` is shown as `Ingress namespace`.
fn words(key: &str) -> String {
    let text = key.replace('_', " ");
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
