//! The ends of a flow.

use std::net::IpAddr;

use tierwalk_protocol::EndLabel;
use tierwalk_source::{Diagnostic, Fix, Span};
use tierwalk_tiers::End;

/// The namespace of a pod when neither end names one, as for kubectl.
const DEFAULT_NAMESPACE: &str = "default";

/// An end before its namespace is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Pod {
        namespace: Option<String>,
        name: String,
    },
    Other(End),
}

impl Written {
    fn namespace(&self) -> Option<&str> {
        match self {
            Self::Pod { namespace, .. } => namespace.as_deref(),
            Self::Other(_) => None,
        }
    }

    fn within(self, implied: &str) -> End {
        match self {
            Self::Pod { namespace, name } => End::Pod {
                namespace: namespace.unwrap_or_else(|| implied.to_owned()),
                name,
            },
            Self::Other(end) => end,
        }
    }
}

/// An end as people read it.
pub(crate) fn label(end: &End) -> EndLabel {
    let (namespace, name) = match end {
        End::Pod { namespace, name } => (namespace.clone(), name.clone()),
        End::Address(address) | End::Outside(address) => (String::new(), address.to_string()),
        End::Domain(name) | End::Node(name) => (String::new(), name.clone()),
    };
    EndLabel { namespace, name }
}

/// An end as it is written.
pub(super) fn text(end: &End) -> String {
    let EndLabel { namespace, name } = label(end);
    let slash = if namespace.is_empty() { "" } else { "/" };
    [namespace.as_str(), slash, &name].concat()
}

/// The address of an end that is one.
pub(super) fn address(end: &End) -> Option<IpAddr> {
    match end {
        End::Address(address) => Some(*address),
        _ => None,
    }
}

/// Both ends: one without a namespace is in that of the other.
pub(super) fn pair(from: Written, to: Written) -> (End, End) {
    let implied = from.namespace().or(to.namespace());
    let implied = implied.unwrap_or(DEFAULT_NAMESPACE).to_owned();
    (from.within(&implied), to.within(&implied))
}

/// Reads one end; `span` is where `word` stands.
pub(super) fn read(word: &str, span: Span) -> Result<Written, Box<Diagnostic>> {
    if let Ok(address) = word.parse::<IpAddr>() {
        return Ok(Written::Other(End::Address(address)));
    }
    match word.split_once('/') {
        Some((address, _)) if address.parse::<IpAddr>().is_ok() => {
            Err(network(word, address, span))
        }
        Some((namespace, name)) if is_label(namespace) && is_name(name) => Ok(Written::Pod {
            namespace: Some(namespace.into()),
            name: name.into(),
        }),
        Some(_) => Err(bad_pod(word, span)),
        None if looks_like_address(word) => Err(bad_address(word, span)),
        None if word.contains('.') => domain(word, span),
        None if is_label(word) => Ok(Written::Pod {
            namespace: None,
            name: word.into(),
        }),
        None => Err(bad_pod(word, span)),
    }
}

fn domain(word: &str, span: Span) -> Result<Written, Box<Diagnostic>> {
    let name = word.trim_end_matches('.').to_ascii_lowercase();
    let is_domain = name.len() <= 253 && name.split('.').all(is_domain_label);
    if is_domain {
        Ok(Written::Other(End::Domain(name)))
    } else {
        let message = format!("`{word}` is not a domain name");
        let help =
            "a flow goes to one name, such as `api.example.com`; wildcards belong in policies";
        Err(bad_end(span, message, help))
    }
}

/// A DNS label of a Kubernetes namespace or of a simple pod name.
fn is_label(text: &str) -> bool {
    let inside = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    !text.is_empty() && text.len() <= 63 && text.bytes().all(inside) && !has_edge_dash(text)
}

/// A Kubernetes object name: labels joined by dots.
fn is_name(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_domain_label(text: &str) -> bool {
    let inside = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
    !text.is_empty() && text.len() <= 63 && text.bytes().all(inside) && !has_edge_dash(text)
}

fn has_edge_dash(text: &str) -> bool {
    text.starts_with('-') || text.ends_with('-')
}

fn looks_like_address(word: &str) -> bool {
    let numeric = word.bytes().all(|c| c.is_ascii_digit() || c == b'.');
    let hex = word
        .bytes()
        .all(|c| c.is_ascii_hexdigit() || matches!(c, b':' | b'.'));
    (numeric && word.contains('.')) || (hex && word.matches(':').count() > 1)
}

fn bad_end(span: Span, message: String, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("flow/bad-end", span, message).help(help))
}

fn network(word: &str, address: &str, span: Span) -> Box<Diagnostic> {
    let message = format!("`{word}` is a network; an end of a flow is one address");
    let fix = Fix {
        safe: false,
        ..Fix::replace(format!("Replace with `{address}`"), span, address)
    };
    let mut diagnostic = bad_end(span, message, "write one address of it");
    diagnostic.fixes.push(fix);
    diagnostic
}

fn bad_address(word: &str, span: Span) -> Box<Diagnostic> {
    let help =
        "write an IPv4 address such as `203.0.113.7` or an IPv6 address such as `2001:db8::7`";
    bad_end(span, format!("`{word}` is not an IP address"), help)
}

fn bad_pod(word: &str, span: Span) -> Box<Diagnostic> {
    let lower = word.to_ascii_lowercase();
    let message = format!("`{word}` is not a pod, an address or a domain name");
    if let Some((host, port)) = word
        .rsplit_once(':')
        .filter(|(host, _)| read(host, span).is_ok())
    {
        let help = format!("write `{host}` here and the port after the destination: `tcp/{port}`");
        return bad_end(span, message, &help);
    }
    let help = "a pod is `namespace/name`, in lower case letters, digits, `-` and `.`";
    let mut diagnostic = bad_end(span, message, help);
    if lower != word && read(&lower, span).is_ok() {
        let title = format!("Replace with `{lower}`");
        diagnostic.fixes.push(Fix::replace(title, span, lower));
    }
    diagnostic
}
