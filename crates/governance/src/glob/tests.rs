use super::{is_pattern, matches};

#[test]
fn a_star_takes_dots_as_path_match_does() {
    assert!(matches("policies.*", "policies.net"));
    assert!(matches("policies.*", "policies.net.deep"));
    assert!(matches("*.simple", "k8s.simple"));
    assert!(!matches("policies.*", "policy.net"));
    assert!(!matches("*", "a/b"));
}

#[test]
fn classes_and_single_characters() {
    assert!(matches("team-[a-c]", "team-b"));
    assert!(!matches("team-[^a-c]", "team-b"));
    assert!(matches("t?am", "team"));
    assert!(!matches("team-[a", "team-a"));
}

#[test]
fn only_patterns_are_patterns() {
    assert!(is_pattern("a*"));
    assert!(!is_pattern("policies.net"));
}
