//! What keeps files from being checked.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use tierwalk_governance::{FileDiagnostic, PolicyFile};
use tierwalk_source::Span;

use super::BROKEN;
use crate::Io;
use crate::failure::{Failure, Outcome};
use crate::paint::Paint;

/// Collects problems, to be printed at the end.
pub struct Problems {
    plain: Vec<String>,
    placed: Vec<FileDiagnostic>,
    texts: BTreeMap<String, String>,
    renderer: Renderer,
}

impl Problems {
    /// None so far.
    pub fn new(paint: Paint) -> Self {
        let renderer = match paint.on {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        Self {
            plain: Vec::new(),
            placed: Vec::new(),
            texts: BTreeMap::new(),
            renderer: renderer.decor_style(DecorStyle::Ascii),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.placed.is_empty()
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        !self.plain.is_empty() || self.placed.iter().any(FileDiagnostic::is_error)
    }

    /// A problem without a place.
    pub fn say(&mut self, message: impl Into<String>) {
        self.plain.push(message.into());
    }

    /// A problem in a file, with the file's text if it is not known yet.
    pub fn add(&mut self, problem: FileDiagnostic, text: Option<&str>) {
        if let Some(text) = text {
            self.texts.insert(problem.path.clone(), text.to_owned());
        }
        self.placed.push(problem);
    }

    /// Texts that later problems may be in.
    pub fn keep_texts(&mut self, files: &[PolicyFile]) {
        for file in files {
            self.texts.insert(file.path.clone(), file.text.clone());
        }
    }

    /// Prints them on standard error: the run has failed.
    pub fn print(&self, io: &mut Io<'_>) -> Result<Outcome, Failure> {
        for message in &self.plain {
            writeln!(io.err, "error: {message}")?;
        }
        self.print_placed(io)?;
        Ok(Outcome::Status(BROKEN))
    }

    /// Prints what does not keep from checking.
    pub fn print_placed(&self, io: &mut Io<'_>) -> Result<(), Failure> {
        for problem in &self.placed {
            writeln!(io.err, "{}\n", self.rendered(problem))?;
        }
        Ok(())
    }

    fn rendered(&self, problem: &FileDiagnostic) -> String {
        let diagnostic = &problem.diagnostic;
        let level = match diagnostic.is_error() {
            true => Level::ERROR,
            false => Level::WARNING,
        };
        let title = level
            .primary_title(&*diagnostic.message)
            .id(diagnostic.code);
        let text = self.texts.get(&problem.path).map_or("", String::as_str);
        let related = diagnostic.related.iter().map(|related| {
            AnnotationKind::Context
                .span(within(text, related.span))
                .label(&*related.message)
        });
        let snippet = Snippet::source(text)
            .path(&*problem.path)
            .annotation(AnnotationKind::Primary.span(within(text, diagnostic.span)))
            .annotations(related);
        let mut group = Group::with_title(title).element(snippet);
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(&**help));
        }
        self.renderer.render(&[group])
    }
}

fn within(text: &str, span: Span) -> Range<usize> {
    let range = span.range();
    range.start.min(text.len())..range.end.min(text.len())
}
