//! How the ends of a flow are found.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::net::IpAddr;

use tierwalk_resources::model::{IpVersion, Protocol};
use tierwalk_tiers::{ASSUMED_V4, ASSUMED_V6, End, Engine, Flow, FlowError, Owner, Resolved};

const WORLD: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web-0, namespace: prod, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u}]}
spec: {nodeName: n1, containers: [{name: c, image: x}]}
status: {phase: Running, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, namespace: prod, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u}]}
spec: {nodeName: n2, containers: [{name: c, image: x}]}
status: {phase: Running, podIP: 10.0.0.2}
---
apiVersion: v1
kind: Pod
metadata: {name: six, namespace: prod}
spec: {nodeName: n2, containers: [{name: c, image: x}]}
status: {phase: Running, podIP: 'fd00::6'}
---
apiVersion: v1
kind: Pod
metadata: {name: agent, namespace: dev}
spec: {nodeName: n2, hostNetwork: true, containers: [{name: c, image: x}]}
status: {phase: Running, podIP: 192.0.2.2}
---
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: dev}
spec: {nodeName: n2, containers: [{name: c, image: x}]}
status: {phase: Succeeded, podIP: 10.0.0.9}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}
---
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: {name: n1-eth0}
spec: {node: n1, interfaceName: eth0, expectedIPs: [192.0.2.1]}
---
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: {name: a-wildcard}
spec: {node: n1, interfaceName: '*'}
";

fn engine() -> Engine {
    common::engine(WORLD)
}

fn pod(namespace: &str, name: &str) -> End {
    End::Pod {
        namespace: namespace.into(),
        name: name.into(),
    }
}

fn address(text: &str) -> End {
    End::Address(text.parse().expect("an address"))
}

fn flow(source: End, destination: End) -> Flow {
    Flow::to_port(source, destination, Protocol::TCP, 80)
}

fn resolved(engine: &Engine, source: End, destination: End) -> Resolved {
    engine
        .resolve(&flow(source, destination))
        .expect("both ends are there")
}

fn error(source: End, destination: End) -> FlowError {
    engine()
        .resolve(&flow(source, destination))
        .expect_err("not both ends are there")
}

fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

#[test]
fn a_pods_name_and_its_address_mean_the_same() {
    let engine = engine();
    let by_name = resolved(&engine, pod("prod", "web-0"), address("8.8.8.8"));
    let by_address = resolved(&engine, address("10.0.0.1"), address("8.8.8.8"));
    assert_eq!(by_name, by_address);
    assert!(matches!(by_name.source.owner, Owner::Workload(_)));
}

#[test]
fn a_workloads_name_means_its_first_pod() {
    let found = resolved(&engine(), pod("prod", "web"), address("8.8.8.8"));
    assert_eq!(found.source.address, ip("10.0.0.1"));
}

#[test]
fn an_unknown_pod_is_told_with_what_may_be_meant() {
    let error = error(pod("prod", "wep-0"), address("8.8.8.8"));
    assert_eq!(error.to_string(), "there is no pod `prod/wep-0`");
    assert_eq!(error.help().as_deref(), Some("did you mean `prod/web-0`?"));
}

#[test]
fn a_pod_of_another_namespace_may_be_meant() {
    let error = error(pod("dev", "web-0"), address("8.8.8.8"));
    assert_eq!(error.help().as_deref(), Some("did you mean `prod/web-0`?"));
}

#[test]
fn an_unknown_node_is_told_with_what_may_be_meant() {
    let error = error(End::Node("n3".into()), address("8.8.8.8"));
    assert_eq!(error.to_string(), "there is no node `n3`");
    assert_eq!(error.help().as_deref(), Some("did you mean `n1`?"));
}

#[test]
fn the_ip_version_is_the_one_that_both_ends_have() {
    let found = resolved(&engine(), pod("prod", "web-0"), pod("prod", "six"));
    assert_eq!(found.version(), IpVersion::V6);
    assert_eq!(found.source.address, ip("fd00::1"));
}

#[test]
fn ends_without_a_common_ip_version_are_an_error() {
    let error = error(pod("prod", "web-1"), pod("prod", "six"));
    assert_eq!(
        error.to_string(),
        "`prod/web-1` and `prod/six` have no IP version in common"
    );
}

#[test]
fn an_end_without_an_address_of_the_wanted_version_is_an_error() {
    let mut wanted = flow(pod("prod", "web-1"), pod("prod", "web-0"));
    wanted.ip_version = Some(IpVersion::V6);
    let error = engine().resolve(&wanted).expect_err("web-1 has IPv4 only");
    assert_eq!(error.to_string(), "`prod/web-1` has no IPv6 address");
}

#[test]
fn a_pod_on_the_host_network_is_its_node() {
    let found = resolved(&engine(), pod("dev", "agent"), pod("prod", "web-0"));
    assert!(matches!(
        found.source.owner,
        Owner::Host { endpoint: None, .. }
    ));
    assert_eq!(found.source.address, ip("192.0.2.2"));
}

#[test]
fn a_finished_pod_is_nobody() {
    let found = resolved(&engine(), pod("dev", "job"), pod("prod", "web-0"));
    assert_eq!(found.source.owner, Owner::Outside);
    assert_eq!(found.source.address, ip("10.0.0.9"));
}

/// Calico `felix/dataplane/linux/endpoint_mgr.go`: a host endpoint of the interface is before one of all.
#[test]
fn a_nodes_address_is_that_of_its_host_endpoint() {
    let engine = engine();
    let found = resolved(&engine, address("8.8.8.8"), address("192.0.2.1"));
    let Owner::Host {
        endpoint: Some(endpoint),
        ..
    } = found.destination.owner
    else {
        panic!("{:?}", found.destination);
    };
    assert_eq!(
        engine.model().host_endpoints[endpoint as usize].name,
        "n1-eth0"
    );
    assert_eq!(
        found,
        resolved(&engine, address("8.8.8.8"), End::Node("n1".into()))
    );
}

#[test]
fn an_address_may_be_taken_as_outside() {
    let outside = End::Outside(ip("192.0.2.1"));
    let found = resolved(&engine(), outside, pod("prod", "web-0"));
    assert_eq!(found.source.owner, Owner::Outside);
}

#[test]
fn a_domain_has_an_assumed_address_of_either_version() {
    let engine = engine();
    let to = |pod: End| resolved(&engine, pod, End::Domain("example.com".into())).destination;
    assert_eq!(to(pod("prod", "web-0")).address, ASSUMED_V4);
    assert_eq!(to(pod("prod", "six")).address, ASSUMED_V6);
}

#[test]
fn a_tcp_flow_needs_a_port() {
    let mut wanted = flow(pod("prod", "web-0"), address("8.8.8.8"));
    wanted.port = None;
    let error = engine().resolve(&wanted).expect_err("no port");
    assert_eq!(error.to_string(), "a TCP flow needs a destination port");
    assert_eq!(error.help().as_deref(), Some("write a port: `tcp/8080`"));
}

#[test]
fn an_icmp_flow_is_an_echo_request_and_has_no_ports() {
    let mut wanted = flow(pod("prod", "web-0"), address("8.8.8.8"));
    wanted.protocol = Protocol::ICMP;
    let found = engine().resolve(&wanted).expect("both ends are there");
    assert_eq!(
        (found.icmp, found.port, found.source_port),
        (Some((8, 0)), None, None)
    );
}

#[test]
fn icmpv6_is_ipv6() {
    let mut wanted = flow(pod("prod", "web-0"), pod("prod", "six"));
    wanted.protocol = Protocol::ICMPV6;
    let found = engine().resolve(&wanted).expect("both ends are there");
    assert_eq!(
        (found.version(), found.icmp),
        (IpVersion::V6, Some((128, 0)))
    );
}
