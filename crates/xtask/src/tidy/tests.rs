use std::collections::BTreeSet;

use super::{diagnostics, files, graph, links, pins};

const PAGE: &str = "Text.\n\n```graph\na:\nb: a\nc: a, b\n```\n\nMore.";

#[test]
fn a_graph_that_is_as_written_has_no_differences() {
    let graph = graph::parse(PAGE).expect("the block is there");
    assert_eq!(graph.len(), 3);
    assert_eq!(graph::differences(&graph, &graph), Vec::<String>::new());
}

#[test]
fn every_way_to_differ_from_the_graph_is_named() {
    let written = graph::parse(PAGE).expect("the block is there");
    let actual = graph::parse("```graph\na: b\nb: a\nd:\n```").expect("the block is there");
    let found = graph::differences(&written, &actual);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].starts_with("a uses b")
            && found[1].contains("lists c")
            && found[2].starts_with("d is missing")
    );
}

#[test]
fn a_page_without_the_block_is_an_error() {
    assert!(graph::parse("no block").is_err());
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn codes_are_read_from_the_lists() {
    let text = "pub const CODES: &[&str] = &[\n    \"yaml/syntax\",\n    \"yaml/too-deep\",\n];\nlet other = \"x/y\";";
    assert_eq!(
        diagnostics::listed_in(text),
        ["yaml/syntax", "yaml/too-deep"]
    );
}

#[test]
fn a_code_without_a_page_a_page_without_a_code_and_an_unlisted_code_are_problems() {
    let listed = set(&["yaml/syntax", "yaml/too-deep"]);
    let used = set(&["yaml/syntax", "yaml/forgotten", "text/plain"]);
    let pages = set(&["yaml/syntax", "yaml/old"]);
    let found = diagnostics::problems(&listed, &used, &pages).join("\n");
    assert_eq!(found.lines().count(), 3, "{found}");
    assert!(found.contains("too-deep.md is missing") && found.contains("old.md is about no code"));
    assert!(found.contains("`yaml/forgotten` is in no list"));
}

#[test]
fn links_in_code_are_no_links() {
    let text = "[a](b.md#c) `[x](y.md)` [w](https://example.org)\n```\n[z](z.md)\n```\n[top](#top)";
    assert_eq!(links::targets(text), ["b.md"]);
}

#[test]
fn words_are_found_with_their_lines() {
    let words = ["stop".to_owned()];
    let found: Vec<_> = files::words_in("go\nnow stop\n", &words).collect();
    assert_eq!(found, [(2, "stop")]);
}

#[test]
fn a_version_beside_the_workspace_is_found() {
    let manifest = "[package]\nname = \"a\"\n\n[dependencies]\nserde.workspace = true\nnom = \"8\"\n\n\
        [dev-dependencies]\nyew = { workspace = true, features = [\"ssr\"] }\ninsta = { version = \"1\" }\n";
    let found: Vec<&str> = pins::own_versions(manifest).collect();
    assert_eq!(found, ["nom = \"8\"", "insta = { version = \"1\" }"]);
}
