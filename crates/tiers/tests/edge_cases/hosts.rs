//! Cases 45–52: host endpoints, nodes and pods that policy does not apply to.

use crate::world::{ALLOW, DENY, World, calico, gnp, labelled, np, world};

const FROM_DEV: &str =
    "selector: app == 'web', ingress: [{action: Allow, source: {namespaceSelector: env == 'dev'}}]";

fn auto_host() -> String {
    labelled(
        "HostEndpoint",
        "n1-auto-hep",
        "projectcalico.org/created-by: calico-kube-controllers",
        "node: n1, interfaceName: '*', expectedIPs: [192.0.2.1], profiles: [projectcalico-default-allow]",
    )
}

#[test]
fn case_45_untracked_policy_leaves_pods_alone() {
    let policy = gnp(
        "g",
        "doNotTrack: true, applyOnForward: true, ingress: [{action: Deny}]",
    );
    world(&[policy]).check(&[("cli -> web", ALLOW)]);
}

#[test]
fn case_46_a_host_endpoint_without_profiles_denies_but_for_failsafe_ports_and_forwarding() {
    let host = calico("HostEndpoint", "n1-eth0", "node: n1, interfaceName: eth0");
    world(&[host]).check(&[
        ("E -> n1", DENY),
        ("E -> n1 tcp/22", ALLOW),
        ("E -> web", ALLOW),
    ]);
}

#[test]
fn case_47_an_automatic_host_endpoint_allows() {
    world(&[auto_host()]).check(&[("E -> n1", ALLOW)]);
}

#[test]
fn case_48_an_empty_selector_means_hosts_and_pods() {
    world(&[auto_host(), gnp("g", "types: [Ingress]")])
        .check(&[("E -> n1", DENY), ("cli -> web", DENY)]);
}

#[test]
fn case_49_a_negated_namespace_selector_includes_hosts() {
    let with = |selector: &str| -> World {
        let spec = format!("namespaceSelector: '{selector}', types: [Ingress]");
        world(&[auto_host(), gnp("g", &spec)])
    };
    with("!has(team)").check(&[("E -> n1", DENY)]);
    with("all()").check(&[("E -> n1", ALLOW)]);
}

#[test]
fn case_50_a_host_reaches_its_own_pods() {
    world(&[np("prod/deny", "types: [Ingress]")])
        .check(&[("n1 -> web", ALLOW), ("n2 -> web", DENY)]);
}

#[test]
fn case_51_a_pod_on_the_host_network_is_its_node() {
    let agent = "
apiVersion: v1
kind: Pod
metadata: {name: agent, namespace: dev}
spec: {nodeName: n2, hostNetwork: true, containers: [{name: c, image: x}]}
status: {phase: Running, podIP: 192.0.2.2}
";
    world(&[agent.into(), np("prod/p", FROM_DEV)])
        .check(&[("agent -> web", DENY), ("cli -> web", ALLOW)]);
}

#[test]
fn case_52_a_finished_pod_owns_no_address() {
    let job = "
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: dev}
spec: {nodeName: n2, containers: [{name: c, image: x}]}
status: {phase: Succeeded, podIP: 10.0.2.30}
";
    world(&[job.into(), np("prod/p", FROM_DEV)])
        .check(&[("10.0.2.30 -> web", DENY), ("cli -> web", ALLOW)]);
}
