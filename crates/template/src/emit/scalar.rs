//! Scalars that every YAML reader takes for the text that they are.

use std::fmt::Write;

/// Text as a scalar: plain if no reader could take it for anything else, else quoted.
pub(crate) fn text(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) {
        text.to_owned()
    } else if can_single_quote(text) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        double_quoted(text)
    }
}

/// A number that reads back as the same number.
pub(crate) fn float(value: f64) -> String {
    format!("{value:?}")
}

fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let starts_well = first.is_ascii_alphanumeric() || matches!(first, '/' | '_' | '(');
    starts_well
        && text.chars().all(|c| is_plain_character(c, in_flow))
        && !text.ends_with([' ', ':', '-'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_other_type(text)
}

/// On one line with others, only what no reader could take for a sign of its own.
fn is_plain_character(c: char, in_flow: bool) -> bool {
    match c {
        c if in_flow => c.is_alphanumeric() || matches!(c, '.' | '_' | '/' | '-' | ':'),
        c if c.is_ascii() => c == ' ' || c.is_ascii_graphic(),
        c => c.is_alphanumeric(),
    }
}

/// Whether some reader takes it for a number, a date, a boolean or nothing: YAML 1.1 and 1.2, with the
/// numbers to base 60 that PyYAML reads.
fn is_other_type(text: &str) -> bool {
    let is_number_like = text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | ':' | ' '));
    let dotted = text.split('.').count();
    let is_address = dotted == 4 && text.split('.').all(|part| part.parse::<u8>().is_ok());
    (is_number_like && !is_address) || is_word(text)
}

fn is_word(text: &str) -> bool {
    text.len() <= 5
        && matches!(
            text.to_ascii_lowercase().as_str(),
            "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null"
        )
}

/// Single quotes read best around the double quotes of a selector.
fn can_single_quote(text: &str) -> bool {
    text.contains('"') && text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric() => quoted.push(c),
            c => {
                // Writing to a string cannot fail.
                let _ = match c as u32 {
                    code @ 0..=0xff => write!(quoted, "\\x{code:02x}"),
                    code @ 0x100..=0xffff => write!(quoted, "\\u{code:04x}"),
                    code => write!(quoted, "\\U{code:08x}"),
                };
            }
        }
    }
    quoted.push('"');
    quoted
}
