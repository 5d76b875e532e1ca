//! The grammar of a flow line.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till1};
use nom::character::complete::{anychar, space0};
use nom::combinator::{cut, not, peek, recognize};
use nom::error::{ErrorKind, ParseError};
use nom::multi::{many0, many1};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Offset, Parser};
use tierwalk_protocol::Verdict;
use tierwalk_resources::model::Protocol;
use tierwalk_source::{Diagnostic, Fix, Span, nearest};
use tierwalk_tiers::End;

use super::{FlowSpec, Service, end, service};

type Parsed<'a, T> = IResult<&'a str, T, Stop<'a>>;

/// Where the grammar stopped, and what it wanted there.
#[derive(Debug)]
struct Stop<'a> {
    rest: &'a str,
    wanted: Wanted,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wanted {
    Source,
    Arrow,
    Destination,
    Service,
}

impl<'a> ParseError<&'a str> for Stop<'a> {
    fn from_error_kind(rest: &'a str, _: ErrorKind) -> Self {
        let wanted = Wanted::Source;
        Stop { rest, wanted }
    }

    fn append(_: &'a str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// The words of a line.
struct Words<'a> {
    from: &'a str,
    to: &'a str,
    service: &'a str,
    options: Vec<&'a str>,
}

/// What may follow the service.
#[derive(Default)]
struct Options {
    ipv6: bool,
    expected: Option<Verdict>,
}

/// Reads one line.
///
/// # Errors
/// The first mistake, with its place in `text`.
pub fn parse(text: &str) -> Result<FlowSpec, Box<Diagnostic>> {
    let content = without_comment(text);
    let words = match words(content) {
        Ok((_, words)) => words,
        Err(nom::Err::Error(stop) | nom::Err::Failure(stop)) => {
            return Err(missing(content, &stop));
        }
        Err(nom::Err::Incomplete(_)) => return Err(missing_at(content.len(), Wanted::Source)),
    };
    let place = |word: &str| {
        let start = text.offset(word);
        Span::new(start, start + word.len())
    };
    let ends = end::pair(
        end::read(words.from, place(words.from))?,
        end::read(words.to, place(words.to))?,
    );
    let service = service::read(words.service, place(words.service))?;
    let options = options(&words.options, place)?;
    agree(&ends, service, options.ipv6)
        .map_err(|message| mixed(place(words.from).to(place(words.service)), message))?;
    Ok(FlowSpec {
        expected: options.expected,
        ..FlowSpec::new(ends, service, options.ipv6)
    })
}

/// The line without what follows a `#` at its start or after a blank.
pub(super) fn without_comment(line: &str) -> &str {
    let mut blank_before = true;
    for (at, c) in line.char_indices() {
        if c == '#' && blank_before {
            return line.get(..at).unwrap_or(line);
        }
        blank_before = c.is_whitespace();
    }
    line
}

/// Whether all parts of a flow can be of one IP version; a sentence if not.
pub(super) fn agree(ends: &(End, End), service: Service, ipv6: bool) -> Result<(), String> {
    let told = [&ends.0, &ends.1]
        .into_iter()
        .filter_map(end::address)
        .map(|address| address.is_ipv6())
        .chain(match service.protocol {
            Protocol::ICMP => Some(false),
            Protocol::ICMPV6 => Some(true),
            _ => None,
        })
        .chain(ipv6.then_some(true));
    let (v6, v4): (Vec<_>, Vec<_>) = told.partition(|is_v6| *is_v6);
    if v6.is_empty() || v4.is_empty() {
        Ok(())
    } else {
        Err("the parts of this flow are of different IP versions".into())
    }
}

pub(super) fn mixed(span: Span, message: String) -> Box<Diagnostic> {
    let help = "addresses, `icmp` (IPv4) or `icmpv6`, and `ipv6` must agree with each other";
    Box::new(Diagnostic::error("flow/mixed-ip-versions", span, message).help(help))
}

fn words(line: &str) -> Parsed<'_, Words<'_>> {
    let (rest, (from, _, to, service, options)) = (
        wanted(Wanted::Source, end_word),
        wanted(Wanted::Arrow, arrow),
        wanted(Wanted::Destination, end_word),
        wanted(Wanted::Service, word),
        many0(preceded(space0, word)),
    )
        .parse(line)?;
    let words = Words {
        from,
        to,
        service,
        options,
    };
    Ok((rest, words))
}

fn wanted<'a, T>(
    wanted: Wanted,
    mut part: impl FnMut(&'a str) -> Parsed<'a, T>,
) -> impl FnMut(&'a str) -> Parsed<'a, T> {
    move |input| {
        let (rest, _) = blanks(input)?;
        cut(&mut part)
            .parse(rest)
            .map_err(|_| nom::Err::Failure(Stop { rest, wanted }))
    }
}

fn blanks(input: &str) -> Parsed<'_, &str> {
    let blank = input.trim_start();
    Ok((blank, &input[..input.len() - blank.len()]))
}

fn arrow(input: &str) -> Parsed<'_, &str> {
    alt((tag("->"), tag("→"))).parse(input)
}

/// A word of an end stops at an arrow, so that `a->b` is read as it is meant.
fn end_word(input: &str) -> Parsed<'_, &str> {
    let letter = preceded(not(peek(arrow)), preceded(not(peek(blank)), anychar));
    recognize(many1(letter)).parse(input)
}

fn blank(input: &str) -> Parsed<'_, &str> {
    recognize(nom::character::complete::satisfy(char::is_whitespace)).parse(input)
}

fn word(input: &str) -> Parsed<'_, &str> {
    let (rest, _) = blanks(input)?;
    terminated(take_till1(char::is_whitespace), space0).parse(rest)
}

fn options(words: &[&str], place: impl Fn(&str) -> Span) -> Result<Options, Box<Diagnostic>> {
    let mut options = Options::default();
    for word in words {
        match word.to_ascii_lowercase().as_str() {
            "ipv6" if !options.ipv6 && options.expected.is_none() => options.ipv6 = true,
            "allow" if options.expected.is_none() => options.expected = Some(Verdict::Allow),
            "deny" if options.expected.is_none() => options.expected = Some(Verdict::Deny),
            _ => return Err(unknown_word(word, place(word))),
        }
    }
    Ok(options)
}

fn unknown_word(word: &str, span: Span) -> Box<Diagnostic> {
    let message = format!("`{word}` says nothing here");
    let diagnostic = Diagnostic::error("flow/syntax", span, message);
    Box::new(match nearest(word, ["allow", "deny", "ipv6"]) {
        Some(near) if near != word => diagnostic
            .help(format!("did you mean `{near}`?"))
            .fix(Fix::replace(format!("Replace with `{near}`"), span, near)),
        _ => diagnostic.help("a flow ends with the expected `allow` or `deny`, or with its port"),
    })
}

fn missing(line: &str, stop: &Stop<'_>) -> Box<Diagnostic> {
    let at = line.offset(stop.rest);
    let found = stop.rest.split_whitespace().next().unwrap_or_default();
    if stop.wanted != Wanted::Arrow || found.is_empty() {
        return missing_at(at, stop.wanted);
    }
    let span = Span::new(at, at + found.len());
    let message = format!("`->` is missing between source and destination, before `{found}`");
    let diagnostic = Diagnostic::error("flow/syntax", span, message).help(EXAMPLE);
    let is_arrow = found
        .bytes()
        .all(|c| matches!(c, b'-' | b'=' | b'>' | b'~'));
    Box::new(if is_arrow || found == "to" {
        diagnostic.fix(Fix::replace("Replace with `->`", span, "->"))
    } else {
        diagnostic.fix(Fix::replace("Insert `->`", Span::empty(at), "-> "))
    })
}

const EXAMPLE: &str = "write a flow like `storefront/frontend -> backend tcp/8080 allow`";

fn missing_at(at: usize, wanted: Wanted) -> Box<Diagnostic> {
    let message = match wanted {
        Wanted::Source => "the source of the flow is missing",
        Wanted::Arrow => "`->` and the destination are missing",
        Wanted::Destination => "the destination of the flow is missing",
        Wanted::Service => "the protocol and port are missing",
    };
    Box::new(Diagnostic::error("flow/syntax", Span::empty(at), message).help(EXAMPLE))
}
