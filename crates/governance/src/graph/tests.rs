use crate::parse::{Parsed, parse};
use crate::{PolicyFile, VersionChoice};

use super::Graph;

fn needs(files: &[&str], rule: &str) -> Vec<String> {
    let modules: Vec<Parsed> = files
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let file = PolicyFile::new(format!("{index}.rego"), *text);
            parse(&file, VersionChoice::Detect).unwrap_or_else(|problem| panic!("{problem:?}"))
        })
        .collect();
    let (graph, problems) = Graph::build(&modules, VersionChoice::Detect);
    assert_eq!(problems, []);
    let needs = graph.needs();
    let needs = needs.get(rule).cloned().unwrap_or_default();
    needs.into_iter().map(str::to_owned).collect()
}

#[test]
fn rules_need_rules_of_their_package_and_of_imports() {
    let main = "package main\nimport data.kubernetes\nimport data.lib.net as n\n\
                deny contains \"x\" if { kubernetes.is_policy; n.public(\"a\"); own; data.limits.max > 3; input.own }\nown if true\n";
    let found = needs(
        &[
            main,
            "package kubernetes\nis_policy if input.kind == \"NetworkPolicy\"\n",
            "package lib.net\npublic(x) if x\n",
            "package limits\nmax := 5\n",
        ],
        "main.deny",
    );
    assert_eq!(
        found,
        [
            "kubernetes.is_policy",
            "lib.net.public",
            "main.own",
            "limits.max"
        ]
    );
}

#[test]
fn a_package_as_a_whole_is_all_of_its_rules() {
    let found = needs(
        &[
            "package main\nx := count(data.lib)\n",
            "package lib.a\np := 1\n",
            "package lib.b\nq := 1\n",
        ],
        "main.x",
    );
    assert_eq!(found, ["lib.a.p", "lib.b.q"]);
}

#[test]
fn packages_with_odd_names() {
    let found = needs(
        &[
            "package main\nx := data.teams[\"team-a\"].limit\n",
            "package teams[\"team-a\"]\nlimit := 1\n",
        ],
        "main.x",
    );
    assert_eq!(found, ["teams[\"team-a\"].limit"]);
}
