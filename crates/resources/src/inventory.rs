//! What a cluster holds, as policy sees it: endpoints, sets, profiles, nodes, service backends.
//!
//! Where a cluster would have filled something in, this does: a pod without node or address gets them, a
//! workload without pods stands for some, a namespace that is only mentioned exists. What is made up is the
//! same whatever the order of the documents.

mod addresses;
mod hosts;
mod pods;
mod profiles;
mod services;
mod sets;
mod workloads;

use std::collections::HashSet;
use std::net::IpAddr;

use self::addresses::Addresses;
use self::hosts::Nodes;
use self::pods::Shape;
use crate::convert::Selectors;
use crate::kinds::Object;
use crate::model::{Inventory, Origin};
use crate::note::Note;
use crate::scalars::parse_net_or_ip;
use crate::{BuildOptions, Resource};

/// An object and where it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written<'a> {
    pub document: u32,
    pub object: &'a Object,
}

impl<'a> Written<'a> {
    pub(crate) fn origin(self) -> Origin {
        Origin {
            document: self.document,
            path: self.object.path.clone(),
        }
    }

    fn name(self) -> &'a str {
        &self.object.metadata.name
    }

    fn namespace(self) -> &'a str {
        &self.object.metadata.namespace
    }
}

/// Everything but tiers and policies.
pub(crate) fn take(
    objects: &[Written<'_>],
    options: BuildOptions,
    notes: &mut Vec<Note>,
) -> Inventory {
    let mut selectors = Selectors::default();
    let mut shapes = pods::written(objects);
    shapes.extend(workloads::stand_ins(objects, &shapes));
    shapes.sort_by(|a, b| (a.namespace, &a.name).cmp(&(b.namespace, &b.name)));
    let profiles = profiles::collect(objects, &shapes, options, &mut selectors, notes);
    let mut nodes = hosts::nodes(objects, &shapes);
    let mut free = Addresses::avoiding(in_use(objects, &shapes, &nodes));
    let pods = pods::place(&shapes, &profiles, &mut nodes, &mut free);
    let inventory = Inventory {
        services: services::backends(objects, &pods.workloads),
        network_sets: sets::convert(objects, &profiles),
        host_endpoints: hosts::endpoints(objects, &profiles),
        workloads: pods.workloads,
        non_endpoints: pods.non_endpoints,
        nodes: nodes.into_model(),
        profiles: profiles.into_model(),
    };
    inventory.sorted()
}

/// Single addresses that are written anywhere.
fn in_use(objects: &[Written<'_>], shapes: &[Shape<'_>], nodes: &Nodes) -> HashSet<IpAddr> {
    let of_pods = shapes.iter().flat_map(Shape::addresses);
    let written = objects
        .iter()
        .flat_map(|written| match &written.object.resource {
            Resource::NetworkSet(spec) | Resource::GlobalNetworkSet(spec) => singles(&spec.nets),
            Resource::Service(spec) => singles(&spec.cluster_ips),
            Resource::EndpointSlice(slice) => slice
                .endpoints
                .iter()
                .flat_map(|endpoint| singles(&endpoint.addresses))
                .collect(),
            _ => Vec::new(),
        });
    of_pods.chain(nodes.addresses()).chain(written).collect()
}

fn singles(texts: &[String]) -> Vec<IpAddr> {
    let nets = texts.iter().filter_map(|text| parse_net_or_ip(text));
    let single = nets.filter(|net| net.prefix_len() == net.max_prefix_len());
    single.map(|net| net.addr()).collect()
}
