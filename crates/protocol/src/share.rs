//! A whole workspace as the text of a link.
//!
//! `1.` (the version), then url-safe base64 of a zlib stream of the files, each as path and text with
//! their lengths in front. Decoding is total: any text gives files or says what is wrong with it, and
//! no text makes it reserve more than [`MAX_BYTES`].

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use miniz_oxide::{
    deflate::compress_to_vec_zlib,
    inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit},
};

use crate::File;

#[cfg(test)]
mod tests;

/// The most bytes that the files of a link may unpack to.
pub const MAX_BYTES: usize = 32 << 20;

/// What every link of this version starts with.
const VERSION: &str = "1.";

/// Best compression: a link is made once and sent around.
const BEST: u8 = 10;

/// Quick compression: what is stored is packed again and again.
const QUICK: u8 = 1;

/// Why a text is not a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareError {
    /// It does not start with a version.
    NotALink,
    /// It was made by a later Tierwalk.
    Newer {
        /// The version it names.
        version: u32,
    },
    /// It is cut off or was altered on its way.
    Damaged,
    /// It would unpack to more than [`MAX_BYTES`].
    TooLarge,
    /// It names a file outside the workspace, or the same file twice.
    BadPath(String),
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => f.write_str("it holds no workspace"),
            Self::Newer { version } => write!(
                f,
                "it has format {version}, and this page reads format 1; reload the page to get the current one"
            ),
            Self::Damaged => f.write_str("it is cut off or was altered on its way"),
            Self::TooLarge => write!(f, "it unpacks to more than {} MB", MAX_BYTES >> 20),
            Self::BadPath(path) => {
                write!(f, "it names the file `{path}`, which no workspace can hold")
            }
        }
    }
}

impl std::error::Error for ShareError {}

/// The link text of these files. Characters are letters, digits, `-`, `_` and one `.`.
#[must_use]
pub fn encode(files: &[File]) -> String {
    encode_at(files, BEST)
}

/// The same for storage: a longer text, sooner.
#[must_use]
pub fn encode_quickly(files: &[File]) -> String {
    encode_at(files, QUICK)
}

fn encode_at(files: &[File], level: u8) -> String {
    let packed = compress_to_vec_zlib(&pack(files), level);
    let mut link = VERSION.to_owned();
    URL_SAFE_NO_PAD.encode_string(packed, &mut link);
    link
}

/// The files of a link text.
///
/// # Errors
/// Says what is wrong with a text that [`encode`] did not make.
pub fn decode(link: &str) -> Result<Vec<File>, ShareError> {
    let packed = URL_SAFE_NO_PAD
        .decode(body(link)?)
        .map_err(|_| ShareError::Damaged)?;
    let bytes = decompress_to_vec_zlib_with_limit(&packed, MAX_BYTES).map_err(|error| {
        if error.status == TINFLStatus::HasMoreOutput {
            ShareError::TooLarge
        } else {
            ShareError::Damaged
        }
    })?;
    check(unpack(&bytes).ok_or(ShareError::Damaged)?)
}

/// Whether a workspace may hold a file of this path: relative, `/`-separated, without empty, `.` or
/// `..` parts and without control characters.
#[must_use]
pub fn is_path(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(|c: char| c.is_control() || c == '\\')
}

fn body(link: &str) -> Result<&str, ShareError> {
    let (version, body) = link.split_once('.').ok_or(ShareError::NotALink)?;
    match version.parse() {
        Ok(1) => Ok(body),
        Ok(version) => Err(ShareError::Newer { version }),
        Err(_) => Err(ShareError::NotALink),
    }
}

fn check(files: Vec<File>) -> Result<Vec<File>, ShareError> {
    let mut paths: Vec<_> = files.iter().map(|file| &file.path).collect();
    paths.sort_unstable();
    let twice = paths.windows(2).find(|pair| pair.first() == pair.last());
    let outside = paths.iter().find(|path| !is_path(path));
    match outside.or(twice.and_then(|pair| pair.first())) {
        Some(path) => Err(ShareError::BadPath(path.to_string())),
        None => Ok(files),
    }
}

fn pack(files: &[File]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for file in files {
        put(&mut bytes, &file.path);
        put(&mut bytes, &file.text);
    }
    bytes
}

fn put(bytes: &mut Vec<u8>, text: &str) {
    let mut length = text.len();
    while length >= 0x80 {
        bytes.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend_from_slice(text.as_bytes());
}

fn unpack(mut bytes: &[u8]) -> Option<Vec<File>> {
    let mut files = Vec::new();
    while !bytes.is_empty() {
        let path = take(&mut bytes)?;
        let text = take(&mut bytes)?;
        files.push(File { path, text });
    }
    Some(files)
}

fn take(bytes: &mut &[u8]) -> Option<String> {
    let length = take_length(bytes)?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    String::from_utf8(text.to_vec()).ok()
}

fn take_length(bytes: &mut &[u8]) -> Option<usize> {
    let mut length = 0;
    for shift in (0..28).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        length |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(length);
        }
    }
    None
}
