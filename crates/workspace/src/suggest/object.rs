//! An object of a file, to be edited.

use tierwalk_resources::model::Origin;
use tierwalk_source::{Span, TextEdit};
use tierwalk_yaml::edit::Text;
use tierwalk_yaml::{Document, Node, Path};

use super::candidate::FileEdit;
use crate::Workspace;
use crate::locate::Position;

/// An object as it is written.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    document: &'a Document,
    position: &'a Position,
    path: &'a Path,
}

impl<'a> Object<'a> {
    /// The object of an origin; `None` if a template made it.
    pub fn at(workspace: &'a Workspace, origin: &'a Origin) -> Option<Self> {
        let (read, position) = workspace.document(origin.document)?;
        read.made.is_none().then_some(Self {
            document: &read.document,
            position,
            path: &origin.path,
        })
    }

    /// The text that spans are relative to.
    pub fn text(&self) -> Text<'a> {
        Text(&self.document.text)
    }

    /// A path of the object, in its document.
    pub fn path(&self, field: &str) -> Path {
        self.path.join(&Path::parse(field))
    }

    /// A value of the object; its root if the field is empty.
    pub fn node(&self, field: &str) -> Option<&'a Node> {
        self.document.node_at(&self.path(field))
    }

    /// The words of a selector that stand at these bytes of its text.
    pub fn words(&self, field: &str, bytes: std::ops::Range<usize>) -> Option<Span> {
        self.document.text_span_at(&self.path(field), bytes)
    }

    /// An edit of the document as one of the file.
    pub fn in_file(&self, edit: TextEdit) -> FileEdit {
        FileEdit {
            file: self.position.file.to_string(),
            span: edit.span.shifted(self.position.offset),
            text: edit.text,
        }
    }
}
