//! The grammar, in nom. Every parser that fails says at which word and what to write there.

mod values;

use nom::bytes::complete::take_till;
use nom::character::complete::multispace0;
use nom::error::{ErrorKind, ParseError};
use nom::{IResult, Parser};
use tierwalk_source::{Span, nearest};

use super::{Action, Clause, OneLineRule, Protocol, RuleError, Spanned};
use values::{cidr, label, namespace, ports};

const SHAPE: &str =
    "a rule is `allow` or `deny`, then a protocol, `from …` and `to …`, each only if wanted";
const KEYWORDS: [&str; 5] = ["ports", "port", "label", "cidr", "namespace"];

type Res<'a, T> = IResult<&'a str, T, Wrong<'a>>;

/// A failure: the text from the word at fault on.
#[derive(Debug)]
struct Wrong<'a> {
    at: &'a str,
    message: String,
    help: String,
}

impl<'a> ParseError<&'a str> for Wrong<'a> {
    fn from_error_kind(at: &'a str, _: ErrorKind) -> Self {
        Wrong {
            at,
            message: "this is not a rule".to_owned(),
            help: SHAPE.to_owned(),
        }
    }

    fn append(_: &'a str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

fn failure(at: &str, message: impl Into<String>, help: impl Into<String>) -> nom::Err<Wrong<'_>> {
    nom::Err::Failure(Wrong {
        at,
        message: message.into(),
        help: help.into(),
    })
}

fn wrong<'a, T>(at: &'a str, message: impl Into<String>, help: impl Into<String>) -> Res<'a, T> {
    Err(failure(at, message, help))
}

pub(super) fn parse(text: &str) -> Result<OneLineRule, RuleError> {
    let end = |rest: &str| text.len() - rest.len();
    match rule(text, &end) {
        Ok((_, rule)) => Ok(rule),
        Err(nom::Err::Error(wrong) | nom::Err::Failure(wrong)) => Err(locate(text, wrong)),
        Err(nom::Err::Incomplete(_)) => {
            Err(locate(text, Wrong::from_error_kind("", ErrorKind::Eof)))
        }
    }
}

fn locate(text: &str, wrong: Wrong<'_>) -> RuleError {
    let start = text.len() - wrong.at.len();
    let word = wrong
        .at
        .split([' ', '\t', '\n', ','])
        .next()
        .unwrap_or_default();
    RuleError {
        span: Span::new(start, start + word.len()),
        column: text.get(..start).unwrap_or_default().chars().count() + 1,
        message: wrong.message,
        help: wrong.help,
    }
}

/// Offset in the whole text of what is left of it.
type Offset<'f> = &'f dyn Fn(&str) -> usize;

fn rule<'a>(text: &'a str, offset: Offset<'_>) -> Res<'a, OneLineRule> {
    let (rest, _) = multispace0(text)?;
    let (rest, action) = spanned(rest, offset, action)?;
    let (rest, protocol) = protocol(rest, offset)?;
    let (rest, from) = clause(rest, offset, "from", protocol.as_ref())?;
    let (rest, to) = clause(rest, offset, "to", protocol.as_ref())?;
    if !rest.is_empty() {
        return leftover(rest, protocol.is_some());
    }
    let rule = OneLineRule {
        action,
        protocol,
        from,
        to,
    };
    Ok((rest, rule))
}

fn spanned<'a, T>(
    input: &'a str,
    offset: Offset<'_>,
    parser: impl Fn(&'a str) -> Res<'a, T>,
) -> Res<'a, Spanned<T>> {
    let (rest, value) = parser(input)?;
    let span = Span::new(offset(input), offset(rest));
    let (rest, _) = multispace0(rest)?;
    Ok((rest, Spanned { value, span }))
}

fn word(input: &str) -> Res<'_, &str> {
    take_till(char::is_whitespace).parse(input)
}

/// A keyword followed by its value: `label app=web`.
fn after_keyword<'a>(input: &'a str) -> Res<'a, &'a str> {
    let (rest, keyword) = word(input)?;
    let (rest, _) = multispace0(rest)?;
    Ok((rest, keyword))
}

fn action(input: &str) -> Res<'_, Action> {
    let (rest, text) = word(input)?;
    match text.to_ascii_lowercase().as_str() {
        "allow" => Ok((rest, Action::Allow)),
        "deny" => Ok((rest, Action::Deny)),
        "" => wrong(input, "the rule is empty", SHAPE),
        _ => wrong(
            input,
            format!("`{text}` is not an action"),
            "a rule begins with `allow` or `deny`",
        ),
    }
}

fn protocol<'a>(input: &'a str, offset: Offset<'_>) -> Res<'a, Option<Spanned<Protocol>>> {
    let (_, text) = word(input)?;
    let plain = match text.to_ascii_lowercase().as_str() {
        "tcp" => Protocol::Tcp,
        "udp" => Protocol::Udp,
        "sctp" => Protocol::Sctp,
        "icmp" => {
            let (rest, icmp) = spanned(input, offset, icmp)?;
            return Ok((rest, Some(icmp)));
        }
        "" | "from" | "to" => return Ok((input, None)),
        _ => return not_a_protocol(input, text),
    };
    let (rest, found) = spanned(input, offset, |input| {
        let (rest, _) = word(input)?;
        Ok((rest, plain))
    })?;
    Ok((rest, Some(found)))
}

fn not_a_protocol<'a, T>(input: &'a str, text: &str) -> Res<'a, T> {
    if KEYWORDS.contains(&text.to_ascii_lowercase().as_str()) {
        return wrong(
            input,
            format!("`{text}` needs `from` or `to` before it"),
            format!("write `from {text} …` or `to {text} …`"),
        );
    }
    wrong(
        input,
        format!("`{text}` is not a protocol"),
        "write `tcp`, `udp`, `sctp` or `icmp`, or leave it out and go on with `from` or `to`",
    )
}

fn icmp(input: &str) -> Res<'_, Protocol> {
    let (rest, _) = word(input)?;
    let (rest, kind) = icmp_number(rest, "type", 254)?;
    let (rest, code) = match kind {
        Some(_) => icmp_number(rest, "code", 255)?,
        None => (rest, None),
    };
    Ok((rest, Protocol::Icmp { kind, code }))
}

/// ` type 8`, if that keyword comes next.
fn icmp_number<'a>(input: &'a str, keyword: &str, most: u16) -> Res<'a, Option<u8>> {
    let (after, _) = multispace0(input)?;
    let (after, text) = after_keyword(after)?;
    if !text.eq_ignore_ascii_case(keyword) {
        return Ok((input, None));
    }
    let (rest, number) = word(after)?;
    match number.parse::<u16>() {
        Ok(value) if value <= most => Ok((rest, Some(value as u8))),
        _ => wrong(
            after,
            match number {
                "" => format!("`{keyword}` has no number"),
                _ => format!("`{number}` is not an ICMP {keyword}"),
            },
            format!("an ICMP {keyword} is a number from 0 to {most}"),
        ),
    }
}

fn clause<'a>(
    input: &'a str,
    offset: Offset<'_>,
    name: &str,
    protocol: Option<&Spanned<Protocol>>,
) -> Res<'a, Clause> {
    let mut clause = Clause::default();
    let (mut rest, text) = after_keyword(input)?;
    if !text.eq_ignore_ascii_case(name) {
        return Ok((input, clause));
    }
    let mut empty = true;
    while let (_, keyword @ ("port" | "ports" | "label" | "cidr" | "namespace")) = lower_word(rest)
    {
        rest = match keyword {
            "label" => put(rest, offset, &mut clause.label, label)?,
            "cidr" => put(rest, offset, &mut clause.cidr, cidr)?,
            "namespace" => put(rest, offset, &mut clause.namespace, namespace)?,
            _ => {
                ports_fit(rest, protocol.map(|protocol| &protocol.value))?;
                put(rest, offset, &mut clause.ports, ports)?
            }
        };
        empty = false;
    }
    if empty {
        return empty_clause(rest, name);
    }
    Ok((rest, clause))
}

/// The next word in lower case, among the keywords of a clause.
fn lower_word(input: &str) -> (&str, &'static str) {
    let text = input.split(char::is_whitespace).next().unwrap_or_default();
    let keyword = KEYWORDS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(text));
    (text, keyword.copied().unwrap_or_default())
}

fn put<'a, T>(
    input: &'a str,
    offset: Offset<'_>,
    slot: &mut Option<Spanned<T>>,
    parser: impl Fn(&'a str) -> Res<'a, T>,
) -> Result<&'a str, nom::Err<Wrong<'a>>> {
    if slot.is_some() {
        let (text, _) = lower_word(input);
        return Err(failure(
            input,
            format!("`{text}` is given twice"),
            "write a rule of its own for the second one",
        ));
    }
    let (rest, value) = spanned(input, offset, |input| {
        let (after, keyword) = after_keyword(input)?;
        if after.is_empty() {
            return wrong(after, format!("`{keyword}` has no value"), example(keyword));
        }
        parser(after)
    })?;
    *slot = Some(value);
    Ok(rest)
}

fn example(keyword: &str) -> String {
    let value = match keyword.to_ascii_lowercase().as_str() {
        "label" => "app=web",
        "cidr" => "10.0.0.0/8",
        "namespace" => "storefront",
        _ => "80,443",
    };
    format!("for example `{keyword} {value}`")
}

/// Calico takes ports only beside a protocol that has them (`libcalico-go/lib/validator/v3`).
fn ports_fit<'a>(at: &'a str, protocol: Option<&Protocol>) -> Result<(), nom::Err<Wrong<'a>>> {
    match protocol {
        Some(Protocol::Tcp | Protocol::Udp | Protocol::Sctp) => Ok(()),
        Some(Protocol::Icmp { .. }) => Err(failure(
            at,
            "ICMP has no ports",
            "leave the ports out, or write `tcp`, `udp` or `sctp`",
        )),
        None => Err(failure(
            at,
            "ports need a protocol",
            "write `tcp`, `udp` or `sctp` after the action",
        )),
    }
}

fn empty_clause<'a, T>(at: &'a str, name: &str) -> Res<'a, T> {
    let (text, _) = lower_word(at);
    if text.is_empty() {
        return wrong(
            at,
            format!("nothing stands after `{name}`"),
            format!(
                "write `{name} ports …`, `{name} label …`, `{name} cidr …` or `{name} namespace …`"
            ),
        );
    }
    wrong(
        at,
        format!("`{text}` is not a keyword of `{name}`"),
        keyword_help(text),
    )
}

fn keyword_help(text: &str) -> String {
    match nearest(text, KEYWORDS) {
        Some(keyword) => format!("did you mean `{keyword}`?"),
        None => "write `ports`, `label`, `cidr` or `namespace`".to_owned(),
    }
}

/// What stands where the rule should have ended.
fn leftover<'a, T>(at: &'a str, has_protocol: bool) -> Res<'a, T> {
    let (text, _) = lower_word(at);
    match text.to_ascii_lowercase().as_str() {
        "from" => wrong(
            at,
            "`from` comes after `to`",
            "write `from …` first, then `to …`",
        ),
        "to" => wrong(at, "`to` is given twice", "write all of it after one `to`"),
        "type" | "code" => wrong(
            at,
            format!("`{text}` belongs right after `icmp`"),
            "for example `icmp type 8 code 0`",
        ),
        "tcp" | "udp" | "sctp" | "icmp" if has_protocol => wrong(
            at,
            "a rule has one protocol",
            "write a rule of its own for the second one",
        ),
        _ => wrong(
            at,
            format!("`{text}` is not expected here"),
            keyword_help(text),
        ),
    }
}
