//! Bytes of a file as the page counts them.

use tierwalk_protocol::{Diagnostic, Edit, Fix, Place, Related, Severity};
use tierwalk_source::{LineIndex, Span};

use crate::file::SourceFile;

/// A stretch of a file.
pub(crate) fn place(path: &str, file: &SourceFile, span: Span) -> Place {
    in_text(path, &file.text, &file.lines, span)
}

pub(crate) fn in_text(path: &str, text: &str, lines: &LineIndex, span: Span) -> Place {
    let start = lines.position(text, span.start as usize);
    let end = lines.position(text, span.end as usize);
    Place {
        file: path.to_owned(),
        line: start.line,
        column: start.column,
        from: start.utf16,
        to: end.utf16.max(start.utf16),
    }
}

/// The first word of a line.
pub(crate) fn line(path: &str, file: &SourceFile, line: u32) -> Place {
    let start = file.lines.line_start(line).unwrap_or(0);
    let rest = file.text.get(start..).unwrap_or_default();
    let length = rest.find([' ', '\n']).unwrap_or(rest.len());
    place(path, file, Span::new(start, start + length))
}

/// The byte of a UTF-16 offset.
pub(crate) fn byte_of(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= utf16 as usize {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// A problem whose spans are those of the file.
pub(crate) fn diagnostic(
    path: &str,
    file: &SourceFile,
    problem: &tierwalk_source::Diagnostic,
) -> Diagnostic {
    let related = problem.related.iter().map(|related| Related {
        message: related.message.clone(),
        place: place(path, file, related.span),
    });
    let fixes = problem.fixes.iter().map(|fix| Fix {
        title: fix.title.clone(),
        safe: fix.safe,
        edits: fix
            .edits
            .iter()
            .map(|edit| Edit {
                place: place(path, file, edit.span),
                text: edit.text.clone(),
            })
            .collect(),
    });
    Diagnostic {
        code: problem.code.to_owned(),
        severity: severity(problem.severity),
        message: problem.message.clone(),
        help: problem.help.clone(),
        place: place(path, file, problem.span),
        related: related.collect(),
        fixes: fixes.collect(),
    }
}

fn severity(severity: tierwalk_source::Severity) -> Severity {
    match severity {
        tierwalk_source::Severity::Error => Severity::Error,
        tierwalk_source::Severity::Warning => Severity::Warning,
        tierwalk_source::Severity::Info => Severity::Info,
        tierwalk_source::Severity::Hint => Severity::Hint,
    }
}
