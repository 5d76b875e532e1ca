//! Changes of text at places that count in UTF-16 code units.

use std::collections::BTreeMap;

use tierwalk_protocol::Edit;

use super::files::Files;

#[cfg(test)]
mod tests;

/// The files with these replacements made, which do not overlap; `None` if a place is not in its file. A change at the very
/// start of a file that is not there makes the file.
pub fn apply(files: &Files, edits: &[Edit]) -> Option<Files> {
    let mut by_file: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(&edit.place.file).or_default().push(edit);
    }
    by_file
        .into_iter()
        .try_fold(files.clone(), |files, (path, mut edits)| {
            edits.sort_by_key(|edit| edit.place.from);
            let text = files.text(path).map_or("", |text| text);
            let changed = replaced(text, &edits)?;
            Some(files.with(path, changed))
        })
}

/// Goes through the text once, however many changes there are.
fn replaced(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut passed) = (text, 0);
    for edit in edits {
        let (from, to) = (edit.place.from, edit.place.to);
        let kept = byte_offset(rest, from.checked_sub(passed)?)?;
        let gone = byte_offset(rest.get(kept..)?, to.checked_sub(from)?)?;
        out.push_str(rest.get(..kept)?);
        out.push_str(&edit.text);
        rest = rest.get(kept + gone..)?;
        passed = to;
    }
    out.push_str(rest);
    Some(out)
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
