//! The hash of a share link: files, and where the reader was.

use tierwalk_protocol::{
    File,
    share::{self, Reading},
};

pub use share::ShareError;

#[cfg(test)]
mod tests;

/// Longer addresses are cut or refused by many of the programs that links are sent with, in bytes.
pub const LONGEST: usize = 8_000;

/// What a link opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The files.
    pub files: Vec<File>,
    /// Where the reader was.
    pub reading: Reading,
}

/// The hash for a link, without `#`.
pub fn to_hash(link: &Link) -> String {
    share::encode(&link.files, &link.reading)
}

/// What a hash opens; `None` if it is empty.
pub fn from_hash(hash: &str) -> Option<Result<Link, ShareError>> {
    let hash = hash.strip_prefix('#').unwrap_or(hash);
    if hash.is_empty() {
        return None;
    }
    let mut parts = hash.split('&');
    let decoded = share::decode(parts.next().unwrap_or_default());
    Some(decoded.map(|(files, mut reading)| {
        for part in parts {
            follow(&mut reading, part);
        }
        Link { files, reading }
    }))
}

/// Links of the first version have the place behind the files.
fn follow(reading: &mut Reading, part: &str) {
    match part.split_once('=') {
        Some(("open", value)) => reading.open = unescape(value),
        Some(("flow", value)) => reading.flow = unescape(value).map(|flow| without_expected(&flow)),
        _ => {}
    }
}

/// What was expected of a flow was a part of its id then.
fn without_expected(flow: &str) -> String {
    let ends = [" allow", " deny"];
    let end = ends.iter().find_map(|end| flow.strip_suffix(end));
    end.unwrap_or(flow).to_owned()
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
