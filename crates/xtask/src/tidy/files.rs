//! What is in the tracked files: how long they are, and words that have no place in them.

use crate::{Outcome, repo};

const MOST_LINES: usize = 600;

/// Put together here, so that this file may be checked as well.
fn forbidden() -> [String; 6] {
    [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["todo", "!("],
        ["unimplemented", "!("],
        ["/wo", "rk/"],
        ["#[ign", "ore"],
    ]
    .map(|[start, end]| format!("{start}{end}"))
}

pub(super) fn sizes() -> Outcome<Vec<String>> {
    let mut long = Vec::new();
    for path in repo::tracked()?.iter().filter(|path| is_source(path)) {
        let lines = repo::read(path)?.lines().count();
        if lines > MOST_LINES {
            long.push(format!(
                "{path} has {lines} lines, {MOST_LINES} are allowed"
            ));
        }
    }
    Ok(long)
}

fn is_source(path: &str) -> bool {
    let inside = path.starts_with("web/") || path.starts_with("crates/");
    let script = path.ends_with(".rs") || path.ends_with(".ts") || path.ends_with(".css");
    inside && script && !is_test(path)
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("_tests.rs")
}

pub(super) fn words() -> Outcome<Vec<String>> {
    let forbidden = forbidden();
    let mut found = Vec::new();
    for path in repo::tracked()?
        .iter()
        .filter(|path| is_written_by_hand(path))
    {
        let Ok(text) = repo::read(path) else { continue };
        found.extend(
            words_in(&text, &forbidden).map(|(line, word)| format!("{path}:{line}: `{word}`")),
        );
    }
    Ok(found)
}

/// Not vectors, samples and lock files.
fn is_written_by_hand(path: &str) -> bool {
    let data = path.starts_with("tests/") && !path.ends_with(".rs") && !path.ends_with(".ts");
    !data && !path.ends_with(".lock") && path != "package-lock.json"
}

pub(super) fn words_in<'a>(
    text: &'a str,
    forbidden: &'a [String],
) -> impl Iterator<Item = (usize, &'a str)> {
    text.lines().enumerate().flat_map(move |(index, line)| {
        let there = forbidden
            .iter()
            .filter(move |word| line.contains(word.as_str()));
        there.map(move |word| (index + 1, word.as_str()))
    })
}
