//! What a rule says of itself: packets, ports, actions and services.

use super::{INGRESS, both, finds, global, is_fine, mended, named, policy, problems};

#[test]
fn a_rule_that_no_packet_can_match_is_told() {
    let rule = |rule: &str| policy(&format!("{INGRESS}  - {{action: Allow, {rule}}}\n"));
    let never = |line, why| [("rule/never-applies", line, "Allow", why)];
    finds(
        &rule("destination: {selector: app == 'db'}"),
        &never(
            10,
            "no endpoint that the policy selects is what its `destination` asks for",
        ),
    );
    finds(
        &rule("protocol: TCP, notProtocol: TCP"),
        &never(
            10,
            "its protocol, ports, ICMP type and IP version exclude each other",
        ),
    );
    finds(
        &rule(
            "source: {selector: zone == 'partner', namespaceSelector: global(), nets: [198.51.100.0/24]}",
        ),
        &never(
            10,
            "no address that the selectors of its `source` match is in its networks",
        ),
    );
    finds(
        &rule("source: {services: {name: wbe, namespace: shop}}"),
        &never(10, "service `shop/wbe` has no endpoints"),
    );
    is_fine(&rule("destination: {selector: app == 'web'}"));
    is_fine(&rule("source: {services: {name: web, namespace: shop}}"));
}

/// Reference §3.5.
#[test]
fn a_port_that_nobody_declares_is_told() {
    let to = |rule: &str| policy(&format!("{INGRESS}  - {{action: Allow, {rule}}}\n"));
    let typo = to("protocol: TCP, destination: {ports: [80, htp]}");
    finds(
        &typo,
        &[(
            "rule/undeclared-port",
            10,
            "htp",
            "no endpoint that the policy selects declares a port `htp` over TCP",
        )],
    );
    assert!(mended(&typo).contains("ports: [80, http]"));
    finds(
        &to("protocol: TCP, destination: {ports: [dns]}"),
        &[(
            "rule/undeclared-port",
            10,
            "dns",
            "declares a port `dns` over TCP",
        )],
    );
    finds(
        &to("protocol: TCP, destination: {ports: [pg]}"),
        &[(
            "rule/undeclared-port",
            10,
            "pg",
            "no endpoint that the policy selects",
        )],
    );
    is_fine(&to("protocol: TCP, destination: {ports: [http]}"));
    let out = |port: &str| {
        policy(&format!(
            "  types: [Egress]\n  egress:\n  - {{action: Allow, protocol: TCP, destination: {{selector: app == 'db', ports: [{port}]}}}}\n"
        ))
    };
    is_fine(&out("pg"));
    finds(
        &out("http"),
        &[(
            "rule/undeclared-port",
            10,
            "http",
            "no endpoint that the rule's selectors match",
        )],
    );
}

/// Reference §4.4: Pass in the last tier leads to the profiles, edge case 41.
#[test]
fn a_pass_that_nothing_follows_is_told() {
    let pass = policy(&format!("{INGRESS}  - action: Pass\n"));
    finds(
        &pass,
        &[(
            "rule/pass-in-last-tier",
            10,
            "Pass",
            "no policy comes after tier `default`",
        )],
    );
    is_fine(&global(
        "g",
        "  tier: guard\n  types: [Ingress]\n  ingress:\n  - action: Pass\n",
    ));
    let baseline = "\
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: base}
spec:
  tier: Baseline
  priority: 10
  subject: {namespaces: {}}
  ingress:
  - action: Deny
    from: [{namespaces: {}}]
";
    is_fine(&both(&pass, baseline));
}

/// Reference §4.9, edge case 40.
#[test]
fn a_log_rule_alone_is_told() {
    let log = policy(&format!("  order: 1\n{INGRESS}  - action: Log\n"));
    finds(
        &log,
        &[(
            "rule/log-alone",
            11,
            "Log",
            "is then denied by the end of tier `default`",
        )],
    );
    let followed = both(
        &log,
        &named("q", &format!("  order: 2\n{INGRESS}  - action: Allow\n")),
    );
    finds(
        &followed,
        &[("rule/log-alone", 11, "Log", "no rule follows it that does")],
    );
    assert_eq!(
        problems(&followed)[0].severity,
        tierwalk_protocol::Severity::Hint
    );
    is_fine(&policy(&format!(
        "{INGRESS}  - action: Log\n  - action: Deny\n"
    )));
}

/// Reference §3.7, edge case 55.
#[test]
fn a_service_without_a_namespace_is_told() {
    let rule = |services: &str| {
        policy(&format!(
            "  types: [Egress]\n  egress:\n  - action: Allow\n    destination:\n      services{services}\n"
        ))
    };
    let block = rule(":\n        name: web # our own");
    finds(
        &block,
        &[(
            "rule/services-namespace",
            13,
            "web",
            "service `web` has no `namespace` here",
        )],
    );
    assert!(mended(&block).contains("        name: web # our own\n        namespace: shop\n"));
    assert!(mended(&rule(": {name: web}")).contains("{name: web, namespace: shop}"));
    is_fine(&rule(": {name: web, namespace: shop}"));
}

/// Reference §3.6.
#[test]
fn not_icmp_without_icmp_is_told() {
    let rule = |rule: &str| policy(&format!("{INGRESS}  - {{action: Allow, {rule}}}\n"));
    finds(
        &rule("notICMP: {type: 8}"),
        &[(
            "rule/not-icmp",
            10,
            "notICMP",
            "`notICMP` without a protocol",
        )],
    );
    finds(
        &rule("protocol: TCP, notICMP: {type: 8}"),
        &[(
            "rule/not-icmp",
            10,
            "notICMP",
            "`notICMP` beside protocol TCP",
        )],
    );
    is_fine(&rule("protocol: ICMP, notICMP: {type: 8}"));
}
