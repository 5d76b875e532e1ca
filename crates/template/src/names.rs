//! Names and labels as Kubernetes checks them (`k8s.io/apimachinery/pkg/util/validation`).

#[cfg(test)]
mod tests;

/// A DNS label: lower case letters, digits and `-`, at most 63.
pub(crate) fn is_dns_label(name: &str) -> bool {
    name.len() <= 63
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && has_alphanumeric_ends(name)
}

/// DNS labels joined by dots, at most 253 characters.
pub(crate) fn is_dns_subdomain(name: &str) -> bool {
    name.len() <= 253
        && name.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && has_alphanumeric_ends(label)
        })
}

/// What Calico takes as the name of a policy: one DNS label, or two joined by a dot
/// (`libcalico-go/lib/validator/v3`).
pub(crate) fn is_policy_name(name: &str) -> bool {
    is_dns_subdomain(name) && name.split('.').count() <= 2
}

/// A label key: an optional DNS prefix and `/`, then a name.
pub(crate) fn is_label_key(key: &str) -> bool {
    match key.split_once('/') {
        Some((prefix, name)) => is_dns_subdomain(prefix) && is_label_word(name),
        None => is_label_word(key),
    }
}

/// A label value; it may be empty.
pub(crate) fn is_label_value(value: &str) -> bool {
    value.is_empty() || is_label_word(value)
}

/// A port name: at most 15 of lower case letters, digits and `-`, with a letter and no `--`.
pub(crate) fn is_port_name(name: &str) -> bool {
    name.len() <= 15
        && is_dns_label(name)
        && name.bytes().any(|b| b.is_ascii_lowercase())
        && !name.contains("--")
}

/// A domain name, with `*` allowed as one whole label, as Calico's network sets take them.
pub(crate) fn is_domain(name: &str) -> bool {
    let labels = name
        .split('.')
        .map(|label| if label == "*" { "x" } else { label });
    let name: Vec<_> = labels.map(str::to_ascii_lowercase).collect();
    name.len() > 1 && is_dns_subdomain(&name.join("."))
}

fn is_label_word(word: &str) -> bool {
    word.len() <= 63
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && has_alphanumeric_ends(word)
}

fn has_alphanumeric_ends(word: &str) -> bool {
    let ends = [word.as_bytes().first(), word.as_bytes().last()];
    ends.iter()
        .all(|end| end.is_some_and(u8::is_ascii_alphanumeric))
}
