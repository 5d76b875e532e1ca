//! Numbers as Go prints them.

use super::{Spec, pad, quote};

/// An integer; `None` if the verb is none for integers.
pub(super) fn int(spec: &Spec, verb: char, value: i128) -> Option<String> {
    let digits = |radix: u32| digits(value.unsigned_abs(), radix);
    let (prefix, digits) = match verb {
        'v' | 'd' => ("", digits(10)),
        'b' => (if spec.sharp { "0b" } else { "" }, digits(2)),
        'o' => (if spec.sharp { "0" } else { "" }, digits(8)),
        'O' => ("0o", digits(8)),
        'x' => (if spec.sharp { "0x" } else { "" }, digits(16)),
        'X' => (
            if spec.sharp { "0X" } else { "" },
            digits(16).to_uppercase(),
        ),
        'c' => return Some(pad(spec, character(value).to_string())),
        'q' => return Some(pad(spec, single_quoted(character(value)))),
        'U' => return Some(pad(spec, format!("U+{value:04X}"))),
        _ => return None,
    };
    if spec.precision == Some(0) && value == 0 {
        return Some(pad(spec, String::new()));
    }
    let digits = match spec.precision {
        Some(least) => format!("{digits:0>least$}"),
        None => digits,
    };
    Some(finish(
        spec,
        value < 0,
        prefix,
        &digits,
        spec.precision.is_none(),
    ))
}

fn digits(mut value: u128, radix: u32) -> String {
    let mut reversed = Vec::new();
    while value > 0 || reversed.is_empty() {
        let digit = u32::try_from(value % u128::from(radix)).unwrap_or(0);
        reversed.push(char::from_digit(digit, radix).unwrap_or('0'));
        value /= u128::from(radix);
    }
    reversed.iter().rev().collect()
}

fn character(value: i128) -> char {
    u32::try_from(value)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn single_quoted(c: char) -> String {
    match c {
        '\'' => "'\\''".to_owned(),
        '"' => "'\"'".to_owned(),
        c => format!("'{}'", quote(&c.to_string()).trim_matches('"')),
    }
}

/// Sign, prefix and digits, filled up with zeros or spaces.
fn finish(spec: &Spec, negative: bool, prefix: &str, digits: &str, may_zero: bool) -> String {
    let sign = match (negative, spec.plus, spec.space) {
        (true, _, _) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    };
    let length = sign.len() + prefix.len() + digits.len();
    let missing = spec.width.unwrap_or(0).saturating_sub(length);
    if spec.zero && !spec.minus && may_zero {
        return format!("{sign}{prefix}{}{digits}", "0".repeat(missing));
    }
    pad(spec, format!("{sign}{prefix}{digits}"))
}

/// A float; `None` if the verb is none for floats.
pub(super) fn float(spec: &Spec, verb: char, value: f64) -> Option<String> {
    let size = value.abs();
    let digits = match verb {
        'v' | 'g' => general(size, spec.precision, spec.sharp && verb == 'g'),
        'G' => general(size, spec.precision, spec.sharp).to_uppercase(),
        'f' | 'F' => format!("{size:.*}", spec.precision.unwrap_or(6)),
        'e' => exponential(size, Some(spec.precision.unwrap_or(6))),
        'E' => exponential(size, Some(spec.precision.unwrap_or(6))).to_uppercase(),
        _ => return None,
    };
    Some(finish(spec, value.is_sign_negative(), "", &digits, true))
}

/// `%e`: one digit, the others after the point, an exponent of two digits at least.
fn exponential(size: f64, precision: Option<usize>) -> String {
    let text = match precision {
        Some(precision) => format!("{size:.precision$e}"),
        None => format!("{size:e}"),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

/// `%g`: the shortest text that reads back as the same number, or so many digits; in exponential form for
/// exponents below -4 and from the number of digits on (6 for the shortest).
fn general(size: f64, precision: Option<usize>, keep_zeros: bool) -> String {
    let wanted = precision.map(|precision| precision.max(1));
    let text = exponential(size, wanted.map(|digits| digits - 1));
    let exponent: i32 = text
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0);
    let bound = wanted.map_or(6, |digits| i32::try_from(digits).unwrap_or(i32::MAX));
    if exponent < -4 || exponent >= bound {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "+00"));
        return format!("{}e{exponent}", trimmed(mantissa, keep_zeros));
    }
    match wanted {
        Some(digits) => {
            let after = usize::try_from(i32::try_from(digits).unwrap_or(i32::MAX) - 1 - exponent);
            trimmed(&format!("{size:.*}", after.unwrap_or(0)), keep_zeros).to_owned()
        }
        None => format!("{size}"),
    }
}

fn trimmed(digits: &str, keep_zeros: bool) -> &str {
    if keep_zeros || !digits.contains('.') {
        return digits;
    }
    digits.trim_end_matches('0').trim_end_matches('.')
}
