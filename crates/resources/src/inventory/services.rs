//! Backends of services (Calico `felix/serviceindex/serviceindex.go`).

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use super::Written;
use super::pods::transport;
use crate::kinds::{EndpointSlice, ServicePort, ServiceSpec};
use crate::model::{Forward, Protocol, ServiceBackends, Workload};
use crate::scalars::{IntOrString, parse_ip};
use crate::{Resource, names};

type Services = BTreeMap<(String, String), Backends>;

#[derive(Default)]
struct Backends {
    addresses: BTreeSet<IpAddr>,
    members: BTreeSet<(IpAddr, Protocol, u16)>,
}

/// The backends of every service: those of its EndpointSlices, ready or not. A service without any has those
/// that a cluster would find: the pods that it selects.
pub(super) fn backends(objects: &[Written<'_>], workloads: &[Workload]) -> Vec<ServiceBackends> {
    let mut services = Services::new();
    for written in objects {
        if let Resource::EndpointSlice(slice) = &written.object.resource
            && let Some(service) = written.object.metadata.labels.get(names::SERVICE_NAME)
        {
            let key = (written.namespace().to_owned(), service.clone());
            services.entry(key).or_default().add_slice(slice);
        }
    }
    for (key, backends) in selected(objects, workloads) {
        services.entry(key).or_insert(backends);
    }
    let fronts = fronts(objects);
    let pods = match fronts.is_empty() {
        true => HashMap::new(),
        false => by_address(workloads),
    };
    let model = services.into_iter().map(|(key, backends)| {
        let front = fronts.get(&(key.0.as_str(), key.1.as_str()));
        let addresses: Vec<IpAddr> = backends.addresses.into_iter().collect();
        ServiceBackends {
            cluster_ips: front.map_or_else(Vec::new, |front| cluster_ips(front)),
            forwards: front.map_or_else(Vec::new, |front| forwards(front, &addresses, &pods)),
            namespace: key.0,
            name: key.1,
            addresses,
            members: backends.members.into_iter().collect(),
        }
    });
    model.collect()
}

/// Services as they are written, by namespace and name.
fn fronts<'a>(objects: &[Written<'a>]) -> HashMap<(&'a str, &'a str), &'a ServiceSpec> {
    let services = objects.iter().filter_map(|written| {
        let Resource::Service(spec) = &written.object.resource else {
            return None;
        };
        Some(((written.namespace(), written.name()), &**spec))
    });
    services.collect()
}

fn by_address(workloads: &[Workload]) -> HashMap<IpAddr, &Workload> {
    let owned = |pod| move |address: &IpAddr| (*address, pod);
    let all = workloads
        .iter()
        .flat_map(|pod| pod.addresses.iter().map(owned(pod)));
    all.collect()
}

/// The addresses of a service; a headless one has none.
fn cluster_ips(front: &ServiceSpec) -> Vec<IpAddr> {
    let texts = front.cluster_ips.iter().chain([&front.cluster_ip]);
    let all: BTreeSet<IpAddr> = texts.filter_map(|text| parse_ip(text)).collect();
    all.into_iter().collect()
}

/// Each port of a service with the first backend that answers at it.
fn forwards(
    front: &ServiceSpec,
    addresses: &[IpAddr],
    pods: &HashMap<IpAddr, &Workload>,
) -> Vec<Forward> {
    let owned = |address: &IpAddr| Some((*address, *pods.get(address)?));
    let Some((address, pod)) = addresses.iter().find_map(owned) else {
        return Vec::new();
    };
    let ports = front.ports.iter().filter_map(|port| {
        let (protocol, target) = targets(port, pod).into_iter().next()?;
        Some(Forward {
            protocol,
            port: u16::try_from(port.port).ok()?,
            address,
            target,
        })
    });
    ports.collect()
}

impl Backends {
    fn add_slice(&mut self, slice: &EndpointSlice) {
        let texts = slice
            .endpoints
            .iter()
            .flat_map(|endpoint| &endpoint.addresses);
        for address in texts.filter_map(|text| parse_ip(text)) {
            self.addresses.insert(address);
            for port in &slice.ports {
                let number = port.port.and_then(|number| u16::try_from(number).ok());
                if let (Some(protocol), Some(number)) = (transport(&port.protocol), number) {
                    self.members.insert((address, protocol, number));
                }
            }
        }
    }

    fn add_pod(&mut self, pod: &Workload, ports: &[ServicePort]) {
        self.addresses.extend(&pod.addresses);
        let targets: Vec<_> = ports.iter().flat_map(|port| targets(port, pod)).collect();
        for address in &pod.addresses {
            self.members.extend(
                targets
                    .iter()
                    .map(|(protocol, port)| (*address, *protocol, *port)),
            );
        }
    }
}

/// Services that select pods, with the pods they select.
fn selected(objects: &[Written<'_>], workloads: &[Workload]) -> Services {
    let by_label = by_first_label(objects);
    let mut services = Services::new();
    for pod in workloads {
        let candidates = pod.labels.iter().filter_map(|(key, value)| {
            by_label.get(&(pod.namespace.as_str(), key.as_str(), value.as_str()))
        });
        for (name, spec) in candidates.flatten().filter(|(_, spec)| selects(spec, pod)) {
            let key = (pod.namespace.clone(), (*name).to_owned());
            services.entry(key).or_default().add_pod(pod, &spec.ports);
        }
    }
    services
}

type ByLabel<'a> = HashMap<(&'a str, &'a str, &'a str), Vec<(&'a str, &'a ServiceSpec)>>;

/// Services by their namespace and the first label that they select by, so that not every pod has to be
/// compared with every service.
fn by_first_label<'a>(objects: &[Written<'a>]) -> ByLabel<'a> {
    let mut by_label = ByLabel::new();
    for written in objects {
        if let Resource::Service(spec) = &written.object.resource
            && let Some((key, value)) = spec.selector.first_key_value()
        {
            let services = by_label
                .entry((written.namespace(), key, value))
                .or_default();
            services.push((written.name(), spec));
        }
    }
    by_label
}

fn selects(spec: &ServiceSpec, pod: &Workload) -> bool {
    let has = |(key, value): (&String, &String)| pod.labels.get(key) == Some(value);
    spec.selector.iter().all(has)
}

/// The ports of a pod that a service's port leads to.
fn targets(port: &ServicePort, pod: &Workload) -> Vec<(Protocol, u16)> {
    let Some(protocol) = transport(&port.protocol) else {
        return Vec::new();
    };
    let number = match &port.target_port {
        None | Some(IntOrString::Int(0)) => port.port,
        Some(IntOrString::Int(number)) => *number,
        Some(IntOrString::String(name)) => {
            let named = pod
                .ports
                .iter()
                .filter(|port| port.name == *name && port.protocol == protocol);
            return named.map(|port| (protocol, port.port)).take(1).collect();
        }
    };
    u16::try_from(number)
        .map(|number| (protocol, number))
        .into_iter()
        .collect()
}
