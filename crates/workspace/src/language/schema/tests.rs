use std::collections::BTreeSet;

use tierwalk_resources::{Mode, read};
use tierwalk_source::Diagnostic;
use tierwalk_yaml::Document;

use super::*;

/// What the readers say of a field of this name at a path, in an object that has the path and no more.
fn problems(kind: &Kind, path: &[&str], name: &str) -> Vec<Diagnostic> {
    let mut text = format!(
        "apiVersion: {}\nkind: {}\nmetadata: {{name: a}}\n",
        kind.api_version, kind.name
    );
    let mut indent = String::new();
    for step in path {
        text.push_str(&match *step {
            "[]" => format!("{indent}-\n"),
            key => format!("{indent}{key}:\n"),
        });
        indent.push_str("  ");
    }
    text.push_str(&format!("{indent}{name}: null\n"));
    read(&Document::parse(&text), Mode::Load).diagnostics
}

fn is_unknown(problem: &Diagnostic) -> bool {
    problem.message.starts_with("unknown field") || problem.message.contains("is spelt")
}

/// All mappings of a kind, each with its path.
fn mappings(
    shape: Shape,
    path: Vec<&'static str>,
    depth: u32,
    visit: &mut dyn FnMut(&[&'static str], &'static Struct),
) {
    match shape {
        Shape::List(item) => mappings(*item, [path, vec!["[]"]].concat(), depth, visit),
        Shape::Struct(inner) if depth < 9 => {
            visit(&path, inner);
            for field in inner.fields() {
                mappings(
                    field.shape,
                    [path.clone(), vec![field.name]].concat(),
                    depth + 1,
                    visit,
                );
            }
        }
        _ => {}
    }
}

fn each_mapping(mut visit: impl FnMut(&'static Kind, &[&'static str], &'static Struct)) {
    for kind in kinds() {
        for field in kind.body.fields() {
            mappings(field.shape, vec![field.name], 0, &mut |path, inner| {
                visit(kind, path, inner)
            });
        }
    }
}

#[test]
fn every_field_of_the_table_is_read() {
    let mut checked = 0;
    each_mapping(|kind, path, inner| {
        for field in inner.fields() {
            let problems = problems(kind, path, field.name);
            let unknown: Vec<_> = problems.iter().filter(|it| is_unknown(it)).collect();
            assert!(
                unknown.is_empty(),
                "{} {path:?} {}: {unknown:?}",
                kind.name,
                field.name
            );
            checked += 1;
        }
    });
    assert!(checked > 500, "{checked}");
}

/// The names that a reader lists when it knows nothing like what is written.
fn listed(problems: &[Diagnostic]) -> Option<BTreeSet<String>> {
    let help = problems.iter().find(|it| is_unknown(it))?.help.clone()?;
    let names = help.strip_prefix("the fields here are ")?;
    Some(
        names
            .split(", ")
            .map(|name| name.trim_matches('`').to_owned())
            .collect(),
    )
}

#[test]
fn every_field_that_is_read_is_in_the_table() {
    let mut checked = 0;
    each_mapping(|kind, path, inner| {
        let Some(listed) = listed(&problems(kind, path, "qqqqqqqqqq")) else {
            return;
        };
        let known: BTreeSet<_> = inner.fields().map(|field| field.name.to_owned()).collect();
        assert_eq!(listed, known, "{} {path:?}", kind.name);
        checked += 1;
    });
    assert!(checked > 60, "{checked}");
}

#[test]
fn every_kind_is_read_and_every_field_explained() {
    for kind in kinds() {
        let text = format!(
            "apiVersion: {}\nkind: {}\nmetadata: {{name: a}}\n",
            kind.api_version, kind.name
        );
        let objects = read(&Document::parse(&text), Mode::Load);
        let told = objects
            .diagnostics
            .iter()
            .any(|it| it.code == "resource/ignored-kind");
        assert!(!told, "{}", kind.name);
        assert!(kind.doc.ends_with('.'));
    }
    each_mapping(|_, _, inner| {
        for field in inner.fields() {
            assert!(field.doc.ends_with('.'), "{}", field.name);
        }
    });
}

#[test]
fn every_word_of_policies_is_accepted() {
    let policy = |rest: &str| {
        let head = "apiVersion: projectcalico.org/v3\nkind: StagedGlobalNetworkPolicy\nmetadata: {name: a}\nspec:\n  types: [Ingress]\n";
        read(&Document::parse(&format!("{head}{rest}")), Mode::Load).diagnostics
    };
    let kind = kind("projectcalico.org/v3", "StagedGlobalNetworkPolicy").unwrap();
    let words = |path: &str| match kind.shape_at(Path::parse(path).segments()) {
        Some(Shape::Words(words)) => words.iter().map(|word| word.text).collect::<Vec<_>>(),
        other => panic!("{path}: {other:?}"),
    };
    for action in words("spec.ingress[0].action") {
        assert_eq!(policy(&format!("  ingress:\n  - action: {action}\n")), []);
    }
    for protocol in words("spec.ingress[0].protocol") {
        assert_eq!(
            policy(&format!(
                "  ingress:\n  - action: Allow\n    protocol: {protocol}\n"
            )),
            []
        );
    }
    for staged in words("spec.stagedAction")
        .iter()
        .filter(|it| **it != "Delete")
    {
        let problems = policy(&format!("  stagedAction: {staged}\n"));
        assert!(!problems.iter().any(Diagnostic::is_error), "{problems:?}");
    }
}
