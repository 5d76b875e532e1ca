//! The project's own copy of the conformance vectors, through the command line.

use std::fs;

use tierwalk_tests::command::{Scratch, tierwalk};

/// Runs one committed file and returns its last line.
fn conform(name: &str) -> String {
    let path = format!("{}/conformance/{name}", env!("CARGO_MANIFEST_DIR"));
    let run = tierwalk(&["conform", &path]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    run.out.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn selectors_are_read_printed_and_matched_as_calico_does() {
    assert_eq!(conform("selectors.json"), "1500 passed, 0 failed");
}

#[test]
fn resources_are_accepted_and_refused_as_by_calicos_client() {
    assert_eq!(conform("validation.json"), "694 passed, 0 failed");
}

#[test]
fn each_behaviour_of_the_evaluation_is_calicos() {
    assert_eq!(conform("hand.json"), "370 passed, 0 failed");
}

#[test]
fn random_clusters_give_calicos_traces() {
    assert_eq!(conform("random-a.json"), "2400 passed, 0 failed");
}

#[test]
fn templates_compile_as_with_the_published_generator() {
    assert_eq!(conform("templates.json"), "120 passed, 0 failed");
}

#[test]
fn checks_are_counted_and_shown_as_by_conftest() {
    assert_eq!(conform("checks.json"), "110 passed, 0 failed");
}

/// Recorded from Conftest 0.71.1 (OPA 1.21.1): negation, numbers, formats, odd names, odd input, flags.
#[test]
fn checks_at_the_edges_are_conftests() {
    assert_eq!(conform("checks-edges.json"), "581 passed, 0 failed");
}

#[test]
fn constraints_answer_as_with_gatekeeper() {
    assert_eq!(conform("gatekeeper.json"), "33 passed, 0 failed");
}

#[test]
fn rights_are_decided_as_by_kubernetes_and_calico() {
    assert_eq!(conform("rbac.json"), "221 passed, 0 failed");
}

#[test]
fn a_wrong_expectation_is_found_and_shown() {
    let scratch = Scratch::new();
    let path = format!("{}/conformance/hand.json", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    let altered = scratch.write("altered.json", text.replace("\"rule\":2", "\"rule\":7"));
    let run = tierwalk(&["conform", "--max", "1", &altered]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("expected"), "{}", run.out);
    let last = run.out.lines().last().unwrap_or_default();
    assert!(
        last.contains(" failed") && !last.contains(" 0 failed"),
        "{last}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&tierwalk(&["conform", "-o", "json", &altered]).out).unwrap();
    let differences = json["differences"].as_array().unwrap();
    assert_eq!(Some(differences.len() as u64), json["failed"].as_u64());
    assert!(differences.len() > 1, "json lists all of them");
}

#[test]
fn an_unknown_family_and_a_broken_file_are_said() {
    let scratch = Scratch::new();
    let unknown = scratch.write("sync.json", r#"{"family": "sync", "cases": []}"#);
    let run = tierwalk(&["conform", &unknown]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("family `sync`"), "{}", run.err);
    let broken = scratch.write("broken.json", "{");
    assert_eq!(tierwalk(&["conform", &broken]).code, 2);
    assert_eq!(tierwalk(&["conform", "missing.json"]).code, 2);
}
