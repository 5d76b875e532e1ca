#[cfg(test)]
mod tests;

/// One document of a file, as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// Byte offset of the text in the file.
    pub offset: usize,
    /// The text, from its `---` line (if it has one) up to the next document.
    pub text: &'a str,
}

/// Splits a file at its document markers: `---` and `...` at the start of a line, which YAML allows
/// nowhere inside a document. Blank lines, comments and directives ahead of a `---` belong to the
/// document that follows.
pub fn split(text: &str) -> Vec<Chunk<'_>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    let mut empty = true;
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let content = line.trim_end();
        if is_marker(content, "---") {
            if !empty {
                push(&mut chunks, text, start, at);
                start = at;
            }
            empty = false;
        } else if is_marker(content, "...") {
            push(&mut chunks, text, start, at + line.len());
            start = at + line.len();
            empty = true;
        } else if !(content.is_empty() || content.starts_with(['#', '%'])) {
            empty = false;
        }
        at += line.len();
    }
    push(&mut chunks, text, start, text.len());
    chunks
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn push<'a>(chunks: &mut Vec<Chunk<'a>>, text: &'a str, start: usize, end: usize) {
    if let Some(part) = text.get(start..end).filter(|part| !part.is_empty()) {
        chunks.push(Chunk {
            offset: start,
            text: part,
        });
    }
}
