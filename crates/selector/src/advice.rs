//! What to do about a mistake: the place to change, a sentence, and a fix if one is obvious.
//!
//! Calico says what it expected. People write selectors from memory of `kubectl -l`, SQL, YAML or
//! C, so most mistakes are recognisable, and the place to change may be before the one where the
//! parser gave up.

mod character;
mod structure;
mod word;

use std::ops::Range;

use crate::error::{Cause, Fault, Fix};
use crate::token::{Kind, Token};

/// Advice on one fault.
pub(crate) struct Advice {
    pub place: Range<usize>,
    pub help: String,
    pub fix: Option<Fix>,
}

/// Advice on `fault`, found in `text`, of which `tokens` were read.
pub(crate) fn advise(text: &str, tokens: &[Token<'_>], fault: Fault) -> Advice {
    let scene = Scene {
        text,
        tokens,
        fault,
    };
    scene.confused_word().unwrap_or_else(|| scene.by_cause())
}

/// A fault and what is around it.
struct Scene<'t, 'a> {
    text: &'a str,
    tokens: &'t [Token<'a>],
    fault: Fault,
}

impl<'a> Scene<'_, 'a> {
    fn by_cause(&self) -> Advice {
        match self.fault.cause {
            Cause::UnterminatedString => self.unterminated(),
            Cause::HalfSymbol('=') => self.single_equals(),
            Cause::HalfSymbol(half) => self.single_connective(half),
            Cause::NoOperator => self.no_operator(),
            Cause::NoIdentifier => self.no_identifier(),
            Cause::NoClosing(open) => self.no_closing(open),
            Cause::LabelTooLong(len) => Advice::at(
                self.fault.at..self.fault.at + len,
                "a label name has at most 512 bytes",
            ),
            Cause::NoString => self.no_string(),
            Cause::NoSet => self.no_set(),
            Cause::NoRightBrace => self.no_right_brace(),
            Cause::NoRightParen => self.no_right_paren(),
            Cause::EndForOperator => self.lone_label(),
            Cause::OtherThanOperator => self.other_than_operator(),
            Cause::UnexpectedToken => self.unexpected_token(),
            Cause::Leftovers => self.leftovers(),
            Cause::TooDeep => Advice::at(self.place(), "remove parentheses, or split the selector"),
        }
    }

    /// The token at the fault; none where the lexer stopped.
    fn found(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.fault.token)
    }

    fn found_kind(&self) -> Kind<'a> {
        self.found().map_or(Kind::Eof, |token| token.kind)
    }

    /// The token `back` places before the fault.
    fn before(&self, back: usize) -> Option<&Token<'a>> {
        self.tokens.get(self.fault.token.checked_sub(back)?)
    }

    fn kind_before(&self, back: usize) -> Option<Kind<'a>> {
        self.before(back).map(|token| token.kind)
    }

    /// The token after the one at the fault.
    fn after(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.fault.token + 1)
    }

    /// The end of the last token before the fault.
    fn end_before(&self) -> usize {
        self.before(1).map_or(0, |token| token.span.end)
    }

    /// The token at the fault, or the character where the lexer stopped.
    fn place(&self) -> Range<usize> {
        match self.found() {
            Some(token) => token.span.clone(),
            None => self.fault.at..self.fault.at + self.char_here().map_or(0, char::len_utf8),
        }
    }

    fn char_here(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The text from the fault on.
    fn rest(&self) -> &'a str {
        self.text.get(self.fault.at..).unwrap_or_default()
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }
}

impl Advice {
    fn at(place: Range<usize>, help: impl Into<String>) -> Self {
        Self {
            place,
            help: help.into(),
            fix: None,
        }
    }

    /// Replaces the place itself.
    fn replacing(self, replacement: impl Into<String>) -> Self {
        let place = self.place.clone();
        self.fixed(place, replacement)
    }

    fn fixed(mut self, range: Range<usize>, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            range,
            replacement: replacement.into(),
        });
        self
    }
}

/// `value` as a string literal, if one of the two quotes can hold it.
fn quoted(value: &str) -> Option<String> {
    let quote = ['\'', '"']
        .into_iter()
        .find(|quote| !value.contains(*quote))?;
    Some(format!("{quote}{value}{quote}"))
}

/// The set that somebody wrote without braces or quotes, from the text between the brackets.
fn braced(list: &str) -> Option<String> {
    let values: Option<Vec<String>> = list.split(',').map(|value| literal(value.trim())).collect();
    Some(format!("{{{}}}", values?.join(", ")))
}

fn literal(value: &str) -> Option<String> {
    let is_quoted = |quote| {
        value.len() >= 2
            && value.starts_with(quote)
            && value.ends_with(quote)
            && value.matches(quote).count() == 2
    };
    if is_quoted('\'') || is_quoted('"') {
        return Some(value.to_owned());
    }
    let is_plain = !value.is_empty() && !value.contains(|c| !is_value_char(c));
    is_plain.then(|| quoted(value)).flatten()
}

/// The length of the unquoted value that `text` begins with.
fn value_len(text: &str) -> usize {
    text.find(|c| !is_value_char(c)).unwrap_or(text.len())
}

/// A character that belongs to a value somebody forgot to quote.
fn is_value_char(c: char) -> bool {
    !c.is_whitespace() && !"(){}[]&|,'\"=!".contains(c)
}
