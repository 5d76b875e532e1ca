//! Every diagnostic: where it is told, and that its fix mends it.

mod cases;

use std::collections::BTreeSet;

use tierwalk_resources::{Mode, read};
use tierwalk_source::{Diagnostic, Fix};
use tierwalk_template::{CODES, ProjectOptions, compile_project};
use tierwalk_yaml::Document;

use self::cases::{cases, policy};

fn problems(text: &str, compat: bool) -> Vec<Diagnostic> {
    let validate = |yaml: &str| read(&Document::parse(yaml), Mode::Load).diagnostics;
    let options = ProjectOptions {
        compat,
        isolation: false,
        validate: Some(&validate),
    };
    let project = compile_project(&[("a.yaml", text)], options);
    project
        .diagnostics
        .into_iter()
        .map(|(_, problem)| problem)
        .collect()
}

#[test]
fn each_is_told_at_its_words() {
    for (code, text, at) in cases() {
        let code = format!("template/{code}");
        let told = problems(&text, false);
        let found = told
            .iter()
            .any(|problem| problem.code == code && problem.span.of(&text) == at);
        assert!(found, "{code} at {at:?} in\n{text}\n{told:#?}");
    }
}

#[test]
fn each_code_has_a_case() {
    let mut codes: BTreeSet<_> = cases()
        .iter()
        .map(|(code, ..)| format!("template/{code}"))
        .collect();
    // Only with the compatibility option, below.
    codes.insert("template/generator-refuses".to_owned());
    assert_eq!(codes, CODES.iter().map(|code| (*code).to_owned()).collect());
}

fn apply(text: &str, fix: &Fix) -> String {
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

#[test]
fn a_fix_mends_its_problem_and_makes_no_other() {
    for (code, text, _) in cases() {
        let told = problems(&text, false);
        for problem in &told {
            for fix in &problem.fixes {
                let mended = apply(&text, fix);
                let left = problems(&mended, false);
                let same = |other: &&Diagnostic| {
                    other.code == problem.code && other.message == problem.message
                };
                assert!(
                    !left.iter().any(|other| same(&other)),
                    "{code}: {}\n{mended}\n{left:#?}",
                    fix.title
                );
                assert!(
                    left.len() <= told.len(),
                    "{code}: {}\n{mended}\n{left:#?}",
                    fix.title
                );
            }
        }
    }
}

#[test]
fn what_calico_refuses_is_only_a_warning_where_the_generators_output_is_wanted() {
    for change in [
        "AppliesToSelector: app = 'web'",
        "PolicyName: Allow_Web",
        "INGRESS:\n- IngressAction: Allow\n  IngressPort: [80]",
        "INGRESS:\n- IngressAction: ''",
    ] {
        let told = problems(&policy(change), true);
        assert!(
            !told.iter().any(Diagnostic::is_error),
            "{change}: {told:#?}"
        );
        let refused = problems(&policy(change), false);
        assert!(refused.iter().any(Diagnostic::is_error), "{change}");
    }
}

#[test]
fn with_the_compatibility_option_the_generators_own_refusals_are_told() {
    let told = problems(&policy("PolicyOrder: 1.5"), true);
    let refusal = told
        .iter()
        .find(|problem| problem.code == "template/generator-refuses");
    let message = refusal
        .map(|problem| problem.message.as_str())
        .unwrap_or_default();
    assert!(
        message.contains("`PolicyOrder`") && message.contains("`EGRESS`"),
        "{told:#?}"
    );
    assert!(!message.contains("`PolicyName`"), "{message}");
}
