//! Peers of Kubernetes rules and subjects of Kubernetes policies
//! (Calico `libcalico-go/lib/backend/k8s/conversion/conversion.go`, `clusternetworkpolicy.go`).

use ipnet::IpNet;

use super::labels;
use super::selectors::{Form, Selectors};
use crate::kinds::{ClusterPeer, IpBlock, KubernetesPeer, LabelSelector, NamespacedPods};
use crate::model::{Entity, Part, PartKind};
use crate::scalars::parse_cidr;

/// Pods by label, or all; never a host endpoint or a network set.
pub(super) fn pods(pods: Option<&LabelSelector>, selectors: &mut Selectors) -> Option<Vec<Part>> {
    let mut parts = vec![selectors.pods_only()?];
    let text = pods.map(labels::text).unwrap_or_default();
    if !text.is_empty() {
        parts.push(selectors.part(PartKind::Selector, Form::Plain, &text)?);
    }
    Some(parts)
}

/// Namespaces by label, or all, of a rule.
fn namespaces(selector: &LabelSelector, selectors: &mut Selectors) -> Option<Part> {
    let text = labels::namespaces(selector);
    selectors.part(PartKind::NamespaceSelector, Form::RuleNamespaces, &text)
}

/// The subject of a cluster policy: pods of namespaces.
pub(super) fn subject(
    namespaces: &LabelSelector,
    of: Option<&LabelSelector>,
    selectors: &mut Selectors,
) -> Option<Vec<Part>> {
    let mut parts = pods(of, selectors)?;
    let text = labels::namespaces(namespaces);
    parts.push(selectors.part(PartKind::NamespaceSelector, Form::Namespaces, &text)?);
    Some(parts)
}

/// A peer of a NetworkPolicy in `namespace`.
pub(super) fn kubernetes(
    peer: &KubernetesPeer,
    namespace: &str,
    selectors: &mut Selectors,
) -> Option<Entity> {
    if let Some(block) = &peer.ip_block {
        return Some(ip_block(block));
    }
    let mut positive = vec![match &peer.namespace_selector {
        Some(selector) => namespaces(selector, selectors)?,
        None => selectors.own_namespace(namespace)?,
    }];
    positive.extend(pods(peer.pod_selector.as_ref(), selectors)?);
    Some(of_pods(positive))
}

fn of_pods(positive: Vec<Part>) -> Entity {
    Entity {
        positive,
        ..Entity::default()
    }
}

/// Calico reads up to the first network that it cannot read.
fn ip_block(block: &IpBlock) -> Entity {
    let Some(net) = net(&block.cidr) else {
        return Entity::default();
    };
    Entity {
        nets: vec![net],
        not_nets: block
            .except
            .iter()
            .map_while(|except| self::net(except))
            .collect(),
        ..Entity::default()
    }
}

fn net(text: &str) -> Option<IpNet> {
    parse_cidr(text).ok().map(|net| net.masked())
}

/// A peer of a cluster policy's rule; `None` if nothing that Calico supports is set.
pub(super) fn cluster(peer: &ClusterPeer, selectors: &mut Selectors) -> Option<Entity> {
    let mut entity = of_pods(cluster_parts(peer, selectors)?);
    entity.nets = peer
        .networks
        .iter()
        .map(|text| net(text))
        .collect::<Option<_>>()?;
    let supported = !entity.positive.is_empty() || !entity.nets.is_empty();
    supported.then_some(entity)
}

/// `namespaces` alone does not ask for pods, so host endpoints and network sets may match as well.
fn cluster_parts(peer: &ClusterPeer, selectors: &mut Selectors) -> Option<Vec<Part>> {
    match (&peer.pods, &peer.namespaces) {
        (
            Some(NamespacedPods {
                namespace_selector,
                pod_selector,
            }),
            _,
        ) => {
            let mut parts = vec![namespaces(namespace_selector, selectors)?];
            parts.extend(pods(Some(pod_selector), selectors)?);
            Some(parts)
        }
        (None, Some(selector)) => Some(vec![namespaces(selector, selectors)?]),
        (None, None) => Some(Vec::new()),
    }
}
