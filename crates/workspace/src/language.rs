//! What the editor asks: what can be written at a place, what stands there, what is named there and where
//! else, and a text in order. All of it is read from the files as they are, also while they are no YAML.

mod complete;
mod cursor;
mod format;
mod hover;
mod outline;
pub(crate) mod schema;
mod symbols;
mod template_form;
mod tree;
mod vocabulary;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tierwalk_protocol::{Completions, Formatted, Hover, LanguageAsked, LanguageReply};

use crate::files::SourceFile;
use crate::read::Read;
use crate::{FileKind, Workspace};

/// Answers a question of the editor.
pub(crate) fn answer(workspace: &Workspace, asked: &LanguageAsked) -> LanguageReply {
    match asked {
        LanguageAsked::Complete { file, at } => {
            LanguageReply::Complete(complete(workspace, file, *at))
        }
        LanguageAsked::Hover { file, at } => LanguageReply::Hover(hover(workspace, file, *at)),
        LanguageAsked::Name { file, at } => {
            let byte = byte(workspace, file, *at);
            LanguageReply::Name(byte.and_then(|byte| symbols::name(workspace, file, byte)))
        }
        LanguageAsked::Rename { file, at, to } => {
            let byte = byte(workspace, file, *at).unwrap_or(usize::MAX);
            LanguageReply::Rename(symbols::rename(workspace, file, byte, to))
        }
        LanguageAsked::Format { file } => LanguageReply::Format(match workspace.text(file) {
            Some(text) => format::format(file, text),
            None => Formatted::AsItIs,
        }),
    }
}

/// The byte of a file at which this many UTF-16 code units have passed.
fn byte(workspace: &Workspace, file: &str, at: u32) -> Option<usize> {
    let text = workspace.text(file)?;
    let mut left = at as usize;
    for (byte, c) in text.char_indices() {
        if left == 0 {
            return Some(byte);
        }
        left = left.checked_sub(c.len_utf16())?;
    }
    (left == 0).then_some(text.len())
}

fn utf16(text: &str, byte: usize) -> u32 {
    let before = text.get(..byte).unwrap_or(text);
    before.chars().map(|c| c.len_utf16() as u32).sum()
}

/// The document at a byte of a file: its offset, and what was read of it.
fn document(file: &SourceFile, byte: usize) -> Option<(usize, &Arc<Read>)> {
    let mut before = file.documents.iter().rev();
    before
        .find(|(offset, _)| *offset <= byte)
        .map(|(offset, read)| (*offset, read))
}

fn complete(workspace: &Workspace, path: &str, at: u32) -> Completions {
    let asked = byte(workspace, path, at).zip(workspace.files.get(path));
    let Some((byte, file)) = asked else {
        return Completions::default();
    };
    let offset = match FileKind::of(path) {
        FileKind::Yaml => start_of(&file.text, byte),
        _ => 0,
    };
    let end = file
        .documents
        .iter()
        .map(|(offset, _)| *offset)
        .find(|next| *next > byte);
    let text = file
        .text
        .get(offset..end.unwrap_or(file.text.len()))
        .unwrap_or_default();
    let found = complete::complete(workspace, path, text, byte - offset);
    Completions {
        from: utf16(&file.text, offset + found.from),
        items: found.items,
    }
}

/// Where the document begins in which a byte is written, behind its `---`.
fn start_of(text: &str, byte: usize) -> usize {
    let mut start = 0;
    let mut at = 0;
    for line in text.get(..byte).unwrap_or_default().split_inclusive('\n') {
        at += line.len();
        if line.starts_with("---") && line.ends_with('\n') {
            start = at;
        }
    }
    start
}

fn hover(workspace: &Workspace, path: &str, at: u32) -> Option<Hover> {
    let byte = byte(workspace, path, at)?;
    let file = workspace.files.get(path)?;
    let (offset, read) = document(file, byte)?;
    let told = hover::hover(workspace, read, byte - offset)?;
    let span = told.span.shifted(offset);
    Some(Hover {
        from: utf16(&file.text, span.start as usize),
        to: utf16(&file.text, span.end as usize),
        title: told.title,
        text: told.text,
        source: told.source,
    })
}
