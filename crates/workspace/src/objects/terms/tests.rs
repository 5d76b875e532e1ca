use super::*;

fn term(key: &str, operator: &str, value: &str) -> Term {
    Term {
        key: key.to_owned(),
        operator: operator.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn conditions_joined_by_and_are_rows_and_come_back_as_they_were() {
    let text = "app == 'web'  && !has(old) && role in {'b', 'a'} && tier not in { \"x\" }";
    let terms = of_selector(text).unwrap();
    assert_eq!(
        terms,
        [
            term("app", "==", "web"),
            term("old", "does not have", ""),
            term("role", "in", "a, b"),
            term("tier", "not in", "x"),
        ]
    );
    assert_eq!(
        to_selector(&terms, text),
        "app == 'web' && !has(old) && role in {'b', 'a'} && tier not in { \"x\" }"
    );
    assert_eq!(of_selector("all()").unwrap(), [term("", "all", "")]);
}

#[test]
fn other_selectors_are_typed() {
    for text in [
        "a == 'b' || c == 'd'",
        "(a == 'b')",
        "!(a == 'b')",
        "a ==",
        "!a == 'b'",
    ] {
        assert_eq!(of_selector(text), None, "{text}");
    }
}

#[test]
fn new_conditions_take_the_quotes_of_the_selector() {
    let terms = [term("twilio", "==", "allowed"), term("", "==", "")];
    assert_eq!(to_selector(&terms, ""), "twilio == \"allowed\"");
    assert_eq!(to_selector(&terms, "app == 'x'"), "twilio == 'allowed'");
    assert_eq!(
        to_selector(&[term("a", "in", "x,y")], ""),
        "a in {\"x\", \"y\"}"
    );
}

#[test]
fn label_selectors_are_rows_too() {
    let text = "matchLabels: {app: web}\nmatchExpressions:\n- {key: role, operator: NotIn, values: [db]}\n";
    let document = tierwalk_yaml::Document::parse(text);
    let root = document.root.as_ref().unwrap();
    let terms = of_match(root).unwrap();
    assert_eq!(
        terms,
        [term("app", "==", "web"), term("role", "not in", "db")]
    );
    assert_eq!(to_match(&terms), root.to_value());
}
