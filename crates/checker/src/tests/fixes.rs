//! What the shipped checks offer to do.

use super::{checker, edit, report};
use crate::Checker;

/// The text after the fix of this title for a finding that speaks of something.
fn fixed(checker: &mut Checker, about: &str, title: &str) -> String {
    let report = report(checker);
    let mut findings = report.findings.iter();
    let finding = findings.find(|it| it.message.contains(about)).unwrap();
    let titles: Vec<&str> = finding.fixes.iter().map(|it| it.title.as_str()).collect();
    let mut fixes = finding.fixes.iter();
    let fix = fixes.find(|it| it.title == title);
    let fix = fix.unwrap_or_else(|| panic!("{titles:?}"));
    let path = finding.place.file.clone();
    let mut text = checker.files[&path].text.clone();
    for edit in fix.edits.iter().rev() {
        assert_eq!(edit.place.file, path);
        let (from, to) = (edit.place.from as usize, edit.place.to as usize);
        text.replace_range(from..to, &edit.text);
    }
    let message = finding.message.clone();
    edit(checker, &[(&path, &text)]);
    let after = super::report(checker);
    assert!(
        after.findings.iter().all(|it| it.message != message),
        "{text}"
    );
    text
}

const SETTINGS: (&str, &str) = (
    "checks/checks.yaml",
    "apiVersion: tierwalk.dev/v1\nkind: Checks\nchecks:\n  owner: {enabled: true}\n",
);

#[test]
fn fixes_of_the_pack_change_what_they_say_and_make_the_check_pass() {
    let policy = |metadata: &str, order: &str| {
        format!(
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: a # the first\n{metadata}spec:\n{order}  selector: app == 'a'\n  types: [Egress]\n  egress:\n  # the database\n  - action: Allow\n    protocol: TCP\n    destination: {{selector: app == 'db', ports: [5432]}}\n"
        )
    };
    let good = policy(
        "  namespace: shop\n  annotations:\n    owner: team-shop\n",
        "  order: 600\n",
    )
    .replace("name: a #", "name: good #");
    let bad = policy("", "  order: 20\n");
    let other = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: partners\nspec:\n  nets: [203.0.113.0/24]\n";
    let mut checker = checker(&[
        SETTINGS,
        ("policies/bad.yaml", &bad),
        ("policies/good.yaml", &good),
        ("policies/sets.yaml", other),
    ]);
    let text = fixed(&mut checker, "order 20 of a", "Set `order` to `500`");
    assert_eq!(text, bad.replace("order: 20", "order: 500"));
    let text = fixed(
        &mut checker,
        "NetworkPolicy a has no namespace",
        "Add `namespace: shop`",
    );
    assert_eq!(
        text,
        bad.replace("order: 20", "order: 500")
            .replace("# the first\n", "# the first\n  namespace: shop\n")
    );
    let text = fixed(
        &mut checker,
        "a has no annotation `owner`",
        "Add `owner: team-shop`",
    );
    assert!(
        text.contains("  annotations:\n    owner: team-shop\nspec:\n"),
        "{text}"
    );
    let text = fixed(
        &mut checker,
        "a allows egress, but not to DNS",
        "Allow DNS first",
    );
    assert!(text.contains("  egress:\n  - action: Allow\n    protocol: UDP\n    destination:\n      namespaceSelector: projectcalico.org/name == 'kube-system'\n      selector: k8s-app == 'kube-dns'\n      ports: [53]\n"), "{text}");
    assert!(
        text.contains("  # the database\n  - action: Allow\n    protocol: TCP\n"),
        "{text}"
    );
    let text = fixed(
        &mut checker,
        "partners is seen by every policy",
        "Make it a NetworkSet of `shop`",
    );
    assert_eq!(
        text,
        other
            .replace("GlobalNetworkSet", "NetworkSet")
            .replace("name: partners\n", "name: partners\n  namespace: shop\n")
    );
    let messages: Vec<String> = (report(&mut checker).findings.into_iter())
        .filter(|it| it.place.file == "policies/bad.yaml")
        .map(|it| it.message)
        .collect();
    assert_eq!(messages, [] as [&str; 0]);
}

#[test]
fn what_the_workspace_does_not_know_is_not_offered() {
    let policy = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {order: 600, selector: all(), ingress: [{action: Deny}]}\n";
    let set = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata: {name: partners}\nspec: {nets: [203.0.113.0/24]}\n";
    let mut checker = checker(&[SETTINGS, ("a.yaml", policy), ("sets.yaml", set)]);
    let report = report(&mut checker);
    let found: Vec<(&str, usize)> = (report.findings.iter())
        .map(|it| (it.path.as_str(), it.fixes.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("/metadata/namespace", 0),
            ("/metadata/annotations/owner", 0),
            ("/kind", 0)
        ]
    );
}

#[test]
fn a_missing_order_and_the_dns_of_kubernetes_are_mended_too() {
    let policy = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec:\n  selector: app == 'a'\n  ingress:\n  - action: Deny\n";
    let kubernetes = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: k, namespace: shop}\nspec:\n  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n  - to:\n    - podSelector: {matchLabels: {app: db}}\n    ports:\n    - port: 5432\n";
    let settings = SETTINGS
        .1
        .replace("owner: {enabled: true}", "owner: {enabled: false}");
    let mut checker = checker(&[
        (SETTINGS.0, &settings),
        ("a.yaml", policy),
        ("k.yaml", kubernetes),
    ]);
    let text = fixed(&mut checker, "a has no order", "Add `order: 500`");
    assert_eq!(text, policy.replace("spec:\n", "spec:\n  order: 500\n"));
    let text = fixed(
        &mut checker,
        "k allows egress, but not to DNS",
        "Allow DNS first",
    );
    assert!(text.contains("k8s-app: kube-dns"), "{text}");
    assert!(
        text.ends_with(
            "  - to:\n    - podSelector: {matchLabels: {app: db}}\n    ports:\n    - port: 5432\n"
        ),
        "{text}"
    );
}
