//! The files of a workspace and what was read of each.

use std::collections::HashMap;
use std::sync::Arc;

use tierwalk_source::{Diagnostic, LineIndex, Span};
use tierwalk_template::{DocumentKind, Library};

use crate::read::Read;
use crate::templates;

/// The path of what was read from standard input; it is YAML.
pub const STDIN: &str = "<stdin>";

/// Longer files are not read; they are reported.
pub const MAX_FILE_BYTES: usize = 10 << 20;

/// Further documents of a file are not read; they are reported.
const MAX_DOCUMENTS: usize = 100_000;

/// How much of a refused text is looked at to say where it goes wrong.
const REFUSED_PREFIX: usize = 64 << 10;

/// What a file holds, by its name. Folders and content do not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// YAML or JSON documents: resources and flows.
    Yaml,
    /// A flow in each line.
    Flows,
    /// Something that is left alone.
    Other,
}

impl FileKind {
    /// The kind of a path.
    pub fn of(path: &str) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let extension = name
            .rsplit_once('.')
            .map(|(_, extension)| extension.to_ascii_lowercase());
        match extension.as_deref() {
            Some("yaml" | "yml" | "json") => Self::Yaml,
            Some("flows") => Self::Flows,
            _ if path == STDIN => Self::Yaml,
            _ => Self::Other,
        }
    }
}

/// One file.
#[derive(Clone, Debug, Default)]
pub(crate) struct SourceFile {
    pub text: String,
    pub lines: LineIndex,
    /// What was read, with the byte offset of each document.
    pub documents: Vec<(usize, Arc<Read>)>,
    /// Why nothing was read, or not everything.
    pub refused: Option<Diagnostic>,
}

impl SourceFile {
    /// Reads a file. Documents whose text is as in `before` are taken over from it.
    pub fn read(path: &str, text: String, before: Option<&Self>, library: &Library) -> Self {
        let refused = refusal(&text);
        if refused.is_some() {
            return Self::refuse(text, refused);
        }
        let known: HashMap<&str, &Arc<Read>> = before.map(Self::by_text).unwrap_or_default();
        let read = |text: &str, fresh: &dyn Fn(&str) -> Read| {
            known
                .get(text)
                .map_or_else(|| Arc::new(fresh(text)), |read| Arc::clone(read))
        };
        let yaml = |text: &str| Read::yaml(text, library);
        let mut refused = None;
        let documents = match FileKind::of(path) {
            FileKind::Yaml => {
                let chunks = tierwalk_yaml::split(&text);
                refused = chunks
                    .get(MAX_DOCUMENTS)
                    .map(|chunk| too_many(chunk.offset));
                let chunks = chunks.into_iter().take(MAX_DOCUMENTS);
                chunks
                    .map(|chunk| (chunk.offset, read(chunk.text, &yaml)))
                    .collect()
            }
            FileKind::Flows => vec![(0, read(&text, &Read::lines))],
            FileKind::Other => Vec::new(),
        };
        Self {
            lines: LineIndex::new(&text),
            text,
            documents,
            refused,
        }
    }

    /// What is to be said about it, each with the offset that its spans are relative to.
    pub fn diagnostics(&self) -> impl Iterator<Item = (usize, &Diagnostic)> {
        let refused = self.refused.iter().map(|refused| (0, refused));
        let documents = self.documents.iter();
        let read = documents.flat_map(|(offset, read)| {
            read.diagnostics
                .iter()
                .map(move |diagnostic| (*offset, diagnostic))
        });
        refused.chain(read)
    }

    /// Takes in bytes; what is not UTF-8 is reported.
    pub fn read_bytes(path: &str, bytes: Vec<u8>, library: &Library) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::read(path, text, None, library),
            Err(error) => {
                let (at, bytes) = (error.utf8_error().valid_up_to(), error.into_bytes());
                let shown = bytes
                    .get(..bytes.len().min(at + REFUSED_PREFIX))
                    .unwrap_or_default();
                let text = String::from_utf8_lossy(shown).into_owned();
                Self::refuse(text, Some(not_utf8(&bytes, at)))
            }
        }
    }

    /// Compiles the instances of templates again.
    pub fn relearn(&mut self, library: &Library) {
        let ends = self.documents.iter().skip(1).map(|(offset, _)| *offset);
        let ends: Vec<usize> = ends.chain([self.text.len()]).collect();
        for ((start, read), end) in self.documents.iter_mut().zip(ends) {
            if templates::is(read, DocumentKind::Instance)
                && let Some(text) = self.text.get(*start..end)
            {
                *read = Arc::new(Read::yaml(text, library));
            }
        }
    }

    fn refuse(text: String, refused: Option<Diagnostic>) -> Self {
        Self {
            lines: LineIndex::new(&text),
            text,
            documents: Vec::new(),
            refused,
        }
    }

    fn by_text(&self) -> HashMap<&str, &Arc<Read>> {
        let ends = self.documents.iter().skip(1).map(|(offset, _)| *offset);
        self.documents
            .iter()
            .zip(ends.chain([self.text.len()]))
            .filter_map(|((start, read), end)| Some((self.text.get(*start..end)?, read)))
            .collect()
    }
}

fn refusal(text: &str) -> Option<Diagnostic> {
    if text.len() > MAX_FILE_BYTES {
        let message = format!(
            "this file has {} MB; files over {} MB are not read",
            text.len() >> 20,
            MAX_FILE_BYTES >> 20
        );
        let help = "split it, or leave out what policy does not need";
        return Some(Diagnostic::error("file/too-large", first_line(text), message).help(help));
    }
    let nul = text.find('\0')?;
    let help = "remove it from the workspace; policies and flows are text files";
    let message = "this is not a text file: it holds a NUL character";
    Some(Diagnostic::error("file/not-text", Span::new(nul, nul + 1), message).help(help))
}

fn too_many(at: usize) -> Diagnostic {
    let message =
        format!("this file has more than {MAX_DOCUMENTS} documents; the others are not read");
    let help = "split it, or leave out what policy does not need";
    Diagnostic::error("file/too-large", Span::new(at, at + 3), message).help(help)
}

fn not_utf8(bytes: &[u8], at: usize) -> Diagnostic {
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let message = if utf16 {
        "this file is UTF-16, as PowerShell's `>` writes it"
    } else {
        "this is not a text file in UTF-8"
    };
    Diagnostic::error("file/not-text", Span::new(at, at), message)
        .help("save it as UTF-8; in PowerShell, write it with `Out-File -Encoding utf8`")
}

fn first_line(text: &str) -> Span {
    Span::new(0, text.lines().next().unwrap_or_default().len().min(200))
}
