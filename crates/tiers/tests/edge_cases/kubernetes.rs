//! Cases 27–34: policies of Kubernetes.

use crate::world::{ALLOW, DENY, cnp, knp, np, world};

const WEB: &str = "podSelector: {matchLabels: {app: web}}";

fn on_web(ingress: &str) -> String {
    knp("prod/k", &format!("{WEB}, ingress: [{{{ingress}}}]"))
}

#[test]
fn case_27_an_empty_port_is_all_of_tcp() {
    world(&[on_web("ports: [{}]")])
        .check(&[("cli -> web tcp/9999", ALLOW), ("cli -> web udp/53", DENY)]);
}

#[test]
fn case_28_peers_are_pods_only() {
    world(&[on_web("from: [{namespaceSelector: {}}]")]).check(&[
        ("cli -> web", ALLOW),
        ("203.0.113.5 -> web", DENY),
        ("n2 -> web", DENY),
    ]);
}

#[test]
fn case_29_an_ip_block_applies_to_pods_as_well() {
    let from = "from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.2.0/24]}}]";
    world(&[on_web(from)]).check(&[("db -> web", ALLOW), ("cli -> web", DENY)]);
}

#[test]
fn case_30_the_baseline_decides_what_no_other_policy_governs() {
    let baseline = cnp(
        "base",
        "tier: Baseline, priority: 10, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]",
    );
    let allow_db = on_web("from: [{podSelector: {matchLabels: {app: db}}}]");
    let world = world(&[baseline, allow_db]);
    world.check(&[
        ("db -> web", ALLOW),
        ("cli -> web", DENY),
        ("cli -> db", DENY),
    ]);
    let tier_of = |flow| world.enforced_hits(&world.walk(flow).ingress).join(" ");
    assert!(tier_of("cli -> web").contains("|default|"));
    assert!(tier_of("cli -> db").contains("|kube-baseline|"));
}

fn admin(action: &str) -> String {
    let spec = format!(
        "tier: Admin, priority: 10, subject: {{namespaces: {{matchLabels: {{env: prod}}}}}}, ingress: [{{action: {action}, from: [{{namespaces: {{matchLabels: {{env: dev}}}}}}]}}]"
    );
    cnp("admin", &spec)
}

#[test]
fn case_31_accept_is_final() {
    world(&[admin("Accept"), np("prod/deny", "types: [Ingress]")]).check(&[("cli -> web", ALLOW)]);
}

#[test]
fn case_32_pass_leaves_its_own_tier_only() {
    let baseline = cnp(
        "base",
        "tier: Baseline, priority: 10, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {matchLabels: {env: dev}}}]}]",
    );
    world(&[admin("Pass"), baseline]).check(&[("cli -> web", DENY)]);
}

#[test]
fn case_33_a_peer_of_namespaces_also_means_global_network_sets() {
    let spec = "tier: Admin, priority: 10, subject: {namespaces: {matchLabels: {env: prod}}}, ingress: [{action: Deny, from: [{namespaces: {matchExpressions: [{key: env, operator: NotIn, values: [prod]}]}}]}]";
    world(&[cnp("admin", spec)]).check(&[("203.0.113.5 -> web", DENY), ("E -> web", ALLOW)]);
}

#[test]
fn case_34_a_deny_rule_that_cannot_be_converted_denies_everything() {
    let spec = "tier: Admin, priority: 10, subject: {namespaces: {matchLabels: {env: dev}}}, egress: [{action: Deny, to: [{domainNames: [example.com]}]}]";
    world(&[cnp("admin", spec)]).check(&[("cli -> web", DENY)]);
}
