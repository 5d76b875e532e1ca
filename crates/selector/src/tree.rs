//! How the atoms of a selector are combined.
//!
//! Nodes are kept in one list, operands before their operator. That is the order in which a parser
//! completes them, it needs no recursion to walk or to drop, and going through the list in either
//! direction visits children before parents or parents before children.

/// One node; its operands are the nodes from `first_node` up to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub op: Op,
    /// Index of the leftmost node below this one, or its own for an atom.
    pub first_node: usize,
    /// Index of the leftmost atom below this one, or its own for an atom.
    pub first_atom: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Atom,
    Not,
    And,
    Or,
}

/// All nodes; the last one is the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    atoms: usize,
}

/// Where evaluation goes on when an atom is known: at a later atom, or at one of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Branch {
    pub if_true: usize,
    pub if_false: usize,
}

impl Branch {
    /// The selector matches.
    pub const MATCH: usize = usize::MAX;
    /// The selector does not match.
    pub const NO_MATCH: usize = usize::MAX - 1;
    const WHOLE: Branch = Branch {
        if_true: Branch::MATCH,
        if_false: Branch::NO_MATCH,
    };
}

impl Tree {
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub fn root(&self) -> Option<usize> {
        self.len().checked_sub(1)
    }

    /// Adds the next atom.
    pub fn push_atom(&mut self) {
        let node = Node {
            op: Op::Atom,
            first_node: self.len(),
            first_atom: self.atoms,
        };
        self.atoms += 1;
        self.nodes.push(node);
    }

    /// Combines everything from node `first` on; a group of one operand stays as it is.
    pub fn push_group(&mut self, op: Op, first: usize) {
        if self.last_first_node() != Some(first) {
            self.push(op, first);
        }
    }

    /// Negates the last operand.
    pub fn push_not(&mut self) {
        if let Some(first) = self.last_first_node() {
            self.push(Op::Not, first);
        }
    }

    /// Negates the last operand, or takes its negation away.
    pub fn toggle_not(&mut self) {
        match self.nodes.last() {
            Some(Node { op: Op::Not, .. }) => drop(self.nodes.pop()),
            _ => self.push_not(),
        }
    }

    fn push(&mut self, op: Op, first_node: usize) {
        let first_atom = self.nodes.get(first_node).map_or(0, |node| node.first_atom);
        self.nodes.push(Node {
            op,
            first_node,
            first_atom,
        });
    }

    fn last_first_node(&self) -> Option<usize> {
        self.nodes.last().map(|node| node.first_node)
    }

    /// The operands of node `parent`, the last one first.
    pub fn operands(&self, parent: usize) -> impl Iterator<Item = usize> {
        let first = self.nodes[parent].first_node;
        let last = parent.checked_sub(1).filter(|last| *last >= first);
        std::iter::successors(last, move |operand| {
            self.nodes[*operand]
                .first_node
                .checked_sub(1)
                .filter(|before| *before >= first)
        })
    }

    /// The branch of every atom: short-circuit evaluation from left to right as forward jumps.
    pub fn branches(&self) -> Vec<Branch> {
        let mut of_nodes = vec![Branch::WHOLE; self.len()];
        let mut of_atoms = vec![Branch::WHOLE; self.atoms];
        for (parent, node) in self.nodes.iter().enumerate().rev() {
            let branch = of_nodes[parent];
            if node.op == Op::Atom {
                of_atoms[node.first_atom] = branch;
            }
            let mut inner = node.op.innermost(branch);
            for operand in self.operands(parent) {
                of_nodes[operand] = inner;
                inner = node.op.earlier(branch, self.nodes[operand].first_atom);
            }
        }
        of_atoms
    }
}

impl Op {
    /// The branch of the last operand.
    fn innermost(self, whole: Branch) -> Branch {
        match self {
            Op::Not => Branch {
                if_true: whole.if_false,
                if_false: whole.if_true,
            },
            Op::Atom | Op::And | Op::Or => whole,
        }
    }

    /// The branch of an operand that is followed by one whose first atom is `next`.
    fn earlier(self, whole: Branch, next: usize) -> Branch {
        match self {
            Op::And => Branch {
                if_true: next,
                ..whole
            },
            Op::Or => Branch {
                if_false: next,
                ..whole
            },
            Op::Atom | Op::Not => whole,
        }
    }
}
