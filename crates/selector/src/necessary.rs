//! A condition on one label that a selector cannot match without.

use std::mem;

use crate::Selector;
use crate::atom::{Atom, Test};
use crate::tree::{Node, Op};

/// What some label must be for a selector to match: a key under which to index it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Necessary<'a> {
    /// The label must have one of these values, sorted and distinct; with none it never matches.
    Pair(&'a str, Vec<&'a str>),
    /// The label must be there.
    Has(&'a str),
    /// No single label is necessary.
    #[default]
    Always,
}

/// What is necessary for a node to be true, and for it to be false.
#[derive(Default)]
struct Needs<'a> {
    if_true: Necessary<'a>,
    if_false: Necessary<'a>,
}

impl Selector {
    /// A condition on one label that holds whenever the selector matches: the most selective one
    /// among the operands of `&&`, one that covers all operands of `||`.
    pub fn necessary(&self) -> Necessary<'_> {
        let tree = self.tree();
        let mut needs: Vec<Needs<'_>> = Vec::with_capacity(tree.len());
        for (index, node) in tree.nodes().iter().enumerate() {
            let operands = tree
                .operands(index)
                .map(|operand| mem::take(&mut needs[operand]));
            let need = self.needs(node, operands);
            needs.push(need);
        }
        needs.pop().unwrap_or_default().if_true.tidy()
    }

    fn needs<'a>(
        &'a self,
        node: &Node,
        mut operands: impl Iterator<Item = Needs<'a>>,
    ) -> Needs<'a> {
        match node.op {
            Op::Atom => self
                .atoms()
                .get(node.first_atom)
                .map(Needs::of)
                .unwrap_or_default(),
            Op::Not => operands.next().unwrap_or_default().negated(),
            Op::And => operands.reduce(Needs::and).unwrap_or_default(),
            Op::Or => operands
                .map(Needs::negated)
                .reduce(Needs::and)
                .unwrap_or_default()
                .negated(),
        }
    }
}

impl<'a> Needs<'a> {
    fn of(atom: &'a Atom) -> Self {
        let key = &*atom.key;
        match &atom.test {
            Test::Equal(value) => Self::if_true(Necessary::Pair(key, vec![value])),
            Test::In(values) => Self::if_true(Necessary::pair(key, values)),
            Test::NotEqual(value) => Self::if_true(Necessary::Pair(key, vec![value])).negated(),
            Test::NotIn(values) => Self::if_true(Necessary::pair(key, values)).negated(),
            Test::Has | Test::Contains(_) | Test::StartsWith(_) | Test::EndsWith(_) => {
                Self::if_true(Necessary::Has(key))
            }
            Test::All | Test::Global => Self::default(),
        }
    }

    fn if_true(if_true: Necessary<'a>) -> Self {
        Self {
            if_true,
            if_false: Necessary::Always,
        }
    }

    fn negated(self) -> Self {
        Self {
            if_true: self.if_false,
            if_false: self.if_true,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            if_true: self.if_true.both(other.if_true),
            if_false: self.if_false.either(other.if_false),
        }
    }
}

impl<'a> Necessary<'a> {
    fn pair(key: &'a str, values: &'a [Box<str>]) -> Self {
        Necessary::Pair(key, values.iter().map(|value| &**value).collect())
    }

    /// What is necessary for two conditions that must both hold: either will do. The operands come
    /// in reverse, and of two equally good ones the first in the text is taken.
    fn both(self, other: Self) -> Self {
        if other.breadth() <= self.breadth() {
            other
        } else {
            self
        }
    }

    /// What is necessary for at least one of two conditions to hold.
    fn either(self, other: Self) -> Self {
        match (self, other) {
            (Necessary::Pair(_, none), other) | (other, Necessary::Pair(_, none))
                if none.is_empty() =>
            {
                other
            }
            (Necessary::Pair(key, mut values), Necessary::Pair(same, more)) if key == same => {
                values.extend(more);
                Necessary::Pair(key, values)
            }
            (left, right) => match (left.key(), right.key()) {
                (Some(key), Some(same)) if key == same => Necessary::Has(key),
                _ => Necessary::Always,
            },
        }
    }

    fn key(&self) -> Option<&'a str> {
        match self {
            Necessary::Pair(key, _) | Necessary::Has(key) => Some(key),
            Necessary::Always => None,
        }
    }

    fn breadth(&self) -> usize {
        match self {
            Necessary::Pair(_, values) => values.len(),
            Necessary::Has(_) => usize::MAX - 1,
            Necessary::Always => usize::MAX,
        }
    }

    fn tidy(self) -> Self {
        match self {
            Necessary::Pair(key, mut values) => {
                values.sort_unstable();
                values.dedup();
                Necessary::Pair(key, values)
            }
            other => other,
        }
    }
}
