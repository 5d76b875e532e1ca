//! Problems of a document, and the places they are about.

use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::{Document, Path};

/// A problem and the field it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field, from the document's root.
    pub path: Path,
    /// What is wrong with it.
    pub diagnostic: Diagnostic,
}

/// A place on the way down a document. Costs nothing until something is wrong there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At<'a> {
    Root(&'a Path),
    Key(&'a At<'a>, &'a str),
    Index(&'a At<'a>, usize),
}

impl<'a> At<'a> {
    pub(crate) fn key(&'a self, key: &'a str) -> At<'a> {
        At::Key(self, key)
    }

    pub(crate) fn index(&'a self, index: usize) -> At<'a> {
        At::Index(self, index)
    }

    pub(crate) fn path(&self) -> Path {
        match self {
            Self::Root(path) => (*path).clone(),
            Self::Key(parent, key) => parent.path().key(key),
            Self::Index(parent, index) => parent.path().index(*index),
        }
    }

    /// The field as prose names it: `selector`, or ``item 2 of `ports` ``.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Root(_) => "the document".to_owned(),
            Self::Key(_, key) => format!("`{key}`"),
            Self::Index(parent, index) => format!("item {} of {}", index + 1, parent.name()),
        }
    }
}

/// Problems found so far in one document.
#[derive(Debug)]
pub(crate) struct Problems<'d> {
    document: &'d Document,
    found: Vec<Problem>,
}

impl<'d> Problems<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        let found = Vec::new();
        Self { document, found }
    }

    pub(crate) fn document(&self) -> &'d Document {
        self.document
    }

    /// Where a value stands; the key of its parent if it is missing.
    pub(crate) fn span(&self, at: &At<'_>) -> Span {
        self.document.span_at(&at.path())
    }

    /// Where a field's name stands.
    pub(crate) fn key_span(&self, at: &At<'_>) -> Span {
        self.document.key_span_at(&at.path())
    }

    pub(crate) fn add(&mut self, at: &At<'_>, diagnostic: Diagnostic) {
        let path = at.path();
        self.found.push(Problem { path, diagnostic });
    }

    /// An error at a value.
    pub(crate) fn error(&mut self, at: &At<'_>, code: &'static str, message: impl Into<String>) {
        self.add(at, Diagnostic::error(code, self.span(at), message));
    }

    /// An error at a value, and what to do about it.
    pub(crate) fn error_with_help(
        &mut self,
        at: &At<'_>,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(
            at,
            Diagnostic::error(code, self.span(at), message).help(help),
        );
    }

    pub(crate) fn errors(&self) -> usize {
        let errors = self
            .found
            .iter()
            .filter(|problem| problem.diagnostic.is_error());
        errors.count()
    }

    pub(crate) fn into_found(self) -> Vec<Problem> {
        self.found
    }
}
