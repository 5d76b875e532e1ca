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
    statements.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut at = 0;
    for (range, lookups) in statements {
        if range.start < at {
            continue;
        }
        out.push_str(text.get(at..range.start)?);
        out.push_str(&statement(text, &range, &lookups, numbers)?);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    (at > 0).then_some(out)
}

/// Negated statements of a rule, and what each looks up.
fn negations(rule: &Rule, found: &mut Vec<(Range<usize>, Vec<Range<usize>>)>) {
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
            found.push((whole(statement), lookups));
        }
    });
}

fn whole(statement: &LiteralStmt) -> Range<usize> {
    statement.span.start as usize..statement.span.end as usize
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
    range: &Range<usize>,
    lookups: &[Range<usize>],
    numbers: &mut impl Iterator<Item = u32>,
) -> Option<String> {
    let original = text.get(range.clone())?;
    let last = lookups.last()?.end;
    let with = modifiers(text.get(last..range.end)?);
    let (mut before, mut rest) = (String::new(), String::new());
    let mut at = range.start;
    for lookup in lookups {
        let name = format!("{NAME}{}", numbers.next()?);
        let looked_up = text.get(lookup.clone())?;
        let one_line = looked_up.replace(['\n', '\r'], " ");
        before.push_str(&format!("{name} := {one_line}{with}; "));
        rest.push_str(text.get(at..lookup.start)?);
        rest.push_str(&name);
        rest.push_str(&"\n".repeat(looked_up.matches('\n').count()));
        at = lookup.end;
    }
    rest.push_str(text.get(at..range.end)?);
    debug_assert!(original.starts_with("not"));
    // `if not …` takes one statement.
    let bare = text.get(..range.start)?.trim_end().ends_with("if");
    Some(match bare {
        true => format!("{{ {before}{rest} }}"),
        false => before + &rest,
    })
}

/// ` with input as …`, in one line.
fn modifiers(after: &str) -> String {
    match after.find("with ") {
        Some(at) => format!(
            " {}",
            after.get(at..).unwrap_or_default().replace('\n', " ")
        ),
        None => String::new(),
    }
}
