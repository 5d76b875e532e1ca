use tierwalk_selector::Selector;

use super::{Form, Selectors};
use crate::model::PartKind;

fn effective(form: Form, text: &str) -> String {
    let part = Selectors::default().part(PartKind::Selector, form, text);
    part.unwrap().selector.canonical()
}

/// Calico `syncersv1/updateprocessors/rules.go`, `globalnetworkpolicyprocessor.go`: what the words `all()`
/// and `global()` become, by place.
#[test]
fn all_and_global_mean_something_else_by_place() {
    for (form, all) in [
        (Form::Plain, "all()"),
        (
            Form::PlainWithNamespaces,
            "has(projectcalico.org/namespace)",
        ),
        (
            Form::PlainWithAccounts,
            "has(projectcalico.org/serviceaccount)",
        ),
        (Form::Negated, "!all()"),
        (Form::Namespaces, "has(projectcalico.org/namespace)"),
        (Form::RuleNamespaces, "has(projectcalico.org/namespace)"),
        (Form::Accounts, "all()"),
        (
            Form::GlobalAccounts,
            "has(projectcalico.org/serviceaccount)",
        ),
    ] {
        assert_eq!(effective(form, "all()"), all, "{form:?}");
    }
    assert_eq!(
        effective(Form::RuleNamespaces, "global()"),
        "!has(projectcalico.org/namespace)"
    );
    assert_eq!(effective(Form::Plain, "global()"), "global()");
}

/// Reference section 2.8: the replacement is textual.
#[test]
fn replacement_reaches_into_values() {
    assert_eq!(
        effective(Form::Namespaces, "note == 'all() of it'"),
        r#"pcns.note == "has(projectcalico.org/namespace) of it""#
    );
    assert_eq!(
        effective(Form::Accounts, "note == 'all()'"),
        r#"pcsa.note == "all()""#
    );
}

#[test]
fn labels_of_namespaces_and_service_accounts_have_prefixes() {
    assert_eq!(
        effective(Form::RuleNamespaces, "env == 'x' || !has(y)"),
        r#"(pcns.env == "x" || !has(pcns.y))"#
    );
    assert_eq!(
        effective(Form::GlobalAccounts, "role in {'b', 'a'}"),
        r#"pcsa.role in {"a", "b"}"#
    );
}

#[test]
fn a_selector_is_parsed_once_per_place() {
    let mut selectors = Selectors::default();
    for _ in 0..3 {
        selectors
            .part(PartKind::Selector, Form::Plain, "a == 'b'")
            .unwrap();
        selectors
            .part(PartKind::NotSelector, Form::Negated, "a == 'b'")
            .unwrap();
    }
    assert_eq!(selectors.known.len(), 2);
    assert!(
        selectors
            .part(PartKind::Selector, Form::Plain, "a = 'b'")
            .is_none()
    );
}

#[test]
fn names_of_service_accounts_that_cannot_exist_find_none() {
    let mut selectors = Selectors::default();
    let names = ["it's".to_owned(), "a".to_owned()];
    let part = selectors.account_names(&names).unwrap();
    assert_eq!(
        part.selector,
        Selector::parse("projectcalico.org/serviceaccount in {'a'}").unwrap()
    );
    assert_eq!(part.text, "it's, a");
    let none = selectors.account_names(&names[..1]).unwrap();
    assert!(
        !none
            .selector
            .matches(&[("projectcalico.org/serviceaccount", "it's")])
    );
}
