use super::{is_label, is_subdomain, mended, port_name_problem, qualified_name_problem};

#[test]
fn labels_and_subdomains() {
    assert!(["a", "0a", "a-b"].iter().all(|name| is_label(name)));
    assert!(
        !["", "-a", "a-", "A", "a.b", "é", "a_b"]
            .iter()
            .any(|name| is_label(name))
    );
    assert!(is_subdomain("a.b-c.d"));
    assert!(
        !["a.", ".a", "a..b", ""]
            .iter()
            .any(|name| is_subdomain(name))
    );
}

/// Reference §1.3: Kubernetes' port names.
#[test]
fn port_names() {
    assert!(
        ["http", "a1", "my-port"]
            .iter()
            .all(|name| port_name_problem(name).is_none())
    );
    let bad = [
        "",
        "80",
        "80-90",
        "HTTP",
        "a--b",
        "-a",
        "a-",
        "a-very-long-port-name",
        "web.http",
    ];
    assert!(bad.iter().all(|name| port_name_problem(name).is_some()));
}

#[test]
fn qualified_names() {
    assert_eq!(qualified_name_problem("app.kubernetes.io/name"), None);
    assert_eq!(qualified_name_problem("My_Name"), None);
    assert!(
        ["", "/a", "a/", "a/b/c", "A.b/c", "a b"]
            .iter()
            .all(|name| qualified_name_problem(name).is_some())
    );
}

#[test]
fn a_wrong_name_is_mended_if_there_is_something_to_keep() {
    assert_eq!(mended("My_App").as_deref(), Some("my-app"));
    assert_eq!(mended("-a b-").as_deref(), Some("a-b"));
    assert_eq!(mended("é"), None);
}
