//! Pods to workload endpoints (Calico `libcalico-go/lib/backend/k8s/conversion/conversion.go`,
//! `workload_endpoint_default.go`, `libcalico-go/lib/backend/syncersv1/updateprocessors/workloadendpointprocessor.go`).

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use super::Written;
use super::addresses::{Addresses, PODS};
use super::hosts::Nodes;
use super::profiles::Profiles;
use crate::Resource;
use crate::kinds::{ContainerPort, Labels, ObjectMeta, Pod, PodSpec, PodStatus};
use crate::model::{NamedPort, NonEndpoint, Origin, Protocol, WhyNot, Workload};
use crate::names;
use crate::scalars::parse_net_or_ip;

/// Node of pods that name none. Nothing else is on it, so no flow is exempt from policy because of it.
const UNSCHEDULED: &str = "unscheduled";
/// Node of host-networked pods that name none.
const UNSCHEDULED_HOST: &str = "unscheduled-host";

const POD_IPS: &str = "cni.projectcalico.org/podIPs";
const POD_IP: &str = "cni.projectcalico.org/podIP";
const AWS_POD_IPS: &str = "vpc.amazonaws.com/pod-ips";

/// A pod, written or expected.
#[derive(Clone, Debug)]
pub(super) struct Shape<'a> {
    pub namespace: &'a str,
    pub name: String,
    pub owner: Option<String>,
    /// Labels as written.
    pub labels: Labels,
    pub spec: &'a PodSpec,
    /// Where `spec` is written in the object.
    pub spec_path: &'static str,
    /// What a written pod says of its state.
    pub state: Option<(&'a ObjectMeta, &'a PodStatus)>,
    pub origin: Origin,
}

/// Pods where policy sees them.
pub(super) struct Pods {
    pub workloads: Vec<Workload>,
    pub non_endpoints: Vec<NonEndpoint>,
}

/// The pods that are written, by namespace and name.
pub(super) fn written<'a>(objects: &[Written<'a>]) -> Vec<Shape<'a>> {
    let shapes = objects
        .iter()
        .filter_map(|written| match &written.object.resource {
            Resource::Pod(pod) => Some(shape(*written, pod)),
            _ => None,
        });
    shapes.collect()
}

fn shape<'a>(written: Written<'a>, pod: &'a Pod) -> Shape<'a> {
    let metadata = &written.object.metadata;
    Shape {
        namespace: written.namespace(),
        name: written.name().into(),
        owner: super::workloads::owner(metadata).map(str::to_owned),
        labels: metadata.labels.clone(),
        spec: &pod.spec,
        spec_path: "spec",
        state: Some((metadata, &pod.status)),
        origin: written.origin(),
    }
}

/// Gives every pod its node, addresses and effective labels.
pub(super) fn place(
    shapes: &[Shape<'_>],
    profiles: &Profiles,
    nodes: &mut Nodes,
    addresses: &mut Addresses,
) -> Pods {
    let mut pods = Pods {
        workloads: Vec::new(),
        non_endpoints: Vec::new(),
    };
    for shape in shapes {
        let placed = if shape.spec.host_network {
            Err((
                WhyNot::HostNetwork,
                nodes.host_network(shape.node(), &shape.addresses(), addresses),
            ))
        } else {
            shape.own_addresses(addresses)
        };
        match placed {
            Ok(found) => pods.workloads.push(shape.workload(found, profiles)),
            Err((why, found)) => pods.non_endpoints.push(shape.non_endpoint(why, found)),
        }
    }
    pods
}

impl Shape<'_> {
    /// Its node, or the one that unscheduled pods are on.
    pub(super) fn node(&self) -> &str {
        match (self.spec.node_name.as_str(), self.spec.host_network) {
            ("", true) => UNSCHEDULED_HOST,
            ("", false) => UNSCHEDULED,
            (node, _) => node,
        }
    }

    /// The addresses that are written.
    pub(super) fn addresses(&self) -> Vec<IpAddr> {
        let texts = self
            .state
            .map(|(metadata, status)| written_addresses(metadata, status));
        let parsed = texts
            .unwrap_or_default()
            .into_iter()
            .map(|text| address(&text));
        // One that cannot be read spoils the others.
        parsed.collect::<Option<_>>().unwrap_or_default()
    }

    fn own_addresses(&self, free: &mut Addresses) -> Result<Vec<IpAddr>, (WhyNot, Vec<IpAddr>)> {
        let written = self.addresses();
        if self.has_finished() {
            return Err((WhyNot::Finished, written));
        }
        if !written.is_empty() {
            return Ok(written);
        }
        let assigned = if self.waits_for_address() {
            Vec::new()
        } else {
            free.assign(PODS, &format!("{}/{}", self.namespace, self.name))
        };
        if assigned.is_empty() {
            return Err((WhyNot::NoAddress, assigned));
        }
        Ok(assigned)
    }

    /// Succeeded, failed, or on its way out with its address given back.
    fn has_finished(&self) -> bool {
        self.state.is_some_and(|(metadata, status)| {
            let is_empty = |key| metadata.annotations.get(key).is_some_and(String::is_empty);
            matches!(status.phase.as_str(), "Succeeded" | "Failed" | "Completed")
                || metadata.deletion_timestamp.is_some()
                    && (is_empty(POD_IP) || is_empty(AWS_POD_IPS))
        })
    }

    /// What a cluster says of a pod that has no address yet, or one that nobody can read.
    fn waits_for_address(&self) -> bool {
        self.state.is_some_and(|(metadata, status)| {
            status.phase == "Pending" || !written_addresses(metadata, status).is_empty()
        })
    }

    fn workload(&self, addresses: Vec<IpAddr>, profiles: &Profiles) -> Workload {
        let of_profiles = vec![
            format!("kns.{}", self.namespace),
            format!("ksa.{}.{}", self.namespace, self.spec.service_account_name),
        ];
        Workload {
            namespace: self.namespace.into(),
            name: self.name.clone(),
            owner: self.owner.clone(),
            node: self.node().into(),
            labels: profiles.inherit(self.own_labels(), &of_profiles),
            profiles: of_profiles,
            addresses,
            ports: named_ports(self.spec),
            origin: self.origin.clone(),
        }
    }

    /// What a user cannot say of a pod is left out, what Calico says of it wins.
    fn own_labels(&self) -> Labels {
        let inherited = |key: &str| {
            key.starts_with(names::NAMESPACE_PREFIX) || key.starts_with(names::ACCOUNT_PREFIX)
        };
        let mut labels = self.labels.clone();
        labels.retain(|key, _| !inherited(key));
        let own = [
            (names::NAMESPACE, self.namespace),
            (names::ORCHESTRATOR, names::KUBERNETES),
            (names::SERVICE_ACCOUNT, &self.spec.service_account_name),
        ];
        labels.extend(own.map(|(key, value)| (key.to_owned(), value.to_owned())));
        labels
    }

    fn non_endpoint(&self, why: WhyNot, addresses: Vec<IpAddr>) -> NonEndpoint {
        NonEndpoint {
            namespace: self.namespace.into(),
            name: self.name.clone(),
            owner: self.owner.clone(),
            node: self.node().into(),
            addresses,
            why,
            origin: self.origin.clone(),
        }
    }
}

/// The first place that has any.
fn written_addresses(metadata: &ObjectMeta, status: &PodStatus) -> Vec<String> {
    let list = |text: &str| -> Vec<String> {
        let items = text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        items.map(str::to_owned).collect()
    };
    let annotation = |key| list(metadata.annotations.get(key).map_or("", String::as_str));
    let places: [&dyn Fn() -> Vec<String>; 5] = [
        &|| {
            status
                .pod_ips
                .iter()
                .map(|pod_ip| pod_ip.ip.clone())
                .collect()
        },
        &|| list(&status.pod_ip),
        &|| annotation(POD_IPS),
        &|| annotation(POD_IP),
        &|| annotation(AWS_POD_IPS),
    ];
    let found = places.iter().map(|place| place());
    found
        .into_iter()
        .find(|texts| !texts.is_empty())
        .unwrap_or_default()
}

/// An address; annotations have it with its prefix length.
fn address(text: &str) -> Option<IpAddr> {
    let net = parse_net_or_ip(text).filter(|_| !text.is_empty())?;
    Some(net.addr())
}

/// Ports with a name; rules refer to the container's port, not the host's.
fn named_ports(spec: &PodSpec) -> Vec<NamedPort> {
    let containers = spec.containers.iter().chain(&spec.init_containers);
    containers
        .flat_map(|container| &container.ports)
        .filter_map(named_port)
        .collect()
}

fn named_port(port: &ContainerPort) -> Option<NamedPort> {
    let number = u16::try_from(port.container_port)
        .ok()
        .filter(|number| *number != 0)?;
    (!port.name.is_empty()).then_some(())?;
    Some(NamedPort {
        name: port.name.clone(),
        protocol: transport(&port.protocol)?,
        port: number,
    })
}

/// A protocol with ports by name; TCP if there is none.
pub(super) fn transport(name: &str) -> Option<Protocol> {
    match name {
        "" | "TCP" => Some(Protocol::TCP),
        "UDP" => Some(Protocol::UDP),
        "SCTP" => Some(Protocol::SCTP),
        _ => None,
    }
}
