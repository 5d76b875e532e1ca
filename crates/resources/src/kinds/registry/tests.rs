use super::{Kind, Lookup, look_up};

#[test]
fn the_group_decides_which_network_policy_is_meant() {
    let calico = look_up("projectcalico.org/v3", "NetworkPolicy");
    let kubernetes = look_up("networking.k8s.io/v1", "NetworkPolicy");
    assert_eq!(calico, Lookup::Known(Kind::NetworkPolicy));
    assert_eq!(kubernetes, Lookup::Known(Kind::KubernetesNetworkPolicy));
}

#[test]
fn a_slip_in_the_kind_is_found() {
    for kind in ["NetworkPolicyy", "networkpolicy", "NetworkPolicies"] {
        let found = look_up("projectcalico.org/v3", kind);
        assert_eq!(found, Lookup::Misspelt("NetworkPolicy"), "{kind}");
    }
}

#[test]
fn a_policy_in_a_version_that_never_was_is_found() {
    let version = |api_version, kind| look_up(api_version, kind);
    assert_eq!(
        version("projectcalico.org/v1", "NetworkPolicy"),
        Lookup::OtherVersion("projectcalico.org/v3")
    );
    assert_eq!(
        version("extensions/v1beta1", "NetworkPolicy"),
        Lookup::OtherVersion("networking.k8s.io/v1")
    );
    assert_eq!(
        version("v3", "GlobalNetworkPolicy"),
        Lookup::OtherVersion("projectcalico.org/v3")
    );
}

#[test]
fn kinds_of_others_are_none_of_ours() {
    let others = [
        ("serving.knative.dev/v1", "Service"),
        ("cilium.io/v2", "NetworkPolicy"),
        ("projectcalico.org/v3", "GlobalThreatFeed"),
        ("projectcalico.org/v3", "IPPool"),
        ("networking.k8s.io/v1", "Ingress"),
        ("v1", "ConfigMap"),
        ("v1", "Secret"),
    ];
    for (api_version, kind) in others {
        assert_eq!(look_up(api_version, kind), Lookup::Other, "{kind}");
    }
}
