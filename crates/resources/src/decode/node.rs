//! Serde's deserializer over a node.

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use tierwalk_source::{Diagnostic, Fix, Severity, Span, TextEdit};
use tierwalk_yaml::{Kind, Node};

use super::Reader;
use super::access::{Items, Pairs};
use super::error::Error;
use super::fields::pick;
use crate::codes;
use crate::problem::At;

/// A node being read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a, 'n, 'p, 'd> {
    pub node: &'n Node,
    pub at: &'a At<'a>,
    pub reader: &'a Reader<'p, 'd>,
    /// Whether it is the outermost struct.
    pub outermost: bool,
}

impl<'a, 'n, 'p, 'd> Reading<'a, 'n, 'p, 'd> {
    pub(super) fn outermost(node: &'n Node, at: &'a At<'a>, reader: &'a Reader<'p, 'd>) -> Self {
        let outermost = true;
        Self {
            node,
            at,
            reader,
            outermost,
        }
    }

    pub(super) fn inner(node: &'n Node, at: &'a At<'a>, reader: &'a Reader<'p, 'd>) -> Self {
        let outermost = false;
        Self {
            node,
            at,
            reader,
            outermost,
        }
    }

    pub(super) fn note(&self, diagnostic: Diagnostic) {
        self.reader.problems.borrow_mut().add(self.at, diagnostic);
    }

    /// Notes what a visitor could not take.
    fn settle<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(Error::Message(message)) = result {
            let diagnostic = Diagnostic::error(codes::WRONG_TYPE, self.node.span, message);
            self.note(diagnostic.help(self.form()));
            return Err(Error::Noted);
        }
        result
    }

    fn wrong_type(&self, expected: &str) {
        let message = format!(
            "{} must be {expected}, not {}",
            self.at.name(),
            describe(self.node)
        );
        let problem = Diagnostic::error(codes::WRONG_TYPE, self.node.span, message)
            .help(how_to_write(expected));
        self.note(match unwrapped(self.node, expected) {
            Some(fix) => problem.fix(fix),
            None => problem,
        });
    }

    /// A number or a boolean where text is wanted.
    fn not_text(&self, text: &str) {
        let span = self.node.span;
        let found = describe(self.node);
        let message = format!(
            "{} must be text, but YAML reads `{}` as {found}",
            self.at.name(),
            self.written()
        );
        let manner = &self.reader.manner;
        let severity = if manner.lenient {
            Severity::Warning
        } else {
            Severity::Error
        };
        let help = if manner.lenient && manner.strict_fields {
            format!(
                "calicoctl takes it for the text `{text}`, Kubernetes refuses it: put it in quotes"
            )
        } else {
            "Kubernetes refuses it: put it in quotes".to_owned()
        };
        let problem = Diagnostic::new(severity, codes::NOT_TEXT, span, message).help(help);
        self.note(problem.fix(around("Put it in quotes", span, "\"", "\"")));
    }

    fn integer(&self, min: i64, max: i64) -> i64 {
        match self.node.kind {
            Kind::Int(value) if (min..=max).contains(&value) => {
                self.surprise(value);
                return value;
            }
            Kind::Int(value) => {
                let message = format!(
                    "{} cannot be `{value}`: it must be between {min} and {max}",
                    self.at.name()
                );
                let diagnostic = Diagnostic::error(codes::WRONG_TYPE, self.node.span, message);
                self.note(diagnostic.help("no port, code or count is outside of this"));
            }
            Kind::Null => {}
            _ => self.wrong_type("a whole number"),
        }
        0
    }

    /// How the scalars with a form of their own are written.
    fn form(&self) -> &'static str {
        let path = self.at.path();
        match path
            .last_key()
            .or_else(|| path.parent().last_key().map(|_| "item"))
        {
            Some("protocol" | "notProtocol") => {
                "write a name such as `TCP`, or a number from 1 to 255"
            }
            Some("item") => {
                "write a number, a range such as `80:90` or a name, each as an item of its own"
            }
            _ => "write a number or a name",
        }
    }

    /// The value as it is written.
    fn written(&self) -> String {
        let problems = self.reader.problems.borrow();
        self.node.span.of(&problems.document().text).to_owned()
    }

    /// `0120` is 80 in YAML 1.1.
    fn surprise(&self, value: i64) {
        let span = self.node.span;
        let usual = value.to_string();
        let written = self.written();
        if !written.starts_with('0') || written == usual {
            return;
        }
        let message = format!("YAML reads `{written}` as the number {usual}");
        let help = "numbers with a leading zero are octal in the YAML that Kubernetes reads";
        self.note(
            Diagnostic::warning(codes::SURPRISING_NUMBER, span, message)
                .help(help)
                .fix(Fix::replace(format!("Write `{usual}`"), span, usual)),
        );
    }
}

/// Edits that put something before and after a value.
fn around(title: &str, span: Span, before: &str, after: &str) -> Fix {
    let edit = |at: u32, text: &str| TextEdit {
        span: Span::empty(at as usize),
        text: text.to_owned(),
    };
    Fix {
        title: title.to_owned(),
        safe: true,
        edits: vec![edit(span.start, before), edit(span.end, after)],
    }
}

fn how_to_write(expected: &str) -> &'static str {
    match expected {
        "a list" => "write its items after `- `, or in brackets",
        "a mapping" => "write its fields below it, indented",
        "a boolean" => "write `true` or `false`, without quotes",
        "text" => "write one piece of text, in quotes if need be",
        _ => "write digits, without quotes",
    }
}

/// How a value becomes what is expected, where that is plain.
fn unwrapped(node: &Node, expected: &str) -> Option<Fix> {
    match (&node.kind, expected) {
        (Kind::Str(_) | Kind::Int(_), "a list") => {
            Some(around("Make it a list of one", node.span, "[", "]"))
        }
        (Kind::Str(text), "a boolean") if matches!(&**text, "true" | "false") => {
            Some(Fix::replace("Remove the quotes", node.span, &**text))
        }
        (Kind::Str(text), "a whole number" | "a number") => {
            let number: i64 = text.parse().ok()?;
            Some(Fix::replace(
                "Remove the quotes",
                node.span,
                number.to_string(),
            ))
        }
        _ => None,
    }
}

/// A node as prose.
pub(super) fn describe(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "nothing".to_owned(),
        Kind::Bool(value) => format!("the boolean `{value}`"),
        Kind::Int(value) => format!("the number `{value}`"),
        Kind::Float(value) => format!("the number `{value}`"),
        Kind::Str(text) if text.len() > 40 => "text".to_owned(),
        Kind::Str(text) => format!("the text `{text}`"),
        Kind::Seq(_) => "a list".to_owned(),
        Kind::Map(_) => "a mapping".to_owned(),
    }
}

impl<'n> Deserializer<'n> for Reading<'_, 'n, '_, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = match &self.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Int(value) => {
                self.surprise(*value);
                visitor.visit_i64(*value)
            }
            Kind::Float(value) => visitor.visit_f64(*value),
            Kind::Str(text) => visitor.visit_borrowed_str(text),
            Kind::Seq(items) => visitor.visit_seq(Items::new(items, self)),
            Kind::Map(entries) => visitor.visit_map(Pairs::all(entries, self)),
        };
        self.settle(result)
    }

    fn deserialize_option<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.node.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_bool<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = match self.node.kind {
            Kind::Bool(value) => value,
            Kind::Null => false,
            _ => {
                self.wrong_type("a boolean");
                false
            }
        };
        visitor.visit_bool(value)
    }

    fn deserialize_u16<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.integer(0, u16::MAX.into()))
    }

    fn deserialize_i32<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.integer(i32::MIN.into(), i32::MAX.into()))
    }

    fn deserialize_i64<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.integer(i64::MIN, i64::MAX))
    }

    fn deserialize_f64<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = match self.node.kind {
            Kind::Int(value) => value as f64,
            Kind::Float(value) => value,
            _ => {
                self.wrong_type("a number");
                0.0
            }
        };
        visitor.visit_f64(value)
    }

    fn deserialize_string<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = match &self.node.kind {
            Kind::Str(text) => return visitor.visit_borrowed_str(text),
            Kind::Bool(value) => value.to_string(),
            Kind::Int(value) => value.to_string(),
            Kind::Float(value) => value.to_string(),
            Kind::Null => return visitor.visit_borrowed_str(""),
            Kind::Seq(_) | Kind::Map(_) => {
                self.wrong_type("text");
                return visitor.visit_borrowed_str("");
            }
        };
        self.not_text(&text);
        visitor.visit_string(text)
    }

    fn deserialize_seq<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        if !matches!(self.node.kind, Kind::Seq(_) | Kind::Null) {
            self.wrong_type("a list");
        }
        visitor.visit_seq(Items::new(self.node.items(), self))
    }

    fn deserialize_map<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Error> {
        if !matches!(self.node.kind, Kind::Map(_) | Kind::Null) {
            self.wrong_type("a mapping");
        }
        visitor.visit_map(Pairs::all(self.node.entries(), self))
    }

    fn deserialize_struct<V: Visitor<'n>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if !matches!(self.node.kind, Kind::Map(_) | Kind::Null) {
            self.wrong_type("a mapping");
        }
        visitor.visit_map(Pairs::picked(pick(&self, name, fields), self))
    }

    forward_to_deserialize_any! { <V: Visitor<'n>>
        i8 i16 i128 u8 u32 u64 u128 f32 char str bytes byte_buf unit unit_struct newtype_struct tuple
        tuple_struct enum identifier ignored_any
    }
}
