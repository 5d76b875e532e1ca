//! What one document holds. Everything here is relative to the document's own text, so that it stays
//! true wherever the document moves to.

use std::sync::Arc;

use tierwalk_resources::{Mode, Object};
use tierwalk_source::{Diagnostic, Span};
use tierwalk_template::{ClusterSelector, DocumentKind, Library, Manifest};
use tierwalk_yaml::{Document, Path};

use crate::broken::{self, Broken};
use crate::flows::{self, Entry};
use crate::templates::{self, Template};

/// One document, read.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// The document, to find places again.
    pub document: Document,
    /// Its resources; those with errors are left out.
    pub objects: Vec<Object>,
    /// Its flows.
    pub flows: Vec<Entry>,
    /// What it is to the template compiler, and what that made of it.
    pub template: Option<Template>,
    /// The clusters it is for; all of them if none are named.
    pub clusters: Option<ClusterSelector>,
    /// The compiled object that this is the text of. Places are told in its template.
    pub made: Option<Manifest>,
    /// Its policies that are left out because of an error.
    pub broken: Vec<Broken>,
    /// What is to be said about it by itself.
    pub diagnostics: Vec<Diagnostic>,
}

impl Read {
    /// A YAML or JSON document. Instances of templates are compiled with the definitions of the library.
    pub fn yaml(text: &str, library: &Library) -> Self {
        let document = Document::parse(text);
        let mut read = match flows::read_document(text, &document) {
            Some(list) => Self {
                flows: list.value,
                diagnostics: list.diagnostics,
                ..Self::default()
            },
            None => Self::objects(text, &document, library),
        };
        read.diagnostics.extend_from_slice(&document.diagnostics);
        read.diagnostics
            .sort_by_key(|diagnostic| diagnostic.span.start);
        if read.is_written() {
            read.broken = broken::of(&document, &read.objects, &read.diagnostics);
        }
        read.document = document;
        read
    }

    /// Templates and resources.
    fn objects(text: &str, document: &Document, library: &Library) -> Self {
        let mut read = templates::read(text, document, library);
        if read.is_written() {
            let objects = tierwalk_resources::read(document, Mode::Load);
            read.objects = objects.value;
            read.diagnostics.extend(objects.diagnostics);
            read.take_clusters(document);
        }
        read
    }

    /// Whether the document itself holds resources: it is no template, or one written around pods.
    fn is_written(&self) -> bool {
        let kind = self.template.as_ref().map(|template| template.kind);
        matches!(kind, None | Some(DocumentKind::Annotated))
    }

    /// The clusters that a resource names in its annotation.
    fn take_clusters(&mut self, document: &Document) {
        match templates::annotated_clusters(document) {
            Ok(clusters) => self.clusters = clusters,
            Err(problem) => {
                self.objects.clear();
                self.diagnostics.push(*problem);
            }
        }
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

    /// The document and the compiled objects that it makes.
    pub fn with_manifests(self: &Arc<Self>) -> impl Iterator<Item = &Arc<Self>> {
        let template = self.template.iter();
        std::iter::once(self).chain(template.flat_map(|template| &template.manifests))
    }

    /// Where a field is written. A field of a compiled object is where its template makes it.
    pub fn span_at(&self, path: &Path) -> Span {
        let span = self.document.span_at(path);
        let origin = |made: &Manifest| made.map.origin(made.line_of(span)).map(|place| place.span);
        match &self.made {
            None => span,
            Some(made) => origin(made).unwrap_or_default(),
        }
    }

    /// A problem in the document's text, told where its author wrote it.
    pub fn told(&self, problem: Diagnostic) -> Diagnostic {
        match &self.made {
            None => problem,
            Some(made) => templates::at_template(made, problem),
        }
    }
}
