//! How rules speak of an end of a flow.

use tierwalk_resources::model::{Field, Labels};
use tierwalk_tiers::{EntityRef, Owner, ResolvedEnd};

use super::case::Case;

/// Labels that usually say which application a pod is of, in order of preference.
const NAMING: [&str; 5] = [
    "app",
    "app.kubernetes.io/name",
    "k8s-app",
    "name",
    "component",
];

/// What a rule has to say to mean an end of a flow.
pub(super) enum Peer<'a> {
    /// A pod, by a label of its own, if it has one.
    Pod {
        namespace: &'a str,
        label: Option<(&'a str, &'a str)>,
    },
    /// An address: its prefix.
    Net(String),
    /// A domain.
    Domain(&'a str),
}

impl<'a> Peer<'a> {
    pub fn of(case: Case<'a>, end: &'a ResolvedEnd) -> Self {
        match (end.owner, &end.domain) {
            (Owner::Workload(index), _) => {
                let pods = &case.engine.model().workloads;
                match pods.get(index as usize) {
                    Some(pod) => Self::Pod {
                        namespace: &pod.namespace,
                        label: naming(&pod.labels),
                    },
                    None => Self::net(end),
                }
            }
            (_, Some(domain)) => Self::Domain(domain),
            _ => Self::net(end),
        }
    }

    fn net(end: &ResolvedEnd) -> Self {
        let bits = if end.address.is_ipv4() { 32 } else { 128 };
        Self::Net(format!("{}/{bits}", end.address))
    }
}

/// The label that says best which pod it is.
fn naming(labels: &Labels) -> Option<(&str, &str)> {
    let known = |key: &&str| labels.get_key_value(*key);
    let own = |(key, _): &(&String, &String)| is_own(key);
    let found = NAMING.iter().find_map(known).or(labels.iter().find(own));
    found.map(|(key, value)| (key.as_str(), value.as_str()))
}

/// Whether a label is written at the pod itself, and is not inherited or given by Calico.
pub(super) fn is_own(key: &str) -> bool {
    !key.starts_with("pcns.") && !key.starts_with("pcsa.") && !key.starts_with("projectcalico.org/")
}

/// What the selectors of one side of a rule look at, if it is just one thing.
pub(super) fn entity(case: Case<'_>, end: &ResolvedEnd) -> Option<EntityRef> {
    match end.owner {
        Owner::Workload(index) => Some(EntityRef::Workload(index)),
        Owner::Host {
            endpoint: Some(index),
            ..
        } => Some(EntityRef::Host(index)),
        _ => case.engine.owners(end.address).first().copied(),
    }
}

/// The end that a criterion of a rule is about.
pub(super) fn end_of(case: Case<'_>, field: Field) -> Option<&ResolvedEnd> {
    match field {
        Field::Source(_) => Some(&case.walk.flow.source),
        Field::Destination(_) => Some(&case.walk.flow.destination),
        _ => None,
    }
}
