use crate::Span;

/// The four severities of the language server protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Refused: the document takes no part in evaluation.
    Error,
    /// Accepted, but very likely not what was meant.
    Warning,
    /// Worth knowing.
    Info,
    /// A suggestion.
    Hint,
}

/// Replace a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What to replace.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A change that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Label of the button: ``replace with `logging` ``.
    pub title: String,
    /// False if it may alter what a policy means.
    pub safe: bool,
    /// Replacements, ascending, not overlapping.
    pub edits: Vec<TextEdit>,
}

impl Fix {
    /// Replaces `span` by `text`; keeps the meaning that was intended.
    pub fn replace(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            safe: true,
            edits: vec![TextEdit {
                span,
                text: text.into(),
            }],
        }
    }
}

/// Another place that explains a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// One problem. Spans are relative to the text it was found in (one YAML document, usually).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Named code such as `selector/syntax`; `docs/diagnostics/` has a page of that name.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// One lower-case sentence, user input in backticks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub span: Span,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Ways to mend it, best first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A problem that keeps its document out of evaluation.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// A problem that does not.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    /// Of any severity.
    pub fn new(
        severity: Severity,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            help: None,
            span,
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With another place that explains it.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related {
            message: message.into(),
            span,
        });
        self
    }

    /// With a way to mend it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Whether it keeps its document out of evaluation.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The same problem in a longer text, in which this one starts at `offset`.
    #[must_use]
    pub fn shifted(mut self, offset: usize) -> Self {
        self.span = self.span.shifted(offset);
        for related in &mut self.related {
            related.span = related.span.shifted(offset);
        }
        for edit in self.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = edit.span.shifted(offset);
        }
        self
    }
}

/// A value and what is to be said about it: bad input is the normal case, so both are always there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked<T> {
    /// The value, as good as could be made of the input.
    pub value: T,
    /// Problems found on the way.
    pub diagnostics: Vec<Diagnostic>,
}
