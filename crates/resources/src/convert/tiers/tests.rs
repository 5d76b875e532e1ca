use crate::model::{Tier, TierAction};
use crate::testing::model;

fn tier(name: &str, spec: &str) -> Tier {
    let text = format!(
        "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {{name: {name}}}\nspec: {spec}\n"
    );
    let tiers = model(&text).tiers;
    tiers.into_iter().find(|tier| tier.name == name).unwrap()
}

/// Reference section 1.4.
#[test]
fn three_tiers_are_always_there() {
    let tiers = model("").tiers;
    let tiers: Vec<_> = tiers
        .iter()
        .map(|tier| (tier.name.as_str(), tier.order, tier.default_action))
        .collect();
    assert_eq!(
        tiers,
        [
            ("kube-admin", 1_000.0, TierAction::Pass),
            ("default", 1_000_000.0, TierAction::Deny),
            ("kube-baseline", 10_000_000.0, TierAction::Pass),
        ]
    );
}

/// Reference section 4.1 (Calico `libcalico-go/lib/resources/tier.go`).
#[test]
fn missing_fields_of_a_tier() {
    let bare = tier("apps", "{}");
    assert_eq!(
        (bare.order, bare.default_action),
        (1_000_000.0, TierAction::Deny)
    );
    let full = tier("apps", "{order: 2.5, defaultAction: Pass}");
    assert_eq!((full.order, full.default_action), (2.5, TierAction::Pass));
}

#[test]
fn a_declared_built_in_tier_is_there_once_and_unchanged() {
    let text = "{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: default}, spec: {order: 1000000}}";
    let tiers = model(text).tiers;
    assert_eq!(tiers.len(), 3);
    let default = tiers.iter().find(|tier| tier.name == "default").unwrap();
    assert!(default.origin.is_some());
    assert_eq!(
        (default.order, default.default_action),
        (1_000_000.0, TierAction::Deny)
    );
}
