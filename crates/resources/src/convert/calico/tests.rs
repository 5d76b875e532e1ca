use crate::model::PartKind;
use crate::testing::{calico, canonical, policies};

fn subject(kind: &str, spec: &str) -> Vec<String> {
    canonical(&calico(kind, spec).subject)
}

const OWN: &str = r#"projectcalico.org/namespace == "prod""#;
const ANY_NAMESPACE: &str = "has(projectcalico.org/namespace)";
const ANY_ACCOUNT: &str = "has(projectcalico.org/serviceaccount)";

/// Reference sections 2.7 and 2.8 (Calico `syncersv1/updateprocessors/networkpolicyprocessor.go`).
#[test]
fn subjects_of_namespaced_policies() {
    for kind in ["NetworkPolicy", "StagedNetworkPolicy"] {
        let cases: &[(&str, &[&str])] = &[
            ("{}", &[OWN]),
            ("{selector: ''}", &[OWN]),
            ("{selector: all()}", &["all()", OWN]),
            ("{selector: app == 'a'}", &[r#"app == "a""#, OWN]),
            ("{serviceAccountSelector: all()}", &[OWN, "all()"]),
            (
                "{serviceAccountSelector: role == 'x'}",
                &[OWN, r#"pcsa.role == "x""#],
            ),
        ];
        for (spec, expected) in cases {
            assert_eq!(subject(kind, spec), *expected, "{kind} {spec}");
        }
    }
}

/// Reference sections 2.7 and 2.8 (Calico `syncersv1/updateprocessors/globalnetworkpolicyprocessor.go`).
#[test]
fn subjects_of_global_policies() {
    for kind in ["GlobalNetworkPolicy", "StagedGlobalNetworkPolicy"] {
        let cases: &[(&str, &[&str])] = &[
            ("{}", &[]),
            ("{selector: all()}", &["all()"]),
            ("{namespaceSelector: all()}", &[ANY_NAMESPACE]),
            ("{namespaceSelector: env != 'x'}", &[r#"pcns.env != "x""#]),
            ("{serviceAccountSelector: all()}", &[ANY_ACCOUNT]),
            (
                "{selector: all(), namespaceSelector: has(a)}",
                &[ANY_NAMESPACE, "has(pcns.a)"],
            ),
            (
                "{selector: all(), serviceAccountSelector: has(a)}",
                &[ANY_ACCOUNT, "has(pcsa.a)"],
            ),
            (
                "{selector: all(), namespaceSelector: all(), serviceAccountSelector: all()}",
                &[ANY_NAMESPACE, ANY_NAMESPACE, ANY_ACCOUNT],
            ),
        ];
        for (spec, expected) in cases {
            assert_eq!(subject(kind, spec), *expected, "{kind} {spec}");
        }
    }
}

#[test]
fn parts_of_a_subject_say_which_field_they_are() {
    let spec = "{selector: has(a), namespaceSelector: has(b), serviceAccountSelector: has(c)}";
    let subject = calico("GlobalNetworkPolicy", spec).subject;
    let parts: Vec<_> = subject
        .iter()
        .map(|part| (part.kind, part.text.as_str()))
        .collect();
    assert_eq!(
        parts,
        [
            (PartKind::Selector, "has(a)"),
            (PartKind::NamespaceSelector, "has(b)"),
            (PartKind::ServiceAccountSelector, "has(c)"),
        ]
    );
}

/// Reference section 4.3: without `types`, the rules decide; a raw stored policy governs both directions.
#[test]
fn directions_without_types() {
    let rule = "[{action: Allow}]";
    let both = [
        ("projectcalico.org/v3", false),
        ("crd.projectcalico.org/v1", true),
    ];
    for (api_version, raw) in both {
        for kind in [
            "NetworkPolicy",
            "GlobalNetworkPolicy",
            "StagedNetworkPolicy",
            "StagedGlobalNetworkPolicy",
        ] {
            let governs = |spec: &str| {
                let policy = &policies(api_version, kind, spec)[0];
                (policy.governs_ingress, policy.governs_egress)
            };
            assert_eq!(governs("{}"), (true, raw));
            assert_eq!(governs("{ingress: [], egress: []}"), (true, raw));
            assert_eq!(governs(&format!("{{egress: {rule}}}")), (raw, true));
            assert_eq!(
                governs(&format!("{{ingress: {rule}, egress: {rule}}}")),
                (true, true)
            );
            assert_eq!(
                governs(&format!("{{types: [Ingress], egress: {rule}}}")),
                (true, false)
            );
            assert_eq!(governs("{types: [Egress]}"), (false, true));
        }
    }
}

/// Reference sections 1.2 and 6.9.
#[test]
fn tier_order_and_phase() {
    let policy = calico("GlobalNetworkPolicy", "{}");
    assert_eq!((policy.tier.as_str(), policy.order), ("default", None));
    assert!(!policy.do_not_track && !policy.pre_dnat && !policy.apply_on_forward);
    let policy = calico(
        "GlobalNetworkPolicy",
        "{tier: security, order: -1.5, doNotTrack: true, applyOnForward: true}",
    );
    assert_eq!(
        (policy.tier.as_str(), policy.order),
        ("security", Some(-1.5))
    );
    assert!(policy.do_not_track && !policy.pre_dnat && policy.apply_on_forward);
    assert!(
        calico(
            "GlobalNetworkPolicy",
            "{preDNAT: true, applyOnForward: true}"
        )
        .pre_dnat
    );
}

/// Reference section 1.2 (Calico `syncersv1/updateprocessors/staged*processor.go`).
#[test]
fn a_staged_deletion_has_no_part_and_other_staged_actions_are_alike() {
    let api = "projectcalico.org/v3";
    for kind in [
        "StagedNetworkPolicy",
        "StagedGlobalNetworkPolicy",
        "StagedKubernetesNetworkPolicy",
    ] {
        assert_eq!(policies(api, kind, "{stagedAction: Delete}"), []);
        let set = policies(api, kind, "{}");
        assert_eq!(set.len(), 1);
        for action in ["Set", "Learn", "Ignore"] {
            assert_eq!(
                policies(api, kind, &format!("{{stagedAction: {action}}}")),
                set
            );
        }
    }
}
