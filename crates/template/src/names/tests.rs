use super::*;

#[test]
fn names_are_dns_names_in_lower_case() {
    for name in ["a", "storefront", "web-1", "9lives"] {
        assert!(is_dns_label(name), "{name}");
    }
    for name in ["", "Web", "-a", "a-", "a.b", "a_b", &"a".repeat(64)] {
        assert!(!is_dns_label(name), "{name}");
    }
    assert!(is_dns_subdomain("a.b-c.d"));
    assert!(!is_dns_subdomain("a..b"));
}

/// The reference's section 6.2: `label` or `label.label`.
#[test]
fn policy_names_have_one_dot_at_most() {
    assert!(is_policy_name("allow-web"));
    assert!(is_policy_name("platform.allow-web"));
    assert!(!is_policy_name("a.b.c"));
    assert!(!is_policy_name("Allow"));
}

#[test]
fn labels_are_those_of_kubernetes() {
    for key in ["app", "app.kubernetes.io/name", "A_b.c"] {
        assert!(is_label_key(key), "{key}");
    }
    for key in ["", "/app", "a/b/c", "te$t", "-a"] {
        assert!(!is_label_key(key), "{key}");
    }
    assert!(is_label_value("") && is_label_value("v1.2.3"));
    assert!(!is_label_value("char!") && !is_label_value(".*gex"));
}

#[test]
fn ports_and_domains() {
    assert!(is_port_name("http") && is_port_name("http-2"));
    assert!(!is_port_name("80-90") && !is_port_name("a--b") && !is_port_name("Http"));
    assert!(is_domain("api.example.com") && is_domain("*.example.com"));
    assert!(!is_domain("localhost") && !is_domain("a*.example.com") && !is_domain("https://x.y"));
}
