//! What made a compiled object: the values of its template.

use tierwalk_resources::model::Origin;
use tierwalk_template::{Manifest, PlaceKind, TemplatePlace};
use tierwalk_yaml::{Document, Node, Path};

use crate::Workspace;
use crate::locate::Position;

/// A compiled object, and the template that made it.
#[derive(Clone, Copy)]
pub(crate) struct Made<'a> {
    compiled: &'a Document,
    object: &'a Path,
    /// The compiled object and its source map.
    pub manifest: &'a Manifest,
    /// The template's document.
    pub template: &'a Document,
    /// Where that document stands.
    pub position: &'a Position,
}

impl<'a> Made<'a> {
    /// What made the object of an origin; `None` if it was typed.
    pub fn of(workspace: &'a Workspace, origin: &'a Origin) -> Option<Self> {
        let (read, position) = workspace.document(origin.document)?;
        let manifest = read.made.as_ref()?;
        let file = workspace.files.get(&*position.file)?;
        let mut documents = file.documents.iter();
        let (_, template) = documents.find(|(offset, _)| *offset == position.offset)?;
        Some(Self {
            compiled: &read.document,
            object: &origin.path,
            manifest,
            template: &template.document,
            position,
        })
    }

    /// A value of the compiled object.
    pub fn compiled(&self, field: &str) -> Option<&'a Node> {
        self.compiled
            .node_at(&self.object.join(&Path::parse(field)))
    }

    /// The place in the template that made a field of the object.
    pub fn place(&self, field: &str) -> Option<&'a TemplatePlace> {
        let path = self.object.join(&Path::parse(field));
        self.compiled.node_at(&path)?;
        let span = self.compiled.key_span_at(&path);
        self.manifest.map.origin(self.manifest.line_of(span))
    }

    /// The value in the template that made a field of the object, if somebody wrote one.
    pub fn value(&self, field: &str) -> Option<(Path, &'a Node)> {
        let place = self.place(field)?;
        let path = Path::parse(&place.field);
        let node = self.template.node_at(&path)?;
        (place.kind == PlaceKind::Written).then_some((path, node))
    }
}
