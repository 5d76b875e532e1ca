use super::resource;

/// Reference §6.7.
#[test]
fn members_of_network_sets() {
    let set = |nets: &str| resource("GlobalNetworkSet", "s", &format!("{{nets: [{nets}]}}"));
    set("10.0.0.0/33").is(
        "set/nets",
        "neither a network (CIDR) nor an IP address",
        "10.0.0.0/33",
    );
    set("10.0.0.1-10.0.0.9").is("set/nets", "neither a network", "10.0.0.1-10.0.0.9");
    set("10.0.0.1, 10.0.0.1/8, 'fd00::1', '::ffff:10.0.0.1', ''").is_fine();
}

/// Reference §1.6.
#[test]
fn domains_are_an_extension() {
    let set = resource("NetworkSet", "s", "{allowedEgressDomains: [example.com]}");
    set.is("rule/domains", "is an extension", "allowedEgressDomains");
    assert!(!set.diagnostics[0].is_error());
}

/// Reference §6.7.
#[test]
fn host_endpoints() {
    let code = "endpoint/host-endpoint";
    let endpoint = |spec: &str| resource("HostEndpoint", "h", &format!("{{node: n1, {spec}}}"));
    endpoint("").is(
        code,
        "at least one of interfaceName or expectedIPs must be specified",
        "spec",
    );
    resource("HostEndpoint", "h", "{interfaceName: eth0}").is(
        code,
        "node must be specified",
        "spec",
    );
    resource("HostEndpoint", "h", "{interfaceName: eth0, node: N1}").is(
        code,
        "no name of a node",
        "N1",
    );
    endpoint("interfaceName: eth*").is(code, "no name of an interface", "eth*");
    endpoint("expectedIPs: [192.0.2.1/32]").is(code, "not an IP address", "192.0.2.1/32");
    endpoint("interfaceName: eth0, profiles: [Web]").is(code, "no name of a profile", "Web");
    endpoint("interfaceName: '*', expectedIPs: ['2001:db8::1']").is_fine();
}

/// Reference §6.7.
#[test]
fn ports_of_host_endpoints() {
    let port = |port: &str| {
        resource(
            "HostEndpoint",
            "h",
            &format!("{{node: n1, interfaceName: eth0, ports: [{{{port}}}]}}"),
        )
    };
    port("name: http, protocol: ICMP, port: 80").is(
        "endpoint/host-endpoint",
        "EndpointPort protocol does not support ports.",
        "ICMP",
    );
    port("name: HTTP, protocol: TCP, port: 80").is("rule/port-name", "alpha-numeric", "HTTP");
    port("name: http, protocol: TCP, port: 0").is(
        "endpoint/host-endpoint",
        "greater than or equal to 1",
        "0",
    );
    port("name: http, protocol: TCP, port: \"80\"").is(
        "document/wrong-type",
        "a whole number",
        "\"80\"",
    );
    port("name: http, protocol: 17, port: 80").is_fine();
}
