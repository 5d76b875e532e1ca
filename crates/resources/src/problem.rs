//! Problems of a document, and the places they are about.

use std::collections::HashSet;

use tierwalk_source::{Diagnostic, Fix, Span, nearest};
use tierwalk_yaml::{Document, Kind, Node, Path, Segment};

use crate::Mode;
use crate::codes::{LIMIT, WRONG_TYPE};

/// Problems that one document may have before the rest is only counted.
const MAX_PROBLEMS: usize = 300;
/// Bytes of a message; user input in it may be of any length.
const MAX_MESSAGE: usize = 1_000;

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
        let mut segments = Vec::new();
        let mut at = self;
        let root = loop {
            at = match at {
                Self::Root(path) => break path,
                Self::Key(parent, key) => {
                    segments.push(Segment::Key((*key).into()));
                    parent
                }
                Self::Index(parent, index) => {
                    segments.push(Segment::Index(*index));
                    parent
                }
            };
        };
        let below = segments.into_iter().rev();
        root.segments().iter().cloned().chain(below).collect()
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
    mode: Mode,
    found: Vec<Problem>,
    errors: usize,
    /// Values that could not be read: what stands in for them is not worth another word.
    unread: HashSet<Path>,
}

impl<'d> Problems<'d> {
    pub(crate) fn new(document: &'d Document, mode: Mode) -> Self {
        Self {
            document,
            mode,
            found: Vec::new(),
            errors: 0,
            unread: HashSet::new(),
        }
    }

    pub(crate) fn document(&self) -> &'d Document {
        self.document
    }

    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether further problems are only counted: nothing about them needs to be found out.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= MAX_PROBLEMS
    }

    pub(crate) fn node(&self, at: &At<'_>) -> Option<&'d Node> {
        self.document.node_at(&at.path())
    }

    /// Where a value stands; for a mapping or list, its name; for what is missing, the name of its parent.
    pub(crate) fn span(&self, at: &At<'_>) -> Span {
        if self.is_full() {
            return Span::default();
        }
        let path = at.path();
        match self.document.node_at(&path).map(|node| &node.kind) {
            Some(Kind::Map(_) | Kind::Seq(_)) if path.last_key().is_some() => {
                self.document.key_span_at(&path)
            }
            Some(Kind::Map(entries)) => {
                let first = entries.first().map(|entry| entry.key_span);
                first.unwrap_or_else(|| self.document.span_at(&path))
            }
            Some(_) => self.document.span_at(&path),
            None => self.span_of_parent(&path),
        }
    }

    fn span_of_parent(&self, path: &Path) -> Span {
        let mut parent = path.parent();
        while self.document.node_at(&parent).is_none() && !parent.segments().is_empty() {
            parent = parent.parent();
        }
        if parent.last_key().is_some() {
            self.document.key_span_at(&parent)
        } else {
            self.document.span_at(path)
        }
    }

    pub(crate) fn add(&mut self, at: &At<'_>, diagnostic: Diagnostic) {
        if self.is_full() {
            self.errors += usize::from(diagnostic.is_error());
            return;
        }
        let path = at.path();
        if self.unread.contains(&path) {
            return;
        }
        if diagnostic.code == WRONG_TYPE {
            self.unread.insert(path.clone());
        }
        self.errors += usize::from(diagnostic.is_error());
        let diagnostic = shortened(diagnostic);
        self.found.push(Problem { path, diagnostic });
    }

    /// An error at a value, and what to do about it.
    pub(crate) fn error(
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

    /// An error that only Calico's own validator sees.
    pub(crate) fn unseen(
        &mut self,
        at: &At<'_>,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic::error(code, self.span(at), message).help(help);
        self.add(at, ignored_by_native_clusters(diagnostic));
    }

    /// An error unless the value is one of those allowed.
    pub(crate) fn one_of(
        &mut self,
        at: &At<'_>,
        code: &'static str,
        value: &str,
        allowed: &'static [&'static str],
    ) -> bool {
        if allowed.contains(&value) {
            return true;
        }
        let diagnostic = not_one_of(code, self.span(at), value, allowed);
        let written = self.node(at).is_some_and(|node| !node.is_null());
        let meant = nearest(value, allowed.iter().copied()).or_else(|| synonym(value, allowed));
        let diagnostic = match meant.filter(|_| written) {
            Some(name) => did_you_mean(diagnostic, name),
            None => diagnostic.help("use one of these values, spelt exactly so"),
        };
        self.add(at, diagnostic);
        false
    }

    /// An error if there are too many of something.
    pub(crate) fn at_most(&mut self, at: &At<'_>, count: usize, max: usize, what: &str) {
        if count > max {
            let message = format!("{} must have at most {max} {what}", at.name());
            self.error(at, LIMIT, message, format!("it has {count}"));
        }
    }

    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    pub(crate) fn into_found(self) -> Vec<Problem> {
        self.found
    }
}

/// Says, in addition, that a cluster may accept this (reference §6.8).
pub(crate) fn ignored_by_native_clusters(mut diagnostic: Diagnostic) -> Diagnostic {
    let note = "a cluster that serves `projectcalico.org/v3` as CRDs accepts this with kubectl, and then silently ignores the policy";
    let help = diagnostic.help.take();
    diagnostic.help(match help {
        Some(help) => format!("{help}; {note}"),
        None => note.to_owned(),
    })
}

/// With the question whether `name` was meant, and the replacement.
pub(crate) fn did_you_mean(diagnostic: Diagnostic, name: &str) -> Diagnostic {
    let fix = Fix::replace(format!("Replace by `{name}`"), diagnostic.span, name);
    diagnostic.help(format!("did you mean `{name}`?")).fix(fix)
}

/// Without the bulk of a text that somebody pasted into the wrong field.
fn shortened(mut diagnostic: Diagnostic) -> Diagnostic {
    let titles = diagnostic.fixes.iter_mut().map(|fix| &mut fix.title);
    let texts = titles
        .chain([&mut diagnostic.message])
        .chain(&mut diagnostic.help);
    for text in texts.filter(|text| text.len() > MAX_MESSAGE) {
        text.truncate(text.floor_char_boundary(MAX_MESSAGE));
        text.push('…');
    }
    diagnostic
}

/// The first item that was there before.
pub(crate) fn first_repeat(items: &[String]) -> Option<usize> {
    let mut seen = HashSet::new();
    items.iter().position(|item| !seen.insert(item))
}

/// What other products call the same thing.
fn synonym(value: &str, allowed: &[&'static str]) -> Option<&'static str> {
    let names: &[&str] = match value.to_ascii_lowercase().as_str() {
        "accept" | "allow" | "permit" => &["Allow", "Accept"],
        "deny" | "drop" | "reject" | "block" => &["Deny"],
        "pass" | "next-tier" | "skip" => &["Pass"],
        _ => return None,
    };
    allowed.iter().copied().find(|name| names.contains(name))
}

fn not_one_of(code: &'static str, span: Span, value: &str, allowed: &[&str]) -> Diagnostic {
    let allowed: Vec<_> = allowed.iter().map(|name| format!("\"{name}\"")).collect();
    let allowed = allowed.join(", ");
    let message = match value {
        "" => format!("required value: supported values: {allowed}"),
        _ => format!("unsupported value `{value}`: supported values: {allowed}"),
    };
    Diagnostic::error(code, span, message)
}
