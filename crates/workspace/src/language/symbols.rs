//! What has a name, and every place where the name is written.

mod collect;
mod flows;
mod rename;

#[cfg(test)]
mod tests;

use std::fmt;

use tierwalk_protocol::{Found, Named};
use tierwalk_source::Span;

use crate::Workspace;

pub(crate) use rename::rename;

/// Something that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    Tier(String),
    Namespace(String),
    /// A service account; without a namespace where the place does not say which.
    ServiceAccount(Option<String>, String),
    Service(Option<String>, String),
    /// A pod, or a workload that stands for its pods.
    Pod(String, String),
    /// A policy, network set, host endpoint or profile: kind, namespace and name.
    Object(&'static str, String, String),
    Template(String),
    /// A label's value.
    Label(Labelled, String, String),
}

/// What has a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labelled {
    /// Pods, host endpoints and network sets.
    Endpoint,
    Namespace,
    ServiceAccount,
}

/// A place where something is named.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Occurrence {
    pub symbol: Symbol,
    /// Whether it is declared here.
    pub declares: bool,
    pub file: String,
    /// Offset of the document.
    pub offset: usize,
    /// The name, in the document's text.
    pub span: Span,
    /// Whether it is the whole of a value without quotes.
    pub plain: bool,
}

impl Symbol {
    pub fn name(&self) -> &str {
        match self {
            Self::Tier(name)
            | Self::Namespace(name)
            | Self::ServiceAccount(_, name)
            | Self::Service(_, name)
            | Self::Pod(_, name)
            | Self::Object(_, _, name)
            | Self::Template(name)
            | Self::Label(_, _, name) => name,
        }
    }

    /// Whether both are the same thing, as far as their places tell.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::ServiceAccount(a, name), Self::ServiceAccount(b, other))
            | (Self::Service(a, name), Self::Service(b, other)) => {
                name == other && (a == b || a.is_none() || b.is_none())
            }
            _ => self == other,
        }
    }

    /// The same thing by another name.
    pub fn renamed(&self, to: &str) -> Self {
        let mut symbol = self.clone();
        match &mut symbol {
            Self::Tier(name)
            | Self::Namespace(name)
            | Self::ServiceAccount(_, name)
            | Self::Service(_, name)
            | Self::Pod(_, name)
            | Self::Object(_, _, name)
            | Self::Template(name)
            | Self::Label(_, _, name) => to.clone_into(name),
        }
        symbol
    }
}

/// What it is, in words.
impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tier(_) => f.write_str("tier"),
            Self::Namespace(_) => f.write_str("namespace"),
            Self::ServiceAccount(..) => f.write_str("service account"),
            Self::Service(..) => f.write_str("service"),
            Self::Pod(..) => f.write_str("pod"),
            Self::Object(kind, ..) => f.write_str(kind),
            Self::Template(_) => f.write_str("template"),
            Self::Label(_, key, _) => write!(f, "label {key}"),
        }
    }
}

/// What is named at byte `at` of a file.
pub(crate) fn at<'o>(all: &'o [Occurrence], file: &str, at: usize) -> Option<&'o Occurrence> {
    let here = all.iter().filter(|it| it.file == file);
    let holds = |it: &&Occurrence| {
        let span = it.span.shifted(it.offset);
        (span.start as usize..=span.end as usize).contains(&at)
    };
    here.filter(holds)
        .min_by_key(|it| it.span.end - it.span.start)
}

/// Every place where anything is named, by file and offset.
pub(crate) fn all(workspace: &Workspace) -> Vec<Occurrence> {
    let mut all = collect::all(workspace);
    all.sort_by(|a, b| {
        (&a.file, a.offset + a.span.start as usize)
            .cmp(&(&b.file, b.offset + b.span.start as usize))
    });
    all
}

/// What is named at a place, with all the places of its name.
pub(crate) fn name(workspace: &Workspace, file: &str, byte: usize) -> Option<Named> {
    let all = all(workspace);
    let wanted = &at(&all, file, byte)?.symbol;
    let found = || all.iter().filter(|it| it.symbol.is(wanted));
    Some(Named {
        what: wanted.to_string(),
        name: wanted.name().to_owned(),
        declared: found()
            .filter(|it| it.declares)
            .filter_map(|it| shown(workspace, it))
            .collect(),
        found: found().filter_map(|it| shown(workspace, it)).collect(),
        renames: rename::obstacle(wanted).is_none(),
    })
}

fn shown(workspace: &Workspace, it: &Occurrence) -> Option<Found> {
    let placer = workspace.placer(&it.file)?;
    let place = placer.place(it.offset, it.span);
    let start = placer.lines.line_start(place.line)?;
    let line = placer.text.get(start..)?.lines().next().unwrap_or_default();
    Some(Found {
        place,
        line: line.trim().to_owned(),
    })
}
