//! The shipped examples: each does what it says.

use std::{fs, path::Path};

use tierwalk_tests::command::tierwalk;

const ROOT: &str = "../static/examples";

/// What an example is told about, beyond extensions; everything else has no problem.
const INTENDED: [(&str, &[&str]); 2] = [
    (
        "storefront",
        &[
            "rule/unreachable",
            "selector/matches-nothing",
            "document/not-a-resource",
            "rule/domains",
        ],
    ),
    ("domains", &["rule/domains"]),
];

fn examples() -> Vec<String> {
    let entries = fs::read_dir(ROOT).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    // an organisation to apply files to has no flows, and is no workspace
    let mut names: Vec<_> = names
        .filter(|name| Path::new(ROOT).join(name).join("flows").is_dir())
        .collect();
    names.sort();
    assert!(names.len() > 10, "the examples are in {ROOT}");
    names
}

#[test]
fn every_flow_of_every_example_has_the_verdict_it_expects() {
    for name in examples() {
        let run = tierwalk(&["test", &format!("{ROOT}/{name}")]);
        // the storefront opens with one expectation that is not met: that is what its reader is to find
        let missed = usize::from(name == "storefront");
        assert_eq!(run.out.matches("✕ FAIL").count(), missed, "{}", run.out);
    }
}

#[test]
fn no_example_has_a_problem_that_it_does_not_show_on_purpose() {
    for name in examples() {
        let run = tierwalk(&["validate", &format!("{ROOT}/{name}")]);
        let found: Vec<_> = codes(&run.out).into_iter().chain(codes(&run.err)).collect();
        let intended = INTENDED.iter().find(|(example, _)| *example == name);
        let intended = intended.map_or(&[] as &[_], |(_, codes)| codes);
        for code in &found {
            assert!(intended.contains(&code.as_str()), "{name}: {code}");
        }
    }
}

/// `rule/domains` of `info[rule/domains]: …`.
fn codes(text: &str) -> Vec<String> {
    let levels = ["error[", "warning[", "info[", "hint["];
    text.lines()
        .filter_map(|line| levels.iter().find_map(|level| line.strip_prefix(level)))
        .filter_map(|rest| Some(rest.split_once(']')?.0.to_owned()))
        .collect()
}

#[test]
fn every_example_keeps_its_files_as_a_team_would() {
    for name in examples() {
        let folder = Path::new(ROOT).join(&name);
        assert!(folder.join("cluster").is_dir(), "{name}");
        assert!(
            folder.join("policies").is_dir() || folder.join("templates").is_dir(),
            "{name}"
        );
    }
}
