//! Selectors made of others, as Calico makes the selectors that it evaluates.

use crate::Selector;
use crate::atom::{Atom, Test};
use crate::parser::Parsed;
use crate::tree::{Op, Tree};

impl Selector {
    /// The same selector with `prefix` before every label name, such as `pcns.` for the labels of
    /// namespaces. Text and spans stay those of the original.
    ///
    /// Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/selectors.go`.
    #[must_use]
    pub fn prefixed(&self, prefix: &str) -> Selector {
        let atoms = self
            .atoms()
            .iter()
            .map(|atom| prefixed(atom, prefix))
            .collect();
        Selector::new(
            self.text(),
            Parsed {
                atoms,
                tree: self.tree().clone(),
            },
        )
    }

    /// The same selector with `has(key)` for every `all()`: what a `namespaceSelector` means by
    /// `all()`. Text and spans stay those of the original.
    ///
    /// Calico replaces text, so a value that contains `all()` changes, too
    /// (`libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go`).
    #[must_use]
    pub fn with_all_as_has(&self, key: &str) -> Selector {
        let replacement = format!("has({key})");
        self.substituted(&Test::All, key, Op::Atom, ("all()", &replacement))
    }

    /// The same selector with `!has(key)` for every `global()`: what the `namespaceSelector` of a
    /// rule means by `global()`. Otherwise as [`Selector::with_all_as_has`].
    #[must_use]
    pub fn with_global_as_not_has(&self, key: &str) -> Selector {
        let replacement = format!("!has({key})");
        self.substituted(&Test::Global, key, Op::Not, ("global()", &replacement))
    }

    /// Replaces atoms of one kind by `has(key)`, or its negation, and text inside values.
    fn substituted(&self, of: &Test, key: &str, op: Op, text: (&str, &str)) -> Selector {
        let is_replaced = |atom: &Atom| atom.test == *of;
        let atoms = self.atoms().iter().map(|atom| match is_replaced(atom) {
            true => Atom {
                key: key.into(),
                test: Test::Has,
                span: atom.span(),
            },
            false => with_value_text(atom, text),
        });
        let negated =
            |atom: usize| op == Op::Not && self.atoms().get(atom).is_some_and(is_replaced);
        let tree = read_again(self.tree(), negated);
        Selector::new(
            self.text(),
            Parsed {
                atoms: atoms.collect(),
                tree,
            },
        )
    }

    /// The selector that matches what this one does not. Text and spans stay those of the original.
    #[must_use]
    pub fn negated(&self) -> Selector {
        let mut tree = self.tree().clone();
        tree.push_not();
        let atoms = self.atoms().to_vec();
        Selector::new(self.text(), Parsed { atoms, tree })
    }
}

fn prefixed(atom: &Atom, prefix: &str) -> Atom {
    let key = atom
        .key()
        .map(|key| [prefix, key].concat())
        .unwrap_or_default();
    Atom {
        key: key.into(),
        ..atom.clone()
    }
}

fn with_value_text(atom: &Atom, (from, to): (&str, &str)) -> Atom {
    let one = |value: &str| -> Box<str> { value.replace(from, to).into() };
    let many = |values: &[Box<str>]| Test::set(values.iter().map(|value| one(value)).collect());
    let test = match &atom.test {
        Test::Equal(value) => Test::Equal(one(value)),
        Test::NotEqual(value) => Test::NotEqual(one(value)),
        Test::Contains(value) => Test::Contains(one(value)),
        Test::StartsWith(value) => Test::StartsWith(one(value)),
        Test::EndsWith(value) => Test::EndsWith(one(value)),
        Test::In(values) => Test::In(many(values)),
        Test::NotIn(values) => Test::NotIn(many(values)),
        other @ (Test::Has | Test::All | Test::Global) => other.clone(),
    };
    Atom {
        test,
        ..atom.clone()
    }
}

/// The tree that the printed form parses to, with some atoms negated: in it, `!!` is nothing.
fn read_again(tree: &Tree, negated: impl Fn(usize) -> bool) -> Tree {
    let mut again = Tree::default();
    let mut first_nodes = Vec::with_capacity(tree.len());
    for node in tree.nodes() {
        let first = match node.op {
            Op::Atom => again.len(),
            Op::Not | Op::And | Op::Or => first_nodes[node.first_node],
        };
        first_nodes.push(first);
        match node.op {
            Op::Atom => again.push_atom(),
            Op::Not => again.toggle_not(),
            Op::And | Op::Or => again.push_group(node.op, first),
        }
        if node.op == Op::Atom && negated(node.first_atom) {
            again.toggle_not();
        }
    }
    again
}
