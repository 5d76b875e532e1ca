use tierwalk_resources::model::{Converted, Policy, PolicyId, PolicyKind, Tier, TierAction};

use super::Order;

fn tier(name: &str, order: f64) -> Tier {
    Tier {
        name: name.into(),
        order,
        default_action: TierAction::Pass,
        origin: None,
    }
}

fn policy(kind: PolicyKind, namespace: &str, name: &str, order: Option<f64>) -> Policy {
    Policy::from(Converted {
        id: PolicyId {
            kind,
            namespace: namespace.into(),
            name: name.into(),
        },
        tier: "default".into(),
        order,
        governs_ingress: true,
        governs_egress: false,
        subject: Vec::new(),
        ingress: Vec::new(),
        egress: Vec::new(),
        do_not_track: false,
        pre_dnat: false,
        apply_on_forward: false,
    })
}

fn global(name: &str, order: Option<f64>) -> Policy {
    policy(PolicyKind::GlobalNetworkPolicy, "", name, order)
}

fn tier_names(tiers: &[Tier], policies: &[Policy]) -> Vec<String> {
    let order = Order::new(tiers, policies);
    order.tiers.into_iter().map(|tier| tier.name).collect()
}

/// Kind, namespace and name of policies in order.
fn sorted(policies: &[Policy]) -> Vec<String> {
    let order = Order::new(&[tier("default", 1e6)], policies);
    let name = |index: &u32| {
        let id = &policies[*index as usize].id;
        format!("{} {}/{}", id.kind.short(), id.namespace, id.name)
    };
    order.policies.iter().map(name).collect()
}

/// Reference of semantics, 4.1.
#[test]
fn tiers_go_by_order_then_by_name() {
    let tiers = [
        tier("zone", 1e6),
        tier("kube-baseline", 1e7),
        tier("default", 1e6),
        tier("kube-admin", 1e3),
        tier("apps", 1e6),
        tier("security", -0.5),
    ];
    assert_eq!(
        tier_names(&tiers, &[]),
        [
            "security",
            "kube-admin",
            "apps",
            "default",
            "zone",
            "kube-baseline"
        ]
    );
}

/// Reference of semantics, 4.1.
#[test]
fn tiers_that_only_policies_name_are_last_and_end_with_deny() {
    let ghost = |tier: &str| {
        let mut policy = global("p", None);
        policy.tier = tier.into();
        policy
    };
    let order = Order::new(
        &[tier("late", 1e9)],
        &[ghost("b"), ghost("a"), ghost("late")],
    );
    let tiers = order
        .tiers
        .iter()
        .map(|tier| (tier.name.as_str(), tier.default_action));
    let expected = [
        ("late", TierAction::Pass),
        ("a", TierAction::Deny),
        ("b", TierAction::Deny),
    ];
    assert_eq!(tiers.collect::<Vec<_>>(), expected);
}

/// Reference of semantics, 4.2.
#[test]
fn policies_go_by_order_and_those_without_are_last() {
    let policies = [
        global("none", None),
        global("ten", Some(10.0)),
        global("minus", Some(-1.0)),
        global("half", Some(9.5)),
    ];
    assert_eq!(
        sorted(&policies),
        ["gnp /minus", "gnp /half", "gnp /ten", "gnp /none"]
    );
}

/// Reference of semantics, 4.2: `-` < `.` < `/` < digits < letters.
#[test]
fn names_are_compared_as_bytes_of_the_whole_key() {
    let names = ["aa", "a1", "a", "a.b", "a-b"];
    let policies = names.map(|name| global(name, Some(5.0)));
    assert_eq!(
        sorted(&policies),
        ["gnp /a-b", "gnp /a.b", "gnp /a", "gnp /a1", "gnp /aa"]
    );
}

/// Reference of semantics, 4.2.
#[test]
fn of_one_name_global_kinds_are_first_then_namespaces_then_kinds() {
    let order = Some(1000.0);
    let policies = [
        policy(PolicyKind::StagedNetworkPolicy, "prod", "x", order),
        policy(PolicyKind::NetworkPolicy, "prod", "x", order),
        policy(PolicyKind::KubernetesNetworkPolicy, "prod", "x", order),
        policy(PolicyKind::NetworkPolicy, "dev", "x", order),
        policy(PolicyKind::StagedGlobalNetworkPolicy, "", "x", order),
        global("x", order),
    ];
    assert_eq!(
        sorted(&policies),
        [
            "gnp /x",
            "sgnp /x",
            "np dev/x",
            "knp prod/x",
            "np prod/x",
            "snp prod/x"
        ]
    );
}

#[test]
fn zero_and_minus_zero_are_one_order() {
    let policies = [global("b", Some(-0.0)), global("a", Some(0.0))];
    assert_eq!(sorted(&policies), ["gnp /a", "gnp /b"]);
}
