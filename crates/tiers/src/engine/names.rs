//! Order among things of one kind, so that nothing depends on where they are written.

use std::collections::BTreeMap;
use std::net::IpAddr;

use tierwalk_resources::model::{Model, WhyNot};

/// A node and every address known to be its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NodeEntry {
    pub name: String,
    pub addresses: Vec<IpAddr>,
}

/// All nodes that are declared or mentioned, with the addresses of their status, of their host endpoints
/// and of the pods that share them.
pub(super) fn nodes(model: &Model) -> Vec<NodeEntry> {
    let mut nodes: BTreeMap<&str, Vec<IpAddr>> = BTreeMap::new();
    let mut add = |name, addresses: &[IpAddr]| {
        let known: &mut Vec<IpAddr> = nodes.entry(name).or_default();
        let new = addresses.iter().filter(|address| !known.contains(address));
        let new: Vec<IpAddr> = new.copied().collect();
        known.extend(new);
    };
    for node in &model.nodes {
        add(node.name.as_str(), &node.addresses);
    }
    for host in &model.host_endpoints {
        add(&host.node, &host.addresses);
    }
    for pod in &model.non_endpoints {
        if pod.why == WhyNot::HostNetwork {
            add(&pod.node, &pod.addresses);
        }
    }
    for workload in &model.workloads {
        add(&workload.node, &[]);
    }
    let entry = |(name, addresses): (&str, _)| NodeEntry {
        name: name.to_owned(),
        addresses,
    };
    nodes.into_iter().map(entry).collect()
}

/// Every profile that exists or is named by an endpoint, with its index in the model.
pub(super) fn profiles(model: &Model) -> Vec<(String, Option<u32>)> {
    let of_workloads = model.workloads.iter().flat_map(|it| &it.profiles);
    let of_hosts = model.host_endpoints.iter().flat_map(|it| &it.profiles);
    let mut profiles: BTreeMap<&str, Option<u32>> = of_workloads
        .chain(of_hosts)
        .map(|name| (name.as_str(), None))
        .collect();
    for (index, profile) in (0..).zip(&model.profiles) {
        profiles.insert(&profile.name, Some(index));
    }
    let owned = |(name, index): (&str, _)| (name.to_owned(), index);
    profiles.into_iter().map(owned).collect()
}
