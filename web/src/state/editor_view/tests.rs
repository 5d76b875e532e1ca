use super::*;
use crate::fixture::{analysis, denied_walk};

const BACKEND: &str = "policies/backend.yaml";

/// The fixture's place on line 12 is from 120 to 129.
fn text() -> String {
    format!("{}ab\ncd\nef", " ".repeat(121))
}

#[test]
fn clauses_are_marked_at_their_lines() {
    let walk = denied_walk();
    let marks = marks(Some(&walk), Direction::Ingress, BACKEND, &text());
    assert_eq!(
        marks.clauses,
        [
            (16, true),
            (18, false),
            (20, true),
            (23, true),
            (25, false),
            (26, false),
            (28, false)
        ]
    );
}

#[test]
fn the_deciding_lines_wear_the_verdict() {
    let walk = denied_walk();
    let marks = marks(Some(&walk), Direction::Ingress, BACKEND, &text());
    assert_eq!(marks.band, Some((12, 14, Verdict::Deny)));
}

#[test]
fn other_files_have_no_marks() {
    let walk = denied_walk();
    assert_eq!(
        marks(Some(&walk), Direction::Ingress, "policies/dev.yaml", ""),
        Marks::default()
    );
}

#[test]
fn the_summary_counts_by_severity() {
    let mut analysis = analysis();
    assert_eq!(summary(problems(&analysis, BACKEND)), "No problems");
    analysis.diagnostics = vec![
        crate::fixture::problem(BACKEND, Severity::Error),
        crate::fixture::problem(BACKEND, Severity::Error),
        crate::fixture::problem(BACKEND, Severity::Warning),
        crate::fixture::problem("other", Severity::Warning),
    ];
    assert_eq!(
        summary(problems(&analysis, BACKEND)),
        "2 errors · 1 warning"
    );
}

#[test]
fn a_line_belongs_to_the_policy_above_it() {
    let analysis = analysis();
    let policy = policy_at(&analysis, BACKEND, 18);
    assert_eq!(policy.map(|policy| policy.name).as_deref(), Some("backend"));
    assert_eq!(policy_at(&analysis, "cluster/pods.yaml", 3), None);
}
