//! The endpoints that a policy selects.

use tierwalk_protocol::{EndLabel, PolicyRef, Selected};
use tierwalk_tiers::{Endpoint, Engine, PolicyIndex};

use crate::Workspace;
use crate::walk::policy_ref;

/// As many are named.
const MOST_NAMED: usize = 2000;

pub(super) fn selected(workspace: &Workspace, wanted: PolicyRef) -> Option<Selected> {
    let engine = &workspace.compiled.engine;
    let mut policies = engine
        .tiers()
        .flat_map(|(tier, _)| engine.policies_of(tier));
    let policy = policies.find(|index| policy_ref(&engine.policy(*index).id) == wanted)?;
    let mut endpoints: Vec<EndLabel> = endpoints(engine)
        .filter(|(endpoint, _)| selects(engine, policy, *endpoint))
        .map(|(_, label)| label)
        .collect();
    endpoints.sort_by(|a, b| key(a).cmp(&key(b)));
    let total = endpoints.len() as u32;
    endpoints.truncate(MOST_NAMED);
    Some(Selected {
        policy: wanted,
        total,
        endpoints,
    })
}

fn selects(engine: &Engine, policy: PolicyIndex, endpoint: Endpoint) -> bool {
    engine
        .selecting(endpoint)
        .any(|selecting| selecting == policy)
}

/// Pods, then host endpoints.
fn endpoints(engine: &Engine) -> impl Iterator<Item = (Endpoint, EndLabel)> {
    let model = engine.model();
    let pods = (0..).zip(&model.workloads).map(|(index, pod)| {
        let label = EndLabel {
            namespace: pod.namespace.clone(),
            name: pod.name.clone(),
        };
        (Endpoint::Workload(index), label)
    });
    let hosts = (0..).zip(&model.host_endpoints).map(|(index, host)| {
        let label = EndLabel {
            namespace: String::new(),
            name: host.name.clone(),
        };
        (Endpoint::Host(index), label)
    });
    pods.chain(hosts)
}

fn key(end: &EndLabel) -> (bool, &str, &str) {
    (end.namespace.is_empty(), &end.namespace, &end.name)
}
