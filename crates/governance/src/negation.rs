//! Negation as OPA has it: what a negated expression looks up is looked up before it.
//!
//! `not input.spec.order > 500` is `order = input.spec.order; not order > 500` to OPA (`v1/ast/compile.go`,
//! `expandExpr` and `rewriteDynamics`): where the field is absent, nothing is said, rather than the
//! contrary. The engine looks it up within the negation, so policies are written anew for it. Lines stay
//! what they are.

#[cfg(test)]
mod tests;

use std::ops::Range;

use regorus::unstable::{BoolOp, Expr, Literal, LiteralStmt, Module, Rule};

use crate::ast;

/// Negations within negations are taken out one layer at a time.
const MOST_LAYERS: usize = 8;

/// Beginning of the names that are given to what is looked up.
const NAME: &str = "tierwalk_before_not_";

/// The text with negations spelled out; nothing, if there is none that needs it. `parse` reads a text.
pub(crate) fn spelled_out(text: &str, parse: impl Fn(&str) -> Option<Module>) -> Option<String> {
    if !text.contains("not") || text.contains(NAME) {
        return None;
    }
    let mut numbers = 0..;
    let mut changed: Option<String> = None;
    for _ in 0..MOST_LAYERS {
        let before = changed.as_deref().unwrap_or(text);
        let tree = parse(before)?;
        match layer(before, &tree, &mut numbers) {
            Some(after) => changed = Some(after),
            None => break,
        }
    }
    changed
}

/// The text with the outermost negations spelled out.
fn layer(text: &str, tree: &Module, numbers: &mut impl Iterator<Item = u32>) -> Option<String> {
    let mut statements = Vec::new();
    for rule in &tree.policy {
        negations(rule, &mut statements);
    }
    statements.sort_by_key(|negation| negation.whole.start);
    let mut out = String::new();
    let mut at = 0;
    for negation in statements {
        let range = &negation.whole;
        if range.start < at {
            continue;
        }
        out.push_str(text.get(at..range.start)?);
        out.push_str(&statement(text, &negation, numbers)?);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    (at > 0).then_some(out)
}

/// A negated statement, and where its parts stand in the text.
struct Negation {
    whole: Range<usize>,
    /// What it looks up; never empty.
    lookups: Vec<Range<usize>>,
    /// `with input as …` behind it; empty if there is none.
    modifiers: Range<usize>,
}

/// Negated statements of a rule that look something up.
fn negations(rule: &Rule, found: &mut Vec<Negation>) {
    let locals = ast::locals(rule);
    ast::each_statement(rule, &mut |statement| {
        let Literal::NotExpr { expr, .. } = &statement.literal else {
            return;
        };
        let mut lookups = Vec::new();
        let is_local = |name: &str| name == "_" || locals.iter().any(|local| local == name);
        negated(expr, &is_local, &mut lookups);
        if !lookups.is_empty() {
            lookups.sort_by_key(|range| range.start);
            found.push(Negation {
                whole: whole(statement),
                lookups,
                modifiers: modifiers(statement),
            });
        }
    });
}

fn whole(statement: &LiteralStmt) -> Range<usize> {
    statement.span.start as usize..statement.span.end as usize
}

fn modifiers(statement: &LiteralStmt) -> Range<usize> {
    let end = statement.span.end as usize;
    let first = statement.with_mods.first();
    first.map_or(end, |first| first.span.start as usize)..end
}

type IsLocal<'a> = &'a dyn Fn(&str) -> bool;

/// What stands right behind `not`.
fn negated(expr: &Expr, is_local: IsLocal<'_>, found: &mut Vec<Range<usize>>) {
    let mut arguments = |parts: &[&Expr]| {
        parts
            .iter()
            .for_each(|part| argument(part, is_local, found));
    };
    match expr {
        Expr::AssignExpr { lhs, rhs, .. }
        | Expr::BoolExpr {
            op: BoolOp::Eq,
            lhs,
            rhs,
            ..
        } => {
            operand(lhs, is_local, found);
            operand(rhs, is_local, found);
        }
        Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::BinExpr { lhs, rhs, .. } => arguments(&[lhs, rhs]),
        Expr::Membership {
            key,
            value,
            collection,
            ..
        } => {
            key.iter().for_each(|key| arguments(&[key]));
            arguments(&[value, collection]);
        }
        Expr::Call { params, .. } => params.iter().for_each(|part| arguments(&[part])),
        Expr::UnaryExpr { expr, .. } => arguments(&[expr]),
        other => operand(other, is_local, found),
    }
}

/// A side of an equation, or a term alone: a reference may be undefined there, what it takes to find it may not.
fn operand(expr: &Expr, is_local: IsLocal<'_>, found: &mut Vec<Range<usize>>) {
    match expr {
        Expr::RefDot { refr, .. } => operand(refr, is_local, found),
        Expr::RefBrack { refr, index, .. } => {
            operand(refr, is_local, found);
            argument(index, is_local, found);
        }
        Expr::Var { .. } => {}
        other => argument(other, is_local, found),
    }
}

/// An argument of a function or operator: it is to be there.
fn argument(expr: &Expr, is_local: IsLocal<'_>, found: &mut Vec<Range<usize>>) {
    match expr {
        Expr::Array { items, .. } | Expr::Set { items, .. } => {
            items
                .iter()
                .for_each(|item| argument(item, is_local, found));
        }
        Expr::Object { fields, .. } => {
            for (_, key, value) in fields {
                argument(key, is_local, found);
                argument(value, is_local, found);
            }
        }
        Expr::Var { span, .. } if is_local(span.text()) => {}
        // These always have a value.
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::ArrayCompr { .. }
        | Expr::SetCompr { .. }
        | Expr::ObjectCompr { .. } => {}
        other => found.push(other.span().start as usize..other.span().end as usize),
    }
}

/// `name := lookup; not …name…` instead of `not …lookup…`.
fn statement(
    text: &str,
    negation: &Negation,
    numbers: &mut impl Iterator<Item = u32>,
) -> Option<String> {
    let range = &negation.whole;
    let modifiers = text.get(negation.modifiers.clone())?;
    let modifiers = modifiers.replace(['\n', '\r'], " ");
    let (mut before, mut rest) = (String::new(), String::new());
    let mut at = range.start;
    for lookup in &negation.lookups {
        let name = format!("{NAME}{}", numbers.next()?);
        let looked_up = text.get(lookup.clone())?;
        before.push_str(&format!("{name} := {looked_up} {modifiers}; "));
        rest.push_str(text.get(at..lookup.start)?);
        rest.push_str(&name);
        at = lookup.end;
    }
    rest.push_str(text.get(at..range.end)?);
    // `if not …` takes one statement.
    let bare = text.get(..range.start)?.trim_end().ends_with("if");
    Some(match bare {
        true => format!("{{ {before}{rest} }}"),
        false => before + &rest,
    })
}
