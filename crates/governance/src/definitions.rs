//! A rule of several definitions as a rule per definition, so that each result is known to be of one of them.
//! All definitions of `deny` make one set, whichever file they are in: for a page that lists checks by file,
//! that is one set too few.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Rule, RuleHead};

use crate::facts::{self, RegoVersion, RuleKind};
use crate::finding::Level;
use crate::parse::{self, Parsed};
use crate::{PolicyFile, VersionChoice};

/// The modules with rules split, and for each new rule the one that it was. A rule that another one reads
/// stays whole. Lines stay what they are.
pub(crate) fn split(
    modules: Vec<Parsed>,
    needed: &BTreeSet<String>,
) -> (Vec<Parsed>, BTreeMap<String, String>) {
    let names = several(&modules, needed);
    let mut split = BTreeMap::new();
    let mut next = 0;
    let modules = modules
        .into_iter()
        .map(|module| {
            let mut renamed = BTreeMap::new();
            let text = rewritten(&module, &names, &mut next, &mut renamed);
            if text == module.text {
                return module;
            }
            match read(&module, text) {
                Some(module) => {
                    split.extend(renamed);
                    module
                }
                None => module,
            }
        })
        .collect();
    (modules, split)
}

fn read(module: &Parsed, text: String) -> Option<Parsed> {
    let version = match module.module.version {
        RegoVersion::V0 => VersionChoice::V0,
        RegoVersion::V1 => VersionChoice::V1,
    };
    parse::parse(&PolicyFile::new(module.module.path.clone(), text), version).ok()
}

/// Sets that report, are defined more than once, and are read by no rule; with their packages.
fn several(modules: &[Parsed], needed: &BTreeSet<String>) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for module in modules {
        for rule in &module.module.rules {
            let key = format!("{}.{}", module.module.package, rule.name);
            let entry = counts.entry(key).or_insert((0, true));
            entry.0 += 1;
            entry.1 &= rule.plain && rule.kind == RuleKind::Set && Level::of(&rule.name).is_some();
        }
    }
    let several = counts
        .into_iter()
        .filter(|(key, (count, fits))| *count > 1 && *fits && !needed.contains(key));
    several.map(|(key, _)| key).collect()
}

/// The text with a name of its own for each definition, and `:= true` written out where a rule leaves it out:
/// there the engine then notes that everything held.
fn rewritten(
    module: &Parsed,
    names: &BTreeSet<String>,
    next: &mut usize,
    renamed: &mut BTreeMap<String, String>,
) -> String {
    let mut text = module.text.clone();
    let package = &module.module.package;
    for rule in module.tree.policy.iter().rev() {
        let Some(end) = name_end(facts::head(rule)) else {
            continue;
        };
        let name = facts::name(rule);
        if names.contains(&format!("{package}.{name}")) {
            *next += 1;
            let new = format!("{name}_tw{next}");
            renamed.insert(
                format!("data.{package}.{new}"),
                format!("data.{package}.{name}"),
            );
            insert(&mut text, end, &format!("_tw{next}"));
        } else if says_no_value(rule) {
            insert(&mut text, end, " = true");
        }
    }
    text
}

fn insert(text: &mut String, at: usize, what: &str) {
    if text.is_char_boundary(at) {
        text.insert_str(at, what);
    }
}

/// Where the name of a rule ends, if it is one word.
fn name_end(head: &Expr) -> Option<usize> {
    match head {
        Expr::Var { span, .. } => Some(span.end as usize),
        Expr::RefBrack { refr, .. } => match refr.as_ref() {
            Expr::Var { span, .. } => Some(span.end as usize),
            _ => None,
        },
        _ => None,
    }
}

fn says_no_value(rule: &Rule) -> bool {
    matches!(rule, Rule::Spec { head: RuleHead::Compr { refr, assign: None, .. }, bodies, .. }
        if matches!(refr.as_ref(), Expr::Var { .. }) && !bodies.is_empty())
}
