//! The ends of the matrix: pods, nodes that policy applies to, and what flows and network sets name outside.

use std::collections::BTreeSet;
use std::net::IpAddr;

use tierwalk_protocol::{EndKind, MatrixEnd};
use tierwalk_resources::model::{NetworkSet, WhyNot};
use tierwalk_tiers::{End, Engine, EntityRef, Flow, Owner};

use crate::Workspace;
use crate::flows;

/// As many ends outside of the cluster are listed.
const MOST_OUTSIDE: usize = 200;

/// All ends, by group and name; their classes are yet to be found.
pub(super) fn all(workspace: &Workspace) -> Vec<(MatrixEnd, End)> {
    let engine = &workspace.compiled.engine;
    let mut pods = pods(engine);
    pods.sort_by(|(a, _), (b, _)| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
    pods.extend(nodes(engine));
    pods.extend(outside(workspace).into_iter().take(MOST_OUTSIDE));
    pods
}

/// Also those that are their node, as far as policy goes.
fn pods(engine: &Engine) -> Vec<(MatrixEnd, End)> {
    let model = engine.model();
    let pods = model
        .workloads
        .iter()
        .map(|pod| (&pod.namespace, &pod.name));
    let others = model.non_endpoints.iter();
    let others = others.filter(|pod| pod.why == WhyNot::HostNetwork && !pod.addresses.is_empty());
    let others = others.map(|pod| (&pod.namespace, &pod.name));
    let ends = pods.chain(others).map(|(namespace, name)| End::Pod {
        namespace: namespace.clone(),
        name: name.clone(),
    });
    ends.map(|end| listed(EndKind::Pod, end, Vec::new()))
        .collect()
}

/// Nodes with host endpoints, by their first address, since a flow line names no node.
fn nodes(engine: &Engine) -> Vec<(MatrixEnd, End)> {
    let model = engine.model();
    let governed = model.nodes.iter().filter(|node| {
        let mut hosts = model.host_endpoints.iter();
        hosts.any(|host| host.node == node.name)
    });
    let ends = governed.filter_map(|node| {
        let (end, _) = listed(
            EndKind::Node,
            End::Address(*node.addresses.first()?),
            Vec::new(),
        );
        let name = node.name.clone();
        Some((
            MatrixEnd {
                name: name.clone(),
                ..end
            },
            End::Node(name),
        ))
    });
    ends.collect()
}

/// Addresses and domains of flows, and of each network set one that stands for it.
fn outside(workspace: &Workspace) -> Vec<(MatrixEnd, End)> {
    let engine = &workspace.compiled.engine;
    let mut ends = BTreeSet::new();
    for flow in workspace
        .flows
        .iter()
        .filter_map(|at| at.entry().flow.as_ref().ok())
    {
        let both = [&flow.flow.source, &flow.flow.destination].into_iter();
        let both = both.filter(|end| matches!(end, End::Address(_) | End::Domain(_)));
        ends.extend(both.filter(|end| is_outside(engine, end)).cloned());
    }
    for set in &engine.model().network_sets {
        if !ends.iter().any(|end| holds(set, end)) {
            ends.extend(member(set).filter(|end| is_outside(engine, end)));
        }
    }
    let list = |end: End| {
        let sets = sets(engine, &end);
        listed(EndKind::Outside, end, sets)
    };
    ends.into_iter().map(list).collect()
}

fn listed(kind: EndKind, end: End, sets: Vec<String>) -> (MatrixEnd, End) {
    let label = flows::label(&end);
    let slash = if label.namespace.is_empty() { "" } else { "/" };
    let listed = MatrixEnd {
        kind,
        text: [&label.namespace, slash, &label.name].concat(),
        namespace: label.namespace,
        name: label.name,
        sets,
        class: 0,
    };
    (listed, end)
}

/// Whether an end is neither a pod nor a node.
fn is_outside(engine: &Engine, end: &End) -> bool {
    let flow = Flow::to_port(
        end.clone(),
        end.clone(),
        tierwalk_resources::model::Protocol::TCP,
        1,
    );
    engine
        .resolve(&flow)
        .is_ok_and(|resolved| resolved.source.owner == Owner::Outside)
}

fn holds(set: &NetworkSet, end: &End) -> bool {
    match end {
        End::Address(address) => set.nets.iter().any(|net| net.contains(address)),
        End::Domain(name) => set.domains.iter().any(|domain| domain.matches(name)),
        _ => false,
    }
}

/// The first usable address of a set, or else its first domain.
fn member(set: &NetworkSet) -> Option<End> {
    let address = set.nets.first().map(|net| {
        match (net.network(), net.max_prefix_len() - net.prefix_len()) {
            (first, 0 | 1) => first,
            (IpAddr::V4(first), _) => IpAddr::from((u32::from(first) + 1).to_be_bytes()),
            (IpAddr::V6(first), _) => IpAddr::from((u128::from(first) + 1).to_be_bytes()),
        }
    });
    let domain = set.domains.first();
    let domain =
        domain.map(|domain| End::Domain(domain.0.replace('*', "www").to_ascii_lowercase()));
    address.map(End::Address).or(domain)
}

fn sets(engine: &Engine, end: &End) -> Vec<String> {
    let sets = (0..).zip(&engine.model().network_sets);
    let holding = sets.filter(|(_, set)| holds(set, end));
    holding
        .map(|(index, _)| engine.entity_name(EntityRef::NetworkSet(index)))
        .collect()
}
