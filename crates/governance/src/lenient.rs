//! Arithmetic as OPA has it: on values of the wrong type it is undefined. The engine makes it an error, and
//! likewise `some x in …` over what is no collection.
//!
//! Where that error comes up, the policies are written anew with a function around each operand that is
//! undefined for the wrong type, and the rule is asked again. Lines stay what they are.

#[cfg(test)]
mod tests;

use regorus::unstable::{Expr, Literal, Module};

use crate::ast;
use crate::error::span_at;

/// A change of the text at an offset. `rank` orders changes at the same offset.
struct Edit {
    at: usize,
    rank: (u8, i64),
    /// Bytes that are replaced.
    replaced: usize,
    text: &'static str,
}

/// The text of a module with its operators guarded.
pub(crate) fn guarded(text: &str, tree: &Module) -> String {
    let mut edits = Vec::new();
    for rule in &tree.policy {
        ast::each_expr(rule, &mut |expr, _| {
            if let Expr::ArithExpr { span, .. } | Expr::BinExpr { span, .. } = expr {
                // The engine's span has the place of the operator as its line and column.
                let operator = span_at(text, span.line, span.col).range().start;
                edits.extend(guard(
                    text,
                    span.start as usize,
                    operator,
                    span.end as usize,
                ));
            }
        });
    }
    for rule in &tree.policy {
        ast::each_statement(rule, &mut |statement| {
            if let Literal::SomeIn { collection, .. } = &statement.literal {
                let span = collection.span();
                edits.extend(around(span.start as usize, span.end as usize));
            }
        });
    }
    edits.sort_by_key(|edit| (edit.at, edit.rank));
    apply(text, &edits)
}

/// `some x in …` over what is no collection gives nothing.
fn around(start: usize, end: usize) -> [Edit; 2] {
    let length = i64::try_from(end - start.min(end)).unwrap_or(0);
    let edit = |at, rank, text| Edit {
        at,
        rank,
        replaced: 0,
        text,
    };
    [
        edit(start, (2, -length - 1), "tierwalk.collection("),
        edit(end, (0, length + 1), ")"),
    ]
}

fn guard(text: &str, start: usize, operator: usize, end: usize) -> Vec<Edit> {
    let sign = text.get(operator..operator + 1).unwrap_or_default();
    let (open, between) = match sign {
        "+" => ("tierwalk.number(", ") + tierwalk.number("),
        "*" => ("tierwalk.number(", ") * tierwalk.number("),
        "/" => ("tierwalk.number(", ") / tierwalk.number("),
        "%" => ("tierwalk.number(", ") % tierwalk.number("),
        "&" => ("tierwalk.set(", ") & tierwalk.set("),
        "|" => ("tierwalk.set(", ") | tierwalk.set("),
        "-" => ("tierwalk.minus(", ", "),
        _ => return Vec::new(),
    };
    let length = i64::try_from(end - start.min(end)).unwrap_or(0);
    let edit = |at, rank, replaced, text| Edit {
        at,
        rank,
        replaced,
        text,
    };
    vec![
        // Of those that start together the longest opens first; of those that end together it closes last.
        edit(start, (2, -length), 0, open),
        edit(operator, (1, 0), 1, between),
        edit(end, (0, length), 0, ")"),
    ]
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.len() * 16);
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.at).unwrap_or_default());
        out.push_str(edit.text);
        at = at.max(edit.at + edit.replaced);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
