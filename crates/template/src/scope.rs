use tierwalk_source::{Diagnostic, Severity, Span};
use tierwalk_yaml::Node;

use crate::source_map::{PlaceId, PlaceKind, Places};

/// What is gathered while one template document is compiled.
pub(crate) struct Scope<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Whether the output is to be that of the published generator.
    pub compat: bool,
    pub diagnostics: Vec<Diagnostic>,
    pub places: Places,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(text: &'a str, compat: bool) -> Self {
        Self {
            text,
            compat,
            diagnostics: Vec::new(),
            places: Places::new(text),
        }
    }

    /// A place whose value was written.
    pub(crate) fn written(&mut self, field: impl Into<String>, span: Span) -> PlaceId {
        self.places.add(self.text, PlaceKind::Written, field, span)
    }

    /// A place where a value could be written.
    pub(crate) fn defaulted(&mut self, field: impl Into<String>, span: Span) -> PlaceId {
        self.places.add(self.text, PlaceKind::Default, field, span)
    }

    /// A place that some output follows from without being its value.
    pub(crate) fn structure(&mut self, field: impl Into<String>, span: Span) -> PlaceId {
        self.places
            .add(self.text, PlaceKind::Structure, field, span)
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What Calico refuses but the generator writes all the same: with the compatibility option only a
    /// warning, since the output is to be the generator's.
    pub(crate) fn refused_by_calico(&mut self, mut diagnostic: Diagnostic) {
        if self.compat {
            diagnostic.severity = Severity::Warning;
        }
        self.report(diagnostic);
    }

    /// How many characters stand before a place on its line.
    pub(crate) fn column(&self, span: Span) -> usize {
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().count()
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Where the content of a scalar begins in the document, if it stands there as it is: plain, or quoted
/// without escapes. Then a place in the content is a place in the document.
pub(crate) fn content_start(text: &str, node: &Node) -> Option<usize> {
    let content = node.as_str()?;
    let written = node.span.of(text);
    let start = node.span.start as usize;
    if written == content {
        return Some(start);
    }
    let inner = written.get(1..written.len().checked_sub(1)?)?;
    (inner == content).then_some(start + 1)
}

/// A stretch of a scalar's content as a stretch of the document; the whole scalar if it cannot be told.
pub(crate) fn content_span(text: &str, node: &Node, inside: Span) -> Span {
    content_start(text, node).map_or(node.span, |start| inside.shifted(start))
}
