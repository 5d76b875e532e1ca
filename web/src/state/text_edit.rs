//! Changes of text at places that count in UTF-16 code units.

use std::rc::Rc;

use tierwalk_protocol::Edit;

use super::files::Files;

#[cfg(test)]
mod tests;

/// The files with these replacements made; `None` if a place is not in its file.
pub fn apply(files: &Files, edits: &[Edit]) -> Option<Files> {
    edits.iter().rev().try_fold(files.clone(), |files, edit| {
        let text = files.text(&edit.place.file)?;
        let changed = replace(text, edit)?;
        Some(files.with(&edit.place.file, changed))
    })
}

fn replace(text: &Rc<str>, edit: &Edit) -> Option<String> {
    let from = byte_offset(text, edit.place.from)?;
    let to = byte_offset(text, edit.place.to)?;
    let (head, tail) = (text.get(..from)?, text.get(to..)?);
    (from <= to).then(|| format!("{head}{}{tail}", edit.text))
}

/// The byte at which this many UTF-16 code units of the text have passed.
fn byte_offset(text: &str, units: u32) -> Option<usize> {
    let mut left = units as usize;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return Some(at);
        }
        left = left.checked_sub(c.len_utf16())?;
    }
    (left == 0).then_some(text.len())
}
