//! Laws that hold for every selector and every text.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tierwalk_selector::{Labels, Necessary, Selector};

type LabelMap = BTreeMap<String, String>;

/// Few names and values, so that atoms often hold.
fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "b", "in", "k8s.io/c-1"])
}

fn value() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "x", "y", "xy", "all()", "it's", "é"])
}

fn labels() -> impl Strategy<Value = LabelMap> {
    prop::collection::btree_map(
        key().prop_map(str::to_owned),
        value().prop_map(str::to_owned),
        0..4,
    )
}

fn comparison() -> impl Strategy<Value = String> {
    let operator = prop::sample::select(vec!["==", "!=", "contains", "starts with", "endswith"]);
    (key(), operator, value())
        .prop_map(|(key, operator, value)| format!("{key} {operator} \"{value}\""))
}

fn membership() -> impl Strategy<Value = String> {
    let operator = prop::sample::select(vec!["in", "not in"]);
    let values = prop::collection::vec(value().prop_map(|value| format!("\"{value}\"")), 0..4);
    (key(), operator, values)
        .prop_map(|(key, operator, values)| format!("{key} {operator} {{{}}}", values.join(",")))
}

fn atom() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => comparison(),
        3 => membership(),
        2 => key().prop_map(|key| format!("has({key})")),
        1 => prop::sample::select(vec!["all()".to_owned(), "global( )".to_owned()]),
    ]
}

fn selector() -> impl Strategy<Value = String> {
    atom().prop_recursive(6, 40, 4, |inner| {
        let group = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            inner.prop_map(|inner| format!("!({inner})")),
            group
                .clone()
                .prop_map(|all| format!("({})", all.join(" && "))),
            group.prop_map(|any| any.join(" || ")),
        ]
    })
}

/// Text that looks like a selector, but need not be one.
fn nearly_a_selector() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a",
        "and",
        "not",
        "in",
        "in ",
        "startswith",
        " ",
        "(",
        ")",
        "{",
        "}",
        ",",
        "==",
        "=",
        "!",
        "!=",
        "&",
        "&&",
        "||",
        "'",
        "\"",
        "'x'",
        "has(",
        "all()",
        "Has(",
        "[",
        "]",
        "\n",
        "‘",
        "é",
        "日",
        "\u{a0}",
        ":",
        "\\'",
        "exists",
        "contain",
        "zone",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..14).prop_map(|pieces| pieces.concat())
}

fn check_error(text: &str) {
    let Err(error) = Selector::parse(text) else {
        return;
    };
    let end = error.offset + error.len;
    assert!(text.get(error.offset..end).is_some(), "{text:?}: {error:?}");
    if let Some(fix) = error.fix {
        assert!(text.get(fix.range.clone()).is_some(), "{text:?}: {fix:?}");
        assert_ne!(fix.apply(text), text, "the fix changes nothing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn canonical_form_keeps_the_meaning(text in selector(), labels in labels()) {
        let selector = Selector::parse(&text).unwrap();
        let again = Selector::parse(&selector.canonical()).unwrap();
        prop_assert_eq!(selector.matches(&labels), again.matches(&labels));
    }

    #[test]
    fn explanation_agrees_with_the_result(text in selector(), labels in labels()) {
        let selector = Selector::parse(&text).unwrap();
        let explanation = selector.explain(&labels);
        prop_assert_eq!(explanation.matches, selector.matches(&labels));
        prop_assert_eq!(explanation.atoms.len(), selector.atoms().len());
        prop_assert!(explanation.atoms.iter().any(|atom| atom.decisive));
        prop_assert_eq!(explanation.blamed().next().is_none(), explanation.matches);
        for atom in &explanation.atoms {
            prop_assert_eq!(atom.actual, atom.key().and_then(|key| Labels::get(&labels, key)));
            let alone = Selector::parse(&text[atom.span()]).unwrap();
            prop_assert_eq!(alone.matches(&labels), atom.held);
            prop_assert_eq!(alone.canonical(), atom.canonical());
        }
    }

    /// The atoms that do not matter can be anything: the decisive ones alone give the result.
    #[test]
    fn decisive_atoms_decide(text in selector(), labels in labels(), flip: bool) {
        let selector = Selector::parse(&text).unwrap();
        let explanation = selector.explain(&labels);
        let mut changed = text.clone();
        for atom in explanation.atoms.iter().rev() {
            let truth = if atom.decisive { atom.held } else { atom.held ^ flip };
            changed.replace_range(atom.span(), if truth { "all()" } else { "x in {}" });
        }
        prop_assert_eq!(Selector::parse(&changed).unwrap().matches(&labels), explanation.matches);
    }

    #[test]
    fn a_match_implies_what_is_necessary(text in selector(), labels in labels()) {
        let selector = Selector::parse(&text).unwrap();
        let holds = match selector.necessary() {
            Necessary::Pair(key, values) => labels.get(key).is_some_and(|value| values.contains(&value.as_str())),
            Necessary::Has(key) => labels.contains_key(key),
            Necessary::Always => true,
        };
        prop_assert!(holds || !selector.matches(&labels));
    }

    #[test]
    fn prefixing_selector_and_labels_changes_nothing(text in selector(), labels in labels()) {
        let selector = Selector::parse(&text).unwrap();
        let prefixed_labels: LabelMap = labels.iter().map(|(key, value)| (format!("pcns.{key}"), value.clone())).collect();
        let prefixed = selector.prefixed("pcns.");
        prop_assert_eq!(prefixed.matches(&prefixed_labels), selector.matches(&labels));
        prop_assert!(prefixed.keys().all(|key| key.starts_with("pcns.")));
        prop_assert_eq!(prefixed.text(), text);
    }

    /// Calico replaces text in the printed form and parses that.
    #[test]
    fn replacing_all_and_global_is_replacing_text(text in selector()) {
        let selector = Selector::parse(&text).unwrap();
        let printed = selector.canonical().replace("all()", "has(ns)");
        prop_assert_eq!(selector.with_all_as_has("ns"), Selector::parse(&printed).unwrap());
        let printed = selector.canonical().replace("global()", "!has(ns)");
        prop_assert_eq!(selector.with_global_as_not_has("ns"), Selector::parse(&printed).unwrap());
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check_error(&text);
    }

    #[test]
    fn mistakes_are_placed_inside_the_text(text in nearly_a_selector()) {
        check_error(&text);
    }

    #[test]
    fn fixes_come_to_an_end(text in nearly_a_selector()) {
        let mut text = text;
        for _ in 0..40 {
            let Some(fix) = Selector::parse(&text).err().and_then(|error| error.fix) else {
                return Ok(());
            };
            text = fix.apply(&text);
        }
        prop_assert!(false, "still fixing {text:?}");
    }
}
