//! Text to tokens.
//!
//! Calico reads the whole text before it looks at the grammar, so a lexical error at the end is
//! reported before a grammatical one at the beginning; therefore this is a stage of its own.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{cut, map, not, peek, value};
use nom::error::{ErrorKind, ParseError};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::error::{Cause, Fault};
use crate::token::{Kind, Token};

/// The most bytes that a label name may have in Calico's tokenizer.
const MAX_LABEL: usize = 512;

type Lexed<'a, T> = IResult<&'a str, T, Stop<'a>>;

/// Where and why lexing stopped; the cause is absent while another alternative may still fit.
#[derive(Debug)]
struct Stop<'a> {
    rest: &'a str,
    cause: Option<Cause>,
}

impl<'a> ParseError<&'a str> for Stop<'a> {
    fn from_error_kind(rest: &'a str, _: ErrorKind) -> Self {
        Stop { rest, cause: None }
    }

    fn append(_: &'a str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// The tokens of `text`, ended by [`Kind::Eof`]; on a fault those before it, and the fault.
pub(crate) fn lex(text: &str) -> (Vec<Token<'_>>, Option<Fault>) {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = text.trim_start_matches(is_blank);
    while !rest.is_empty() {
        let after_label = matches!(
            tokens.last(),
            Some(Token {
                kind: Kind::Label(_),
                ..
            })
        );
        match token(rest, after_label) {
            Ok((next, kind)) => {
                let span = text.len() - rest.len()..text.len() - next.len();
                tokens.push(Token {
                    kind,
                    span: trimmed(text, span),
                });
                rest = next.trim_start_matches(is_blank);
            }
            Err(stop) => {
                let fault = fault(text, stop, after_label, tokens.len());
                return (tokens, Some(fault));
            }
        }
    }
    tokens.push(Token {
        kind: Kind::Eof,
        span: text.len()..text.len(),
    });
    (tokens, None)
}

fn fault(text: &str, stop: nom::Err<Stop<'_>>, after_label: bool, token: usize) -> Fault {
    let otherwise = if after_label {
        Cause::NoOperator
    } else {
        Cause::NoIdentifier
    };
    let (at, cause) = match stop {
        nom::Err::Error(stop) | nom::Err::Failure(stop) => {
            (text.len() - stop.rest.len(), stop.cause)
        }
        nom::Err::Incomplete(_) => (text.len(), None),
    };
    Fault {
        cause: cause.unwrap_or(otherwise),
        at,
        token,
    }
}

/// A two-word operator takes the blanks behind it; they are no part of what is shown.
fn trimmed(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let shown = text
        .get(span.clone())
        .unwrap_or_default()
        .trim_end_matches(is_blank);
    span.start..span.start + shown.len()
}

fn token(input: &str, after_label: bool) -> Lexed<'_, Kind<'_>> {
    let word = if after_label { operator } else { operand };
    alt((symbol, literal, half_symbol, word))
        .parse(input)
        .map_err(|stop| at_start(stop, input))
}

/// An alternative that merely did not fit says nothing about the place: that is the token's start.
fn at_start<'a>(stop: nom::Err<Stop<'a>>, input: &'a str) -> nom::Err<Stop<'a>> {
    match stop {
        nom::Err::Error(_) => nom::Err::Error(Stop {
            rest: input,
            cause: None,
        }),
        certain => certain,
    }
}

fn symbol(input: &str) -> Lexed<'_, Kind<'_>> {
    alt((
        value(Kind::Eq, tag("==")),
        value(Kind::Ne, tag("!=")),
        value(Kind::And, tag("&&")),
        value(Kind::Or, tag("||")),
        value(Kind::Not, char('!')),
        value(Kind::LParen, char('(')),
        value(Kind::RParen, char(')')),
        value(Kind::LBrace, char('{')),
        value(Kind::RBrace, char('}')),
        value(Kind::Comma, char(',')),
    ))
    .parse(input)
}

/// One half of a two-character symbol is certainly wrong, whatever follows.
fn half_symbol(input: &str) -> Lexed<'_, Kind<'_>> {
    let (_, half) = peek(one_of("=&|")).parse(input)?;
    Err(certain(input, Cause::HalfSymbol(half)))
}

fn literal(input: &str) -> Lexed<'_, Kind<'_>> {
    let (content, quote) = one_of("'\"").parse(input)?;
    terminated(
        map(take_till(move |c| c == quote), Kind::Literal),
        char(quote),
    )
    .parse(content)
    .map_err(|_: nom::Err<Stop<'_>>| certain(input, Cause::UnterminatedString))
}

/// What may follow a label, and only there: labels can have these names, too.
fn operator(input: &str) -> Lexed<'_, Kind<'_>> {
    alt((
        value(Kind::Contains, keyword("contains")),
        value(Kind::StartsWith, keywords("starts", "with")),
        value(Kind::EndsWith, keywords("ends", "with")),
        value(Kind::NotIn, keywords("not", "in")),
        value(Kind::In, keyword("in")),
    ))
    .parse(input)
}

fn keyword<'a>(word: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = Stop<'a>> {
    terminated(tag(word), word_end)
}

/// Blanks behind the second word are skipped before the word must have ended, as Calico does.
fn keywords<'a>(
    first: &'static str,
    second: &'static str,
) -> impl Parser<&'a str, Output = &'a str, Error = Stop<'a>> {
    delimited((tag(first), blanks), tag(second), (blanks, word_end))
}

fn word_end(input: &str) -> Lexed<'_, ()> {
    not(take_while1(is_label_char)).parse(input)
}

fn operand(input: &str) -> Lexed<'_, Kind<'_>> {
    alt((
        call("has(", map(required(label, Cause::NoIdentifier), Kind::Has)),
        call("all(", value(Kind::All, blanks)),
        call("global(", value(Kind::Global, blanks)),
        map(label, Kind::Label),
    ))
    .parse(input)
}

/// `has(`, `all(` and `global(` are one token each, up to the closing parenthesis.
fn call<'a>(
    open: &'static str,
    argument: impl Parser<&'a str, Output = Kind<'a>, Error = Stop<'a>>,
) -> impl Parser<&'a str, Output = Kind<'a>, Error = Stop<'a>> {
    let close = preceded(blanks, required(char(')'), Cause::NoClosing(open)));
    delimited((tag(open), blanks), cut(argument), close)
}

fn label(input: &str) -> Lexed<'_, &str> {
    let (rest, name) = take_while1(is_label_char).parse(input)?;
    if name.len() > MAX_LABEL {
        return Err(certain(input, Cause::LabelTooLong(name.len())));
    }
    Ok((rest, name))
}

/// Makes a parser that must fit: if it does not, that is the fault, for this cause.
fn required<'a, T>(
    mut parser: impl Parser<&'a str, Output = T, Error = Stop<'a>>,
    cause: Cause,
) -> impl Parser<&'a str, Output = T, Error = Stop<'a>> {
    move |input| {
        parser.parse(input).map_err(|stop| match stop {
            nom::Err::Error(stop) => certain(stop.rest, cause),
            other => other,
        })
    }
}

fn certain(rest: &str, cause: Cause) -> nom::Err<Stop<'_>> {
    nom::Err::Failure(Stop {
        rest,
        cause: Some(cause),
    })
}

fn blanks(input: &str) -> Lexed<'_, &str> {
    take_while(is_blank).parse(input)
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// A character that a label name may have in a selector.
pub(crate) fn is_label_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-')
}
