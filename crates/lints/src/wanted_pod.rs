//! The pod that would satisfy all parts of a selector, if it were there.

use std::collections::BTreeMap;

use tierwalk_resources::model::{Model, Part, Policy, Workload};

use crate::finding::WantedPod;

/// Labels that a pod has by where it runs and as whom (Calico `libcalico-go/lib/backend/k8s/conversion`).
const NAMESPACE: &str = "projectcalico.org/namespace";
const ORCHESTRATOR: &str = "projectcalico.org/orchestrator";
const ACCOUNT: &str = "projectcalico.org/serviceaccount";
const OF_NAMESPACE: &str = "pcns.";
const OF_ACCOUNT: &str = "pcsa.";
/// Labels that tell the name of a namespace, as pods inherit them.
const NAMES: [&str; 2] = [
    "pcns.projectcalico.org/name",
    "pcns.kubernetes.io/metadata.name",
];

/// Few own labels in a namespace that is there; `None` if no such pod is found.
pub(crate) fn wanted(model: &Model, policy: &Policy, parts: &[Part]) -> Option<WantedPod> {
    let mut labels = BTreeMap::new();
    for part in parts {
        labels.extend(part.selector.example()?);
    }
    let named = [NAMESPACE]
        .iter()
        .chain(&NAMES)
        .find_map(|key| labels.get(*key));
    // `has()` of the label asks for no namespace in particular
    let named = named.filter(|name| *name != "true").cloned();
    let namespace = named.or_else(|| some_namespace(model, policy, &labels))?;
    let service_account = labels.get(ACCOUNT).filter(|name| *name != "true").cloned();
    labels.retain(|key, _| is_own(key));
    let pod = WantedPod {
        namespace,
        labels,
        service_account,
    };
    let effective = effective(model, &pod);
    parts
        .iter()
        .all(|part| part.selector.matches(&effective))
        .then_some(pod)
}

fn is_own(key: &str) -> bool {
    let inherited = key.starts_with(OF_NAMESPACE) || key.starts_with(OF_ACCOUNT);
    !inherited && ![NAMESPACE, ORCHESTRATOR, ACCOUNT].contains(&key)
}

/// The namespace of the policy, or the first one with pods that has the labels which a namespace is to have.
fn some_namespace(
    model: &Model,
    policy: &Policy,
    labels: &BTreeMap<String, String>,
) -> Option<String> {
    let of_namespace: Vec<_> = labels
        .iter()
        .filter(|(key, _)| key.starts_with(OF_NAMESPACE))
        .collect();
    let fits = |pod: &&Workload| {
        of_namespace
            .iter()
            .all(|(key, value)| pod.labels.get(*key) == Some(*value))
    };
    if of_namespace.is_empty() && !policy.id.namespace.is_empty() {
        return Some(policy.id.namespace.clone());
    }
    model
        .workloads
        .iter()
        .find(fits)
        .map(|pod| pod.namespace.clone())
}

/// The labels that it would have there.
fn effective(model: &Model, pod: &WantedPod) -> BTreeMap<String, String> {
    let start = model
        .workloads
        .partition_point(|other| other.namespace < pod.namespace);
    let neighbour = model
        .workloads
        .get(start)
        .filter(|other| other.namespace == pod.namespace);
    let inherited = neighbour.into_iter().flat_map(|other| &other.labels);
    let inherited = inherited.filter(|(key, _)| key.starts_with(OF_NAMESPACE));
    let mut labels: BTreeMap<String, String> = inherited
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let account = pod.service_account.as_deref().unwrap_or("default");
    let own = [
        (NAMESPACE, pod.namespace.as_str()),
        (ORCHESTRATOR, "k8s"),
        (ACCOUNT, account),
    ];
    let names = NAMES.map(|key| (key, pod.namespace.as_str()));
    labels.extend(
        own.into_iter()
            .chain(names)
            .map(|(key, value)| (key.to_owned(), value.to_owned())),
    );
    labels.extend(pod.labels.clone());
    labels
}
