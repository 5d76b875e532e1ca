//! Names, addresses and labels, explained.

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use tierwalk_resources::names;
use tierwalk_yaml::Path;

use super::matching::count;
use crate::Workspace;
use crate::language::schema::{Kind, Of, Shape};
use crate::language::vocabulary;
use crate::read::Read;

/// A name of this shape: title and paragraphs.
pub(super) fn of_name(
    workspace: &Workspace,
    shape: Shape,
    text: &str,
) -> Option<(String, Vec<String>)> {
    match shape {
        Shape::Tier => tier(workspace, text),
        Shape::Namespace => noted("Namespace", text, vocabulary::namespaces(workspace)),
        Shape::ServiceAccount => account(workspace, text),
        Shape::Port => noted("Port", text, vocabulary::ports(workspace)),
        Shape::Net => net(workspace, text),
        _ => None,
    }
}

fn noted(what: &str, text: &str, known: Vec<vocabulary::Name>) -> Option<(String, Vec<String>)> {
    let (_, note) = known.into_iter().find(|(name, _)| name == text)?;
    Some((format!("{what} `{text}`"), vec![format!("{note}.")]))
}

fn tier(workspace: &Workspace, name: &str) -> Option<(String, Vec<String>)> {
    let engine = &workspace.compiled.engine;
    let (_, tier) = engine.tiers().find(|(_, tier)| tier.name == name)?;
    let note = vocabulary::tier_note(tier.order, tier.default_action);
    let mut capital = note.chars();
    let note: String = capital
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(capital)
        .collect();
    let before = engine
        .tiers()
        .take_while(|(_, tier)| tier.name != name)
        .filter(|(_, tier)| !tier.policies.is_empty());
    let before: Vec<_> = before.map(|(_, tier)| format!("`{}`", tier.name)).collect();
    let mut said = vec![format!("{note}. {}.", policies(tier.policies.len()))];
    if !before.is_empty() {
        said.push(format!("Evaluated after {}.", before.join(", ")));
    }
    Some((format!("Tier `{name}`"), said))
}

fn policies(number: usize) -> String {
    match number {
        1 => "1 policy".to_owned(),
        _ => format!("{number} policies"),
    }
}

fn account(workspace: &Workspace, name: &str) -> Option<(String, Vec<String>)> {
    let pods = workspace.compiled.engine.model().workloads.iter();
    let pods = pods.filter(|pod| {
        pod.labels
            .get(names::SERVICE_ACCOUNT)
            .is_some_and(|it| it == name)
    });
    let pods: Vec<_> = pods
        .map(|pod| format!("`{}/{}`", pod.namespace, pod.name))
        .collect();
    let said = match pods.len() {
        0 => "No pod runs as it.".to_owned(),
        all => format!("{} as it: {}.", runs(all), some(&pods)),
    };
    Some((format!("Service account `{name}`"), vec![said]))
}

fn runs(pods: usize) -> String {
    format!(
        "{} {}",
        count(pods, "pod"),
        if pods == 1 { "runs" } else { "run" }
    )
}

fn some(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown = names
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Which pods and sets have addresses of a network.
fn net(workspace: &Workspace, text: &str) -> Option<(String, Vec<String>)> {
    let net: IpNet = match text.parse::<IpAddr>() {
        Ok(address) => address.into(),
        Err(_) => text.parse().ok()?,
    };
    let engine = &workspace.compiled.engine;
    let model = engine.model();
    let pods = model
        .workloads
        .iter()
        .filter(|pod| pod.addresses.iter().any(|address| net.contains(address)));
    let pods: Vec<_> = pods
        .map(|pod| format!("`{}/{}`", pod.namespace, pod.name))
        .collect();
    let overlaps = |other: &&IpNet| net.contains(*other) || other.contains(&net);
    let sets = model
        .network_sets
        .iter()
        .filter(|set| set.nets.iter().any(|other| overlaps(&other)));
    let sets: Vec<_> = sets.map(|set| format!("`{}`", set.name)).collect();
    let mut said = Vec::new();
    match pods.len() {
        0 => said.push("No pod has an address in it.".to_owned()),
        all => said.push(format!("{} in it: {}.", count(all, "pod"), some(&pods))),
    }
    if !sets.is_empty() {
        said.push(format!(
            "{}: {}.",
            if sets.len() == 1 {
                "Network set"
            } else {
                "Network sets"
            },
            some(&sets)
        ));
    }
    Some((format!("`{text}`"), said))
}

/// How many have a label.
pub(super) fn label(workspace: &Workspace, of: Of, key: &str, value: &str) -> Vec<String> {
    let model = workspace.compiled.engine.model();
    let effective = match of {
        Of::Namespaces => format!("{}{key}", names::NAMESPACE_PREFIX),
        Of::ServiceAccounts => format!("{}{key}", names::ACCOUNT_PREFIX),
        _ => key.to_owned(),
    };
    let has = |labels: &tierwalk_resources::model::Labels| {
        labels.get(&effective).is_some_and(|it| it == value)
    };
    let pods = model
        .workloads
        .iter()
        .filter(|pod| has(&pod.labels))
        .count();
    let sets = model
        .network_sets
        .iter()
        .filter(|set| has(&set.labels))
        .count();
    let mut said = vec![count(pods, "pod")];
    if sets > 0 {
        said.push(count(sets, "network set"));
    }
    let verb = if pods + sets == 1 { "has" } else { "have" };
    vec![format!("{} {verb} this label.", said.join(" and "))]
}

/// What an object of this kind does, by its name.
pub(super) fn named(
    workspace: &Workspace,
    kind: &Kind,
    read: &Arc<Read>,
    object: &Path,
) -> Option<Vec<String>> {
    let engine = &workspace.compiled.engine;
    let number = workspace
        .compiled
        .documents
        .iter()
        .position(|known| Arc::ptr_eq(known, read))?;
    let is_it = |origin: &tierwalk_resources::model::Origin| {
        origin.document == number as u32 && origin.path == *object
    };
    let model = engine.model();
    if let Some(tier) = model
        .tiers
        .iter()
        .find(|tier| tier.origin.as_ref().is_some_and(is_it))
    {
        return self::tier(workspace, &tier.name).map(|(_, said)| said);
    }
    let positions = engine
        .tiers()
        .flat_map(|(tier, _)| engine.policies_of(tier));
    let mut policies = positions.filter(|policy| is_it(&engine.policy(*policy).origin));
    let policy = policies.next()?;
    let index = policy.0 as usize;
    let pods = engine
        .selected_pods()
        .get(index)
        .copied()
        .unwrap_or_default();
    let hosts = engine
        .selected_hosts()
        .get(index)
        .copied()
        .unwrap_or_default();
    let tier = &engine.policy(policy).tier;
    let applies = count((pods + hosts) as usize, "endpoint");
    Some(vec![
        kind.doc.to_owned(),
        format!("In tier `{tier}`; applies to {applies}."),
    ])
}
