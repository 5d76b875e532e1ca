//! Tokens, printed as Calico prints them in its errors.

use std::fmt;
use std::ops::Range;

/// A piece of the selector's text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub kind: Kind<'a>,
    pub span: Range<usize>,
}

/// Calico `libcalico-go/lib/selector/tokenizer/tokenizer.go`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    Label(&'a str),
    Literal(&'a str),
    Has(&'a str),
    All,
    Global,
    LBrace,
    RBrace,
    LParen,
    RParen,
    Comma,
    Eq,
    Ne,
    In,
    NotIn,
    Contains,
    StartsWith,
    EndsWith,
    Not,
    And,
    Or,
    Eof,
}

impl Kind<'_> {
    /// A value in quotes has to follow: a comparison, or inside a set.
    pub fn wants_value(self) -> bool {
        matches!(
            self,
            Kind::Eq
                | Kind::Ne
                | Kind::Contains
                | Kind::StartsWith
                | Kind::EndsWith
                | Kind::LBrace
                | Kind::Comma
        )
    }

    /// The first token of a condition.
    pub fn begins_condition(self) -> bool {
        matches!(
            self,
            Kind::Label(_) | Kind::Has(_) | Kind::All | Kind::Global | Kind::LParen | Kind::Not
        )
    }

    /// The last token of a condition.
    pub fn ends_condition(self) -> bool {
        matches!(
            self,
            Kind::Literal(_)
                | Kind::Has(_)
                | Kind::All
                | Kind::Global
                | Kind::RBrace
                | Kind::RParen
        )
    }

    fn name_and_value(&self) -> (&'static str, &str) {
        match self {
            Kind::Label(name) => ("TokLabel", name),
            Kind::Literal(value) => ("TokStringLiteral", value),
            Kind::Has(name) => ("TokHas", name),
            Kind::All => ("TokAll", ""),
            Kind::Global => ("TokGlobal", ""),
            Kind::LBrace => ("TokLBrace", ""),
            Kind::RBrace => ("TokRBrace", ""),
            Kind::LParen => ("TokLParen", ""),
            Kind::RParen => ("TokRParen", ""),
            Kind::Comma => ("TokComma", ""),
            Kind::Eq => ("TokEq", ""),
            Kind::Ne => ("TokNe", ""),
            Kind::In => ("TokIn", ""),
            Kind::NotIn => ("TokNotIn", ""),
            Kind::Contains => ("TokContains", ""),
            Kind::StartsWith => ("TokStartsWith", ""),
            Kind::EndsWith => ("TokEndsWith", ""),
            Kind::Not => ("TokNot", ""),
            Kind::And => ("TokAnd", ""),
            Kind::Or => ("TokOr", ""),
            Kind::Eof => ("TokEOF", ""),
        }
    }
}

impl fmt::Display for Kind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, value) = self.name_and_value();
        write!(f, "{name}({value})")
    }
}
