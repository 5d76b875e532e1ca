//! The engine's errors as diagnostics.
//!
//! The engine renders its errors itself: `--> file:line:column`, the line, a caret, `error: message`. The
//! form is pinned by a test.

#[cfg(test)]
mod tests;

use tierwalk_source::{Diagnostic, Span};

use crate::FileDiagnostic;

/// The engine counts a tab as so many columns.
const TAB: u32 = 4;

/// An error of the engine, read back from its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EngineError {
    pub path: String,
    pub line: u32,
    pub column: u32,
    pub message: String,
}

/// Reads an error of the engine; without a place if it names none.
pub(crate) fn read(error: &anyhow::Error) -> EngineError {
    let text = format!("{error}");
    let place = text.split_once("--> ").and_then(|(_, rest)| place(rest));
    let message = match text.split_once("error: ") {
        Some((_, message)) if place.is_some() => message,
        _ => text.as_str(),
    };
    let message = message.split("\n--> ").next().unwrap_or(message);
    let (path, line, column) = place.unwrap_or_default();
    EngineError {
        path,
        line,
        column,
        message: message.trim().to_owned(),
    }
}

fn place(rest: &str) -> Option<(String, u32, u32)> {
    let mut parts = rest.lines().next()?.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?.to_owned(), line, column))
}

impl EngineError {
    /// The diagnostic, placed in the file's text; `code` is for errors without a code of their own.
    pub fn diagnostic(&self, text: &str, code: &'static str) -> FileDiagnostic {
        let span = self.span(text);
        let found = Found::of(&self.message, code);
        let mut diagnostic = Diagnostic::error(found.code, span, found.message);
        diagnostic.help = found.help.map(str::to_owned);
        FileDiagnostic::new(self.path.clone(), self.refined(diagnostic, text))
    }

    /// `a <` at the end of a line makes the engine stumble over the line that follows.
    fn refined(&self, diagnostic: Diagnostic, text: &str) -> Diagnostic {
        let unfinished = unfinished_line(text, self.line);
        match unfinished {
            Some((span, operator)) if diagnostic.code == "governance/syntax" => Diagnostic::error(
                "governance/syntax",
                span,
                format!("nothing follows `{operator}` on this line"),
            )
            .help("the expression goes on in the next line; write its right side, or take the operator away")
            .related(diagnostic.span, diagnostic.message),
            _ => diagnostic,
        }
    }

    fn span(&self, text: &str) -> Span {
        span_at(text, self.line, self.column)
    }
}

/// The word or sign at a line and column as the engine counts them; nothing at line 0.
pub(crate) fn span_at(text: &str, line: u32, column: u32) -> Span {
    let Some((start, content)) = line_of(text, line) else {
        return Span::default();
    };
    let mut at = 1;
    let mut offset = content.len();
    for (index, c) in content.char_indices() {
        if at >= column {
            offset = index;
            break;
        }
        at += if c == '\t' { TAB } else { 1 };
    }
    let rest = content.get(offset..).unwrap_or_default();
    Span::new(start + offset, start + offset + word(rest))
}

/// Length of the name, or of the sign, that a text starts with.
fn word(text: &str) -> usize {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let name = text.find(|c| !is_name(c)).unwrap_or(text.len());
    if name > 0 {
        return name;
    }
    text.chars().next().map_or(0, char::len_utf8)
}

/// Offset and text of a line, counted from 1.
fn line_of(text: &str, line: u32) -> Option<(usize, &str)> {
    let mut start = 0;
    for (number, content) in (1u32..).zip(text.split_inclusive('\n')) {
        if number == line {
            return Some((start, content.trim_end()));
        }
        start += content.len();
    }
    (line > 0).then_some((text.len(), ""))
}

/// The sign at the end of the line before, if that line cannot end there.
fn unfinished_line(text: &str, line: u32) -> Option<(Span, &str)> {
    let (start, content) = line_of(text, line.checked_sub(1)?)?;
    let code = content.split('#').next().unwrap_or(content).trim_end();
    let sign = [
        "==", "!=", "<=", ">=", ":=", "<", ">", "+", "-", "*", "/", "%", "=",
    ]
    .into_iter()
    .find(|sign| code.ends_with(sign))?;
    let from = start + code.len() - sign.len();
    let span = Span::new(from, start + code.len());
    Some((span, span.of(text)))
}

/// What is said about an error.
struct Found {
    code: &'static str,
    message: String,
    help: Option<&'static str>,
}

impl Found {
    fn of(message: &str, code: &'static str) -> Self {
        let starts = |prefix: &str| message.starts_with(prefix);
        let has = |part: &str| message.contains(part);
        if starts("use of undefined variable") {
            Self::unsafe_variable(message)
        } else if starts("recursion detected") || has("cyclic evaluation") {
            Self::new("governance/recursive", "this rule needs its own value")
                .help("break the circle: a rule cannot depend on itself, not even through others")
        } else if starts("could not find function") {
            let name = message.rsplit(' ').next().unwrap_or_default();
            Self::new(
                "governance/unknown-function",
                format!("unknown function `{name}`"),
            )
        } else if has("time limit") {
            Self::new(
                "governance/deadline",
                "this check takes too long and was stopped",
            )
            .help("it loops over too many combinations; narrow the loops, or look values up by key")
        } else if has("conflicts with rule") || has("multiple outputs") {
            Self::new("governance/conflict", "this rule has two different values at once")
                .help("a complete rule or function may have only one value per input; use `contains` to collect several")
        } else if has("expression depth") || has("path exceeds maximum depth") {
            Self::new(
                "governance/too-deep",
                "this expression is nested too deeply",
            )
            .help("name its parts as rules of their own")
        } else if has("exceeds") && (has("maximum") || has("limit")) {
            Self::new("governance/too-large", message.to_owned())
        } else {
            Self::new(code, message.to_owned())
        }
    }

    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    fn unsafe_variable(message: &str) -> Self {
        let name = message.split('`').nth(1).unwrap_or_default();
        Self::new(
            "governance/unsafe-variable",
            format!("`{name}` has no value here"),
        )
        .help("give it one with `:=` or `some … in`, or check its spelling")
    }
}
