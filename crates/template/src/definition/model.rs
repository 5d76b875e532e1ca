//! What a definition says.

use regex_lite::Regex;
use tierwalk_source::Span;
use tierwalk_yaml::Node;

use super::skeleton::Skeleton;
use crate::clusters::ClusterSelector;
use crate::generator::Direction;

/// A template that an organisation defines: typed fields, and an output in which they are placed.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name, which instances give as `template`.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The clusters of its instances, unless they name others.
    pub clusters: Option<ClusterSelector>,
    /// Its fields, in the order of the form.
    pub fields: Vec<Field>,
    /// Whether it is one of those that are shipped.
    pub shipped: bool,
    /// Where its name stands, relative to the text of its document.
    pub span: Span,
    pub(super) skeleton: Skeleton,
    /// For each line of the skeleton, where it begins in the document and how long it is.
    pub(super) lines: Vec<Span>,
    /// The line of the document on which the skeleton begins, from 1.
    pub(super) first_line: u32,
}

/// A field of a definition.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its label in a form; its name if there is none.
    pub title: Option<String>,
    /// What to write there.
    pub help: Option<String>,
    /// Its type.
    pub kind: FieldKind,
    /// Whether an instance has to set it.
    pub required: bool,
    /// Its value where an instance does not set it.
    pub default: Option<Node>,
    /// A value to show in a form, and to check the definition with.
    pub example: Option<Node>,
    /// The values that it takes, if not all of its type.
    pub allowed: Vec<Node>,
    /// What text has to match, from its first to its last character.
    pub pattern: Option<Pattern>,
    /// The least number, length of text, or count of items.
    pub min: Option<f64>,
    /// The greatest number, length of text, or count of items.
    pub max: Option<f64>,
    /// For [`FieldKind::List`]: its items.
    pub items: Option<Box<Field>>,
    /// For [`FieldKind::Object`]: its fields.
    pub fields: Vec<Field>,
    /// For [`FieldKind::Rule`] and [`FieldKind::Rules`]: which way they go.
    pub(crate) direction: Direction,
    /// Where it is defined, relative to the text of the definition's document.
    pub span: Span,
}

/// A regular expression and its text.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As written.
    pub text: String,
    pub(super) regex: Regex,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text.
    String,
    /// One of the allowed values.
    Enum,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// The name of an object: lower case letters, digits and `-`.
    Name,
    /// `key=value`; placed as the selector of that label.
    Label,
    /// A mapping of label keys to values.
    Labels,
    /// A selector in Calico's language.
    Selector,
    /// `TCP`, `UDP`, `SCTP`, `ICMP`, `ICMPv6`, `UDPLite`, or a number.
    Protocol,
    /// A port, range of ports or name of a port.
    Port,
    /// A list of ports.
    Ports,
    /// A network or address.
    Cidr,
    /// A list of networks or addresses.
    Cidrs,
    /// A domain name; its first label may be `*`.
    Domain,
    /// A list of domain names.
    Domains,
    /// A one-line rule.
    Rule,
    /// A list of rules: one-line rules, or rules with the keys of the generator's template.
    Rules,
    /// A list of values of one type.
    List,
    /// A mapping with fields of its own.
    Object,
}

impl FieldKind {
    /// All types, with the names that definitions give them.
    pub const ALL: [(&'static str, Self); 20] = [
        ("string", Self::String),
        ("enum", Self::Enum),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("name", Self::Name),
        ("label", Self::Label),
        ("labels", Self::Labels),
        ("selector", Self::Selector),
        ("protocol", Self::Protocol),
        ("port", Self::Port),
        ("ports", Self::Ports),
        ("cidr", Self::Cidr),
        ("cidrs", Self::Cidrs),
        ("domain", Self::Domain),
        ("domains", Self::Domains),
        ("rule", Self::Rule),
        ("rules", Self::Rules),
        ("list", Self::List),
        ("object", Self::Object),
    ];

    /// Its name in definitions.
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, kind)| *kind == self);
        found.map_or("string", |(name, _)| name)
    }

    /// Whether its values are lists.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Ports | Self::Cidrs | Self::Domains | Self::Rules | Self::List
        )
    }

    /// Whether its values are whole or other numbers.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Number)
    }
}

impl Definition {
    /// The line of its document (from 1) on which a line of the skeleton (from 1) stands.
    pub(super) fn document_line(&self, skeleton_line: u32) -> u32 {
        self.first_line + skeleton_line.saturating_sub(1)
    }

    /// Where a line of the skeleton (from 1) stands in its document.
    pub(super) fn line_span(&self, skeleton_line: u32) -> Span {
        let index = skeleton_line.saturating_sub(1) as usize;
        self.lines.get(index).copied().unwrap_or(self.span)
    }
}
