use super::{egress, global, policy, resource, rule};

const NO_PROTOCOL: &str =
    "rules with numeric port or port range must set protocol to TCP or UDP or SCTP";
const NO_PORTS: &str = "rules that specify ports must set protocol to TCP or UDP or SCTP";

/// Reference §6.5: `action` required, exact case.
#[test]
fn actions() {
    let values = "supported values: \"Allow\", \"Deny\", \"Log\", \"Pass\"";
    policy("{ingress: [{action: allow}]}").is("rule/action", values, "allow");
    policy("{ingress: [{action: Reject}]}").is("rule/action", values, "Reject");
    policy("{ingress: [{protocol: TCP}]}").is("rule/action", values, "protocol");
    policy("{egress: [{action: Pass}, {action: Log}]}").is_fine();
}

/// Reference §6.5 and §1.3: exact names, or numbers from 1 to 255.
#[test]
fn protocols() {
    rule("protocol: tcp").is("rule/protocol", "protocol name invalid", "tcp");
    rule("notProtocol: GRE").is("rule/protocol", "protocol name invalid", "GRE");
    rule("protocol: 0").is("rule/protocol", "protocol number invalid", "0");
    rule("protocol: 256").is("document/wrong-type", "between 1 and 255", "256");
    rule("protocol: \"256\"").is("rule/protocol", "protocol name invalid", "\"256\"");
    for protocol in ["TCP", "UDPLite", "ICMPv6", "47", "\"6\"", "null"] {
        rule(&format!("protocol: {protocol}")).is_fine();
    }
}

/// Reference §6.5: numeric ports need TCP, UDP or SCTP.
#[test]
fn ports_need_a_protocol() {
    let code = "rule/ports-without-protocol";
    rule("destination: {ports: [80]}").is(code, NO_PROTOCOL, "ports");
    rule("source: {notPorts: [\"80:90\"]}").is(code, NO_PROTOCOL, "notPorts");
    rule("protocol: ICMP, source: {ports: [http]}").is(code, NO_PORTS, "ports");
    rule("protocol: UDPLite, source: {ports: [80]}").is(code, NO_PORTS, "ports");
    rule("destination: {ports: [http]}").is_fine();
    rule("destination: {ports: []}").is_fine();
    rule("protocol: \"132\", destination: {ports: [80]}").is_fine();
}

/// Reference §6.5 and §1.3, edge case 62.
#[test]
fn port_forms() {
    let ports = |port: &str| rule(&format!("protocol: TCP, destination: {{ports: [{port}]}}"));
    let range = "port number must be between 1 and 65535";
    ports("0").is("rule/port", range, "0");
    ports("\"0:10\"").is("rule/port", range, "\"0:10\"");
    ports("80-90").is(
        "rule/port-name",
        "must contain at least one letter",
        "80-90",
    );
    ports("HTTP").is("rule/port-name", "must contain only alpha-numeric", "HTTP");
    ports("\"80,90\"").is(
        "document/wrong-type",
        "invalid name for named port (80,90)",
        "\"80,90\"",
    );
    ports("90:80").is(
        "document/wrong-type",
        "minimum port number (90) is greater",
        "90:80",
    );
    ports("65536").is("document/wrong-type", "between 1 and 65535", "65536");
    ports("\"65536\"").is(
        "document/wrong-type",
        "invalid port format (65536)",
        "\"65536\"",
    );
    ports("80, \"443\", 8000:9000, http").is_fine();
}

/// Reference §6.5: rule networks are CIDRs, strictly masked.
#[test]
fn networks() {
    let nets = |net: &str| rule(&format!("source: {{nets: [{net}]}}"));
    nets("10.0.0.1").is("rule/cidr", "invalid CIDR", "10.0.0.1");
    nets("10.0.0.0/33").is("rule/cidr", "invalid CIDR", "10.0.0.0/33");
    nets("010.0.0.0/8").is("rule/cidr", "invalid CIDR", "010.0.0.0/8");
    nets("10.0.0.1/8").is("rule/cidr", "bits set beyond its prefix", "10.0.0.1/8");
    nets("\"\"").is("rule/cidr", "invalid CIDR", "\"\"");
    nets("10.0.0.0/08").is_fine();
    nets("\"::ffff:10.0.0.0/104\"").is_fine();
}

/// Reference §6.5, edge cases 65 and 66.
#[test]
fn one_ip_version_per_rule() {
    let both = "rule contains both IPv4 and IPv6 CIDRs";
    rule("source: {nets: [10.0.0.0/8, 'fd00::/8']}").is("rule/ip-version", both, "'fd00::/8'");
    rule("source: {nets: [10.0.0.0/8]}, destination: {notNets: ['fd00::/8']}").is(
        "rule/ip-version",
        both,
        "'fd00::/8'",
    );
    rule("ipVersion: 6, source: {nets: [10.0.0.0/8]}").is(
        "rule/ip-version",
        "rule IP version doesn't match CIDR version",
        "10.0.0.0/8",
    );
    rule("ipVersion: 5").is("rule/ip-version", "supported values: \"4\", \"6\"", "5");
    rule("ipVersion: 6, protocol: ICMP").is(
        "rule/ip-version",
        "protocol ICMP requires ipVersion 4",
        "ICMP",
    );
    rule("ipVersion: 4, notProtocol: 58").is(
        "rule/ip-version",
        "protocol ICMPv6 requires ipVersion 6",
        "58",
    );
}

/// Reference §6.5: IPv4 is compared as text, IPv6 as a number.
#[test]
fn catch_alls() {
    let not_nets = |net: &str| rule(&format!("source: {{notNets: ['{net}']}}"));
    for net in ["0.0.0.0/0", "::/0", "0:0:0:0:0:0:0:0/0"] {
        not_nets(net).is(
            "rule/catch-all",
            "catch-all CIDR in negation",
            &format!("'{net}'"),
        );
    }
    not_nets("0.0.0.0/00").is_fine();
    rule("source: {nets: [0.0.0.0/0]}").is_fine();
}

/// Reference §6.5.
#[test]
fn icmp() {
    rule("icmp: {type: 8}").is(
        "rule/icmp",
        "ICMP fields require protocol to be ICMP or ICMPv6",
        "icmp",
    );
    rule("icmp: {}, protocol: TCP").is("rule/icmp", "ICMP fields require protocol", "icmp");
    rule("protocol: ICMP, icmp: {code: 0}").is(
        "rule/icmp",
        "ICMP code specified without an ICMP type",
        "0",
    );
    rule("protocol: ICMP, icmp: {type: 255}").is("rule/icmp", "less than or equal to 254", "255");
    rule("protocol: ICMP, notICMP: {type: -1}").is("rule/icmp", "greater than or equal to 0", "-1");
    rule("protocol: 58, icmp: {type: 128, code: 255}").is_fine();
    rule("notICMP: {type: 8}").is_fine();
}

/// Reference §6.5.
#[test]
fn http() {
    let on_allow = "HTTP match is only valid on Allow rules";
    policy("{ingress: [{action: Deny, http: {}}]}").is("rule/http", on_allow, "http");
    rule("protocol: UDP, http: {methods: [GET]}").is(
        "rule/http",
        "must have protocol TCP or unset",
        "http",
    );
    egress("http: {methods: [GET]}").is("rule/http", "not allowed in egress rule", "http");
    rule("http: {methods: [GET, PUT, GET]}").is(
        "rule/http",
        "Invalid methods (duplicates): [GET PUT GET]",
        "GET",
    );
    let path = |path: &str| rule(&format!("http: {{paths: [{{{path}}}]}}"));
    path("exact: /a, prefix: /b").is("rule/http", "Both 'exact' and 'prefix' are set", "exact");
    path("").is("rule/http", "Either 'exact' or 'prefix' must be set", "{}");
    path("exact: a").is("rule/http", "Invalid path a. (must start with `/`", "a");
    path("prefix: '/a?b'").is("rule/http", "Invalid path /a?b.", "'/a?b'");
    path("prefix: /a").is_fine();
}

/// Reference §6.6.
#[test]
fn services_stand_alone() {
    let with = |field: &str| {
        egress(&format!(
            "protocol: TCP, destination: {{services: {{name: a}}, {field}}}"
        ))
    };
    for (field, name) in [
        ("namespaceSelector: all()", "NamespaceSelector"),
        ("selector: all()", "Selector/NotSelector"),
        ("notSelector: has(a)", "Selector/NotSelector"),
        ("nets: [10.0.0.0/8]", "Nets/NotNets"),
        ("serviceAccounts: {}", "ServiceAccounts"),
    ] {
        let message = format!("cannot specify {name} and Services on the same rule");
        let found = with(field);
        assert!(found.diagnostics[0].message.contains(&message), "{field}");
        assert_eq!(found.diagnostics.len(), 1);
    }
    with("ports: [80]").is(
        "rule/services",
        "ports and notPorts cannot be specified with services",
        "ports",
    );
    with("selector: ''").is_fine();
    rule("protocol: TCP, source: {services: {name: a}, ports: [80]}, destination: {ports: [80]}")
        .is_fine();
}

/// Reference §6.6.
#[test]
fn services_have_a_side_and_a_name() {
    egress("destination: {services: {namespace: prod}}").is(
        "rule/services",
        "services must specify a service name",
        "services",
    );
    egress("source: {services: {name: a}}").is(
        "rule/services",
        "not allowed in egress rule source",
        "services",
    );
    rule("destination: {services: {name: a}}").is(
        "rule/services",
        "not allowed in ingress rule destination",
        "services",
    );
    global("{egress: [{action: Allow, destination: {services: {name: a}}}]}").is(
        "rule/services",
        "must specify a namespace",
        "services",
    );
    egress("destination: {services: {name: Web}}").is("rule/services", "lower case", "Web");
}

/// Reference §6.8: profiles have no schema, but the validator looks at them.
#[test]
fn profiles_are_checked_less() {
    let profile = |rule: &str| resource("Profile", "team", &format!("{{egress: [{rule}]}}"));
    profile("{action: allow, http: {methods: [GET]}}").is_fine();
    profile("{action: Deny, destination: {services: {name: a}, nets: [10.0.0.0/8]}}").is_fine();
    profile("{action: Deny, protocol: ICMP, icmp: {code: 1}}").is_fine();
    profile("{action: Deny, destination: {ports: [80]}}").is(
        "rule/ports-without-protocol",
        NO_PROTOCOL,
        "ports",
    );
    resource("Profile", "team", "{labelsToApply: {a: x y}}").is(
        "metadata/labels",
        "a valid label",
        "x y",
    );
}

/// Reference §6.5 and §1.3: the schema's sizes.
#[test]
fn sizes() {
    let many = |count: usize, item: &str| vec![item; count].join(", ");
    let ports = rule(&format!(
        "protocol: TCP, source: {{ports: [{}]}}",
        many(51, "80")
    ));
    ports.is(
        "document/limit",
        "`ports` must have at most 50 items",
        "ports",
    );
    let nets = rule(&format!("source: {{nets: [{}]}}", many(257, "10.0.0.0/8")));
    nets.is(
        "document/limit",
        "`nets` must have at most 256 items",
        "nets",
    );
    let rules = policy(&format!("{{ingress: [{}]}}", many(1025, "{action: Deny}")));
    rules.is(
        "document/limit",
        "`ingress` must have at most 1024 items",
        "ingress",
    );
}

/// Reference §1.6: an extension, and marked as one.
#[test]
fn domains() {
    egress("destination: {domains: ['*.example.com']}").is(
        "rule/domains",
        "is an extension",
        "domains",
    );
    let bad = egress("destination: {domains: ['a b']}");
    assert!(
        bad.diagnostics
            .iter()
            .any(|it| it.message == "`a b` is not a domain name")
    );
}

/// Reference §1.6: only where traffic is allowed out.
#[test]
fn domains_have_one_place() {
    let misplaced = |found: super::Found| {
        found
            .diagnostics
            .iter()
            .any(|it| it.message.contains("works only in the `destination`"))
    };
    let domains = "{domains: [example.com]}";
    assert!(misplaced(rule(&format!("destination: {domains}"))));
    assert!(misplaced(egress(&format!("source: {domains}"))));
    assert!(misplaced(policy(&format!(
        "{{egress: [{{action: Deny, destination: {domains}}}]}}"
    ))));
    assert!(!misplaced(egress(&format!("destination: {domains}"))));
}

/// Reference §6.8: what Calico's validator alone sees, a cluster with native CRDs takes and ignores.
#[test]
fn help_says_what_a_cluster_would_ignore() {
    let ignores = |found: super::Found| {
        let help = found.diagnostics[0].help.clone().unwrap_or_default();
        help.contains("silently ignores")
    };
    assert!(ignores(rule("destination: {ports: [80]}")));
    assert!(ignores(rule("source: {nets: [10.0.0.1]}")));
    assert!(ignores(rule("protocol: GRE")));
    assert!(
        !ignores(rule("protocol: tcp")),
        "Felix reads it in any case"
    );
    assert!(
        !ignores(policy("{ingress: [{action: allow}]}")),
        "the schema refuses it"
    );
}
