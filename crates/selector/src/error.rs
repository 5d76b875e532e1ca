//! Why a text is not a selector.

use std::fmt::{self, Write};
use std::ops::Range;

use crate::advice;
use crate::parser::MAX_NESTING;
use crate::token::{Kind, Token};

/// The most bytes of the user's own text that a message repeats.
const MAX_QUOTED: usize = 2048;

/// Why a text is not a selector, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Calico's own text, such as `expected ==`; only for too deep nesting Calico has none.
    pub message: String,
    /// Where to change the text, in bytes from its beginning.
    pub offset: usize,
    /// How many bytes from there on are meant; 0 where something is missing.
    pub len: usize,
    /// What to do.
    pub help: String,
    /// An edit that corrects the mistake, if there is an obvious one.
    pub fix: Option<Fix>,
}

/// A replacement of a part of the selector's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace.
    pub range: Range<usize>,
    /// What to put there.
    pub replacement: String,
}

impl Fix {
    /// `text` with the fix applied; unchanged if the range does not belong to it.
    pub fn apply(&self, text: &str) -> String {
        match (text.get(..self.range.start), text.get(self.range.end..)) {
            (Some(before), Some(after)) => [before, &self.replacement, after].concat(),
            _ => text.to_owned(),
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

/// A mistake as the lexer or the parser sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub cause: Cause,
    /// Where it is noticed, in bytes.
    pub at: usize,
    /// Index of the token there; one past the last token if the lexer stopped.
    pub token: usize,
}

/// The errors that Calico distinguishes, and [`Cause::TooDeep`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    UnterminatedString,
    HalfSymbol(char),
    NoOperator,
    NoIdentifier,
    NoClosing(&'static str),
    LabelTooLong(usize),
    NoString,
    NoSet,
    NoRightBrace,
    NoRightParen,
    EndForOperator,
    OtherThanOperator,
    UnexpectedToken,
    Leftovers,
    TooDeep,
}

/// The error for a fault in `text`, of which `tokens` were read.
pub(crate) fn report(text: &str, tokens: &[Token<'_>], fault: Fault) -> ParseError {
    let advice = advice::advise(text, tokens, fault);
    ParseError {
        message: message(text, tokens, fault),
        offset: advice.place.start,
        len: advice.place.len(),
        help: advice.help,
        fix: advice.fix,
    }
}

/// Calico `libcalico-go/lib/selector/tokenizer/tokenizer.go` and `…/parser/parser.go`.
fn message(text: &str, tokens: &[Token<'_>], fault: Fault) -> String {
    let found = tokens
        .get(fault.token)
        .map_or(Kind::Eof, |token| token.kind);
    match fault.cause {
        Cause::UnterminatedString => "unterminated string".to_owned(),
        Cause::HalfSymbol(half) => format!("expected {half}{half}"),
        Cause::NoOperator => format!("expected operator after label \"{}\"", last_label(tokens)),
        Cause::NoIdentifier => "expected identifier".to_owned(),
        Cause::NoClosing(open) => format!("no closing ')' after {open}"),
        Cause::LabelTooLong(len) => {
            let name = text.get(fault.at..fault.at + len).unwrap_or_default();
            format!("label too long: {}", shortened(name))
        }
        Cause::NoString => "expected string".to_owned(),
        Cause::NoSet => "expected set literal".to_owned(),
        Cause::NoRightBrace => "expected }".to_owned(),
        Cause::NoRightParen => "expected )".to_owned(),
        Cause::EndForOperator => "unexpected end of string looking for op".to_owned(),
        Cause::OtherThanOperator => shortened(&format!("expected == or != not: {found}")),
        Cause::UnexpectedToken => shortened(&format!("unexpected token: {found}")),
        Cause::Leftovers => leftovers(tokens.get(fault.token..).unwrap_or_default()),
        Cause::TooDeep => format!("more than {MAX_NESTING} nested parentheses"),
    }
}

fn last_label<'a>(tokens: &[Token<'a>]) -> &'a str {
    match tokens.last() {
        Some(Token {
            kind: Kind::Label(name),
            ..
        }) => name,
        _ => "",
    }
}

fn leftovers(tokens: &[Token<'_>]) -> String {
    let mut message = "unexpected content at end of selector [".to_owned();
    for (index, token) in tokens.iter().enumerate() {
        let gap = if index == 0 { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(message, "{gap}{}", token.kind);
        if message.len() > MAX_QUOTED {
            return shortened(&message);
        }
    }
    message.push(']');
    message
}

fn shortened(text: &str) -> String {
    if text.len() <= MAX_QUOTED {
        return text.to_owned();
    }
    let mut end = MAX_QUOTED;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &text[..end])
}
