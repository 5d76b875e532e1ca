//! Nodes and host endpoints (Calico
//! `libcalico-go/lib/backend/syncersv1/updateprocessors/hostendpointprocessor.go`).

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::Written;
use super::addresses::{Addresses, NODES};
use super::pods::Shape;
use super::profiles::Profiles;
use crate::Resource;
use crate::kinds::HostEndpointSpec;
use crate::model::{HostEndpoint, NamedPort, Node, Protocol};
use crate::scalars::parse_ip;

/// Nodes by name.
#[derive(Default)]
pub(super) struct Nodes {
    nodes: BTreeMap<String, Known>,
}

/// What is known of a node.
#[derive(Default)]
struct Known {
    /// From its own status, in that order.
    declared: Vec<IpAddr>,
    /// From what runs on it.
    seen: BTreeSet<IpAddr>,
}

impl Known {
    fn addresses(&self) -> Vec<IpAddr> {
        let seen = self
            .seen
            .iter()
            .filter(|address| !self.declared.contains(address));
        self.declared.iter().chain(seen).copied().collect()
    }
}

impl Nodes {
    fn node(&mut self, name: &str) -> &mut Known {
        self.nodes.entry(name.to_owned()).or_default()
    }

    /// The addresses that a host-networked pod uses: its own if it says so, else its node's.
    pub(super) fn host_network(
        &mut self,
        node: &str,
        written: &[IpAddr],
        free: &mut Addresses,
    ) -> Vec<IpAddr> {
        if !written.is_empty() {
            return written.to_vec();
        }
        let known = self.node(node);
        if known.addresses().is_empty() {
            known.declared = free.assign(NODES, node);
        }
        known.addresses()
    }

    /// All known addresses.
    pub(super) fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        self.nodes.values().flat_map(Known::addresses)
    }

    pub(super) fn into_model(self) -> Vec<Node> {
        let nodes = self.nodes.into_iter().map(|(name, known)| Node {
            name,
            addresses: known.addresses(),
        });
        nodes.collect()
    }
}

/// Nodes that are declared or that something is on.
pub(super) fn nodes(objects: &[Written<'_>], shapes: &[Shape<'_>]) -> Nodes {
    let mut nodes = Nodes::default();
    for written in objects {
        match &written.object.resource {
            Resource::Node(node) => {
                let texts = node.status.addresses.iter().map(|address| &address.address);
                nodes.node(written.name()).declared =
                    texts.filter_map(|text| parse_ip(text)).collect();
            }
            Resource::HostEndpoint(spec) => nodes.node(&spec.node).seen.extend(expected(spec)),
            _ => {}
        }
    }
    for shape in shapes
        .iter()
        .filter(|shape| !shape.spec.node_name.is_empty())
    {
        let known = nodes.node(shape.node());
        let host = shape
            .state
            .and_then(|(_, status)| parse_ip(&status.host_ip));
        known.seen.extend(host);
        if shape.spec.host_network {
            known.seen.extend(shape.addresses());
        }
    }
    nodes
}

fn expected(spec: &HostEndpointSpec) -> impl Iterator<Item = IpAddr> {
    spec.expected_ips.iter().filter_map(|text| parse_ip(text))
}

/// Host endpoints. What they inherit comes from the profiles that they list.
pub(super) fn endpoints(objects: &[Written<'_>], profiles: &Profiles) -> Vec<HostEndpoint> {
    let endpoints = objects
        .iter()
        .filter_map(|written| match &written.object.resource {
            Resource::HostEndpoint(spec) => Some(endpoint(*written, spec, profiles)),
            _ => None,
        });
    endpoints.collect()
}

fn endpoint(written: Written<'_>, spec: &HostEndpointSpec, profiles: &Profiles) -> HostEndpoint {
    HostEndpoint {
        name: written.name().into(),
        node: spec.node.clone(),
        interface: spec.interface_name.clone(),
        labels: profiles.inherit(written.object.metadata.labels.clone(), &spec.profiles),
        addresses: expected(spec).collect(),
        profiles: spec.profiles.clone(),
        ports: spec.ports.iter().filter_map(port).collect(),
        origin: written.origin(),
    }
}

fn port(port: &crate::kinds::HostEndpointPort) -> Option<NamedPort> {
    Some(NamedPort {
        name: port.name.clone(),
        protocol: port.protocol.number().map(Protocol)?,
        port: port.port,
    })
}
