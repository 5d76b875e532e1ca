//! The flows from every pod of a namespace to every pod of a namespace.

use std::collections::{BTreeMap, BTreeSet};

use tierwalk_source::Span;

use super::service;
use crate::Workspace;

#[cfg(test)]
mod tests;

/// More flows are not written at once.
const MOST: usize = 5_000;

/// Names of pods by namespace; the pods of one workload go by its name.
fn by_namespace(workspace: &Workspace) -> BTreeMap<&str, BTreeSet<&str>> {
    let model = workspace.compiled.engine.model();
    let pods = model
        .workloads
        .iter()
        .map(|pod| (&pod.namespace, &pod.owner, &pod.name));
    let others = model
        .non_endpoints
        .iter()
        .map(|pod| (&pod.namespace, &pod.owner, &pod.name));
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (namespace, owner, name) in pods.chain(others) {
        all.entry(namespace)
            .or_default()
            .insert(owner.as_ref().unwrap_or(name));
    }
    all
}

/// Namespaces with how many pods each has.
pub(crate) fn namespaces(workspace: &Workspace) -> Vec<(String, u32)> {
    let all = by_namespace(workspace).into_iter();
    all.map(|(namespace, pods)| (namespace.to_owned(), pods.len() as u32))
        .collect()
}

/// A line for every pair of two pods; or why there is none, as a sentence.
pub(crate) fn pairs(
    workspace: &Workspace,
    from: &str,
    to: &str,
    port: &str,
) -> Result<Vec<String>, String> {
    let port = port.trim();
    let service = service::read(port, Span::empty(0)).map_err(|problem| {
        let help = problem.help.unwrap_or_default();
        format!("{}: {help}.", problem.message)
    })?;
    let all = by_namespace(workspace);
    let pods = |namespace: &str| {
        all.get(namespace)
            .ok_or_else(|| format!("No pod is in namespace `{namespace}`."))
    };
    let (sources, destinations) = (pods(from)?, pods(to)?);
    let same = if from == to { sources.len() } else { 0 };
    match sources.len() * destinations.len() - same {
        0 => Err(format!("`{from}` has only one pod, so there is no pair.")),
        count if count > MOST => Err(format!(
            "{count} flows are more than the {MOST} that are written at once. Choose a smaller namespace at one end."
        )),
        _ => Ok(lines((from, sources), (to, destinations), service)),
    }
}

fn lines(
    (from, sources): (&str, &BTreeSet<&str>),
    (to, destinations): (&str, &BTreeSet<&str>),
    service: super::Service,
) -> Vec<String> {
    let line = |source: &&str, destination: &&str| {
        let differ = from != to || source != destination;
        differ.then(|| format!("{from}/{source} -> {to}/{destination} {service}"))
    };
    let to_all = |source| {
        destinations
            .iter()
            .filter_map(move |destination| line(source, destination))
    };
    sources.iter().flat_map(to_all).collect()
}
