use tierwalk_source::{Diagnostic, Severity};
use tierwalk_yaml::{Document, Node};

use crate::annotation;
use crate::clusters::{self, Cluster};
use crate::definition::{self, Definition, Library};
use crate::generator;
use crate::manifest::Manifest;
use crate::scope::Scope;

/// The `apiVersion` of Tierwalk's own kinds.
pub const API_VERSION: &str = "tierwalk.dev/v1";

/// What is wrong with the YAML of one object, given by a crate that knows Calico's kinds.
pub type Validate<'a> = &'a dyn Fn(&str) -> Vec<Diagnostic>;

/// How to compile.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Write what the published generator writes: `crd.projectcalico.org/v1`, its annotations and its empty
    /// mappings, with every value as it was written.
    pub compat: bool,
    /// With this, the outputs of a definition are validated for values of every kind that it takes.
    pub validate: Option<Validate<'a>>,
}

/// What a document is to the template compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// A policy or set in the published generator's format.
    Template,
    /// A template's name and values for it.
    Instance,
    /// The definition of a template.
    Definition,
    /// The clusters of the workspace.
    Clusters,
    /// Pods with the policy annotation of Calico's first Kubernetes plugin.
    Annotated,
    /// Not for the template compiler.
    Other,
}

/// A document after compiling. Spans are relative to its text.
#[derive(Clone, Debug)]
pub struct CompiledDocument {
    /// What it is.
    pub kind: DocumentKind,
    /// The objects it makes; none if it has errors.
    pub manifests: Vec<Manifest>,
    /// The clusters it lists.
    pub clusters: Vec<Cluster>,
    /// Problems found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl DocumentKind {
    /// What a document is, by its keys alone.
    pub fn of(root: &Node) -> Self {
        let text = |key| root.get(key).and_then(Node::as_str);
        match (text("apiVersion"), text("kind")) {
            (Some(API_VERSION), Some("PolicyTemplate")) => Self::Definition,
            (Some(API_VERSION), Some("Clusters")) => Self::Clusters,
            (None, None) if root.get("template").is_some() => Self::Instance,
            (None, _) if generator::recognises(root) => Self::Template,
            _ if annotation::pods(root).is_some_and(|pods| pods.annotated) => Self::Annotated,
            _ => Self::Other,
        }
    }
}

/// A document that is read but not compiled yet.
struct Input {
    document: Document,
    /// Rules of the generator's template that follow its mapping.
    tail: Vec<Node>,
}

impl Input {
    fn parse(text: &str) -> Self {
        let document = Document::parse(text);
        if document.root.is_none()
            && let Some((document, tail)) = generator::parse_short_form(text)
        {
            return Self { document, tail };
        }
        Self {
            document,
            tail: Vec::new(),
        }
    }

    fn kind(&self) -> DocumentKind {
        self.document
            .root
            .as_ref()
            .map_or(DocumentKind::Other, DocumentKind::of)
    }
}

impl CompiledDocument {
    /// Reports what is wrong with its manifests, at the places in the template that made them. With the
    /// compatibility option these are only warnings: the published generator writes such objects.
    pub fn validate(&mut self, validate: Validate<'_>, options: Options<'_>) {
        for manifest in &self.manifests {
            for mut problem in validate(&manifest.text) {
                if options.compat && problem.is_error() {
                    problem.severity = Severity::Warning;
                }
                self.diagnostics.extend(manifest.to_template(&problem));
            }
        }
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            self.manifests.clear();
        }
    }
}

/// Reads a definition, for a [`Library`]. Nothing if the document is none, or if it has errors; the problems
/// are told by [`compile_document`].
pub fn read_definition(text: &str) -> Option<Definition> {
    let input = Input::parse(text);
    if input.kind() != DocumentKind::Definition {
        return None;
    }
    let mut scope = Scope::new(text, false);
    let definition = definition::read(&mut scope, input.document.root.as_ref()?);
    definition.filter(|_| !scope.has_errors())
}

/// Compiles one document (one `tierwalk_yaml::Chunk`). Never fails: what cannot be compiled is said in the
/// diagnostics.
pub fn compile_document(text: &str, library: &Library, options: Options<'_>) -> CompiledDocument {
    let mut input = Input::parse(text);
    let kind = input.kind();
    let mut scope = Scope::new(text, options.compat);
    scope.diagnostics.append(&mut input.document.diagnostics);
    let mut drafts = Vec::new();
    let mut listed = Vec::new();
    if let Some(root) = &input.document.root {
        match kind {
            DocumentKind::Template => {
                drafts.extend(generator::compile(&mut scope, root, &input.tail))
            }
            DocumentKind::Instance => {
                drafts = definition::compile_instance(&mut scope, root, library)
            }
            DocumentKind::Definition => definition::check(&mut scope, root, options.validate),
            DocumentKind::Clusters => {
                let (clusters, mut problems) = clusters::read_clusters(root);
                scope.diagnostics.append(&mut problems);
                listed = clusters;
            }
            DocumentKind::Annotated => drafts.extend(annotation::compile(&mut scope, root)),
            DocumentKind::Other => {}
        }
    }
    if scope.has_errors() {
        drafts.clear();
    }
    CompiledDocument {
        kind,
        manifests: drafts
            .into_iter()
            .map(|draft| draft.write(&scope))
            .collect(),
        clusters: listed,
        diagnostics: scope.diagnostics,
    }
}
