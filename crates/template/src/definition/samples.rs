//! Values of every kind that a field takes, to check a definition with.

use tierwalk_source::Span;
use tierwalk_yaml::{Entry, Kind, Node};

use super::model::{Field, FieldKind};
use crate::generator::Direction;

/// How many sets of values a definition is checked with at most.
const MAX_SAMPLES: usize = 300;
/// How many values of one field are tried at most.
const MAX_VARIANTS: usize = 12;

/// A set of values, and what is special about it.
pub(super) struct Sample {
    /// In words: ``with `dns: false` ``.
    pub about: String,
    /// The mapping of values.
    pub values: Node,
}

/// Sets of values for fields: all set, only what is required, and each field with each kind of value.
pub(super) fn samples(fields: &[Field]) -> Vec<Sample> {
    let full: Vec<_> = fields
        .iter()
        .map(|field| (field.name.as_str(), first(field)))
        .collect();
    let sample = |about: String, values| Sample {
        about,
        values: mapping(values),
    };
    let required = fields.iter().filter(|field| field.required);
    let mut samples = vec![
        sample("with every field set".to_owned(), full.clone()),
        sample(
            "with only the required fields set".to_owned(),
            required
                .map(|field| (field.name.as_str(), first(field)))
                .collect(),
        ),
    ];
    for (index, field) in fields.iter().enumerate() {
        if !field.required {
            let mut values = full.clone();
            values.remove(index);
            samples.push(sample(format!("without `{}`", field.name), values));
        }
        for variant in variants(field).into_iter().skip(1) {
            let mut values = full.clone();
            if let Some(slot) = values.get_mut(index) {
                slot.1 = variant.clone();
            }
            let about = format!("with `{}: {}`", field.name, flow(&variant));
            samples.push(sample(about, values));
        }
    }
    samples.truncate(MAX_SAMPLES);
    samples
}

fn first(field: &Field) -> Node {
    variants(field)
        .into_iter()
        .next()
        .unwrap_or_else(|| text("sample"))
}

/// Values of a field, the most ordinary one first.
fn variants(field: &Field) -> Vec<Node> {
    let mut variants: Vec<Node> = field
        .example
        .iter()
        .chain(&field.default)
        .cloned()
        .collect();
    if field.allowed.is_empty() && field.pattern.is_none() {
        variants.extend(of_kind(field));
    }
    variants.extend(field.allowed.iter().cloned());
    variants.retain(|node| fits(field, node));
    variants.truncate(MAX_VARIANTS);
    variants
}

/// Whether the size of a value is one that the field allows.
fn fits(field: &Field, node: &Node) -> bool {
    let size = match &node.kind {
        Kind::Int(value) => *value as f64,
        Kind::Float(value) => *value,
        Kind::Str(text) => text.chars().count() as f64,
        Kind::Seq(items) => items.len() as f64,
        _ => return true,
    };
    field.min.is_none_or(|min| size >= min) && field.max.is_none_or(|max| size <= max)
}

fn of_kind(field: &Field) -> Vec<Node> {
    match field.kind {
        FieldKind::String => vec![
            text("some words: 1"),
            text(&"x".repeat(field.min.unwrap_or(1.0) as usize)),
        ],
        FieldKind::Enum => Vec::new(),
        FieldKind::Integer => numbers(field, &[500.0, 0.0, 1_000_000.0]),
        FieldKind::Number => numbers(field, &[500.0, 0.0, 1_000_000.0, 1.5]),
        FieldKind::Boolean => vec![node(Kind::Bool(true)), node(Kind::Bool(false))],
        FieldKind::Name => vec![text("sample"), text("a-1")],
        FieldKind::Label => vec![text("app=sample"), text("a.b/c=v1.0")],
        FieldKind::Labels => vec![
            mapping(vec![("app", text("sample")), ("a.b/c", text("1.0"))]),
            mapping(Vec::new()),
        ],
        FieldKind::Selector => texts(&["app == \"sample\"", "all()", "!has(a) && b in {'c', 'd'}"]),
        FieldKind::Protocol => texts(&["TCP", "UDP", "SCTP", "ICMP", "ICMPv6", "UDPLite"]),
        FieldKind::Port => vec![node(Kind::Int(8080)), text("8000:8010"), text("http")],
        FieldKind::Ports => lists(vec![node(Kind::Int(8080)), text("8000:8010"), text("http")]),
        FieldKind::Cidr => texts(&["198.51.100.0/24", "2001:db8::/32"]),
        FieldKind::Cidrs => lists(texts(&["198.51.100.0/24", "203.0.113.7", "2001:db8::/32"])),
        FieldKind::Domain => texts(&["api.example.com", "*.example.com"]),
        FieldKind::Domains => lists(texts(&["api.example.com", "*.example.com"])),
        FieldKind::Rule => texts(one_line(field.direction)),
        FieldKind::Rules => lists(texts(one_line(field.direction))),
        FieldKind::List => field
            .items
            .as_deref()
            .map(|items| lists(variants(items)))
            .unwrap_or_default(),
        FieldKind::Object => samples(&field.fields)
            .into_iter()
            .map(|sample| sample.values)
            .collect(),
    }
}

fn one_line(direction: Direction) -> &'static [&'static str] {
    match direction {
        Direction::Ingress => &[
            "allow tcp from label app=sample to ports 8080",
            "allow",
            "deny from cidr 2001:db8::/32",
            "allow icmp type 8 from namespace sample",
        ],
        Direction::Egress => &[
            "allow tcp to label app=sample ports 8080",
            "allow",
            "deny to cidr 2001:db8::/32",
            "allow icmp type 8 to namespace sample",
        ],
    }
}

fn numbers(field: &Field, usual: &[f64]) -> Vec<Node> {
    let bounds = [field.min, field.max];
    let all = usual.iter().copied().chain(bounds.into_iter().flatten());
    all.map(|value| match value.fract() == 0.0 {
        true => node(Kind::Int(value as i64)),
        false => node(Kind::Float(value)),
    })
    .collect()
}

/// One item alone, none, all of them, and each of the others alone.
fn lists(items: Vec<Node>) -> Vec<Node> {
    let list = |items: Vec<Node>| node(Kind::Seq(items));
    let mut lists = vec![
        list(items.iter().take(1).cloned().collect()),
        list(Vec::new()),
    ];
    if items.len() > 1 {
        lists.push(list(items.clone()));
    }
    lists.extend(items.into_iter().skip(1).map(|item| list(vec![item])));
    lists
}

fn node(kind: Kind) -> Node {
    Node {
        span: Span::default(),
        kind,
    }
}

fn text(text: &str) -> Node {
    node(Kind::Str(text.into()))
}

fn texts(texts: &[&str]) -> Vec<Node> {
    texts.iter().map(|words| text(words)).collect()
}

fn mapping(values: Vec<(&str, Node)>) -> Node {
    let entry = |(key, value): (&str, Node)| Entry {
        key: key.into(),
        key_span: Span::default(),
        value,
    };
    node(Kind::Map(values.into_iter().map(entry).collect()))
}

/// A value on one line, for messages.
fn flow(node: &Node) -> String {
    match &node.kind {
        Kind::Seq(items) => {
            let items: Vec<_> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Map(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|e| format!("{}: {}", e.key, flow(&e.value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        _ => super::values::plain(node),
    }
}
