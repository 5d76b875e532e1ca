//! A policy as a whole: its types, its order and its staged twin.

use super::{INGRESS, both, finds, is_fine, named, policy, problems, staged};

/// Reference §4.3 and edge case 7.
#[test]
fn rules_in_a_direction_that_types_leave_out_are_told() {
    let rules = "  ingress:\n  - action: Allow\n  egress:\n  - action: Deny\n";
    finds(
        &policy(&format!("  types: [Ingress]\n{rules}")),
        &[(
            "policy/types-disagree",
            11,
            "egress",
            "`types` does not list Egress",
        )],
    );
    finds(
        &policy(&format!("  types: [Egress]\n{rules}")),
        &[(
            "policy/types-disagree",
            9,
            "ingress",
            "`types` does not list Ingress",
        )],
    );
    is_fine(&policy(rules));
    is_fine(&policy(
        "  types: [Ingress, Egress]\n  ingress:\n  - action: Allow\n",
    ));
    let kubernetes = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: k, namespace: shop}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  egress:\n  - {}\n";
    finds(
        kubernetes,
        &[(
            "policy/types-disagree",
            7,
            "egress",
            "`policyTypes` does not list Egress",
        )],
    );
}

/// Reference §4.2: ties are broken by name.
#[test]
fn a_tie_that_names_decide_is_told() {
    let allow = named(
        "allow",
        &format!("  order: 5\n{INGRESS}  - {{action: Allow, protocol: TCP}}\n"),
    );
    let deny = named(
        "deny",
        &format!("  order: 5\n{INGRESS}  - {{action: Deny, source: {{selector: app == 'db'}}}}\n"),
    );
    finds(
        &both(&allow, &deny),
        &[(
            "policy/order-tie",
            20,
            "5",
            "order 5 is that of `shop/allow`, too, and they disagree",
        )],
    );
    is_fine(&both(&allow, &deny.replace("order: 5", "order: 6")));
    is_fine(&both(
        &allow,
        &deny.replace("action: Deny", "protocol: UDP, action: Deny"),
    ));
    is_fine(&both(
        &allow,
        &deny.replace("selector: app == 'web'", "selector: app == 'db'"),
    ));
    is_fine(&both(
        &allow,
        &deny
            .replace("{action: Deny", "{protocol: TCP, action: Allow")
            .replace("order: 5", "order: 4"),
    ));
    let unordered = both(&allow, &deny).replace("  order: 5\n", "");
    finds(
        &unordered,
        &[(
            "policy/order-tie",
            15,
            "deny",
            "like `shop/allow`, this policy has no order",
        )],
    );
}

#[test]
fn a_staged_policy_that_stages_nothing_is_told() {
    let rules =
        format!("  order: 5\n{INGRESS}  - {{action: Allow, source: {{selector: app == 'db'}}}}\n");
    let twin = staged("p", &rules.replace("app == 'db'", "app=='db'"));
    let both_of = both(&policy(&rules), &twin);
    let told: Vec<_> = problems(&both_of).into_iter().map(|it| it.code).collect();
    assert!(told.contains(&"policy/staged-twin".to_owned()), "{told:?}");
    let other = staged("p", &rules.replace("app == 'db'", "app == 'web'"));
    is_fine(&both(&policy(&rules), &other));
}
