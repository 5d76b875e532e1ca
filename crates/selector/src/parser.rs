//! Tokens to a tree. Calico `libcalico-go/lib/selector/parser/parser.go`.
//!
//! Open parentheses are kept on a list instead of the call stack.

use crate::atom::{Atom, Test};
use crate::error::{Cause, Fault};
use crate::token::{Kind, Token};
use crate::tree::{Op, Tree};

/// The most parentheses that may be open at once. Calico's parser has no limit, but a selector of
/// 1,024 characters, the most that its resources allow, cannot nest as deep as this.
pub const MAX_NESTING: usize = 512;

/// A parsed text.
pub(crate) struct Parsed {
    pub atoms: Vec<Atom>,
    pub tree: Tree,
}

/// Parses `tokens`, which end with [`Kind::Eof`].
pub(crate) fn parse(tokens: &[Token<'_>]) -> Result<Parsed, Fault> {
    let mut parser = Parser {
        tokens,
        next: 0,
        atoms: Vec::new(),
        tree: Tree::default(),
    };
    if parser.peek() == Kind::Eof {
        parser.push_atom(0, "", Test::All);
    } else {
        parser.selector()?;
    }
    Ok(Parsed {
        atoms: parser.atoms,
        tree: parser.tree,
    })
}

struct Parser<'t, 'a> {
    tokens: &'t [Token<'a>],
    next: usize,
    atoms: Vec<Atom>,
    tree: Tree,
}

/// The operands between a pair of parentheses, or of the whole selector.
struct Group {
    /// First node of the `||` group.
    or_first: usize,
    /// First node of the `&&` group being read.
    and_first: usize,
    /// Whether the parenthesis is negated.
    negated: bool,
}

impl<'a> Parser<'_, 'a> {
    fn selector(&mut self) -> Result<(), Fault> {
        let mut open = Vec::new();
        let mut group = self.group(false);
        loop {
            let negated = self.negations();
            if self.accept(Kind::LParen) {
                if open.len() == MAX_NESTING {
                    return Err(self.fault(self.next - 1, Cause::TooDeep));
                }
                open.push(std::mem::replace(&mut group, self.group(negated)));
                continue;
            }
            self.atom()?;
            self.negate(negated);
            while !self.connective(&mut group) {
                self.close(&group);
                let Some(outer) = open.pop() else {
                    return self.end();
                };
                self.expect(Kind::RParen, Cause::NoRightParen)?;
                self.negate(group.negated);
                group = outer;
            }
        }
    }

    fn group(&self, negated: bool) -> Group {
        Group {
            or_first: self.tree.len(),
            and_first: self.tree.len(),
            negated,
        }
    }

    /// Any number of `!`; Calico keeps only their parity.
    fn negations(&mut self) -> bool {
        let mut negated = false;
        while self.accept(Kind::Not) {
            negated = !negated;
        }
        negated
    }

    fn negate(&mut self, negated: bool) {
        if negated {
            self.tree.push_not();
        }
    }

    /// Reads `&&` or `||`, if there is one, so that another operand follows.
    fn connective(&mut self, group: &mut Group) -> bool {
        if self.accept(Kind::And) {
            return true;
        }
        let more = self.accept(Kind::Or);
        if more {
            self.tree.push_group(Op::And, group.and_first);
            group.and_first = self.tree.len();
        }
        more
    }

    fn close(&mut self, group: &Group) {
        self.tree.push_group(Op::And, group.and_first);
        self.tree.push_group(Op::Or, group.or_first);
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.expect(Kind::Eof, Cause::Leftovers)
    }

    fn atom(&mut self) -> Result<(), Fault> {
        let first = self.next;
        let (key, test) = match self.advance() {
            Kind::Has(key) => (key, Test::Has),
            Kind::All => ("", Test::All),
            Kind::Global => ("", Test::Global),
            Kind::Label(key) => (key, self.comparison()?),
            _ => return Err(self.fault(first, Cause::UnexpectedToken)),
        };
        self.push_atom(first, key, test);
        Ok(())
    }

    /// The operator and the right-hand side after a label.
    fn comparison(&mut self) -> Result<Test, Fault> {
        let operator = self.next;
        if operator + 1 >= self.tokens.len() {
            return Err(self.fault(operator, Cause::EndForOperator));
        }
        match self.advance() {
            Kind::Eq => self.value().map(Test::Equal),
            Kind::Ne => self.value().map(Test::NotEqual),
            Kind::Contains => self.value().map(Test::Contains),
            Kind::StartsWith => self.value().map(Test::StartsWith),
            Kind::EndsWith => self.value().map(Test::EndsWith),
            Kind::In => self.set().map(Test::In),
            Kind::NotIn => self.set().map(Test::NotIn),
            _ => Err(self.fault(operator, Cause::OtherThanOperator)),
        }
    }

    fn value(&mut self) -> Result<Box<str>, Fault> {
        let value = self
            .literal()
            .ok_or(self.fault(self.next, Cause::NoString))?;
        Ok(value.into())
    }

    fn set(&mut self) -> Result<Box<[Box<str>]>, Fault> {
        self.expect(Kind::LBrace, Cause::NoSet)?;
        let mut values: Vec<Box<str>> = Vec::new();
        while let Some(value) = self.literal() {
            values.push(value.into());
            if !self.accept(Kind::Comma) {
                break;
            }
        }
        self.expect(Kind::RBrace, Cause::NoRightBrace)?;
        Ok(Test::set(values))
    }

    fn literal(&mut self) -> Option<&'a str> {
        let Kind::Literal(value) = self.peek() else {
            return None;
        };
        self.next += 1;
        Some(value)
    }

    fn push_atom(&mut self, first: usize, key: &str, test: Test) {
        let last = self.next.saturating_sub(1).max(first);
        let span = self.tokens[first].span.start..self.tokens[last].span.end;
        self.atoms.push(Atom {
            key: key.into(),
            test,
            span,
        });
        self.tree.push_atom();
    }

    fn peek(&self) -> Kind<'a> {
        self.tokens
            .get(self.next)
            .map_or(Kind::Eof, |token| token.kind)
    }

    fn advance(&mut self) -> Kind<'a> {
        let kind = self.peek();
        self.next += 1;
        kind
    }

    fn accept(&mut self, kind: Kind<'_>) -> bool {
        let found = self.peek() == kind;
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, kind: Kind<'_>, cause: Cause) -> Result<(), Fault> {
        let found = self.next;
        self.accept(kind)
            .then_some(())
            .ok_or(self.fault(found, cause))
    }

    fn fault(&self, token: usize, cause: Cause) -> Fault {
        let at = self.tokens.get(token).map_or(0, |token| token.span.start);
        Fault { cause, at, token }
    }
}
