//! One condition on one label.

use std::ops::Range;

use crate::labels::Labels;

/// The smallest condition of a selector, such as `app == 'web'` or `has(app)`.
#[derive(Clone, Debug)]
pub struct Atom {
    pub(crate) key: Box<str>,
    pub(crate) test: Test,
    pub(crate) span: Range<usize>,
}

/// What an [`Atom`] asks of its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `k == 'v'`
    Equal(Box<str>),
    /// `k != 'v'`; true for an absent label.
    NotEqual(Box<str>),
    /// `k contains 'v'`
    Contains(Box<str>),
    /// `k starts with 'v'`
    StartsWith(Box<str>),
    /// `k ends with 'v'`
    EndsWith(Box<str>),
    /// `k in {…}`; the values are sorted by bytes and distinct.
    In(Box<[Box<str>]>),
    /// `k not in {…}`, as [`Test::In`]; true for an absent label.
    NotIn(Box<[Box<str>]>),
    /// `has(k)`
    Has,
    /// `all()`
    All,
    /// `global()`; true in the raw language, its position gives it a meaning.
    Global,
}

impl Atom {
    /// The name of the label, or `None` for `all()` and `global()`.
    pub fn key(&self) -> Option<&str> {
        match self.test {
            Test::All | Test::Global => None,
            _ => Some(&self.key),
        }
    }

    /// What is asked of the label.
    pub fn test(&self) -> &Test {
        &self.test
    }

    /// Where it stands in the selector's text, in bytes; without any `!` before it.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Whether the atom is true for a label of this value, `None` meaning absent.
    ///
    /// Calico `libcalico-go/lib/selector/parser/ast.go`.
    pub fn holds(&self, actual: Option<&str>) -> bool {
        match (&self.test, actual) {
            (Test::All | Test::Global, _) => true,
            (Test::NotEqual(_) | Test::NotIn(_), None) => true,
            (_, None) => false,
            (test, Some(actual)) => test.holds_for(actual),
        }
    }

    /// The value that the atom looks at.
    pub(crate) fn actual<'l, L: Labels + ?Sized>(&self, labels: &'l L) -> Option<&'l str> {
        labels.get(self.key()?)
    }
}

/// Same condition, wherever it is written.
impl PartialEq for Atom {
    fn eq(&self, other: &Self) -> bool {
        self.test == other.test && self.key() == other.key()
    }
}

impl Eq for Atom {}

impl Test {
    /// The values of a set, as they are kept.
    pub(crate) fn set(mut values: Vec<Box<str>>) -> Box<[Box<str>]> {
        values.sort_unstable();
        values.dedup();
        values.into()
    }

    fn holds_for(&self, actual: &str) -> bool {
        match self {
            Test::Equal(value) => actual == &**value,
            Test::NotEqual(value) => actual != &**value,
            Test::Contains(value) => actual.contains(&**value),
            Test::StartsWith(value) => actual.starts_with(&**value),
            Test::EndsWith(value) => actual.ends_with(&**value),
            Test::In(values) => is_member(values, actual),
            Test::NotIn(values) => !is_member(values, actual),
            Test::Has | Test::All | Test::Global => true,
        }
    }
}

fn is_member(values: &[Box<str>], actual: &str) -> bool {
    values
        .binary_search_by(|value| (**value).cmp(actual))
        .is_ok()
}
