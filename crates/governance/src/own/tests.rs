use std::collections::BTreeSet;

use super::*;

const FILE: &str = "package main\n\nimport rego.v1\n\n# METADATA\n# custom:\n#   id: orders\nmin := 5\n\ndeny contains \"low\" if {\n  input.order < min\n}\n\nwarn_size contains \"größe\" if true\n\nwarn_owner contains \"no owner\" if {\n  not input.owner\n}\n";

fn file(text: &str) -> PolicyFile {
    PolicyFile::new("policy/file.rego", text)
}

fn off(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_rule_is_of_the_check_that_its_annotation_its_ending_or_its_file_names() {
    let named = |text: &str| -> Vec<(String, String)> {
        let rules = check_rules(&file(text)).into_iter();
        rules.map(|it| (it.rule, it.check)).collect()
    };
    let pair = |rule: &str, check: &str| (rule.to_owned(), check.to_owned());
    let text = FILE.to_owned();
    assert_eq!(
        named(&text),
        [
            pair("deny", "orders"),
            pair("warn_size", "size"),
            pair("warn_owner", "owner")
        ]
    );
    assert_eq!(
        named("package main\n\ndeny[msg] {\n  msg := input.name\n}\n"),
        [pair("deny", "file")]
    );
    assert_eq!(named("package main\n\ndeny[msg] {\n"), []);
}

#[test]
fn what_is_switched_off_is_blank_and_the_rest_stands_where_it_stood() {
    let text = FILE.to_owned();
    let left = without(vec![file(&text)], &off(&["orders", "size"]));
    let left = &left[0].text;
    assert_eq!(left.len(), text.len());
    assert_eq!(left.lines().count(), text.lines().count());
    assert!(!left.contains("low") && !left.contains("warn_size"));
    assert_eq!(left.find("warn_owner"), text.find("warn_owner"));
    assert!(left.contains("min := 5"));
    assert_eq!(without(vec![file(&text)], &off(&[])), [file(&text)]);
}
