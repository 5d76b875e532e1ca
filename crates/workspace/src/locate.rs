//! Where things are written.

use std::sync::Arc;

use tierwalk_protocol::Place;
use tierwalk_resources::model::Origin;
use tierwalk_source::Span;

use crate::Workspace;
use crate::places::Placer;
use crate::read::Read;

/// Where a document stands: its file, and its offset there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub file: Arc<str>,
    pub offset: usize,
}

impl Workspace {
    /// To express places in a file.
    pub(crate) fn placer<'a>(&'a self, file: &'a str) -> Option<Placer<'a>> {
        let source = self.files.get(file)?;
        Some(Placer {
            file,
            text: &source.text,
            lines: &source.lines,
        })
    }

    /// The place of a field, given relative to the object at `origin`: `spec.ingress[0].protocol`. A field
    /// that is not written is where it would be.
    pub(crate) fn place(&self, origin: &Origin, field: &str) -> Option<Place> {
        let (read, position) = self.document(origin.document)?;
        self.place_in(position, read.span_at(&origin.path.field(field)))
    }

    /// The place of a span of a document.
    pub(crate) fn place_in(&self, position: &Position, span: Span) -> Option<Place> {
        Some(self.placer(&position.file)?.place(position.offset, span))
    }

    /// A document by the number that origins call it by.
    pub(crate) fn document(&self, number: u32) -> Option<(&Read, &Position)> {
        let read = self.compiled.documents.get(number as usize)?;
        let position = self.positions.get(number as usize)?;
        Some((read, position))
    }
}
