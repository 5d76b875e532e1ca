//! What names may look like (Kubernetes `apimachinery/pkg/util/validation`).

#[cfg(test)]
mod tests;

/// Calico's text for names of one label.
pub(crate) const LABEL: &str = "name must consist of lower case alphanumeric characters or '-' (regex: [a-z0-9]([-a-z0-9]*[a-z0-9])?)";
/// Calico's text for names of several labels.
pub(crate) const SUBDOMAIN: &str = "name must consist of lower case alphanumeric characters, '-' or '.' \
     (regex: [a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)";

/// `[a-z0-9]([-a-z0-9]*[a-z0-9])?`
pub(crate) fn is_label(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    has_ends(text, inner) && text.bytes().all(|b| inner(b) || b == b'-')
}

/// Labels joined by dots.
pub(crate) fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

fn has_ends(text: &str, is_end: impl Fn(u8) -> bool) -> bool {
    let first = text.bytes().next();
    first.is_some_and(&is_end) && text.bytes().last().is_some_and(is_end)
}

/// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`
fn is_word(text: &str) -> bool {
    let end = |b: u8| b.is_ascii_alphanumeric();
    has_ends(text, end)
        && text
            .bytes()
            .all(|b| end(b) || matches!(b, b'-' | b'_' | b'.'))
}

/// What is wrong with a label or annotation name such as `example.com/name`.
pub(crate) fn qualified_name_problem(text: &str) -> Option<&'static str> {
    let (prefix, name) = match text.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, text),
    };
    match (prefix, name) {
        (_, name) if name.contains('/') => Some(
            "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and \
             end with an alphanumeric character, with an optional DNS subdomain prefix and '/' \
             (e.g. 'example.com/MyName')",
        ),
        (Some(""), _) => Some("prefix part must be non-empty"),
        (Some(prefix), _) if prefix.len() > 253 => {
            Some("prefix part must be no more than 253 bytes")
        }
        (Some(prefix), _) if !is_subdomain(prefix) => Some(
            "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \
             '-' or '.', and must start and end with an alphanumeric character",
        ),
        (_, "") => Some("name part must be non-empty"),
        (_, name) if name.len() > 63 => Some("name part must be no more than 63 bytes"),
        (_, name) if !is_word(name) => Some(
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with \
             an alphanumeric character (e.g. 'MyName', or 'my.name', or '123-abc')",
        ),
        _ => None,
    }
}

/// What is wrong with a label value.
pub(crate) fn label_value_problem(text: &str) -> Option<&'static str> {
    if text.len() > 63 {
        return Some("must be no more than 63 bytes");
    }
    (!text.is_empty() && !is_word(text)).then_some(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and \
         must start and end with an alphanumeric character (e.g. 'MyValue', or 'my_value', or '12345')",
    )
}

/// What is wrong with the name of a container's port.
pub(crate) fn port_name_problem(text: &str) -> Option<&'static str> {
    let is_valid = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if text.len() > 15 {
        Some("must be no more than 15 characters")
    } else if text.is_empty() || !text.bytes().all(is_valid) {
        Some("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    } else if !text.bytes().any(|b| b.is_ascii_lowercase()) {
        Some("must contain at least one letter (a-z)")
    } else if text.contains("--") {
        Some("must not contain consecutive hyphens")
    } else if text.starts_with('-') || text.ends_with('-') {
        Some("must not begin or end with a hyphen")
    } else {
        None
    }
}

/// The name that was probably meant: lower case, with `-` for what is not allowed.
pub(crate) fn mended(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let name: String = lower
        .chars()
        .map(|c| if allowed(c) { c } else { '-' })
        .collect();
    let name = name.trim_matches(|c| matches!(c, '-' | '.')).to_owned();
    is_subdomain(&name).then_some(name)
}
