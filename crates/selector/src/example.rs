//! Labels that a selector matches.

use std::collections::BTreeMap;

use crate::Selector;
use crate::atom::{Atom, Test};
use crate::tree::Op;

#[cfg(test)]
mod tests;

/// What a label is where a selector only wants it to be there.
const ANY: &str = "true";

impl Selector {
    /// Few labels that the selector matches, found by taking the first alternative everywhere; `None` if that
    /// leads to a contradiction. Of what must not be, nothing is said.
    pub fn example(&self) -> Option<BTreeMap<String, String>> {
        let mut labels = BTreeMap::new();
        let tree = self.tree();
        let mut open: Vec<(usize, bool)> =
            tree.root().map(|root| (root, true)).into_iter().collect();
        while let Some((index, wanted)) = open.pop() {
            let node = tree.nodes().get(index)?;
            let operands: Vec<usize> = tree.operands(index).collect();
            match (node.op, wanted) {
                (Op::Atom, _) => self
                    .atoms()
                    .get(node.first_atom)?
                    .write(wanted, &mut labels),
                (Op::Not, _) => open.extend(operands.iter().map(|operand| (*operand, !wanted))),
                (Op::And, true) | (Op::Or, false) => {
                    open.extend(operands.iter().map(|operand| (*operand, wanted)))
                }
                // operands come in reverse
                (Op::And, false) | (Op::Or, true) => {
                    open.extend(operands.last().map(|first| (*first, wanted)))
                }
            }
        }
        self.matches(&labels).then_some(labels)
    }
}

impl Atom {
    /// Writes what makes the atom hold, or not hold, if something has to be there for that.
    fn write(&self, holds: bool, labels: &mut BTreeMap<String, String>) {
        let value = match (self.test(), holds) {
            (Test::Equal(value), true) | (Test::NotEqual(value), false) => value,
            (Test::In(values), true) | (Test::NotIn(values), false) => match values.first() {
                Some(value) => value,
                None => return,
            },
            (Test::Contains(value) | Test::StartsWith(value) | Test::EndsWith(value), true) => {
                value
            }
            (Test::Has, true) => ANY,
            _ => return,
        };
        if let Some(key) = self.key() {
            let there = labels
                .entry(key.to_owned())
                .or_insert_with(|| value.to_owned());
            if there == ANY {
                value.clone_into(there);
            }
        }
    }
}
