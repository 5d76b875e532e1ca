use super::*;

const HTML: &str = "<head>\n<meta charset=\"utf-8\">\n<meta name=\"tierwalk-editor\" content=\"./editor.js\">\n\
    <script src=\"a.js\"></script><script type=\"module\">start()</script></head>";

#[test]
fn the_policy_names_the_hash_of_every_inline_script_and_no_other() {
    let html = add_policy(HTML).expect("a charset is there");
    let policy = policy_of(&html).expect("a policy is there");
    // printf 'start()' | openssl dgst -sha256 -binary | base64
    let hash = "'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='";
    assert_eq!(policy.matches("sha256-").count(), 1, "{policy}");
    assert!(policy.contains(hash), "{policy}");
}

#[test]
fn the_policy_forbids_inline_styles_and_other_hosts() {
    let html = add_policy(HTML).expect("a charset is there");
    let policy = policy_of(&html).expect("a policy is there");
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("http"),
        "{policy}"
    );
}

#[test]
fn an_address_is_replaced_in_its_own_meta_element() {
    let html = set_meta(HTML, "tierwalk-editor", "./editor-1.js").expect("the element is there");
    assert!(html.contains("<meta name=\"tierwalk-editor\" content=\"./editor-1.js\">"));
    assert!(set_meta(HTML, "tierwalk-worker", "./w.js").is_err());
}
