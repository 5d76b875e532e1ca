//! How Calico prints selectors. Calico `libcalico-go/lib/selector/parser/ast.go`.

use std::fmt::{self, Display, Formatter, Write};

use crate::Selector;
use crate::atom::{Atom, Test};
use crate::tree::Op;

/// What is still to be printed, in reverse.
enum Piece {
    Node(usize),
    Text(&'static str),
}

/// Groups are in parentheses even at the top; a negation adds none.
pub(crate) fn printed(selector: &Selector) -> String {
    let mut text = String::new();
    let root = selector.tree().root().map(Piece::Node);
    let mut pending: Vec<Piece> = root.into_iter().collect();
    while let Some(piece) = pending.pop() {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Node(node) => print_node(selector, node, &mut pending, &mut text),
        }
    }
    text
}

fn print_node(selector: &Selector, index: usize, pending: &mut Vec<Piece>, text: &mut String) {
    let node = &selector.tree().nodes()[index];
    match node.op {
        Op::Atom => {
            // Writing to a string cannot fail.
            let _ = write!(text, "{}", selector.atoms()[node.first_atom]);
            return;
        }
        Op::Not => text.push('!'),
        Op::And | Op::Or => text.push('('),
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
