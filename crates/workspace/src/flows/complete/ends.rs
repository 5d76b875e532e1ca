//! The ends that a flow can have: pods, workloads, services, members of network sets, addresses and domains in use.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use tierwalk_resources::model::{Model, NetworkSet, Rule};
use tierwalk_tiers::{Direction, End};

use super::Choices;
use crate::Workspace;

pub(super) fn all(workspace: &Workspace, choices: &mut Choices<'_>) {
    let model = workspace.compiled.engine.model();
    pods(model, choices);
    workloads(model, choices);
    services(model, choices);
    used(workspace, choices);
    for set in &model.network_sets {
        members(set, choices);
    }
    domains(workspace, choices);
}

fn add(choices: &mut Choices<'_>, end: &str, detail: &str) {
    choices.add(end, &format!("{end} "), detail);
}

/// A pod is found by its address, too.
fn pods(model: &Model, choices: &mut Choices<'_>) {
    for pod in &model.workloads {
        let name = format!("{}/{}", pod.namespace, pod.name);
        let address = pod
            .addresses
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        choices.add_named(&name, &format!("{name} "), "pod", &address);
    }
    for pod in &model.non_endpoints {
        add(
            choices,
            &format!("{}/{}", pod.namespace, pod.name),
            "pod without policy",
        );
    }
}

fn workloads(model: &Model, choices: &mut Choices<'_>) {
    let mut all: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for pod in &model.workloads {
        if let Some(owner) = &pod.owner {
            *all.entry((&pod.namespace, owner)).or_default() += 1;
        }
    }
    for ((namespace, owner), pods) in all {
        let noun = if pods == 1 { "pod" } else { "pods" };
        add(
            choices,
            &format!("{namespace}/{owner}"),
            &format!("workload, {pods} {noun}"),
        );
    }
}

/// Flows go to a backend; a service stands for its first one.
fn services(model: &Model, choices: &mut Choices<'_>) {
    for service in &model.services {
        let backend = service
            .addresses
            .iter()
            .find_map(|address| owner(model, *address));
        let label = format!("{}/{}", service.namespace, service.name);
        if let Some(backend) = backend.filter(|backend| *backend != label) {
            choices.add(
                &label,
                &format!("{backend} "),
                &format!("service, answered by {backend}"),
            );
        }
    }
}

fn owner(model: &Model, address: IpAddr) -> Option<String> {
    let pod = model
        .workloads
        .iter()
        .find(|pod| pod.addresses.contains(&address))?;
    Some(format!("{}/{}", pod.namespace, pod.name))
}

/// Addresses and domains that other flows name.
fn used(workspace: &Workspace, choices: &mut Choices<'_>) {
    let specs = workspace
        .flows
        .iter()
        .filter_map(|at| at.entry().flow.as_ref().ok());
    let ends = specs.flat_map(|spec| [&spec.flow.source, &spec.flow.destination]);
    let named = ends
        .filter(|end| !matches!(end, End::Pod { .. }))
        .map(super::super::end::text);
    for end in named.collect::<BTreeSet<_>>() {
        add(choices, &end, "in another flow");
    }
}

/// Of a network, its first address.
fn members(set: &NetworkSet, choices: &mut Choices<'_>) {
    for net in set.nets.iter().take(super::MOST) {
        let detail = format!("in network set {}", set.name);
        let first = net.hosts().next().unwrap_or(net.addr()).to_string();
        choices.add_named(&first, &format!("{first} "), &detail, &set.name);
    }
    for domain in &set.domains {
        if !domain.0.contains('*') {
            let detail = format!("in network set {}", set.name);
            choices.add_named(&domain.0, &format!("{} ", domain.0), &detail, &set.name);
        }
    }
}

/// Domains that rules name; of a wildcard, one that it matches.
fn domains(workspace: &Workspace, choices: &mut Choices<'_>) {
    let engine = &workspace.compiled.engine;
    let policies = engine
        .tiers()
        .flat_map(|(tier, _)| engine.policies_of(tier));
    let rules = policies.flat_map(|policy| engine.rules(policy, Direction::Egress));
    let domains = rules.flat_map(|rule: &Rule| &rule.destination.domains);
    let named = domains.map(|domain| domain.0.replace('*', "www"));
    for domain in named.collect::<BTreeSet<_>>() {
        add(choices, &domain, "domain in a rule");
    }
}
