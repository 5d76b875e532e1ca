//! Explanations, rewriting, index keys and identity.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use tierwalk_selector::{Labels, LabelsFn, Necessary, Selector};

fn parse(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// The canonical text of the atoms to blame.
fn blamed(text: &str, labels: &[(&str, &str)]) -> Vec<String> {
    parse(text)
        .explain(labels)
        .blamed()
        .map(|atom| atom.canonical())
        .collect()
}

#[test]
fn the_false_operand_of_an_and_is_to_blame() {
    let text = "a == '1' && b == '2' && has(c)";
    assert_eq!(
        blamed(text, &[("a", "1"), ("b", "3"), ("c", "")]),
        ["b == \"2\""]
    );
    assert_eq!(blamed(text, &[("a", "1")]), ["b == \"2\"", "has(c)"]);
    assert!(blamed(text, &[("a", "1"), ("b", "2"), ("c", "")]).is_empty());
}

#[test]
fn every_operand_of_a_false_or_is_to_blame() {
    assert_eq!(
        blamed("a == '1' || b == '2'", &[]),
        ["a == \"1\"", "b == \"2\""]
    );
    assert_eq!(
        blamed("a == '1' || (b == '2' && c == '3')", &[("b", "2")]),
        ["a == \"1\"", "c == \"3\""]
    );
}

#[test]
fn under_a_negation_what_is_true_is_to_blame() {
    assert_eq!(blamed("!has(a)", &[("a", "1")]), ["has(a)"]);
    assert_eq!(
        blamed("!(a == '1' || b == '2')", &[("b", "2")]),
        ["b == \"2\""]
    );
    assert_eq!(
        blamed(
            "!(a == '1' && b == '2') && c == '3'",
            &[("a", "1"), ("b", "2"), ("c", "3")]
        ),
        ["a == \"1\"", "b == \"2\""]
    );
}

#[test]
fn an_explanation_shows_text_key_and_actual_value() {
    let text = "has( a ) && !b  in {'y', 'x'}";
    let selector = parse(text);
    let labels = BTreeMap::from([("b".to_owned(), "x".to_owned())]);
    let explanation = selector.explain(&labels);
    assert!(!explanation.matches);
    let [first, second] = &explanation.atoms[..] else {
        panic!("two atoms");
    };
    assert_eq!(
        (&text[first.span()], first.held, first.decisive),
        ("has( a )", false, true)
    );
    assert_eq!((first.key(), first.actual), (Some("a"), None));
    assert_eq!(
        (&text[second.span()], second.held, second.decisive),
        ("b  in {'y', 'x'}", true, true)
    );
    assert_eq!((second.key(), second.actual), (Some("b"), Some("x")));
    assert_eq!(second.canonical(), "b in {\"x\", \"y\"}");
}

#[test]
fn labels_can_be_maps_pairs_or_a_function() {
    let selector = parse("a == '1'");
    let map = BTreeMap::from([("a".to_owned(), "1".to_owned())]);
    assert!(selector.matches(&map));
    assert!(selector.matches(&&map));
    assert!(selector.matches(&[("a", "1")]));
    assert!(selector.matches(&vec![("a".to_owned(), "1".to_owned())]));
    assert!(selector.matches(&LabelsFn::new(|key| (key == "a").then_some("1"))));
    let object: &dyn Labels = &map;
    assert!(selector.matches(object));
}

/// Section 2.8 of the semantics reference.
#[test]
fn prefixing_is_what_namespace_and_service_account_selectors_get() {
    let selector = parse("env == 'x' || has(y)").prefixed("pcns.");
    assert_eq!(selector.canonical(), "(pcns.env == \"x\" || has(pcns.y))");
    assert_eq!(
        parse("role == 'x'").prefixed("pcsa.").canonical(),
        "pcsa.role == \"x\""
    );
    assert_eq!(
        parse("!has(env)").prefixed("pcns.").canonical(),
        "!has(pcns.env)"
    );
    assert_eq!(parse("all()").prefixed("pcns.").canonical(), "all()");
}

/// Sections 2.7 and 2.8 of the semantics reference.
#[test]
fn all_and_global_have_a_meaning_in_a_namespace_selector() {
    let namespaced = |text| {
        parse(text)
            .with_all_as_has("ns")
            .with_global_as_not_has("ns")
            .canonical()
    };
    assert_eq!(namespaced("all()"), "has(ns)");
    assert_eq!(namespaced("global()"), "!has(ns)");
    assert_eq!(namespaced("!global()"), "has(ns)");
    assert_eq!(
        namespaced("all() && x == 'all()'"),
        "(has(ns) && x == \"has(ns)\")"
    );
    assert_eq!(
        parse("all( )").with_all_as_has("ns").atoms()[0].span(),
        0..6
    );
}

#[test]
fn only_all_alone_is_all() {
    for text in ["", "  ", "all()", "((all()))", "!!all()"] {
        assert!(parse(text).is_all(), "{text:?}");
    }
    for text in [
        "global()",
        "!all()",
        "all() && all()",
        "!(!all())",
        "has(a)",
    ] {
        assert!(!parse(text).is_all(), "{text:?}");
    }
}

#[test]
fn the_most_selective_label_is_the_necessary_one() {
    let pair = |key, values: &[&'static str]| Necessary::Pair(key, values.to_vec());
    for (text, expected) in [
        ("a == '1'", pair("a", &["1"])),
        ("has(a) && b in {'2', '1'} && c == '3'", pair("c", &["3"])),
        (
            "a == '2' || a == '1' || a in {'1', '3'}",
            pair("a", &["1", "2", "3"]),
        ),
        ("a == '1' || a starts with '2'", Necessary::Has("a")),
        ("a == '1' || b == '1'", Necessary::Always),
        (
            "(a == '1' && b == '2') || (b == '3' && a == '4')",
            Necessary::Always,
        ),
        ("(a == '1' && b == '2') || a == '4'", pair("a", &["1", "4"])),
        ("a contains 'x' && b != 'y'", Necessary::Has("a")),
        ("a != '1'", Necessary::Always),
        ("!a != '1'", pair("a", &["1"])),
        ("!(a not in {'1', '2'} || has(b))", pair("a", &["1", "2"])),
        ("!has(a)", Necessary::Always),
        ("a in {}", pair("a", &[])),
        ("b in {} || a == '1'", pair("a", &["1"])),
        ("all()", Necessary::Always),
    ] {
        assert_eq!(parse(text).necessary(), expected, "{text:?}");
    }
}

#[test]
fn a_copy_shares_text_and_atoms() {
    let selector = parse("has(a) && b == 'c'");
    let copy = selector.clone();
    assert_eq!(copy.text().as_ptr(), selector.text().as_ptr());
    assert_eq!(copy, selector);
    assert_eq!(copy.keys().collect::<Vec<_>>(), ["a", "b"]);
}
