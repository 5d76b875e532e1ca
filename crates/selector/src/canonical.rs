//! How Calico prints selectors. Calico `libcalico-go/lib/selector/parser/ast.go`.

use std::fmt::{self, Display, Formatter};

use crate::Selector;
use crate::atom::{Atom, Test};
use crate::tree::Op;

/// What is still to be printed, in reverse.
enum Piece {
    Node(usize),
    Text(&'static str),
}

/// Groups are in parentheses even at the top; a negation adds none.
pub(crate) fn write_selector(selector: &Selector, f: &mut Formatter<'_>) -> fmt::Result {
    let mut pending: Vec<Piece> = selector
        .tree()
        .root()
        .map(Piece::Node)
        .into_iter()
        .collect();
    while let Some(piece) = pending.pop() {
        match piece {
            Piece::Text(text) => f.write_str(text)?,
            Piece::Node(node) => write_node(selector, node, &mut pending, f)?,
        }
    }
    Ok(())
}

fn write_node(
    selector: &Selector,
    index: usize,
    pending: &mut Vec<Piece>,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let node = &selector.tree().nodes()[index];
    match node.op {
        Op::Atom => return selector.atoms()[node.first_atom].fmt(f),
        Op::Not => f.write_str("!")?,
        Op::And | Op::Or => f.write_str("(")?,
    }
    let (separator, close) = match node.op {
        Op::And => (" && ", ")"),
        Op::Or => (" || ", ")"),
        Op::Atom | Op::Not => ("", ""),
    };
    pending.push(Piece::Text(close));
    for (place, operand) in selector.tree().operands(index).enumerate() {
        if place > 0 {
            pending.push(Piece::Text(separator));
        }
        pending.push(Piece::Node(operand));
    }
    Ok(())
}

impl Display for Atom {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        match &self.test {
            Test::Equal(value) => write!(f, "{key} == {}", Quoted(value)),
            Test::NotEqual(value) => write!(f, "{key} != {}", Quoted(value)),
            Test::Contains(value) => write!(f, "{key} contains {}", Quoted(value)),
            Test::StartsWith(value) => write!(f, "{key} starts with {}", Quoted(value)),
            Test::EndsWith(value) => write!(f, "{key} ends with {}", Quoted(value)),
            Test::In(values) => write!(f, "{key} in {}", Set(values)),
            Test::NotIn(values) => write!(f, "{key} not in {}", Set(values)),
            Test::Has => write!(f, "has({key})"),
            Test::All => f.write_str("all()"),
            Test::Global => f.write_str("global()"),
        }
    }
}

struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let quote = if self.0.contains('"') { '\'' } else { '"' };
        write!(f, "{quote}{}{quote}", self.0)
    }
}

struct Set<'a>(&'a [Box<str>]);

impl Display for Set<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (index, value) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{}", Quoted(value))?;
        }
        f.write_str("}")
    }
}
