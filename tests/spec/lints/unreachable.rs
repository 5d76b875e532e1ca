//! Rules that never decide, because others come first.

use tierwalk_protocol::Flag;

use super::{INGRESS, both, finds, global, is_fine, open, policy, problems, staged};

/// Reference §4.4: the first rule that matches decides.
#[test]
fn a_rule_that_an_earlier_one_covers_is_unreachable() {
    let rules = "  - {action: Allow, protocol: TCP, destination: {ports: ['80:90']}}\n  - {action: Deny, protocol: TCP, destination: {ports: [85]}}\n";
    finds(
        &policy(&format!("{INGRESS}{rules}")),
        &[(
            "rule/unreachable",
            11,
            "Deny",
            "`ingress[0]` before it matches all that it matches",
        )],
    );
    let rules = "  - action: Allow\n  - {action: Deny, source: {selector: app == 'db'}}\n";
    finds(
        &policy(&format!("{INGRESS}{rules}")),
        &[(
            "rule/unreachable",
            11,
            "Deny",
            "`ingress[0]` before it matches everything",
        )],
    );
}

#[test]
fn several_rules_may_cover_one() {
    let rules = "  - {action: Allow, source: {selector: app == 'db'}}\n  - {action: Allow, source: {selector: app == 'web'}}\n  - {action: Deny, source: {selector: has(app)}}\n";
    let policy = policy(&format!("{INGRESS}{rules}"));
    finds(
        &policy,
        &[(
            "rule/unreachable",
            12,
            "Deny",
            "2 rules before it match all that it matches",
        )],
    );
    let related = &problems(&policy)[0].related;
    let lines: Vec<u32> = related.iter().map(|related| related.place.line).collect();
    assert_eq!(lines, [10, 11]);
    assert_eq!(related[0].message, "this matches first, and allows");
}

#[test]
fn a_rule_with_one_packet_of_its_own_is_reached() {
    for rules in [
        "  - {action: Allow, protocol: TCP, destination: {ports: ['80:90']}}\n  - {action: Deny, protocol: TCP, destination: {ports: ['85:91']}}\n",
        "  - {action: Allow, source: {selector: app == 'db'}}\n  - {action: Deny, source: {namespaceSelector: all()}}\n",
        "  - {action: Log}\n  - {action: Deny}\n",
        "  - {action: Allow, source: {notSelector: app == 'db'}}\n  - {action: Deny}\n",
        // Only IPv4 (reference §3.6).
        "  - {action: Allow, source: {nets: [0.0.0.0/0]}}\n  - {action: Deny}\n",
        // A packet is not all there is to a request.
        "  - {action: Allow, http: {methods: [GET]}}\n  - {action: Allow}\n",
    ] {
        is_fine(&policy(&format!("{INGRESS}{rules}")));
    }
}

/// What the selectors say is different; whom they match is not.
#[test]
fn covered_may_depend_on_the_pods() {
    let rules = "  - {action: Allow, source: {selector: app != 'nobody'}}\n  - {action: Deny, source: {selector: app == 'db'}}\n";
    let policy = policy(&format!("{INGRESS}{rules}"));
    finds(
        &policy,
        &[(
            "rule/unreachable",
            11,
            "Deny",
            "`ingress[0]` before it matches all",
        )],
    );
    let help = problems(&policy)[0].help.clone().unwrap();
    assert!(
        help.ends_with("so it is with the pods and network sets of this workspace"),
        "{help}"
    );
}

/// Reference §4.2: policies of a tier are tried in their order.
#[test]
fn another_policy_of_the_tier_may_cover_a_rule() {
    let first = global(
        "a",
        "  order: 1\n  namespaceSelector: team == 'shop'\n  types: [Ingress]\n  ingress:\n  - action: Deny\n",
    );
    let second = policy(&format!("  order: 2\n{INGRESS}  - action: Allow\n"));
    let policies = both(&first, &second);
    finds(
        &policies,
        &[(
            "rule/unreachable",
            22,
            "Allow",
            "`ingress[0]` of `a` comes first and matches everything",
        )],
    );
    let board = open(&policies).analysis(None).board;
    let cards = board.tiers.iter().flat_map(|tier| &tier.policies);
    let flags: Vec<_> = cards
        .map(|card| (card.policy.name.as_str(), card.flags.as_slice()))
        .collect();
    assert_eq!(flags, [("a", &[][..]), ("p", &[Flag::Shadowed][..])]);
    // The other policy leaves one of the endpoints alone.
    let first = first.replace("team == 'shop'", "team == 'sre'");
    is_fine(&both(&first, &second));
}

/// Reference §4.4: a tier that applies and does not decide ends in its default action.
#[test]
fn an_earlier_tier_may_cover_a_rule() {
    let guard = global(
        "a",
        "  tier: guard\n  types: [Ingress]\n  ingress:\n  - {action: Pass, source: {selector: app == 'db'}}\n",
    );
    let web = policy(&format!(
        "{INGRESS}  - {{action: Allow, source: {{selector: app == 'web'}}}}\n"
    ));
    let policies = both(&guard, &web);
    finds(
        &policies,
        &[(
            "rule/unreachable",
            20,
            "Allow",
            "tier `guard` comes first, and its end denies all that it matches",
        )],
    );
    let related = &problems(&policies)[0].related[0];
    assert_eq!(
        (related.place.file.as_str(), related.place.line),
        ("cluster.yaml", 37)
    );
    is_fine(&both(&guard, &web.replace("app == 'web'}", "app == 'db'}")));
}

/// What a staged policy would let through is not given up.
#[test]
fn staged_policies_are_taken_both_ways() {
    let deny = policy(&format!("  order: 1\n{INGRESS}  - action: Deny\n"));
    let later = staged("s", &format!("  order: 2\n{INGRESS}  - action: Allow\n"));
    finds(
        &both(&deny, &later),
        &[("rule/unreachable", 23, "Allow", "`ingress[0]` of `shop/p`")],
    );
    let earlier = later.replace("order: 2", "order: 0");
    is_fine(&both(&deny, &earlier));
}

/// Kubernetes rules become several; the written one is told, or the peer.
#[test]
fn kubernetes_rules_are_told_as_they_are_written() {
    let policy = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: k, namespace: shop}
spec:
  podSelector: {}
  ingress:
  - from:
    - namespaceSelector: {}
    ports: [{port: 80}, {port: 53, protocol: UDP}]
  - from:
    - podSelector: {matchLabels: {app: db}}
    - ipBlock: {cidr: 192.0.2.0/24}
    ports: [{port: 80}]
";
    let told = "`ingress[0].from[0]` before it matches all that it matches";
    finds(policy, &[("rule/unreachable", 11, "podSelector", told)]);
    let both_peers = policy.replace("    - ipBlock: {cidr: 192.0.2.0/24}\n", "");
    finds(&both_peers, &[("rule/unreachable", 10, "from", told)]);
    let two = both(
        policy.split("  - from:\n    - podSelector").next().unwrap(),
        &policy.replace("name: k", "name: l"),
    );
    let severities: Vec<_> = problems(&two).into_iter().map(|it| it.severity).collect();
    assert_eq!(severities.len(), 2, "of each rule of the second policy");
}
