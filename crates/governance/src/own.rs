//! The checks that a policy file holds, by name, and what is left of the file where some are switched off.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::finding::Level;
use crate::parse::parse;
use crate::{Annotation, PolicyFile, VersionChoice, annotations, facts};

/// A rule that reports, and the check that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRule {
    /// Name of the check.
    pub check: String,
    /// Name of the rule: `deny_order`.
    pub rule: String,
    /// Its package.
    pub package: String,
    /// Its line, from 1.
    pub line: u32,
    /// Its bytes.
    span: std::ops::Range<usize>,
}

/// The rules of a file that report, in the order written; none, if it cannot be read.
pub fn check_rules(file: &PolicyFile) -> Vec<CheckRule> {
    let Ok(parsed) = parse(file, VersionChoice::Detect) else {
        return Vec::new();
    };
    let notes = annotations(&file.text);
    let rules = parsed.tree.policy.iter().filter_map(|rule| {
        let (name, span) = (facts::name(rule), rule.span());
        Level::of(&name)?;
        Some(CheckRule {
            check: check_name(&file.path, &notes, &name, span.line).0,
            rule: name,
            package: parsed.module.package.clone(),
            line: span.line,
            span: span.start as usize..span.end as usize,
        })
    });
    rules.collect()
}

/// The check that a rule is of, and what is said about it: named by the annotation right before the rule, else by
/// the rule's ending, else by an annotation further up, else by the file. A file that cannot be read is asked for
/// with an empty rule and the last line.
pub fn check_name<'a>(
    path: &str,
    notes: &'a [Annotation],
    rule: &str,
    line: u32,
) -> (String, Option<&'a Annotation>) {
    let note = notes.iter().rfind(|note| note.line <= line);
    let named = note.and_then(|note| note.custom.get("id").and_then(Value::as_str));
    let is_its_own = note.is_some_and(|note| note.line == line);
    let ending = rule.split_once('_').map(|(_, ending)| ending);
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.strip_suffix(".rego").unwrap_or(stem);
    let id = match (named, ending) {
        (Some(named), _) if is_its_own => named,
        (_, Some(ending)) => ending,
        (named, None) => named.unwrap_or(stem),
    };
    let note = note.filter(|_| is_its_own || ending.is_none() || named == Some(id));
    (id.to_owned(), note)
}

/// The names by which settings may speak of a file's checks: those of the checks, and the endings of their rules.
pub fn check_names(file: &PolicyFile) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rule in check_rules(file) {
        let ending = rule.rule.split_once('_');
        names.extend(ending.map(|(_, ending)| ending.to_owned()));
        names.insert(rule.check);
    }
    names
}

/// The files without the rules of checks that are switched off: blank there, so that all places hold.
pub fn without(files: Vec<PolicyFile>, off: &BTreeSet<String>) -> Vec<PolicyFile> {
    if off.is_empty() {
        return files;
    }
    files.into_iter().map(|file| blanked(file, off)).collect()
}

fn blanked(mut file: PolicyFile, off: &BTreeSet<String>) -> PolicyFile {
    let rules = check_rules(&file).into_iter();
    for rule in rules.filter(|rule| off.contains(&rule.check)) {
        if let Some(text) = file.text.get(rule.span.clone()) {
            file.text.replace_range(rule.span, &blank(text));
        }
    }
    file
}

/// As many bytes, lines kept.
fn blank(text: &str) -> String {
    let blank = |c: char| match c {
        '\n' => "\n".to_owned(),
        c => " ".repeat(c.len_utf8()),
    };
    text.chars().map(blank).collect()
}
