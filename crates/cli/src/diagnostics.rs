//! Diagnostics as rustc prints them.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use tierwalk_protocol::{Diagnostic, Fix, Place, Related, Severity};
use tierwalk_source::LineIndex;
use tierwalk_workspace::Workspace;

use crate::paint::Paint;

/// Related places this near, in lines, are shown in the same snippet.
const SAME_SNIPPET: u32 = 40;

/// Prints diagnostics of one workspace.
pub struct Printer<'a> {
    workspace: &'a Workspace,
    renderer: Renderer,
}

/// Some lines of a file.
struct Window<'a> {
    text: &'a str,
    first_line: u32,
    start: usize,
}

impl<'a> Printer<'a> {
    /// For the files of `workspace`.
    pub fn new(workspace: &'a Workspace, paint: Paint) -> Self {
        let renderer = if paint.on {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        Self {
            workspace,
            renderer: renderer.decor_style(DecorStyle::Ascii),
        }
    }

    /// The text of one diagnostic.
    pub fn print(&self, diagnostic: &Diagnostic) -> String {
        let level = level(diagnostic.severity);
        let title = level
            .primary_title(&diagnostic.message)
            .id(&diagnostic.code);
        let mut report = vec![self.cause(Group::with_title(title), diagnostic)];
        report.extend(self.fix(diagnostic));
        self.renderer.render(&report)
    }

    fn cause<'b>(&'b self, group: Group<'b>, diagnostic: &'b Diagnostic) -> Group<'b> {
        let place = &diagnostic.place;
        let (near, far): (Vec<_>, Vec<_>) = diagnostic
            .related
            .iter()
            .partition(|related| is_near(&related.place, place));
        let mut group = group;
        if let Some(window) = self.window(near.iter().map(|related| &related.place), place) {
            let primary = AnnotationKind::Primary.span(self.range(place, &window));
            let context = near.iter().map(|related| self.context(related, &window));
            group = group.element(
                Snippet::source(window.text)
                    .line_start(window.first_line as usize)
                    .path(place.file.as_str())
                    .annotation(primary)
                    .annotations(context.collect::<Vec<_>>()),
            );
        }
        for related in far {
            if let Some(window) = self.window([].into_iter(), &related.place) {
                group = group.element(
                    Snippet::source(window.text)
                        .line_start(window.first_line as usize)
                        .path(related.place.file.as_str())
                        .annotation(self.context(related, &window)),
                );
            }
        }
        match &diagnostic.help {
            Some(help) => group.element(Level::HELP.message(help.as_str())),
            None => group,
        }
    }

    fn context<'b>(&self, related: &'b Related, window: &Window<'_>) -> Annotation<'b> {
        AnnotationKind::Context
            .span(self.range(&related.place, window))
            .label(related.message.as_str())
    }

    /// The best fix, as a change of the text.
    fn fix<'b>(&'b self, diagnostic: &'b Diagnostic) -> Option<Group<'b>> {
        let fix: &Fix = diagnostic.fixes.first()?;
        let (first, rest) = fix.edits.split_first()?;
        let window = self.window(rest.iter().map(|edit| &edit.place), &first.place)?;
        let patches = fix
            .edits
            .iter()
            .map(|edit| Patch::new(self.range(&edit.place, &window), edit.text.as_str()));
        let snippet = Snippet::source(window.text)
            .line_start(window.first_line as usize)
            .path(first.place.file.as_str())
            .patches(patches.collect::<Vec<_>>());
        let level = Level::HELP.with_name(if fix.safe { "fix" } else { "possible fix" });
        Some(level.secondary_title(fix.title.as_str()).element(snippet))
    }

    /// The lines from the first to the last of these places of one file.
    fn window<'p>(
        &self,
        others: impl Iterator<Item = &'p Place>,
        place: &'p Place,
    ) -> Option<Window<'a>> {
        let text = self.workspace.text(&place.file)?;
        let lines = self.workspace.lines(&place.file)?;
        let mut range = bytes(text, lines, place)?;
        let mut first_line = place.line;
        for other in others {
            let more = bytes(text, lines, other)?;
            first_line = first_line.min(other.line);
            range = range.start.min(more.start)..range.end.max(more.end);
        }
        let start = lines.line_start(first_line)?;
        let end = text
            .get(range.end..)?
            .find('\n')
            .map_or(text.len(), |at| range.end + at);
        Some(Window {
            text: text.get(start..end)?,
            first_line,
            start,
        })
    }

    fn range(&self, place: &Place, window: &Window<'_>) -> Range<usize> {
        let whole = self
            .workspace
            .text(&place.file)
            .zip(self.workspace.lines(&place.file))
            .and_then(|(text, lines)| bytes(text, lines, place))
            .unwrap_or_default();
        let within = |at: usize| at.saturating_sub(window.start).min(window.text.len());
        within(whole.start)..within(whole.end)
    }
}

/// The bytes of a place in the text of its file.
fn bytes(text: &str, lines: &LineIndex, place: &Place) -> Option<Range<usize>> {
    let line = lines.line_start(place.line)?;
    let start = line + skip(text.get(line..)?, place.column.checked_sub(1)?);
    let end = start + skip(text.get(start..)?, place.to.saturating_sub(place.from));
    Some(start..end)
}

/// How many bytes the first `units` UTF-16 code units of a text take.
fn skip(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.len()
}

fn is_near(place: &Place, other: &Place) -> bool {
    place.file == other.file && place.line.abs_diff(other.line) <= SAME_SNIPPET
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::HELP.with_name("hint"),
    }
}
