//! A parsed selector.

use std::sync::{Arc, OnceLock};

use crate::atom::Atom;
use crate::error::{self, ParseError};
use crate::labels::Labels;
use crate::lexer;
use crate::parser::{self, Parsed};
use crate::tree::{Branch, Tree};
use crate::{Test, canonical};

/// A selector: which label sets it matches, and how it was written. Cheap to clone.
#[derive(Clone)]
pub struct Selector {
    inner: Arc<Inner>,
}

struct Inner {
    text: Box<str>,
    atoms: Vec<Atom>,
    branches: Vec<Branch>,
    tree: Tree,
    /// The canonical form, once it was asked for.
    printed: OnceLock<String>,
}

impl Selector {
    /// Parses a selector as Calico does; the empty text means `all()`.
    ///
    /// # Errors
    /// The first mistake that Calico would report, or parentheses nested deeper than
    /// [`MAX_NESTING`](crate::MAX_NESTING).
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let (tokens, fault) = lexer::lex(text);
        match fault.map_or_else(|| parser::parse(&tokens), Err) {
            Ok(parsed) => Ok(Self::new(text, parsed)),
            Err(fault) => Err(error::report(text, &tokens, fault)),
        }
    }

    pub(crate) fn new(text: &str, parsed: Parsed) -> Self {
        let Parsed { atoms, tree } = parsed;
        let branches = tree.branches();
        let inner = Inner {
            text: text.into(),
            atoms,
            branches,
            tree,
            printed: OnceLock::new(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// Whether the selector matches these labels. Does not allocate.
    pub fn matches<L: Labels + ?Sized>(&self, labels: &L) -> bool {
        let Inner {
            atoms, branches, ..
        } = &*self.inner;
        let mut next = 0;
        while let (Some(atom), Some(branch)) = (atoms.get(next), branches.get(next)) {
            let held = atom.holds(atom.actual(labels));
            next = if held {
                branch.if_true
            } else {
                branch.if_false
            };
        }
        next == Branch::MATCH
    }

    /// The conditions, from left to right.
    pub fn atoms(&self) -> &[Atom] {
        &self.inner.atoms
    }

    /// The label names, from left to right; a name occurs once for each atom that uses it.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.atoms().iter().filter_map(Atom::key)
    }

    /// Whether this is exactly `all()` (which the empty selector is, too).
    pub fn is_all(&self) -> bool {
        matches!(self.atoms(), [atom] if atom.test == Test::All) && self.tree().len() == 1
    }

    /// The form in which Calico prints the selector, and of which it takes the identity.
    ///
    /// It parses to a selector of the same meaning, but not always of the same canonical form:
    /// never canonicalise twice.
    pub fn canonical(&self) -> String {
        self.to_string()
    }

    pub(crate) fn tree(&self) -> &Tree {
        &self.inner.tree
    }
}

impl std::fmt::Display for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let printed = &self.inner.printed;
        f.write_str(printed.get_or_init(|| canonical::printed(self)))
    }
}

impl std::fmt::Debug for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Selector({self})")
    }
}

/// The same atoms combined in the same way, wherever they are written.
impl PartialEq for Selector {
    fn eq(&self, other: &Self) -> bool {
        self.atoms() == other.atoms() && self.tree() == other.tree()
    }
}

impl Eq for Selector {}

impl std::str::FromStr for Selector {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}
