//! The values after the keywords of a clause.

use std::ops::RangeInclusive;
use std::str::FromStr;

use ipnet::IpNet;
use nom::Parser;
use nom::bytes::complete::{take_till, take_till1};
use nom::character::complete::{char, multispace0};
use nom::multi::separated_list1;
use nom::sequence::delimited;

use super::{Res, wrong};
use crate::names;
use crate::values::network;

pub(super) fn ports(input: &str) -> Res<'_, Vec<RangeInclusive<u16>>> {
    let comma = delimited(multispace0, char(','), multispace0);
    separated_list1(comma, port).parse(input)
}

fn port(input: &str) -> Res<'_, RangeInclusive<u16>> {
    let (rest, text) = take_till(|c: char| c.is_whitespace() || c == ',').parse(input)?;
    let (low, high) = text.split_once(':').unwrap_or((text, text));
    match (u16::from_str(low), u16::from_str(high)) {
        (Ok(low), Ok(high)) if 1 <= low && low <= high => Ok((rest, low..=high)),
        _ => wrong(
            input,
            match text {
                "" => "a port is missing".to_owned(),
                _ => format!("`{text}` is not a port"),
            },
            "a port is a number from 1 to 65535, or a range such as `8000:8010`",
        ),
    }
}

pub(super) fn label(input: &str) -> Res<'_, (String, String)> {
    let (rest, text) = take_till1(char::is_whitespace).parse(input)?;
    match text.split_once('=') {
        Some((key, value))
            if names::is_label_key(key) && names::is_label_value(value) && !value.is_empty() =>
        {
            Ok((rest, (key.to_owned(), value.to_owned())))
        }
        Some(_) => wrong(
            input,
            format!("`{text}` is not a label"),
            "keys and values are letters, digits, `-`, `_` and `.`",
        ),
        None => wrong(
            input,
            format!("`{text}` is not a label"),
            format!("write the key and its value: `label {text}=VALUE`"),
        ),
    }
}

pub(super) fn cidr(input: &str) -> Res<'_, IpNet> {
    let (rest, text) = take_till1(char::is_whitespace).parse(input)?;
    match network(text) {
        Some(network) => Ok((rest, network)),
        None => wrong(
            input,
            format!("`{text}` is not a network"),
            "write an address such as `192.0.2.7`, or a network such as `10.0.0.0/8`",
        ),
    }
}

pub(super) fn namespace(input: &str) -> Res<'_, String> {
    let (rest, text) = take_till1(char::is_whitespace).parse(input)?;
    if names::is_dns_label(text) {
        return Ok((rest, text.to_owned()));
    }
    wrong(
        input,
        format!("`{text}` is not the name of a namespace"),
        "names are lower case letters, digits and `-`",
    )
}
