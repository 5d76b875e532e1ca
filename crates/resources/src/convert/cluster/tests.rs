use crate::model::{Converted, EntityField, Field, PartKind, PolicyKind};
use crate::testing::{canonical, line, only, policies};

fn policy(spec: &str) -> Converted {
    only(policies(
        "policy.networking.k8s.io/v1alpha2",
        "ClusterNetworkPolicy",
        spec,
    ))
}

fn short(line: &str) -> String {
    line.replace(r#"projectcalico.org/orchestrator == "k8s""#, "PODS")
        .replace("has(projectcalico.org/namespace)", "ANY")
}

fn with_rules(rules: &str) -> Converted {
    policy(&format!(
        "{{tier: Admin, priority: 7, subject: {{namespaces: {{}}}}, {rules}}}"
    ))
}

fn ingress(rules: &str) -> Vec<String> {
    let policy = with_rules(&format!("ingress: {rules}"));
    policy
        .ingress
        .iter()
        .map(|rule| short(&line(rule)))
        .collect()
}

fn egress(rules: &str) -> Vec<String> {
    let policy = with_rules(&format!("egress: {rules}"));
    policy
        .egress
        .iter()
        .map(|rule| short(&line(rule)))
        .collect()
}

/// Reference section 5.2: tier and priority.
#[test]
fn placed_by_tier_and_priority() {
    let place = |spec: &str| {
        let policy = policy(spec);
        assert_eq!(policy.id.kind, PolicyKind::KubernetesClusterNetworkPolicy);
        assert_eq!(policy.id.namespace, "");
        (policy.tier, policy.order)
    };
    let admin = "{tier: Admin, priority: 10, subject: {namespaces: {}}}";
    assert_eq!(place(admin), ("kube-admin".into(), Some(10.0)));
    let baseline = "{tier: Baseline, priority: 0, subject: {namespaces: {}}}";
    assert_eq!(place(baseline), ("kube-baseline".into(), Some(0.0)));
}

/// Reference section 5.2: subjects never are host endpoints.
#[test]
fn subjects() {
    let subject = |subject: &str| -> Vec<String> {
        let policy = policy(&format!("{{tier: Admin, priority: 1, subject: {subject}}}"));
        canonical(&policy.subject)
            .iter()
            .map(|text| short(text))
            .collect()
    };
    assert_eq!(subject("{namespaces: {}}"), ["PODS", "ANY"]);
    assert_eq!(
        subject("{namespaces: {matchLabels: {env: x}}}"),
        ["PODS", r#"pcns.env == "x""#]
    );
    assert_eq!(
        subject("{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: a}}}}"),
        ["PODS", r#"app == "a""#, "ANY"]
    );
    assert_eq!(
        subject("{pods: {namespaceSelector: {matchLabels: {env: x}}, podSelector: {}}}"),
        ["PODS", r#"pcns.env == "x""#]
    );
}

/// Reference section 5.2: actions and peers. `namespaces` does not ask for pods.
#[test]
fn peers() {
    let rule = |action: &str, peer: &str| {
        only(ingress(&format!("[{{action: {action}, from: [{peer}]}}]")))
    };
    assert_eq!(rule("Accept", "{namespaces: {}}"), "Allow any ANY -> *");
    assert_eq!(
        rule(
            "Deny",
            "{namespaces: {matchExpressions: [{key: env, operator: NotIn, values: [x]}]}}"
        ),
        r#"Deny any pcns.env not in {"x"} -> *"#
    );
    assert_eq!(
        rule(
            "Pass",
            "{pods: {namespaceSelector: {}, podSelector: {matchLabels: {a: b}}}}"
        ),
        r#"Pass any ANY PODS a == "b" -> *"#
    );
    assert_eq!(
        egress("[{action: Accept, to: [{networks: [10.0.0.0/8, 'fd00::/8']}]}]"),
        ["Allow any * -> 10.0.0.0/8 fd00::/8"]
    );
}

/// Reference section 5.2: protocols and ports.
#[test]
fn protocols() {
    let ports = |protocols: &str| {
        ingress(&format!(
            "[{{action: Accept, from: [{{namespaces: {{}}}}], protocols: {protocols}}}]"
        ))
    };
    assert_eq!(
        ports("[{tcp: {destinationPort: {number: 80}}}]"),
        ["Allow TCP ANY -> port 80"]
    );
    assert_eq!(
        ports("[{udp: {destinationPort: {range: {start: 80, end: 90}}}}]"),
        ["Allow UDP ANY -> port 80:90"]
    );
    assert_eq!(
        ports("[{sctp: {destinationPort: {number: 81}}}, {sctp: {destinationPort: {number: 80}}}]"),
        ["Allow SCTP ANY -> port 80:81"]
    );
    assert_eq!(
        ports("[{destinationNamedPort: web}]"),
        ["Allow any ANY -> port web"]
    );
}

/// Reference section 5.2: named ports first, then SCTP, TCP, UDP; in each, the peers in order.
#[test]
fn a_rule_becomes_protocols_times_peers() {
    let rules = ingress(
        "[{action: Deny, from: [{namespaces: {matchLabels: {a: b}}}, {namespaces: {}}],
           protocols: [{udp: {destinationPort: {number: 1}}}, {tcp: {destinationPort: {number: 2}}},
                       {sctp: {destinationPort: {number: 3}}}, {destinationNamedPort: web}]}]",
    );
    assert_eq!(
        rules,
        [
            r#"Deny any pcns.a == "b" -> port web"#,
            "Deny any ANY -> port web",
            r#"Deny SCTP pcns.a == "b" -> port 3"#,
            "Deny SCTP ANY -> port 3",
            r#"Deny TCP pcns.a == "b" -> port 2"#,
            "Deny TCP ANY -> port 2",
            r#"Deny UDP pcns.a == "b" -> port 1"#,
            "Deny UDP ANY -> port 1",
        ]
    );
}

/// Reference section 5.2: what Calico cannot do is not allowed, and else denied.
#[test]
fn unsupported_peers_fail_closed() {
    for peer in ["{nodes: {}}", "{domainNames: ['*.example.com']}"] {
        let rule = |action: &str| {
            egress(&format!(
                "[{{action: {action}, to: [{peer}]}}, {{action: Accept, to: [{{namespaces: {{}}}}]}}]"
            ))
        };
        assert_eq!(rule("Accept"), ["Allow any * -> ANY"]);
        assert_eq!(rule("Deny"), ["Deny any * -> *", "Allow any * -> ANY"]);
        assert_eq!(rule("Pass"), ["Deny any * -> *", "Allow any * -> ANY"]);
    }
}

/// Reference sections 4.3 and 5.2.
#[test]
fn it_governs_the_directions_it_has_rules_for() {
    let directions = |rules: &str| {
        let policy = with_rules(rules);
        (policy.governs_ingress, policy.governs_egress)
    };
    let rule = "[{action: Pass, from: [{namespaces: {}}]}]";
    assert_eq!(directions(&format!("ingress: {rule}")), (true, false));
    assert_eq!(
        directions("egress: [{action: Deny, to: [{nodes: {}}]}]"),
        (false, true)
    );
    assert_eq!(
        directions("egress: [{action: Accept, to: [{nodes: {}}]}]"),
        (true, true)
    );
    assert_eq!(directions("ingress: []"), (true, true));
}

#[test]
fn places_are_found_again() {
    let policy = with_rules(
        "ingress: [{action: Deny, from: [{namespaces: {}}, {pods: {namespaceSelector: {}, podSelector: {}}}]}]",
    );
    let place = |index: usize, field| policy.ingress[index].field_path(Field::Source(field));
    let namespaces = EntityField::Part(PartKind::NamespaceSelector);
    assert_eq!(place(1, namespaces), "from[1].pods.namespaceSelector");
    assert_eq!(
        place(1, EntityField::Part(PartKind::Selector)),
        "from[1].pods.podSelector"
    );
    assert_eq!(policy.ingress[0].field_path(Field::Protocol), "protocols");
    assert_eq!(policy.ingress[0].path, "spec.ingress[0]");
}
