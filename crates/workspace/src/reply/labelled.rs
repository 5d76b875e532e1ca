//! The policies that select pods and host endpoints with some labels.

use tierwalk_protocol::Labelled;
use tierwalk_selector::Selector;
use tierwalk_tiers::{Endpoint, PolicyIndex};

use crate::Workspace;
use crate::walk::policy_ref;

/// `text` is a selector, or short: `app=backend` or `app`.
pub(super) fn labelled(workspace: &Workspace, text: String) -> Labelled {
    let Some(selector) = selector(text.trim()) else {
        return Labelled {
            text,
            policies: None,
        };
    };
    let engine = &workspace.compiled.engine;
    let model = engine.model();
    let pods = (0..model.workloads.len() as u32).map(Endpoint::Workload);
    let hosts = (0..model.host_endpoints.len() as u32).map(Endpoint::Host);
    let wanted = pods
        .chain(hosts)
        .filter(|endpoint| selector.matches(engine.labels(endpoint.entity())));
    let mut policies: Vec<PolicyIndex> = wanted
        .flat_map(|endpoint| engine.selecting(endpoint))
        .collect();
    policies.sort_unstable();
    policies.dedup();
    let policies = policies
        .into_iter()
        .map(|index| policy_ref(&engine.policy(index).id));
    Labelled {
        text,
        policies: Some(policies.collect()),
    }
}

fn selector(text: &str) -> Option<Selector> {
    let short = match text.split_once('=') {
        Some((key, value)) if !value.trim_start().starts_with('=') && !key.ends_with('!') => {
            let value = value.trim().trim_matches(['"', '\'']);
            Some(format!("{} == \"{value}\"", key.trim()))
        }
        None if !text.contains([' ', '(']) => Some(format!("has({text})")),
        _ => None,
    };
    Selector::parse(short.as_deref().unwrap_or(text)).ok()
}
