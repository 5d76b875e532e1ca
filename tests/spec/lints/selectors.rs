//! Selectors that match nothing.

use tierwalk_protocol::{File, Severity};
use tierwalk_workspace::Workspace;

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
    assert_eq!(problem.severity, Severity::Hint);
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

#[test]
fn the_nearest_value_in_use_is_offered() {
    let policy = policy(&format!(
        "{INGRESS}  - action: Allow\n    source: {{selector: 'app == \"wbe\" && has(app)'}}\n"
    ));
    finds(
        &policy,
        &[(
            "selector/matches-nothing",
            11,
            "\"wbe\"",
            "no pod in `shop` has `app` = `wbe`",
        )],
    );
    let problem = &problems(&policy)[0];
    assert_eq!(problem.severity, Severity::Warning);
    assert_eq!(
        problem.help.as_deref(),
        Some(
            "the rule is valid and never applies; `web` is the nearest value in use, and 1 pod has it"
        )
    );
    assert!(!problem.fixes[0].safe);
    assert!(mended(&policy).contains("app == \"web\" && has(app)"));
}

/// What is said about the source of a rule.
fn said(kind: &str, source: &str) -> Vec<String> {
    let namespace = match kind {
        "NetworkPolicy" => "  namespace: shop\n",
        _ => "",
    };
    let policy = format!(
        "apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata:\n  name: p\n{namespace}spec:\n{INGRESS}  - action: Allow\n    source: {{{source}}}\n"
    );
    let problems = problems(&policy).into_iter();
    problems.map(|problem| problem.message).collect()
}

#[test]
fn the_scope_of_the_rule_is_named() {
    let cases = [
        (
            "NetworkPolicy",
            "selector: app == 'prometheus'",
            "no pod in `shop` has `app` = `prometheus`",
        ),
        (
            "GlobalNetworkPolicy",
            "selector: app == 'nobody'",
            "no pod has `app` = `nobody`",
        ),
        (
            "NetworkPolicy",
            "selector: app == 'web', namespaceSelector: team == 'sre'",
            "no pod in the selected namespaces has `app` = `web`",
        ),
        (
            "NetworkPolicy",
            "namespaceSelector: team == 'qa'",
            "no namespace with pods has `team` = `qa`",
        ),
        (
            "GlobalNetworkPolicy",
            "selector: has(owner)",
            "no pod has label `owner`",
        ),
        (
            "GlobalNetworkPolicy",
            "selector: \"app in {'x', 'y'}\"",
            "no pod has `app` in `x`, `y`",
        ),
        (
            "GlobalNetworkPolicy",
            "serviceAccounts: {names: [robot]}",
            "no pod runs as service account `robot`",
        ),
    ];
    for (kind, source, why) in cases {
        let message = format!("selector matches nothing: {why}");
        assert_eq!(said(kind, source), [message], "{source}");
    }
}

#[test]
fn selectors_of_kubernetes_policies_are_marked_at_the_label() {
    let policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n  podSelector: {}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: wbe}}\n";
    finds(
        policy,
        &[(
            "selector/matches-nothing",
            8,
            "wbe",
            "no pod in `shop` has `app` = `wbe`",
        )],
    );
    assert!(mended(policy).contains("{app: web}"));
}

#[test]
fn what_can_match_is_not_told() {
    for source in [
        "selector: app == 'db'",
        "selector: app != 'nobody'",
        "selector: zone == 'partner', namespaceSelector: global()",
        "notSelector: app == 'nobody'",
        "selector: app == 'prometheus', namespaceSelector: team == 'sre'",
        "nets: [198.51.100.0/24]",
    ] {
        assert!(said("NetworkPolicy", source).is_empty(), "{source}");
    }
}

#[test]
fn without_pods_nothing_is_said() {
    let policy = global(
        "p",
        &format!("{INGRESS}  - {{action: Allow, source: {{selector: app == 'nobody'}}}}\n"),
    );
    let files = vec![File {
        path: "p.yaml".into(),
        text: policy,
    }];
    assert_eq!(Workspace::open(files).analysis(None).diagnostics, []);
}
