//! Why a selector matches some labels, or does not.

use std::ops::Range;

use crate::Selector;
use crate::atom::Atom;
use crate::labels::Labels;
use crate::tree::{Op, Tree};

/// The result of a selector for some labels, atom by atom.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// Whether the selector matches: always what [`Selector::matches`] says.
    pub matches: bool,
    /// Every atom, from left to right, also those that evaluation would have skipped.
    pub atoms: Vec<AtomOutcome<'a>>,
}

/// What an atom was for some labels, and what that meant for the selector.
#[derive(Clone, Copy, Debug)]
pub struct AtomOutcome<'a> {
    /// The atom.
    pub atom: &'a Atom,
    /// Whether the atom itself is true, negations around it apart.
    pub held: bool,
    /// Whether the atom contributes to the overall result. If the selector does not match,
    /// these are the atoms to blame: at least one of them has to change.
    pub decisive: bool,
    /// The value that the label has; `None` if it is absent or the atom is about no label.
    pub actual: Option<&'a str>,
}

impl<'a> AtomOutcome<'a> {
    /// The name of the label, or `None` for `all()` and `global()`.
    pub fn key(&self) -> Option<&'a str> {
        self.atom.key()
    }

    /// Where the atom stands in the selector's text, in bytes.
    pub fn span(&self) -> Range<usize> {
        self.atom.span()
    }

    /// The atom as Calico prints it.
    pub fn canonical(&self) -> String {
        self.atom.to_string()
    }
}

impl<'a> Explanation<'a> {
    /// The atoms to blame for a selector that does not match; none if it does.
    pub fn blamed(&self) -> impl Iterator<Item = &AtomOutcome<'a>> {
        self.atoms
            .iter()
            .filter(|atom| atom.decisive && !self.matches)
    }
}

impl Selector {
    /// Evaluates every atom and says which of them decided.
    pub fn explain<'a, L: Labels + ?Sized>(&'a self, labels: &'a L) -> Explanation<'a> {
        let mut atoms: Vec<_> = self
            .atoms()
            .iter()
            .map(|atom| outcome(atom, labels))
            .collect();
        let held: Vec<bool> = atoms.iter().map(|atom| atom.held).collect();
        let truth = truth(self.tree(), &held);
        for atom in decisive(self.tree(), &truth) {
            atoms[atom].decisive = true;
        }
        let matches = truth.last().is_some_and(|root| *root);
        Explanation { matches, atoms }
    }
}

fn outcome<'a, L: Labels + ?Sized>(atom: &'a Atom, labels: &'a L) -> AtomOutcome<'a> {
    let actual = atom.actual(labels);
    AtomOutcome {
        atom,
        held: atom.holds(actual),
        decisive: false,
        actual,
    }
}

/// The truth of every node, from that of the atoms.
fn truth(tree: &Tree, held: &[bool]) -> Vec<bool> {
    let mut truth = Vec::with_capacity(tree.len());
    for (index, node) in tree.nodes().iter().enumerate() {
        let mut operands = tree.operands(index).map(|operand| truth[operand]);
        let holds = match node.op {
            Op::Atom => held[node.first_atom],
            Op::Not => !operands.all(|operand| operand),
            Op::And => operands.all(|operand| operand),
            Op::Or => operands.any(|operand| operand),
        };
        truth.push(holds);
    }
    truth
}

/// The atoms that contribute to the root's truth: a group is what it is because of the operands
/// that are the same.
fn decisive(tree: &Tree, truth: &[bool]) -> Vec<usize> {
    let mut contributes = vec![false; tree.len()];
    if let Some(root) = tree.root() {
        contributes[root] = true;
    }
    let mut atoms = Vec::new();
    for (index, node) in tree.nodes().iter().enumerate().rev() {
        if !contributes[index] {
            continue;
        }
        if node.op == Op::Atom {
            atoms.push(node.first_atom);
        }
        for operand in tree.operands(index) {
            contributes[operand] = node.op == Op::Not || truth[operand] == truth[index];
        }
    }
    atoms
}
