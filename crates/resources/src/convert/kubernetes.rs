//! Kubernetes NetworkPolicy, enforced and staged (Calico `libcalico-go/lib/backend/k8s/conversion/conversion.go`,
//! `libcalico-go/lib/backend/syncersv1/updateprocessors/stagedkubernetesnetworkpolicyprocessor.go`).

#[cfg(test)]
mod tests;

use super::expand::{Direction, Peer, Place, expand, expand_any};
use super::peers;
use super::ports::{Group, Groups};
use super::selectors::Selectors;
use crate::kinds::{
    KubernetesEgressRule, KubernetesIngressRule, KubernetesPeer, KubernetesPolicySpec,
    KubernetesPort, LabelSelector, StagedKubernetesPolicySpec,
};
use crate::model::{Action, Converted, PolicyId, Protocol, Rule};
use crate::names;
use crate::scalars::{self, Port};

/// Order of all Kubernetes policies.
const ORDER: f64 = 1000.0;

/// An enforced policy: a rule that does not convert is left out and takes no index.
pub(super) fn convert(
    id: PolicyId,
    spec: &KubernetesPolicySpec,
    selectors: &mut Selectors,
) -> Option<Converted> {
    let mut rules = |rules: Vec<WrittenRule<'_>>, namespace: &str| -> Vec<Rule> {
        let converted = rules
            .iter()
            .filter_map(|rule| rule.convert(namespace, selectors));
        converted.flatten().collect()
    };
    let ingress = rules(ingress(&spec.ingress), &id.namespace);
    let egress = rules(egress(&spec.egress), &id.namespace);
    policy(
        id,
        &spec.pod_selector,
        &spec.policy_types,
        (ingress, egress),
        selectors,
    )
}

/// A staged policy: one rule that does not convert takes the whole policy with it.
pub(super) fn convert_staged(
    id: PolicyId,
    spec: &StagedKubernetesPolicySpec,
    selectors: &mut Selectors,
) -> Option<Converted> {
    if spec.staged_action == "Delete" {
        return None;
    }
    let mut rules = |rules: Vec<WrittenRule<'_>>, namespace: &str| -> Option<Vec<Rule>> {
        let converted: Option<Vec<_>> = rules
            .iter()
            .map(|rule| rule.convert(namespace, selectors))
            .collect();
        converted.map(|rules| rules.concat())
    };
    let ingress = rules(ingress(&spec.ingress), &id.namespace)?;
    let egress = rules(egress(&spec.egress), &id.namespace)?;
    policy(
        id,
        &spec.pod_selector,
        &spec.policy_types,
        (ingress, egress),
        selectors,
    )
}

fn policy(
    id: PolicyId,
    pods: &LabelSelector,
    types: &[String],
    (ingress, egress): (Vec<Rule>, Vec<Rule>),
    selectors: &mut Selectors,
) -> Option<Converted> {
    let (governs_ingress, governs_egress) = directions(types, &egress);
    let mut subject = peers::pods(Some(pods), selectors)?;
    subject.push(selectors.own_namespace(&id.namespace)?);
    Some(Converted {
        tier: names::DEFAULT_TIER.into(),
        order: Some(ORDER),
        governs_ingress,
        governs_egress,
        subject,
        ingress,
        egress,
        do_not_track: false,
        pre_dnat: false,
        apply_on_forward: false,
        id,
    })
}

/// What is listed, or, where nothing is, ingress, and egress if there are rules for it.
fn directions(types: &[String], egress: &[Rule]) -> (bool, bool) {
    if types.is_empty() {
        return (true, !egress.is_empty());
    }
    let lists = |direction| types.iter().any(|name| name == direction);
    (lists("Ingress") || !lists("Egress"), lists("Egress"))
}

/// A rule of either direction.
struct WrittenRule<'a> {
    place: Place,
    ports: &'a [KubernetesPort],
    peers: &'a [KubernetesPeer],
}

fn ingress(rules: &[KubernetesIngressRule]) -> Vec<WrittenRule<'_>> {
    let rules = rules.iter().enumerate();
    rules
        .map(|(index, rule)| WrittenRule {
            place: place(Direction::Ingress, index),
            ports: &rule.ports,
            peers: &rule.from,
        })
        .collect()
}

fn egress(rules: &[KubernetesEgressRule]) -> Vec<WrittenRule<'_>> {
    let rules = rules.iter().enumerate();
    rules
        .map(|(index, rule)| WrittenRule {
            place: place(Direction::Egress, index),
            ports: &rule.ports,
            peers: &rule.to,
        })
        .collect()
}

fn place(direction: Direction, index: usize) -> Place {
    Place {
        direction,
        index,
        ports: "ports",
    }
}

impl WrittenRule<'_> {
    fn convert(&self, namespace: &str, selectors: &mut Selectors) -> Option<Vec<Rule>> {
        let groups = groups(self.ports)?;
        let peers: Option<Vec<Peer>> = (self.peers.iter().enumerate())
            .map(|(index, peer)| {
                Some(Peer {
                    path: self.place.peer(index),
                    entity: peers::kubernetes(peer, namespace, selectors)?,
                })
            })
            .collect();
        let peers = peers?;
        Some(match peers.is_empty() {
            true => expand_any(self.place, Action::Allow, &groups),
            false => expand(self.place, Action::Allow, &groups, &peers),
        })
    }
}

fn groups(ports: &[KubernetesPort]) -> Option<Vec<Group>> {
    let mut groups = Groups::default();
    for port in ports {
        add(&mut groups, port)?;
    }
    Some(groups.into_groups())
}

/// `port` and `endPort` are put together as text and read as Calico's ports are, so that `"80"` is a number.
fn add(groups: &mut Groups, port: &KubernetesPort) -> Option<()> {
    let protocol = protocol(port.protocol.as_deref().unwrap_or_default())?;
    let Some(first) = &port.port else {
        groups.add_all(protocol);
        return Some(());
    };
    let text = match port.end_port {
        Some(last) => format!("{first}:{last}"),
        None => first.to_string(),
    };
    match Port::parse(&text).ok()? {
        Port::Numbered(first, last) => groups.add_range(protocol, first..=last),
        Port::Named(name) => groups.add_name(Some(protocol), &name),
    }
    Some(())
}

/// A protocol by name; TCP if there is none.
pub(super) fn protocol(name: &str) -> Option<Protocol> {
    if name.is_empty() {
        return Some(Protocol::TCP);
    }
    scalars::Protocol::parse(name).number().map(Protocol)
}
