//! Which files there is something to check with.

/// Whether a file is a policy in Rego.
pub fn is_rego(path: &str) -> bool {
    path.ends_with(".rego")
}

fn is_yaml(path: &str) -> bool {
    [".yaml", ".yml", ".json"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// Whether a file may hold settings of checks, or rules, rights and personas of a cluster; the checker reads it.
fn speaks_of_checks(text: &str) -> bool {
    const WORDS: [&str; 4] = [
        "gatekeeper.sh/",
        "ValidatingAdmissionPolicy",
        "rbac.authorization.k8s.io/",
        "kind: Config\n",
    ];
    (text.contains("kind: Checks") && text.contains("tierwalk.dev/v1"))
        || WORDS.iter().any(|word| text.contains(word))
}

/// Whether a file may hold anything to check with.
pub(super) fn may_check(path: &str, text: &str) -> bool {
    is_rego(path) || (is_yaml(path) && speaks_of_checks(text))
}
