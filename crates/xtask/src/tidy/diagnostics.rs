//! Every diagnostic code has a page in `docs/diagnostics/`, and every page is about a code.
//!
//! A crate lists its codes in a `const CODES`. A literal that looks like a code of such a family and is
//! not in the list is a code that was forgotten there.

use std::collections::BTreeSet;

use crate::{Outcome, repo};

const PAGES: &str = "docs/diagnostics/";
const LIST: &str = "const CODES: &[&str] = &[";

pub(super) fn check() -> Outcome<Vec<String>> {
    let tracked = repo::tracked()?;
    let mut listed = BTreeSet::new();
    let mut used = BTreeSet::new();
    for path in tracked.iter().filter(|path| may_report(path)) {
        let text = repo::read(path)?;
        listed.extend(listed_in(&text));
        used.extend(literals(&text).map(str::to_owned));
    }
    let pages = tracked.iter().filter_map(|path| page_of(path)).collect();
    Ok(problems(&listed, &used, &pages))
}

fn may_report(path: &str) -> bool {
    let test =
        path.contains("/tests") || path.contains("/benches/") || path.starts_with("crates/xtask/");
    path.starts_with("crates/") && path.ends_with(".rs") && !test
}

/// The code that a page explains.
fn page_of(path: &str) -> Option<String> {
    let name = path.strip_prefix(PAGES)?.strip_suffix(".md")?;
    (name != "README").then(|| name.to_owned())
}

pub(super) fn problems(
    listed: &BTreeSet<String>,
    used: &BTreeSet<String>,
    pages: &BTreeSet<String>,
) -> Vec<String> {
    let families: BTreeSet<&str> = listed
        .iter()
        .filter_map(|code| code.split('/').next())
        .collect();
    let of_family = |code: &&String| {
        code.split('/')
            .next()
            .is_some_and(|family| families.contains(family))
    };
    let unlisted = used.difference(listed).filter(of_family);
    let missing = listed
        .difference(pages)
        .map(|code| format!("{PAGES}{code}.md is missing"));
    let stale = pages
        .difference(listed)
        .map(|page| format!("{PAGES}{page}.md is about no code"));
    missing
        .chain(stale)
        .chain(unlisted.map(|code| format!("`{code}` is in no list `CODES`")))
        .collect()
}

pub(super) fn listed_in(text: &str) -> Vec<String> {
    let lists = text
        .split(LIST)
        .skip(1)
        .filter_map(|rest| rest.split(']').next());
    lists.flat_map(literals).map(str::to_owned).collect()
}

/// String literals of the form `family/name`.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .filter(|text| is_code(text))
}

fn is_code(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter == '-')
    };
    text.split_once('/')
        .is_some_and(|(family, name)| word(family) && word(name))
}
