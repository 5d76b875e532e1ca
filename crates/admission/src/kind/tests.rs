use super::*;

fn resource(kind: &str) -> String {
    Kind::named("v1", kind).resource()
}

#[test]
fn plurals_are_those_of_kubernetes() {
    let plurals = [
        ("NetworkPolicy", "networkpolicies"),
        ("Ingress", "ingresses"),
        ("Endpoints", "endpoints"),
        ("HostEndpoint", "hostendpoints"),
        ("Tier", "tiers"),
    ];
    for (kind, plural) in plurals {
        assert_eq!(resource(kind), plural);
    }
}

#[test]
fn only_calicos_policies_are_under_tiers() {
    assert!(Kind::named("projectcalico.org/v3", "StagedNetworkPolicy").is_tiered());
    assert!(!Kind::named("projectcalico.org/v3", "StagedKubernetesNetworkPolicy").is_tiered());
    assert!(!Kind::named("networking.k8s.io/v1", "NetworkPolicy").is_tiered());
    assert!(!Kind::named("projectcalico.org/v3", "NetworkSet").is_tiered());
}

#[test]
fn names_are_qualified_as_by_kubectl() {
    let policy = Kind::named("projectcalico.org/v3", "NetworkPolicy");
    assert_eq!(
        policy.qualified_singular(),
        "networkpolicy.projectcalico.org"
    );
    assert_eq!(
        policy.qualified_resource(),
        "networkpolicies.projectcalico.org"
    );
    assert_eq!(Kind::named("v1", "Pod").qualified_resource(), "pods");
    assert_eq!(policy.api_version(), "projectcalico.org/v3");
}
