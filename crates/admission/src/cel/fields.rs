//! What an expression reads, by name.

use cel::IdedExpr;
use cel::common::ast::{EntryExpr, Expr, IdedEntryExpr, LiteralValue, operators};

/// Each name that an expression reads with the fields after it: `object.spec.?order` is `["object", "spec",
/// "order"]`. Fields within what a comprehension goes through are not followed.
pub(super) fn read(root: &IdedExpr) -> Vec<Vec<String>> {
    let mut chains = Vec::new();
    collect(root, &mut chains);
    chains
}

fn collect(node: &IdedExpr, chains: &mut Vec<Vec<String>>) {
    if let Some(chain) = chain(node) {
        chains.push(chain);
        return;
    }
    match &node.expr {
        Expr::Call(call) => {
            let parts = call.target.as_deref().into_iter().chain(&call.args);
            parts.for_each(|part| collect(part, chains));
        }
        Expr::Select(select) => collect(&select.operand, chains),
        Expr::Comprehension(made) => {
            for part in [&made.iter_range, &made.loop_cond, &made.loop_step] {
                collect(part, chains);
            }
        }
        Expr::List(list) => list.elements.iter().for_each(|item| collect(item, chains)),
        Expr::Map(map) => map.entries.iter().for_each(|entry| pair(entry, chains)),
        Expr::Ident(_) | Expr::Struct(_) | Expr::Literal(_) | Expr::Unspecified => {}
    }
}

fn pair(entry: &IdedEntryExpr, chains: &mut Vec<Vec<String>>) {
    match &entry.expr {
        EntryExpr::StructField(field) => collect(&field.value, chains),
        EntryExpr::MapEntry(entry) => {
            collect(&entry.key, chains);
            collect(&entry.value, chains);
        }
    }
}

/// A name and the fields after it, if a node is nothing else.
fn chain(node: &IdedExpr) -> Option<Vec<String>> {
    let (before, field) = match &node.expr {
        Expr::Ident(name) => return Some(vec![name.clone()]),
        Expr::Select(select) => (chain(&select.operand)?, select.field.clone()),
        Expr::Call(call) => match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::OPT_SELECT | operators::INDEX | operators::OPT_INDEX, [operand, key]) => {
                (chain(operand)?, text(key)?)
            }
            _ => return None,
        },
        _ => return None,
    };
    Some([before, vec![field]].concat())
}

fn text(node: &IdedExpr) -> Option<String> {
    match &node.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner().to_owned()),
        _ => None,
    }
}
