//! Values as YAML text, for what is written into a file from outside of it.

/// Words that YAML reads as something else than text.
const WORDS: [&str; 12] = [
    "true", "false", "yes", "no", "on", "off", "y", "n", "null", "~", ".inf", ".nan",
];

/// Text as a YAML scalar that reads as this text anywhere, quoted only if it has to be.
pub fn scalar(text: &str) -> String {
    match is_plain(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// A number as it is, anything else as text.
pub fn number(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => text.to_owned(),
        _ => scalar(text),
    }
}

fn is_plain(text: &str) -> bool {
    let starts = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '(');
    let inside =
        |c: char| !c.is_control() && !matches!(c, ',' | '[' | ']' | '{' | '}' | '\u{feff}');
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | ':' | '+' | '-' | 'e');
    let lower = text.to_ascii_lowercase();
    let like_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && (lower.chars().all(numeric) || lower.starts_with("0x") || lower.starts_with("0o"))
        && !is_address(text);
    text.starts_with(starts)
        && text.chars().all(inside)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !WORDS.contains(&lower.as_str())
        && !like_number
}

/// Whether text is an address, which is text to YAML although it looks like a number.
fn is_address(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

fn quoted(text: &str) -> String {
    if text.contains('"') && !text.contains(|c: char| c == '\'' || c.is_control()) {
        return format!("'{text}'");
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_only_where_it_would_read_as_something_else() {
        for plain in [
            "web",
            "app == \"web\"",
            "has(role)",
            "10.0.0.0/8",
            "10.0.0.1",
            "allow tcp to ports 80 label a=b",
        ] {
            assert_eq!(scalar(plain), plain);
        }
        for (text, expected) in [
            ("", "\"\""),
            ("8080", "\"8080\""),
            ("1:20", "\"1:20\""),
            ("yes", "\"yes\""),
            ("*.example.com", "\"*.example.com\""),
            ("a in {\"b\"}", "'a in {\"b\"}'"),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("!has(a)", "\"!has(a)\""),
        ] {
            assert_eq!(scalar(text), expected);
        }
        assert_eq!((number("500"), number("5a")), ("500".into(), "5a".into()));
    }
}
