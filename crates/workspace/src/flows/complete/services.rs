//! The ports that a destination declares, those that it is known by, and protocols.

use tierwalk_resources::model::Workload;

use super::Choices;
use crate::Workspace;
use crate::flows::{End, Service, end};
use tierwalk_source::Span;

/// Protocols to begin with; those with ports are not finished.
const PROTOCOLS: [(&str, &str, &str); 6] = [
    ("tcp/", "tcp/", "TCP and a port"),
    ("udp/", "udp/", "UDP and a port"),
    ("sctp/", "sctp/", "SCTP and a port"),
    ("icmp/8", "icmp/8 ", "ping"),
    ("icmpv6/128", "icmpv6/128 ", "ping over IPv6"),
    ("ip/47", "ip/47 ", "a protocol by number, here GRE"),
];

pub(super) fn all(workspace: &Workspace, choices: &mut Choices<'_>, (from, to): (&str, &str)) {
    let place = Span::empty(0);
    if let (Ok(from), Ok(to)) = (end::read(from, place), end::read(to, place)) {
        let (_, to) = end::pair(from, to);
        declared(workspace, choices, &to);
        used(workspace, choices, &to);
    }
    for (label, insert, detail) in PROTOCOLS {
        choices.add(label, insert, detail);
    }
}

/// Ports that the pod declares by name, and those that services reach it at.
fn declared(workspace: &Workspace, choices: &mut Choices<'_>, to: &End) {
    let model = workspace.compiled.engine.model();
    let Some(pod) = model.workloads.iter().find(|pod| is(pod, to)) else {
        return;
    };
    for port in &pod.ports {
        let detail = format!("port {} of the pod", port.name);
        add(choices, (port.protocol, port.port), &detail, &port.name);
    }
    for service in &model.services {
        for (_, protocol, port) in service
            .members
            .iter()
            .filter(|(address, ..)| pod.addresses.contains(address))
        {
            let detail = format!("port of service {}", service.name);
            add(choices, (*protocol, *port), &detail, &service.name);
        }
    }
}

fn is(pod: &Workload, end: &End) -> bool {
    match end {
        End::Pod { namespace, name } => {
            pod.namespace == *namespace && (pod.name == *name || pod.owner.as_ref() == Some(name))
        }
        End::Address(address) => pod.addresses.contains(address),
        End::Outside(_) | End::Domain(_) | End::Node(_) => false,
    }
}

fn add(
    choices: &mut Choices<'_>,
    (protocol, port): (tierwalk_resources::model::Protocol, u16),
    detail: &str,
    name: &str,
) {
    let service = Service {
        protocol,
        port: Some(port),
        icmp: None,
    };
    let label = service.to_string();
    choices.add_named(&label, &format!("{label} "), detail, name);
}

/// What other flows to the same end use.
fn used(workspace: &Workspace, choices: &mut Choices<'_>, to: &End) {
    let specs = workspace
        .flows
        .iter()
        .filter_map(|at| at.entry().flow.as_ref().ok());
    for spec in specs.filter(|spec| spec.flow.destination == *to) {
        let label = spec.service();
        choices.add(&label, &format!("{label} "), "in another flow to it");
    }
}
