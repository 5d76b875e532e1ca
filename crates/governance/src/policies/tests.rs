use crate::{LoadOptions, Policies, PolicyFile, VersionChoice};

/// Code, path, line and message of each problem.
fn problems(
    files: &[(&str, &str)],
    version: VersionChoice,
) -> Vec<(&'static str, String, usize, String)> {
    let files: Vec<PolicyFile> = files
        .iter()
        .map(|(path, text)| PolicyFile::new(*path, *text))
        .collect();
    let options = LoadOptions {
        version,
        ..LoadOptions::default()
    };
    let (_, problems) = Policies::load(&files, &[], &options);
    problems
        .into_iter()
        .map(|problem| {
            let text = files.iter().find(|file| file.path == problem.path);
            let text = text.map_or("", |file| file.text.as_str());
            let start = problem.diagnostic.span.range().start;
            let line = text[..start].matches('\n').count() + 1;
            (
                problem.diagnostic.code,
                problem.path,
                line,
                problem.diagnostic.message,
            )
        })
        .collect()
}

fn one(text: &str) -> (&'static str, usize, String) {
    match problems(&[("x.rego", text)], VersionChoice::Detect).as_slice() {
        [(code, _, line, message)] => (code, *line, message.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_variable_without_a_value_is_found_before_anything_runs() {
    let (code, line, message) =
        one("package main\n\ndeny contains \"x\" if {\n\tinput.kind == kind\n}\n");
    assert_eq!((code, line), ("governance/unsafe-variable", 4));
    assert_eq!(message, "`kind` has no value here");
}

/// Left alone, a function that calls itself would overflow the stack and end the process.
#[test]
fn recursion_is_refused_and_named() {
    let (code, line, message) =
        one("package main\n\nf(x) := f(x)\n\ndeny contains \"x\" if f(1)\n");
    assert_eq!((code, line), ("governance/recursive", 3));
    assert_eq!(
        message,
        "rule `data.main.f` is recursive: data.main.f → data.main.f"
    );
    let (code, _, message) =
        one("package main\ng(x) := h(x)\nh(x) := y if {\n\ty := [z | z := g(x)]\n}\n");
    assert_eq!(code, "governance/recursive");
    assert_eq!(
        message,
        "rule `data.main.g` is recursive: data.main.g → data.main.h → data.main.g"
    );
    let (code, ..) = one("package main\na if b\nb if not a\n");
    assert_eq!(code, "governance/recursive");
}

#[test]
fn recursion_across_packages_is_found() {
    let files = [
        (
            "a.rego",
            "package a\nimport data.lib.b as helper\nf(x) := helper.g(x)\n",
        ),
        ("b.rego", "package lib.b\ng(x) := data.a.f(x)\n"),
    ];
    let found = problems(&files, VersionChoice::Detect);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "governance/recursive");
}

/// A variable may bear the name of a rule.
#[test]
fn a_local_variable_is_no_circle() {
    let text = "package main\nname := n if {\n\tname := input.metadata.name\n\tn := name\n}\n\
                ports(name) := name + 1\n";
    assert_eq!(problems(&[("x.rego", text)], VersionChoice::Detect), []);
}

#[test]
fn a_bottomless_chain_is_refused() {
    let mut text = "package main\nf0(x) := x\n".to_owned();
    for index in 1..5000 {
        text.push_str(&format!("f{index}(x) := f{}(x)\n", index - 1));
    }
    text.push_str("deny contains \"x\" if f4999(1)\n");
    assert_eq!(one(&text).0, "governance/too-deep");
}

/// What is let through must not overflow the stack, even in this debug build.
#[test]
fn the_longest_chain_that_is_let_through_runs() {
    let mut text = "package main\nr0 := [1]\n".to_owned();
    let length = 18;
    for index in 1..length {
        let before = index - 1;
        text.push_str(&format!(
            "r{index} := [x | every y in r{before} {{ count([z | z := [y]]) > 0 }}; x := 1]\n"
        ));
    }
    text.push_str(&format!("deny contains \"x\" if r{} == [1]\n", length - 1));
    let (policies, problems) = Policies::load(
        &[PolicyFile::new("x.rego", text)],
        &[],
        &LoadOptions::default(),
    );
    assert_eq!(problems, []);
    let report = crate::check(
        &policies,
        &[crate::Input::parse(&crate::InputFile {
            path: "a.yaml".into(),
            text: String::new(),
            parser: None,
        })
        .unwrap_or_else(|problem| panic!("{problem:?}"))],
        &crate::CheckOptions::default(),
    );
    assert_eq!(report.results[0].failures.len(), 1);
}

#[test]
fn unknown_functions_come_with_a_guess() {
    let (code, line, message) =
        one("package main\ndeny contains \"x\" if {\n\tstartwith(input.a, \"b\")\n}\n");
    assert_eq!((code, line), ("governance/unknown-function", 3));
    assert_eq!(message, "unknown function `startwith`");
    let (_, _, message) = one("package main\nx := http.send({})\n");
    assert_eq!(message, "OPA's function `http.send` is not available here");
    let (code, ..) = one("package main\nimport data.lib.names\nx if names.known(1)\n");
    assert_eq!(code, "governance/unknown-function");
}

#[test]
fn functions_that_version_1_dropped_are_refused_only_there() {
    let text = "package main\ndeny contains \"x\" if re_match(\"a\", input.a)\n";
    assert_eq!(problems(&[("x.rego", text)], VersionChoice::Detect), []);
    let found = problems(&[("x.rego", text)], VersionChoice::V1);
    assert_eq!(found[0].3, "version 1 of Rego has no function `re_match`");
}

/// Conftest `policy/engine.go`, `problematicIf`.
#[test]
fn if_without_contains_is_refused() {
    let (code, line, _) = one("package main\n\ndeny[msg] if {\n\tmsg := \"x\"\n}\n");
    assert_eq!((code, line), ("governance/if-without-contains", 3));
}

#[test]
fn one_broken_module_does_not_take_the_others_with_it() {
    let files = [
        PolicyFile::new("a.rego", "package main\ndeny contains \"x\" if {\n"),
        PolicyFile::new(
            "b.rego",
            "package main\nwarn contains kind if kind == input.kind\n",
        ),
        PolicyFile::new(
            "c.rego",
            "package main\ndeny contains \"x\" if input.a == other\n",
        ),
    ];
    let (policies, problems) = Policies::load(&files, &[], &LoadOptions::default());
    let paths: Vec<&str> = problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(paths, ["a.rego", "c.rego"]);
    assert_eq!(policies.modules().len(), 1);
}

#[test]
fn data_is_merged_and_must_agree() {
    let policy = [PolicyFile::new("x.rego", "package main\n")];
    let load = |data: &[(&str, &str)]| {
        let data: Vec<PolicyFile> = data
            .iter()
            .map(|(path, text)| PolicyFile::new(*path, *text))
            .collect();
        Policies::load(&policy, &data, &LoadOptions::default()).1
    };
    assert_eq!(
        load(&[
            ("a.yaml", "limits: {order: {min: 5}}"),
            ("b.json", "{\"limits\": {\"max\": 9}}"),
            ("c.yaml", "")
        ]),
        []
    );
    let conflict = load(&[("a.yaml", "limit: 5"), ("b.yaml", "limit: 6")]);
    assert_eq!(
        (conflict[0].path.as_str(), conflict[0].diagnostic.code),
        ("b.yaml", "governance/data")
    );
    let list = load(&[("a.yaml", "- 1")]);
    assert_eq!(list[0].diagnostic.code, "governance/data");
    let broken = load(&[("a.yaml", "a: [")]);
    assert_eq!(broken[0].diagnostic.code, "yaml/syntax");
}
