//! Byte spans to files, lines and UTF-16 offsets.

use tierwalk_protocol::{Diagnostic, Edit, Fix, Place, Related, Severity};
use tierwalk_source::{LineIndex, Position, Span};

/// A file, to express places in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placer<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub lines: &'a LineIndex,
}

impl Placer<'_> {
    /// The place of a span that is relative to `offset`.
    pub fn place(self, offset: usize, span: Span) -> Place {
        let (start, to) = self.ends(offset, span);
        Place {
            file: self.file.to_owned(),
            line: start.line,
            column: start.column,
            from: start.utf16,
            to,
        }
    }

    /// Whether a place is that of a span that is relative to `offset`.
    pub fn is_at(self, place: &Place, offset: usize, span: Span) -> bool {
        let (start, to) = self.ends(offset, span);
        let is_there = (place.line, place.column) == (start.line, start.column);
        is_there && (place.from, place.to) == (start.utf16, to) && place.file == self.file
    }

    /// Where a span starts, and the UTF-16 offset of its end.
    fn ends(self, offset: usize, span: Span) -> (Position, u32) {
        let start = self.lines.position(self.text, offset + span.start as usize);
        let end = self.lines.position(self.text, offset + span.end as usize);
        (start, end.utf16.max(start.utf16))
    }

    /// A diagnostic whose spans are relative to `offset`.
    pub fn diagnostic(self, offset: usize, diagnostic: &tierwalk_source::Diagnostic) -> Diagnostic {
        Diagnostic {
            code: diagnostic.code.to_owned(),
            severity: severity(diagnostic.severity),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            place: self.place(offset, diagnostic.span),
            related: diagnostic
                .related
                .iter()
                .map(|related| Related {
                    message: related.message.clone(),
                    place: self.place(offset, related.span),
                })
                .collect(),
            fixes: diagnostic
                .fixes
                .iter()
                .map(|fix| self.fix(offset, fix))
                .collect(),
        }
    }

    fn fix(self, offset: usize, fix: &tierwalk_source::Fix) -> Fix {
        let edits = fix.edits.iter().map(|edit| Edit {
            place: self.place(offset, edit.span),
            text: edit.text.clone(),
        });
        Fix {
            title: fix.title.clone(),
            safe: fix.safe,
            edits: edits.collect(),
        }
    }
}

/// A severity in the words of the protocol.
pub(crate) fn severity(severity: tierwalk_source::Severity) -> Severity {
    match severity {
        tierwalk_source::Severity::Error => Severity::Error,
        tierwalk_source::Severity::Warning => Severity::Warning,
        tierwalk_source::Severity::Info => Severity::Info,
        tierwalk_source::Severity::Hint => Severity::Hint,
    }
}
