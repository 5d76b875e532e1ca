use tierwalk_source::Diagnostic;
use tierwalk_yaml::{Document, Node};

use crate::generator;
use crate::manifest::Manifest;
use crate::scope::Scope;

/// How to compile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Write what the published generator writes: `crd.projectcalico.org/v1`, its annotations and its empty
    /// mappings, with every value as it was written.
    pub compat: bool,
}

/// What a document is to the template compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// A policy or set in the published generator's format.
    Template,
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
    /// Problems found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl DocumentKind {
    fn of(root: &Node) -> Self {
        if root.get("apiVersion").is_none() && generator::recognises(root) {
            return Self::Template;
        }
        Self::Other
    }
}

/// Compiles one document (one `tierwalk_yaml::Chunk`). Never fails: what cannot be compiled is said in the
/// diagnostics.
pub fn compile_document(text: &str, options: Options) -> CompiledDocument {
    let mut document = Document::parse(text);
    let mut tail = Vec::new();
    if document.root.is_none()
        && let Some((head, rules)) = generator::parse_short_form(text)
    {
        document = head;
        tail = rules;
    }
    let mut scope = Scope::new(text, options.compat);
    scope.diagnostics.append(&mut document.diagnostics);
    let kind = document
        .root
        .as_ref()
        .map_or(DocumentKind::Other, DocumentKind::of);
    let mut manifests = Vec::new();
    if let (Some(root), DocumentKind::Template) = (&document.root, kind) {
        let draft = generator::compile(&mut scope, root, &tail);
        if !scope.has_errors() {
            manifests.extend(draft.map(|draft| draft.write(&scope)));
        }
    }
    CompiledDocument {
        kind,
        manifests,
        diagnostics: scope.diagnostics,
    }
}
