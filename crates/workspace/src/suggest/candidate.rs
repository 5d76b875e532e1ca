//! An edit that may change a verdict, before it is tried.

use tierwalk_protocol::{Piece, PieceStyle};
use tierwalk_source::{Span, TextEdit};

use super::object::Object;

/// An edit that may change a verdict.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    /// What it does.
    pub title: Title,
    /// Its edits; the first one is what it is about.
    pub edits: Vec<FileEdit>,
    /// What is tried first, and shown first among those that flip as many flows.
    pub rank: Rank,
}

/// The kinds of edit, from those that say most closely what is meant to the bluntest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A value more or less in a rule that is there.
    Value,
    /// Enforce what is staged.
    Enforce,
    /// A rule more.
    Rule,
    /// Another label.
    Label,
    /// Another order.
    Order,
    /// Go on to the next tier.
    Pass,
    /// A rule less, or with another action.
    Without,
    /// The end of a tier.
    Tier,
}

/// An edit of a file. The span is that of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileEdit {
    pub file: String,
    pub span: Span,
    pub text: String,
}

/// A title, piece by piece.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Title(pub Vec<Piece>);

impl Title {
    pub fn plain(self, text: &str) -> Self {
        self.with(text, PieceStyle::Plain)
    }

    pub fn code(self, text: impl Into<String>) -> Self {
        self.with(text, PieceStyle::Code)
    }

    /// This title and another, as one sentence.
    pub fn and(mut self, other: &Self) -> Self {
        self.0.push(Piece {
            text: " and ".to_owned(),
            style: PieceStyle::Plain,
        });
        let from = self.0.len();
        self.0.extend(other.0.iter().cloned());
        if let Some(first) = self.0.get_mut(from) {
            first.text = lower(&first.text);
        }
        self
    }

    fn with(mut self, text: impl Into<String>, style: PieceStyle) -> Self {
        let text = text.into();
        self.0.push(Piece { text, style });
        self
    }
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

impl Candidate {
    /// A change of one object; `None` if there is no edit.
    pub fn new(
        rank: Rank,
        title: Title,
        object: &Object<'_>,
        edits: impl IntoIterator<Item = TextEdit>,
    ) -> Option<Self> {
        let edits: Vec<_> = edits.into_iter().map(|edit| object.in_file(edit)).collect();
        (!edits.is_empty()).then_some(Self { title, edits, rank })
    }

    /// This and another, in one step. `None` if they change the same text; at the same point, both insert.
    pub fn and(&self, other: &Self) -> Option<Self> {
        let mut edits = self.edits.clone();
        for edit in &other.edits {
            match edits.iter_mut().find(|it| it.touches(edit)) {
                None => edits.push(edit.clone()),
                Some(same) if same.span == edit.span && same.span.is_empty() => {
                    same.text.push_str(&edit.text);
                }
                Some(_) => return None,
            }
        }
        Some(Self {
            title: self.title.clone().and(&other.title),
            edits,
            rank: self.rank.max(other.rank),
        })
    }
}

impl FileEdit {
    fn touches(&self, other: &Self) -> bool {
        self.file == other.file
            && self.span.start <= other.span.end
            && other.span.start <= self.span.end
    }
}
