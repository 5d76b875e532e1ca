use crate::model::ServiceBackends;
use crate::testing::{model, only};

fn members(service: &ServiceBackends) -> Vec<String> {
    let members = service.members.iter();
    members
        .map(|(address, protocol, port)| format!("{address} {} {port}", protocol.name()))
        .collect()
}

fn slice(name: &str, service: &str, rest: &str) -> String {
    format!(
        "{{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {{name: {name}, namespace: prod, labels: {{kubernetes.io/service-name: {service}}}}}, {rest}}}\n---\n"
    )
}

/// Reference section 3.7 (Calico `felix/serviceindex/serviceindex.go`).
#[test]
fn members_are_the_addresses_times_the_ports_of_every_slice() {
    let text = [
        slice(
            "a",
            "web",
            "addressType: IPv4, endpoints: [{addresses: [10.0.0.1], conditions: {ready: false}}, {addresses: [10.0.0.2]}], ports: [{port: 80}, {port: 53, protocol: UDP}, {name: any}]",
        ),
        slice(
            "b",
            "web",
            "addressType: IPv6, endpoints: [{addresses: ['fd00::1']}], ports: [{port: 80, protocol: TCP}]",
        ),
        slice(
            "c",
            "web",
            "addressType: FQDN, endpoints: [{addresses: [web.example.com]}], ports: [{port: 80}]",
        ),
    ];
    let service = only(model(&text.concat()).services.clone());
    assert_eq!(
        (service.namespace.as_str(), service.name.as_str()),
        ("prod", "web")
    );
    assert_eq!(service.addresses.len(), 3);
    assert_eq!(
        members(&service),
        [
            "10.0.0.1 TCP 80",
            "10.0.0.1 UDP 53",
            "10.0.0.2 TCP 80",
            "10.0.0.2 UDP 53",
            "fd00::1 TCP 80",
        ]
    );
}

const PODS: &str = "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: prod, labels: {app: web}}, spec: {containers: [{ports: [{name: http, containerPort: 8080}]}]}, status: {podIP: 10.0.0.1}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: prod, labels: {app: db}}, status: {podIP: 10.0.0.2}}
---
{apiVersion: v1, kind: Pod, metadata: {name: c, namespace: dev, labels: {app: web}}, status: {podIP: 10.0.0.3}}
---
";

fn service(name: &str, spec: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: Service, metadata: {{name: {name}, namespace: prod}}, spec: {spec}}}\n---\n"
    )
}

/// A cluster would make the slices; here the service's own selector does.
#[test]
fn a_service_without_slices_has_the_pods_it_selects() {
    let ports = "ports: [{port: 80, targetPort: http}, {port: 81, targetPort: 9090}, {port: 82}, {port: 83, targetPort: other}]";
    let web = service("web", &format!("{{selector: {{app: web}}, {ports}}}"));
    let found = only(model(&format!("{PODS}{web}")).services.clone());
    assert_eq!(
        members(&found),
        ["10.0.0.1 TCP 82", "10.0.0.1 TCP 8080", "10.0.0.1 TCP 9090"]
    );
    for spec in [
        "{ports: [{port: 80}]}",
        "{selector: {app: none}, ports: [{port: 80}]}",
    ] {
        assert_eq!(
            model(&format!("{PODS}{}", service("web", spec))).services,
            []
        );
    }
}

#[test]
fn packets_to_a_service_arrive_at_its_first_pod() {
    let ports = "ports: [{port: 80, targetPort: http}, {port: 81, targetPort: 9090, protocol: UDP}, {port: 83, targetPort: other}]";
    let spec = format!(
        "{{clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, 'fd00::10'], selector: {{app: web}}, {ports}}}"
    );
    let found = only(
        model(&format!("{PODS}{}", service("web", &spec)))
            .services
            .clone(),
    );
    let forwards = found.forwards.iter();
    let told: Vec<_> = forwards
        .map(|it| {
            format!(
                "{}/{} {} {}",
                it.protocol.name(),
                it.port,
                it.address,
                it.target
            )
        })
        .collect();
    assert_eq!(told, ["TCP/80 10.0.0.1 8080", "UDP/81 10.0.0.1 9090"]);
    assert_eq!(found.cluster_ips.len(), 2);
    let headless = service("web", "{clusterIP: None, selector: {app: web}}");
    let found = only(model(&format!("{PODS}{headless}")).services.clone());
    assert_eq!(found.cluster_ips, Vec::<std::net::IpAddr>::new());
}

#[test]
fn slices_speak_for_their_service() {
    let web = service("web", "{selector: {app: web}, ports: [{port: 80}]}");
    let slice = slice("a", "web", "addressType: IPv4, endpoints: [], ports: []");
    assert_eq!(
        only(model(&format!("{PODS}{web}{slice}")).services.clone()).members,
        []
    );
}
