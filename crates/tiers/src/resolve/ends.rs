use std::borrow::Cow;
use std::net::IpAddr;

use tierwalk_resources::model::{IpVersion, NonEndpoint, WhyNot};

use crate::Engine;
use crate::engine::EntityRef;
use crate::flow::{ASSUMED_V4, ASSUMED_V6, End, FlowError, Owner};

use super::{first_of, nearest};

/// What is known about an end before the IP version is.
pub(super) struct Candidate<'a> {
    /// For messages.
    pub name: String,
    pub addresses: Cow<'a, [IpAddr]>,
    pub domain: Option<&'a str>,
    pub non_endpoint: Option<u32>,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Workload(u32),
    /// A node's own processes.
    Host(u32),
    /// Whoever owns the address.
    ByAddress,
    Outside,
}

impl Engine {
    pub(super) fn candidate<'a>(&'a self, end: &'a End) -> Result<Candidate<'a>, FlowError> {
        match end {
            End::Pod { namespace, name } => self.pod(namespace, name),
            End::Node(name) => self.node(name),
            End::Address(address) => Ok(plain(*address, Kind::ByAddress)),
            End::Outside(address) => Ok(plain(*address, Kind::Outside)),
            End::Domain(name) => Ok(Candidate {
                name: name.clone(),
                addresses: vec![ASSUMED_V4, ASSUMED_V6].into(),
                domain: Some(name),
                non_endpoint: None,
                kind: Kind::Outside,
            }),
        }
    }

    /// The pod of that name, or else the first pod of the workload of that name.
    fn pod(&self, namespace: &str, name: &str) -> Result<Candidate<'_>, FlowError> {
        let found = self
            .pod_named(namespace, name)
            .or_else(|| self.pod_where(namespace, |own, _| own == name))
            .or_else(|| self.pod_where(namespace, |_, owner| owner == Some(name)));
        let Some(candidate) = found else {
            return Err(FlowError::NoSuchPod {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
                nearest: nearest::pods(self.model(), namespace, name),
            });
        };
        if candidate.addresses.is_empty() {
            return Err(FlowError::NoAddress {
                end: candidate.name,
            });
        }
        Ok(candidate)
    }

    /// The pod of that name that policy applies to.
    fn pod_named(&self, namespace: &str, name: &str) -> Option<Candidate<'_>> {
        let pods = &self.model().workloads;
        let key = (namespace, name);
        let at = pods.partition_point(|pod| (pod.namespace.as_str(), pod.name.as_str()) < key);
        let pod = pods.get(at)?;
        let found = pod.namespace == namespace && pod.name == name;
        found.then(|| Candidate {
            name: format!("{namespace}/{name}"),
            addresses: pod.addresses.as_slice().into(),
            domain: None,
            non_endpoint: None,
            kind: Kind::Workload(at as u32),
        })
    }

    /// The first pod of a namespace with a name and an owner; those that policy applies to come first.
    fn pod_where(
        &self,
        namespace: &str,
        is_wanted: impl Fn(&str, Option<&str>) -> bool,
    ) -> Option<Candidate<'_>> {
        let pods = &self.model().workloads;
        let start = pods.partition_point(|pod| pod.namespace.as_str() < namespace);
        let of_namespace = (start..).zip(pods.get(start..)?);
        let mut workloads = of_namespace
            .take_while(|(_, pod)| pod.namespace == namespace)
            .filter(|(_, pod)| is_wanted(&pod.name, pod.owner.as_deref()));
        let workload = workloads.next().map(|(index, pod)| Candidate {
            name: format!("{namespace}/{}", pod.name),
            addresses: pod.addresses.as_slice().into(),
            domain: None,
            non_endpoint: None,
            kind: Kind::Workload(index as u32),
        });
        let pods = (0..).zip(&self.model().non_endpoints);
        let mut others = pods.filter(|(_, pod)| {
            pod.namespace == namespace && is_wanted(&pod.name, pod.owner.as_deref())
        });
        workload.or_else(|| {
            others
                .next()
                .map(|(index, pod)| self.of_non_endpoint(index, pod))
        })
    }

    /// A host-networked pod is its node; a finished one is nobody.
    fn of_non_endpoint<'a>(&'a self, index: u32, pod: &'a NonEndpoint) -> Candidate<'a> {
        let node = self.node_index(&pod.node);
        let entry = node.and_then(|node| self.node_entries().get(node as usize));
        let (addresses, kind) = match (pod.why, node, entry) {
            (WhyNot::HostNetwork, Some(node), Some(entry)) => {
                (entry.addresses.as_slice(), Kind::Host(node))
            }
            _ => (pod.addresses.as_slice(), Kind::Outside),
        };
        Candidate {
            name: format!("{}/{}", pod.namespace, pod.name),
            addresses: addresses.into(),
            domain: None,
            non_endpoint: Some(index),
            kind,
        }
    }

    fn node(&self, name: &str) -> Result<Candidate<'_>, FlowError> {
        let Some(node) = self.node_index(name) else {
            return Err(FlowError::NoSuchNode {
                name: name.to_owned(),
                nearest: nearest::nodes(self.nodes(), name),
            });
        };
        let entry = self.node_entries().get(node as usize);
        let addresses = entry.map_or(&[][..], |entry| &entry.addresses);
        if addresses.is_empty() {
            return Err(FlowError::NoAddress {
                end: name.to_owned(),
            });
        }
        Ok(Candidate {
            name: name.to_owned(),
            addresses: addresses.into(),
            domain: None,
            non_endpoint: None,
            kind: Kind::Host(node),
        })
    }

    pub(crate) fn node_index(&self, name: &str) -> Option<u32> {
        let nodes = self.node_entries();
        let at = nodes.binary_search_by(|node| node.name.as_str().cmp(name));
        at.ok().map(|index| index as u32)
    }

    fn node_with(&self, address: IpAddr) -> Option<u32> {
        let mut nodes = (0..).zip(self.node_entries());
        let owner = nodes.find(|(_, node)| node.addresses.contains(&address));
        owner.map(|(index, _)| index)
    }

    /// The pod that owns an address, else the host.
    fn owner_of(&self, address: IpAddr) -> Owner {
        for entity in self.owners(address) {
            if let EntityRef::Workload(index) = entity {
                return Owner::Workload(index);
            }
        }
        let host = |node| self.host(node, address);
        self.node_with(address).map_or(Owner::Outside, host)
    }

    fn host(&self, node: u32, address: IpAddr) -> Owner {
        Owner::Host {
            node,
            endpoint: self.host_endpoint(node, Some(address)),
        }
    }

    /// The host endpoint that governs a node's interface with an address, or its main interface: one for that
    /// interface, else one for all interfaces; of several, the first by name
    /// (Calico `felix/dataplane/linux/endpoint_mgr.go`).
    pub(crate) fn host_endpoint(&self, node: u32, address: Option<IpAddr>) -> Option<u32> {
        let name = &self.node_entries().get(node as usize)?.name;
        let of_node = || {
            let all = (0..).zip(&self.model().host_endpoints);
            all.filter(|(_, host)| host.node == *name)
        };
        let has = |expected: &[IpAddr]| {
            expected.is_empty() || address.is_none_or(|address| expected.contains(&address))
        };
        let specific = of_node().find(|(_, host)| host.interface != "*" && has(&host.addresses));
        let wildcard = || of_node().find(|(_, host)| host.interface == "*");
        specific.or_else(wildcard).map(|(index, _)| index)
    }
}

fn plain(address: IpAddr, kind: Kind) -> Candidate<'static> {
    Candidate {
        name: address.to_string(),
        addresses: vec![address].into(),
        domain: None,
        non_endpoint: None,
        kind,
    }
}

impl Candidate<'_> {
    pub fn address_of(&self, version: IpVersion) -> Option<IpAddr> {
        first_of(&self.addresses, version)
    }

    pub fn owner(&self, engine: &Engine, address: IpAddr) -> Owner {
        match self.kind {
            Kind::Workload(index) => Owner::Workload(index),
            Kind::Host(node) => engine.host(node, address),
            Kind::ByAddress => engine.owner_of(address),
            Kind::Outside => Owner::Outside,
        }
    }
}
