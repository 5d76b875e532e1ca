use std::net::IpAddr;

use crate::model::{NamedPort, Protocol};
use crate::testing::{model, only};

fn ips(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// Reference sections 1.4 and 3.1 (Calico `hostendpointprocessor.go`).
#[test]
fn host_endpoints() {
    let text = "{apiVersion: projectcalico.org/v3, kind: Profile, metadata: {name: first}, spec: {labelsToApply: {a: first, b: first}}}
---
{apiVersion: projectcalico.org/v3, kind: Profile, metadata: {name: second}, spec: {labelsToApply: {a: second, b: second, c: second}}}
---
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: {name: eth, labels: {a: own, projectcalico.org/namespace: odd}}
spec:
  node: n1
  interfaceName: eth0
  expectedIPs: [192.0.2.1, '2001:db8::1']
  profiles: [first, second]
  ports: [{name: ssh, protocol: TCP, port: 22}]
";
    let model = model(text);
    let host = only(model.host_endpoints.clone());
    assert_eq!(
        (host.node.as_str(), host.interface.as_str()),
        ("n1", "eth0")
    );
    let labels: Vec<_> = host
        .labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(
        labels,
        [
            "a=own",
            "b=first",
            "c=second",
            "projectcalico.org/namespace=odd"
        ]
    );
    assert_eq!(host.addresses, ips(&["192.0.2.1", "2001:db8::1"]));
    assert_eq!(host.profiles, ["first", "second"]);
    assert_eq!(
        host.ports,
        [NamedPort {
            name: "ssh".into(),
            protocol: Protocol::TCP,
            port: 22
        }]
    );
    let node = only(model.nodes.clone());
    assert_eq!((node.name.as_str(), node.addresses), ("n1", host.addresses));
}

#[test]
fn nodes_have_the_addresses_that_anything_says_they_have() {
    let text = "apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: Hostname, address: n1}, {type: InternalIP, address: 192.0.2.9}, {type: ExternalIP, address: 203.0.113.9}]}
---
{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {nodeName: n1}, status: {hostIP: 192.0.2.9, podIP: 10.0.0.1}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {nodeName: n1, hostNetwork: true}, status: {podIP: 192.0.2.3}}
---
{apiVersion: v1, kind: Pod, metadata: {name: c}, spec: {nodeName: n2}, status: {hostIP: 192.0.2.2, podIP: 10.0.0.2}}
---
{apiVersion: v1, kind: Pod, metadata: {name: d}, spec: {nodeName: n3}, status: {podIP: 10.0.0.3}}
";
    let nodes = model(text).nodes.clone();
    let nodes: Vec<_> = nodes
        .into_iter()
        .map(|node| (node.name, node.addresses))
        .collect();
    assert_eq!(
        nodes,
        [
            ("n1".into(), ips(&["192.0.2.9", "203.0.113.9", "192.0.2.3"])),
            ("n2".into(), ips(&["192.0.2.2"])),
            ("n3".into(), ips(&[])),
        ]
    );
}
