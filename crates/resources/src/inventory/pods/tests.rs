use std::net::IpAddr;

use crate::model::{Model, NamedPort, NonEndpoint, Protocol, WhyNot, Workload};
use crate::testing::{model, only};

fn pod(metadata: &str, spec: &str, status: &str) -> Model {
    model(&format!(
        "apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: prod{metadata}}}
spec: {spec}
status: {status}
"
    ))
}

fn endpoint(metadata: &str, spec: &str, status: &str) -> Workload {
    only(pod(metadata, spec, status).workloads.clone())
}

fn non_endpoint(metadata: &str, spec: &str, status: &str) -> NonEndpoint {
    let model = pod(metadata, spec, status);
    assert_eq!(model.workloads, []);
    only(model.non_endpoints.clone())
}

fn ips(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

const RUNNING: &str = "{phase: Running, podIP: 10.0.0.1}";

/// Reference section 7 (Calico `workload_endpoint_default.go`).
#[test]
fn a_running_pod() {
    let pod = endpoint("", "{nodeName: n1, serviceAccountName: robot}", RUNNING);
    assert_eq!(
        (pod.namespace.as_str(), pod.name.as_str(), pod.node.as_str()),
        ("prod", "web", "n1")
    );
    assert_eq!(pod.addresses, ips(&["10.0.0.1"]));
    assert_eq!(pod.profiles, ["kns.prod", "ksa.prod.robot"]);
    assert_eq!(pod.owner, None);
}

/// Reference section 7: a playground takes pods that no cluster has seen.
#[test]
fn a_pod_without_node_or_status_gets_them() {
    let pod = endpoint("", "{}", "{}");
    assert_eq!(pod.node, "unscheduled");
    assert_eq!(pod.addresses, ips(&["10.244.144.213", "fd00:10:244::90d5"]));
    assert_eq!(pod.profiles, ["kns.prod", "ksa.prod.default"]);
}

/// Reference section 7: the first of these that has any.
#[test]
fn addresses_come_from_status_or_annotations() {
    let addresses = |annotations: &str, status: &str| {
        endpoint(&format!(", annotations: {annotations}"), "{}", status).addresses
    };
    let both = "{podIP: 10.0.0.9, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}";
    assert_eq!(addresses("{}", both), ips(&["10.0.0.1", "fd00::1"]));
    assert_eq!(addresses("{}", "{podIP: 10.0.0.9}"), ips(&["10.0.0.9"]));
    let calico = "{cni.projectcalico.org/podIPs: '10.0.0.2/32,fd00::2/128', cni.projectcalico.org/podIP: 10.0.0.3/32}";
    assert_eq!(addresses(calico, "{}"), ips(&["10.0.0.2", "fd00::2"]));
    assert_eq!(
        addresses("{cni.projectcalico.org/podIP: 10.0.0.3/32}", "{}"),
        ips(&["10.0.0.3"])
    );
    assert_eq!(
        addresses("{vpc.amazonaws.com/pod-ips: 10.0.0.4}", "{}"),
        ips(&["10.0.0.4"])
    );
    assert_eq!(addresses(calico, "{podIP: 10.0.0.9}"), ips(&["10.0.0.9"]));
}

/// Reference section 7: a pod without an address, or with one that cannot be read, is no endpoint.
#[test]
fn without_address_no_endpoint() {
    for status in ["{phase: Pending}", "{podIPs: [{ip: 10.0.0.1}, {ip: ten}]}"] {
        let pod = non_endpoint("", "{}", status);
        assert_eq!(
            (pod.why, pod.addresses),
            (WhyNot::NoAddress, vec![]),
            "{status}"
        );
    }
}

/// Reference section 7: finished pods.
#[test]
fn a_finished_pod_owns_no_address() {
    for phase in ["Succeeded", "Failed", "Completed"] {
        let pod = non_endpoint("", "{}", &format!("{{phase: {phase}, podIP: 10.0.0.1}}"));
        assert_eq!(
            (pod.why, pod.addresses),
            (WhyNot::Finished, ips(&["10.0.0.1"]))
        );
    }
    let leaving = ", deletionTimestamp: '2026-01-02T03:04:05Z'";
    for given_back in ["cni.projectcalico.org/podIP", "vpc.amazonaws.com/pod-ips"] {
        let metadata = format!("{leaving}, annotations: {{{given_back}: ''}}");
        assert_eq!(non_endpoint(&metadata, "{}", RUNNING).why, WhyNot::Finished);
    }
    assert_eq!(
        endpoint(leaving, "{}", RUNNING).addresses,
        ips(&["10.0.0.1"])
    );
    let empty = ", annotations: {cni.projectcalico.org/podIP: ''}";
    assert_eq!(endpoint(empty, "{}", RUNNING).addresses, ips(&["10.0.0.1"]));
}

/// Reference sections 4.6 and 7: host-networked pods are their node.
#[test]
fn a_host_networked_pod_is_its_node() {
    let status = "{phase: Running, podIP: 192.0.2.1, hostIP: 192.0.2.1}";
    let model = pod("", "{hostNetwork: true, nodeName: n1}", status);
    let found = only(model.non_endpoints.clone());
    assert_eq!(
        (found.why, found.node.as_str()),
        (WhyNot::HostNetwork, "n1")
    );
    assert_eq!(found.addresses, ips(&["192.0.2.1"]));
    assert_eq!(only(model.nodes.clone()).addresses, ips(&["192.0.2.1"]));
}

#[test]
fn a_host_networked_pod_without_address_has_its_nodes() {
    let text = "{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.0.2.7}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: prod}, spec: {hostNetwork: true, nodeName: n1}}
---
{apiVersion: v1, kind: Pod, metadata: {name: other, namespace: prod}, spec: {hostNetwork: true}}
";
    let model = model(text);
    assert_eq!(model.non_endpoints[0].addresses, ips(&["192.0.2.7"]));
    let other = &model.non_endpoints[1];
    assert_eq!(
        (other.node.as_str(), other.addresses.len()),
        ("unscheduled-host", 2)
    );
    let node = model
        .nodes
        .iter()
        .find(|node| node.name == "unscheduled-host")
        .unwrap();
    assert_eq!(node.addresses, other.addresses);
}

/// Reference section 3.1, and edge case 53 of section 9.
#[test]
fn labels_are_own_ones_then_inherited_ones() {
    let text = "{apiVersion: v1, kind: Namespace, metadata: {name: prod, labels: {env: x}}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot, namespace: prod, labels: {role: high}}}
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: prod
  labels:
    app: web
    pcns.env: fake
    pcsa.role: fake
    projectcalico.org/namespace: fake
    projectcalico.org/orchestrator: fake
    projectcalico.org/serviceaccount: fake
spec: {serviceAccountName: robot}
";
    let labels = only(model(text).workloads.clone()).labels;
    let labels: Vec<_> = labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(
        labels,
        [
            "app=web",
            "pcns.env=x",
            "pcns.kubernetes.io/metadata.name=prod",
            "pcns.projectcalico.org/name=prod",
            "pcsa.projectcalico.org/name=robot",
            "pcsa.role=high",
            "projectcalico.org/namespace=prod",
            "projectcalico.org/orchestrator=k8s",
            "projectcalico.org/serviceaccount=robot",
        ]
    );
}

/// Reference section 7: ports.
#[test]
fn named_ports_are_those_of_containers() {
    let spec = "{containers: [{ports: [{name: web, containerPort: 80, hostPort: 8080}, {containerPort: 81}, {name: dns, containerPort: 53, protocol: UDP}]}],
                 initContainers: [{ports: [{name: web, containerPort: 90, protocol: SCTP}]}]}";
    let port = |name: &str, protocol, port| NamedPort {
        name: name.into(),
        protocol,
        port,
    };
    assert_eq!(
        endpoint("", spec, "{}").ports,
        [
            port("web", Protocol::TCP, 80),
            port("dns", Protocol::UDP, 53),
            port("web", Protocol::SCTP, 90)
        ]
    );
}
