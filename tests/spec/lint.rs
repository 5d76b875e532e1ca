//! Rules that are valid and never apply are told, with the value that was probably meant.

use tierwalk_protocol::{Diagnostic, File, Severity};
use tierwalk_workspace::Workspace;

const CLUSTER: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: v1
kind: Namespace
metadata: {name: ops, labels: {team: sre}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: log, namespace: shop, labels: {app: logging}}
---
apiVersion: v1
kind: Pod
metadata: {name: prom, namespace: ops, labels: {app: prometheus}}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: partners, labels: {zone: partner}}
spec: {nets: [192.0.2.0/24]}
";

/// What is said about a policy with this source, and the text it is said of.
fn said(kind: &str, rule: &str) -> Vec<(String, String)> {
    let namespace = if kind.starts_with("Global") {
        ""
    } else {
        ", namespace: shop"
    };
    let policy = format!(
        "apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{name: p{namespace}}}\nspec:\n  ingress:\n  - action: Allow\n    {rule}\n"
    );
    let problems = problems(&policy);
    let of = |problem: &Diagnostic| {
        assert_eq!(
            (problem.code.as_str(), problem.severity),
            ("selector/matches-nothing", Severity::Warning)
        );
        let place = &problem.place;
        (
            problem.message.clone(),
            policy[place.from as usize..place.to as usize].to_owned(),
        )
    };
    problems.iter().map(of).collect()
}

fn problems(policy: &str) -> Vec<Diagnostic> {
    let files = [("cluster.yaml", CLUSTER), ("policy.yaml", policy)];
    let files = files.map(|(path, text)| File {
        path: path.into(),
        text: text.into(),
    });
    Workspace::open(files.into()).analysis(None).diagnostics
}

fn one(kind: &str, rule: &str) -> (String, String) {
    let said = said(kind, rule);
    assert_eq!(said.len(), 1, "{rule}: {said:?}");
    said[0].clone()
}

#[test]
fn a_value_that_nothing_has_is_marked_with_the_nearest_one() {
    let rule = r#"source: {selector: 'app == "loging" && has(app)'}"#;
    let (message, marked) = one("NetworkPolicy", rule);
    assert_eq!(
        message,
        "selector matches nothing: no pod in `shop` has `app` = `loging`"
    );
    assert_eq!(marked, r#""loging""#);
    let policy = format!(
        "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec:\n  ingress:\n  - action: Allow\n    {rule}\n"
    );
    let problem = &problems(&policy)[0];
    let help = problem.help.as_deref().unwrap();
    assert_eq!(
        help,
        "the rule is valid and never applies; `logging` is the nearest value in use, and 1 pod has it"
    );
    let fix = &problem.fixes[0];
    let edit = &fix.edits[0];
    let mut mended = policy.clone();
    mended.replace_range(edit.place.from as usize..edit.place.to as usize, &edit.text);
    assert_eq!((fix.safe, problems(&mended).len()), (false, 0), "{mended}");
}

#[test]
fn the_scope_of_the_rule_is_named() {
    let cases = [
        (
            "NetworkPolicy",
            "source: {selector: app == 'prometheus'}",
            "no pod in `shop` has `app` = `prometheus`",
        ),
        (
            "GlobalNetworkPolicy",
            "source: {selector: app == 'nobody'}",
            "no pod has `app` = `nobody`",
        ),
        (
            "NetworkPolicy",
            "source: {selector: app == 'web', namespaceSelector: team == 'sre'}",
            "no pod in the selected namespaces has `app` = `web`",
        ),
        (
            "NetworkPolicy",
            "source: {namespaceSelector: team == 'qa'}",
            "no namespace with pods has `team` = `qa`",
        ),
        (
            "GlobalNetworkPolicy",
            "source: {selector: has(owner)}",
            "no pod has label `owner`",
        ),
        (
            "GlobalNetworkPolicy",
            "source: {selector: \"app in {'x', 'y'}\"}",
            "no pod has `app` in `x`, `y`",
        ),
        (
            "GlobalNetworkPolicy",
            "source: {serviceAccounts: {names: [robot]}}",
            "no pod runs as service account `robot`",
        ),
    ];
    for (kind, rule, message) in cases {
        assert_eq!(
            one(kind, rule).0,
            format!("selector matches nothing: {message}"),
            "{rule}"
        );
    }
}

#[test]
fn selectors_of_kubernetes_policies_are_marked_at_the_label() {
    let policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n  podSelector: {}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: wbe}}\n";
    let problems = problems(policy);
    let place = &problems[0].place;
    assert_eq!(&policy[place.from as usize..place.to as usize], "wbe");
    assert_eq!(problems[0].fixes[0].edits[0].text, "web");
}

#[test]
fn what_can_match_is_not_told() {
    for rule in [
        "source: {selector: app == 'logging'}",
        "source: {selector: app != 'nobody'}",
        "source: {selector: zone == 'partner', namespaceSelector: global()}",
        "source: {notSelector: app == 'nobody'}",
        "source: {selector: app == 'prometheus', namespaceSelector: team == 'sre'}",
        "source: {nets: [198.51.100.0/24]}",
    ] {
        assert_eq!(said("NetworkPolicy", rule), [], "{rule}");
    }
}

#[test]
fn without_pods_nothing_is_said() {
    let policy = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: p}\nspec:\n  ingress:\n  - {action: Allow, source: {selector: app == 'nobody'}}\n";
    let files = vec![File {
        path: "p.yaml".into(),
        text: policy.into(),
    }];
    assert_eq!(Workspace::open(files).analysis(None).diagnostics, []);
}
