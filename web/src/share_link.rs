//! The hash of a share link: files, and where the reader was.

use tierwalk_protocol::{File, share};

pub use share::ShareError;

#[cfg(test)]
mod tests;

/// What a link opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The files.
    pub files: Vec<File>,
    /// The file in the editor.
    pub open: Option<String>,
    /// The chosen flow.
    pub flow: Option<String>,
}

/// The hash for a link, without `#`.
pub fn to_hash(link: &Link) -> String {
    let mut hash = share::encode(&link.files);
    for (name, value) in [("open", &link.open), ("flow", &link.flow)] {
        if let Some(value) = value {
            hash.push_str(&format!("&{name}={}", escape(value)));
        }
    }
    hash
}

/// What a hash opens; `None` if it is empty.
pub fn from_hash(hash: &str) -> Option<Result<Link, ShareError>> {
    let hash = hash.strip_prefix('#').unwrap_or(hash);
    if hash.is_empty() {
        return None;
    }
    let mut parts = hash.split('&');
    let files = share::decode(parts.next().unwrap_or_default());
    let mut link = Link::default();
    for part in parts {
        match part.split_once('=') {
            Some(("open", value)) => link.open = unescape(value),
            Some(("flow", value)) => link.flow = unescape(value),
            _ => {}
        }
    }
    Some(files.map(|files| Link { files, ..link }))
}

fn escape(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            hex(rest.next()?)? << 4 | hex(rest.next()?)?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
