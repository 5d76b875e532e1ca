//! The names and labels that a workspace uses.

use std::collections::{BTreeMap, BTreeSet};

use tierwalk_resources::model::{Labels, NamedPort, TierAction};
use tierwalk_resources::{Object, Resource, names};

use super::schema::Of;
use crate::Workspace;

/// The values of each label that is in use.
pub(crate) type InUse = BTreeMap<String, BTreeSet<String>>;

/// A name, and what to say of it in a few words.
pub(crate) type Name = (String, String);

/// The tiers, in the order of evaluation.
pub(crate) fn tiers(workspace: &Workspace) -> Vec<Name> {
    let tiers = workspace.compiled.engine.tiers();
    let tiers = tiers.filter(|(_, tier)| tier.declared.is_some() || tier.order.is_some());
    tiers
        .map(|(_, tier)| {
            (
                tier.name.clone(),
                tier_note(tier.order, tier.default_action),
            )
        })
        .collect()
}

/// `order 500, default action Deny`.
pub(crate) fn tier_note(order: Option<f64>, default_action: TierAction) -> String {
    let order = order.map_or_else(
        || "not declared".to_owned(),
        |order| format!("order {order}"),
    );
    let action = match default_action {
        TierAction::Deny => "Deny",
        TierAction::Pass => "Pass",
    };
    format!("{order}, default action {action}")
}

/// The objects of the documents that take part.
pub(crate) fn objects(workspace: &Workspace) -> impl Iterator<Item = &Object> {
    let documents = workspace.compiled.documents.iter();
    documents.flat_map(|read| &read.objects)
}

/// Namespaces that are declared, or that something lives in.
pub(crate) fn namespaces(workspace: &Workspace) -> Vec<Name> {
    let model = workspace.compiled.engine.model();
    let mut pods: BTreeMap<&str, usize> = BTreeMap::new();
    for pod in &model.workloads {
        *pods.entry(&pod.namespace).or_default() += 1;
    }
    let declared =
        objects(workspace).filter(|object| matches!(object.resource, Resource::Namespace));
    for object in declared {
        pods.entry(&object.metadata.name).or_default();
    }
    let said = |count: usize| {
        if count == 1 {
            "1 pod".to_owned()
        } else {
            format!("{count} pods")
        }
    };
    pods.into_iter()
        .map(|(name, count)| (name.to_owned(), said(count)))
        .collect()
}

/// Service accounts, by name, with their namespaces.
pub(crate) fn service_accounts(workspace: &Workspace) -> Vec<Name> {
    let mut accounts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for pod in &workspace.compiled.engine.model().workloads {
        if let Some(name) = pod.labels.get(names::SERVICE_ACCOUNT) {
            accounts
                .entry(name.clone())
                .or_default()
                .insert(pod.namespace.clone());
        }
    }
    let declared =
        objects(workspace).filter(|object| matches!(object.resource, Resource::ServiceAccount));
    for object in declared {
        let namespaces = accounts.entry(object.metadata.name.clone()).or_default();
        namespaces.insert(object.metadata.namespace.clone());
    }
    accounts
        .into_iter()
        .map(|(name, namespaces)| (name, listed(namespaces)))
        .collect()
}

fn listed(names: impl IntoIterator<Item = String>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// Services, with their namespaces.
pub(crate) fn services(workspace: &Workspace) -> Vec<Name> {
    let services =
        objects(workspace).filter(|object| matches!(object.resource, Resource::Service(_)));
    let services = services.map(|object| {
        (
            object.metadata.name.clone(),
            object.metadata.namespace.clone(),
        )
    });
    services.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Named ports, with the numbers they stand for.
pub(crate) fn ports(workspace: &Workspace) -> Vec<Name> {
    let model = workspace.compiled.engine.model();
    let pods = model.workloads.iter().flat_map(|pod| &pod.ports);
    let hosts = model.host_endpoints.iter().flat_map(|host| &host.ports);
    let mut ports: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for NamedPort {
        name,
        protocol,
        port,
    } in pods.chain(hosts)
    {
        let number = format!("{}/{port}", protocol.name().to_ascii_lowercase());
        ports.entry(name).or_default().insert(number);
    }
    ports
        .into_iter()
        .map(|(name, numbers)| (name.to_owned(), listed(numbers)))
        .collect()
}

/// Networks of sets and addresses of pods, with whose they are.
pub(crate) fn nets(workspace: &Workspace) -> Vec<Name> {
    let model = workspace.compiled.engine.model();
    let sets = model.network_sets.iter();
    let nets: BTreeSet<Name> = sets
        .flat_map(|set| {
            set.nets
                .iter()
                .map(|net| (net.to_string(), set.name.clone()))
        })
        .collect();
    nets.into_iter().collect()
}

/// The labels that a selector can be about.
pub(crate) fn labels(workspace: &Workspace, of: Of) -> InUse {
    let model = workspace.compiled.engine.model();
    let mut found = InUse::new();
    let pods = model.workloads.iter().map(|pod| &pod.labels);
    let own = |key: &str| (!is_inherited(key)).then(|| key.to_owned());
    match of {
        Of::Endpoints | Of::Peers | Of::Itself => {
            add(&mut found, pods, own);
            add(
                &mut found,
                model.host_endpoints.iter().map(|host| &host.labels),
                own,
            );
        }
        Of::Namespaces => add(&mut found, pods, |key| {
            key.strip_prefix(names::NAMESPACE_PREFIX).map(str::to_owned)
        }),
        Of::ServiceAccounts => add(&mut found, pods, |key| {
            key.strip_prefix(names::ACCOUNT_PREFIX).map(str::to_owned)
        }),
    }
    if matches!(of, Of::Peers | Of::Itself) {
        add(
            &mut found,
            model.network_sets.iter().map(|set| &set.labels),
            own,
        );
    }
    declared(workspace, of, &mut found);
    found
}

/// Labels of namespaces and service accounts that no pod is in.
fn declared(workspace: &Workspace, of: Of, found: &mut InUse) {
    let wanted = |object: &&Object| match of {
        Of::Namespaces => matches!(object.resource, Resource::Namespace),
        Of::ServiceAccounts => matches!(object.resource, Resource::ServiceAccount),
        _ => false,
    };
    for object in objects(workspace).filter(wanted) {
        add(found, [&object.metadata.labels].into_iter(), |key| {
            Some(key.to_owned())
        });
        let names = found.entry(names::NAME.to_owned()).or_default();
        names.insert(object.metadata.name.clone());
    }
}

fn is_inherited(key: &str) -> bool {
    key.starts_with(names::NAMESPACE_PREFIX) || key.starts_with(names::ACCOUNT_PREFIX)
}

fn add<'l>(
    found: &mut InUse,
    all: impl Iterator<Item = &'l Labels>,
    name: impl Fn(&str) -> Option<String>,
) {
    for (key, value) in all.flatten() {
        if let Some(key) = name(key) {
            let values = found.entry(key).or_default();
            if !values.contains(value) {
                values.insert(value.clone());
            }
        }
    }
}
