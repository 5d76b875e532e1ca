//! Selectors that match nothing.

use super::{INGRESS, finds, global, mended, named, policy, problems};

#[test]
fn a_policy_for_nothing_is_only_hinted_at() {
    let policy = global(
        "q",
        "  selector: quarantine == 'true'\n  types: [Ingress]\n  ingress:\n  - action: Deny\n",
    );
    finds(
        &policy,
        &[(
            "selector/matches-nothing",
            6,
            "'true'",
            "no pod has `quarantine` = `true`",
        )],
    );
    let problem = &problems(&policy)[0];
    assert_eq!(problem.severity, tierwalk_protocol::Severity::Hint);
    assert_eq!(
        problem.help.as_deref(),
        Some("the policy is valid and applies to nothing")
    );
    let elsewhere = named("p", INGRESS).replace("namespace: shop", "namespace: emty");
    let told: Vec<_> = problems(&elsewhere)
        .into_iter()
        .map(|it| (it.code, it.message))
        .collect();
    let none = "policy selects nothing: no pod is in namespace `emty`".to_owned();
    assert!(
        told.contains(&("selector/matches-nothing".to_owned(), none)),
        "{told:?}"
    );
}

#[test]
fn a_value_is_mended_in_whatever_quotes_it_stands() {
    for written in [
        "app == \"wbe\"",
        "'app == ''wbe'''",
        "\"app in {'nobody', 'wbe'}\"",
        ">-\n        app == 'wbe'",
    ] {
        let rule = format!("{INGRESS}  - action: Allow\n    source:\n      selector: {written}\n");
        let right = mended(&policy(&rule));
        assert!(right.contains("web") && !right.contains("wbe"), "{right}");
    }
}

#[test]
fn who_lacks_a_label_is_called_by_its_kind() {
    let rule = "{action: Allow, source: {namespaceSelector: global(), selector: zone == 'partnr'}}";
    finds(
        &policy(&format!("{INGRESS}  - {rule}\n")),
        &[(
            "selector/matches-nothing",
            10,
            "'partnr'",
            "no network set has `zone` = `partnr`",
        )],
    );
}
