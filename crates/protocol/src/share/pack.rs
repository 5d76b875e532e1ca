//! Texts and numbers as bytes, one after another.

use crate::File;

/// Files, each as path and text with their lengths in front.
pub(super) fn files(bytes: &mut Vec<u8>, files: &[File]) {
    for file in files {
        text(bytes, &file.path);
        text(bytes, &file.text);
    }
}

/// A text, with its length in front.
pub(super) fn text(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

/// A number, seven bits in a byte, the lowest first.
pub(super) fn number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Files to the end of the bytes.
pub(super) fn take_files(mut bytes: &[u8]) -> Option<Vec<File>> {
    let mut files = Vec::new();
    while !bytes.is_empty() {
        let path = take_text(&mut bytes)?;
        let text = take_text(&mut bytes)?;
        files.push(File { path, text });
    }
    Some(files)
}

pub(super) fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = take_number(bytes)?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    String::from_utf8(text.to_vec()).ok()
}

pub(super) fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..28).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
