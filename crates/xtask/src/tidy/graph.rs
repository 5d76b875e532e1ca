//! Who may use whom: the block ```` ```graph ```` of `docs/architecture.md`, and what cargo knows.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Outcome,
    metadata::{self, Package},
    repo,
};

const PAGE: &str = "docs/architecture.md";

/// May use anything, so nothing is promised about it.
const TESTS: &str = "tierwalk-tests";

/// Package → packages of the workspace it uses.
type Graph = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check() -> Outcome<Vec<String>> {
    let written = parse(&repo::read(PAGE)?)?;
    Ok(differences(&written, &actual(&metadata::packages()?)))
}

/// The lines `tierwalk-yaml: tierwalk-source` of the page's graph block.
pub(super) fn parse(page: &str) -> Outcome<Graph> {
    let missing = || format!("{PAGE} has no block ```graph");
    let (_, rest) = page.split_once("```graph\n").ok_or_else(missing)?;
    let (block, _) = rest.split_once("```").ok_or_else(missing)?;
    let lines = block.lines().filter_map(|line| line.split_once(':'));
    Ok(lines
        .map(|(name, uses)| (name.trim().to_owned(), names(uses)))
        .collect())
}

fn names(list: &str) -> BTreeSet<String> {
    let separators = |letter: char| letter == ',' || letter.is_whitespace();
    let names = list.split(separators).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn actual(packages: &[Package]) -> Graph {
    let own: BTreeSet<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let uses = |package: &Package| {
        let real = package
            .dependencies
            .iter()
            .filter(|dependency| !dependency.dev);
        let inside = real.filter(|dependency| own.contains(dependency.name.as_str()));
        inside.map(|dependency| dependency.name.clone()).collect()
    };
    let promised = packages.iter().filter(|package| package.name != TESTS);
    promised
        .map(|package| (package.name.clone(), uses(package)))
        .collect()
}

pub(super) fn differences(written: &Graph, actual: &Graph) -> Vec<String> {
    let all: BTreeSet<&String> = written.keys().chain(actual.keys()).collect();
    all.into_iter()
        .filter_map(|name| difference(name, written.get(name), actual.get(name)))
        .collect()
}

fn difference(
    name: &str,
    written: Option<&BTreeSet<String>>,
    actual: Option<&BTreeSet<String>>,
) -> Option<String> {
    match (written, actual) {
        (Some(written), Some(actual)) if written == actual => None,
        (Some(written), Some(actual)) => Some(format!(
            "{name} uses {}, and {PAGE} says {}",
            listed(actual),
            listed(written)
        )),
        (Some(_), None) => Some(format!("{PAGE} lists {name}, which does not exist")),
        (None, _) => Some(format!("{name} is missing in {PAGE}")),
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    if names.is_empty() {
        return "nothing".to_owned();
    }
    names.iter().cloned().collect::<Vec<_>>().join(", ")
}
