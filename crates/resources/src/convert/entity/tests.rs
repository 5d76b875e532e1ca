use super::convert;
use crate::convert::Selectors;
use crate::kinds::{EntityRule, ServiceAccountMatch};
use crate::model::{Entity, PartKind};
use crate::testing::{calico, canonical, only};

/// Positive parts and the negative one of a rule's source, of a policy in `prod` (NP) or of a global one.
fn source(policy: &str, entity: &str) -> (Vec<String>, Option<String>) {
    let kind = match policy {
        "NP" => "NetworkPolicy",
        _ => "GlobalNetworkPolicy",
    };
    let spec = format!("{{ingress: [{{action: Allow, source: {entity}}}]}}");
    let Entity {
        positive, negative, ..
    } = only(calico(kind, &spec).ingress).source;
    (
        canonical(&positive),
        negative.map(|part| part.selector.canonical()),
    )
}

const OWN: &str = r#"projectcalico.org/namespace == "prod""#;
const ANY_NAMESPACE: &str = "has(projectcalico.org/namespace)";
const NO_NAMESPACE: &str = "!has(projectcalico.org/namespace)";

/// Reference section 2.8, the table (Calico `syncersv1/updateprocessors/rules.go`, `felix/calc/rule_scanner.go`).
#[test]
fn effective_selectors_of_rules() {
    let cases: &[(&str, &str, &[&str], Option<&str>)] = &[
        ("NP", "{}", &[], None),
        (
            "NP",
            "{selector: app == 'web'}",
            &[OWN, r#"app == "web""#],
            None,
        ),
        (
            "NP",
            "{notSelector: app == 'db'}",
            &[OWN, r#"!app == "db""#],
            None,
        ),
        ("NP", "{namespaceSelector: all()}", &[ANY_NAMESPACE], None),
        (
            "NP",
            "{namespaceSelector: \"env == 'x' || has(y)\", selector: app == 'web'}",
            &[r#"(pcns.env == "x" || has(pcns.y))"#, r#"app == "web""#],
            None,
        ),
        (
            "NP",
            "{namespaceSelector: global(), selector: tag == 'ext'}",
            &[NO_NAMESPACE, r#"tag == "ext""#],
            None,
        ),
        (
            "NP",
            "{namespaceSelector: '!has(env)'}",
            &["!has(pcns.env)"],
            None,
        ),
        (
            "GNP",
            "{namespaceSelector: '!has(env)'}",
            &["!has(pcns.env)"],
            None,
        ),
        (
            "NP",
            "{serviceAccounts: {names: [b, a]}}",
            &[OWN, r#"projectcalico.org/serviceaccount in {"a", "b"}"#],
            None,
        ),
        (
            "GNP",
            "{serviceAccounts: {names: [a], selector: role == 'x'}, selector: app == 'web'}",
            &[
                r#"pcsa.role == "x""#,
                r#"projectcalico.org/serviceaccount in {"a"}"#,
                r#"app == "web""#,
            ],
            None,
        ),
        ("NP", "{serviceAccounts: {}}", &[], None),
        ("GNP", "{serviceAccounts: {}}", &[], None),
        (
            "GNP",
            "{notSelector: app == 'db'}",
            &[],
            Some(r#"app == "db""#),
        ),
        ("GNP", "{selector: all()}", &["all()"], None),
        (
            "GNP",
            "{selector: all(), notSelector: app == 'db'}",
            &["all()", r#"!app == "db""#],
            None,
        ),
    ];
    for (policy, entity, positive, negative) in cases {
        let (actual, not) = source(policy, entity);
        assert_eq!(actual, *positive, "{policy} {entity}");
        assert_eq!(not.as_deref(), *negative, "{policy} {entity}");
    }
}

/// Reference section 2.7: what nothing, `all()` and `global()` mean in each field of a rule.
#[test]
fn meaning_of_empty_all_and_global_in_rules() {
    let cases: &[(&str, &str, &[&str], Option<&str>)] = &[
        ("NP", "{selector: ''}", &[], None),
        ("NP", "{selector: all()}", &[OWN, "all()"], None),
        ("NP", "{notSelector: ''}", &[], None),
        ("NP", "{notSelector: all()}", &[OWN, "!all()"], None),
        ("GNP", "{notSelector: all()}", &[], Some("all()")),
        ("GNP", "{notSelector: global()}", &[], Some("global()")),
        ("NP", "{namespaceSelector: ''}", &[], None),
        (
            "NP",
            "{namespaceSelector: '', selector: has(a)}",
            &[OWN, "has(a)"],
            None,
        ),
        (
            "GNP",
            "{namespaceSelector: '', selector: has(a)}",
            &["has(a)"],
            None,
        ),
        ("GNP", "{namespaceSelector: all()}", &[ANY_NAMESPACE], None),
        (
            "GNP",
            "{namespaceSelector: global()}",
            &[NO_NAMESPACE],
            None,
        ),
        ("GNP", "{serviceAccounts: {selector: ''}}", &[], None),
        (
            "GNP",
            "{serviceAccounts: {selector: all()}}",
            &["all()"],
            None,
        ),
        (
            "NP",
            "{serviceAccounts: {selector: all()}}",
            &[OWN, "all()"],
            None,
        ),
    ];
    for (policy, entity, positive, negative) in cases {
        let (actual, not) = source(policy, entity);
        assert_eq!(actual, *positive, "{policy} {entity}");
        assert_eq!(not.as_deref(), *negative, "{policy} {entity}");
    }
}

#[test]
fn each_field_is_a_part_with_its_text() {
    let spec = "{ingress: [{action: Allow, source: {
        selector: app=='a', notSelector: has(b), serviceAccounts: {names: [u, v], selector: has(z)}}}]}";
    let parts = only(calico("NetworkPolicy", spec).ingress).source.positive;
    let parts: Vec<_> = parts
        .iter()
        .map(|part| (part.kind, part.text.as_str()))
        .collect();
    assert_eq!(
        parts,
        [
            (PartKind::OwnNamespace, "the policy's namespace, prod"),
            (PartKind::ServiceAccountSelector, "has(z)"),
            (PartKind::ServiceAccountNames, "u, v"),
            (PartKind::Selector, "app=='a'"),
            (PartKind::NotSelector, "has(b)"),
        ]
    );
}

#[test]
fn other_criteria_are_kept() {
    let spec = "{egress: [{action: Allow, protocol: TCP, destination: {
        nets: [10.1.0.0/16, 10.2.0.0/16], notNets: [10.1.2.0/24], ports: [80, '90:91', http, 443],
        notPorts: [85], domains: [api.twilio.com]}},
        {action: Allow, destination: {services: {name: web, namespace: shop}}}]}";
    let rules = calico("NetworkPolicy", spec).egress;
    let [
        Entity {
            nets,
            not_nets,
            ports,
            not_ports,
            domains,
            ..
        },
        services,
    ] = [&rules[0].destination, &rules[1].destination];
    assert_eq!(
        format!("{nets:?} {not_nets:?}"),
        "[10.1.0.0/16, 10.2.0.0/16] [10.1.2.0/24]"
    );
    assert_eq!(ports.ranges, [80..=80, 90..=91, 443..=443]);
    assert_eq!(ports.names, ["http"]);
    assert_eq!(not_ports.ranges, [85..=85]);
    assert_eq!(domains[0].0, "api.twilio.com");
    let service = services.service.as_ref().unwrap();
    assert_eq!(
        (service.namespace.as_str(), service.name.as_str()),
        ("shop", "web")
    );
}

/// Reference section 6.1: what Felix cannot read, it does not have.
#[test]
fn what_cannot_be_read_makes_no_rule() {
    let bad = |entity: EntityRule| convert(&entity, "prod", &mut Selectors::default()).is_none();
    let text = || "a = 'b'".to_owned();
    assert!(bad(EntityRule {
        selector: text(),
        ..EntityRule::default()
    }));
    assert!(bad(EntityRule {
        not_selector: text(),
        ..EntityRule::default()
    }));
    assert!(bad(EntityRule {
        namespace_selector: text(),
        ..EntityRule::default()
    }));
    assert!(bad(EntityRule {
        nets: vec!["10.0.0.1".into()],
        ..EntityRule::default()
    }));
    let accounts = ServiceAccountMatch {
        selector: text(),
        names: Vec::new(),
    };
    assert!(bad(EntityRule {
        service_accounts: Some(accounts),
        ..EntityRule::default()
    }));
}
