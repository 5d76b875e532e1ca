//! What one document holds. Everything here is relative to the document's own text, so that it stays
//! true wherever the document moves to.

use tierwalk_resources::{Mode, Object};
use tierwalk_source::Diagnostic;
use tierwalk_yaml::Document;

use crate::flows::{self, Entry};

/// One document, read.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// The document, to find places again.
    pub document: Document,
    /// Its resources; those with errors are left out.
    pub objects: Vec<Object>,
    /// Its flows.
    pub flows: Vec<Entry>,
    /// What is to be said about it by itself.
    pub diagnostics: Vec<Diagnostic>,
}

impl Read {
    /// A YAML or JSON document.
    pub fn yaml(text: &str) -> Self {
        let document = Document::parse(text);
        let mut read = match flows::read_document(text, &document) {
            Some(list) => Self {
                flows: list.value,
                diagnostics: list.diagnostics,
                ..Self::default()
            },
            None => {
                let objects = tierwalk_resources::read(&document, Mode::Load);
                Self {
                    objects: objects.value,
                    diagnostics: objects.diagnostics,
                    ..Self::default()
                }
            }
        };
        read.diagnostics.extend_from_slice(&document.diagnostics);
        read.diagnostics
            .sort_by_key(|diagnostic| diagnostic.span.start);
        read.document = document;
        read
    }

    /// A text with a flow in each line.
    pub fn lines(text: &str) -> Self {
        let list = flows::read_lines(text);
        Self {
            flows: list.value,
            diagnostics: list.diagnostics,
            ..Self::default()
        }
    }
}
