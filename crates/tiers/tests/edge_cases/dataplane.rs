//! Cases 53–57, 60 and 61: labels, services, HTTP, both halves, and what happens ahead of policy.

use crate::world::{ALLOW, DENY, gnp, np, strict_without, with_cli, world};

#[test]
fn case_53_pods_cannot_fake_the_labels_of_their_namespace() {
    let cli = "
apiVersion: v1
kind: Pod
metadata: {name: cli, namespace: dev, labels: {app: cli, pcns.env: prod}}
spec: {nodeName: n2, containers: [{name: c, image: x}]}
status: {phase: Running, podIP: 10.0.2.10}
";
    let spec = "selector: app == 'web', ingress: [{action: Allow, source: {namespaceSelector: env == 'prod'}}]";
    with_cli(cli, &[np("prod/p", spec)]).check(&[("cli -> web", DENY), ("db -> web", ALLOW)]);
}

const WEB_SERVICE: &str = "
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-svc-1, namespace: prod, labels: {kubernetes.io/service-name: web-svc}}
addressType: IPv4
endpoints: [{addresses: [10.0.1.10], conditions: {ready: false}}]
ports: [{name: http, port: 8080, protocol: TCP}]
";

#[test]
fn case_54_a_service_means_its_backends_ready_or_not() {
    let spec = "selector: app == 'cli', egress: [{action: Allow, destination: {services: {name: web-svc, namespace: prod}}}]";
    world(&[WEB_SERVICE.into(), np("dev/p", spec)])
        .check(&[("cli -> web", ALLOW), ("cli -> web tcp/9090", DENY)]);
}

#[test]
fn case_55_a_service_without_namespace_is_no_service() {
    let spec = "selector: app == 'db', egress: [{action: Allow, destination: {services: {name: web-svc}}}]";
    world(&[WEB_SERVICE.into(), np("prod/p", spec)]).check(&[("db -> web", DENY)]);
}

#[test]
fn case_56_packets_ignore_http() {
    let spec = "selector: app == 'web', ingress: [{action: Allow, http: {methods: [GET]}}]";
    world(&[np("prod/p", spec)]).check(&[("cli -> web", ALLOW)]);
}

#[test]
fn case_57_where_egress_denies_ingress_is_evaluated_but_not_reached() {
    let world = world(&[
        np("dev/deny", "selector: app == 'cli', types: [Egress]"),
        np(
            "prod/p",
            "selector: app == 'web', ingress: [{action: Allow}]",
        ),
    ]);
    let walk = world.walk("cli -> web");
    assert_eq!(walk.verdict, DENY);
    let ingress = walk.ingress.expect("web is an endpoint");
    assert_eq!((ingress.verdict, ingress.reached), (ALLOW, false));
    assert_eq!(
        ingress.not_reached_text(),
        "Not reached: egress denied first. If it had arrived, ingress would allow it."
    );
}

#[test]
fn case_60_a_missing_namespace_denies() {
    let namespace =
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: prod, labels: {env: prod}}\n---\n";
    let policy = np(
        "prod/p",
        "selector: app == 'web', ingress: [{action: Allow}]",
    );
    strict_without(namespace, &[policy]).check(&[("cli -> db", DENY), ("cli -> web", ALLOW)]);
}

#[test]
fn case_61_pods_may_not_send_vxlan() {
    let policy = gnp("g", "selector: app == 'cli', egress: [{action: Allow}]");
    world(&[policy]).check(&[
        ("cli -> E udp/4789", DENY),
        ("cli -> E udp/4790", ALLOW),
        ("cli -> E 4/0", DENY),
    ]);
}
