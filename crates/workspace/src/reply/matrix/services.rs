//! The protocols and ports that are worth a matrix.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tierwalk_resources::model::{Protocol, Rule};
use tierwalk_tiers::{Direction, Engine};

use crate::Workspace;

/// As many are offered.
const MOST: usize = 60;

/// What flows use, most used first; then what pods declare, services have and rules name, by number.
pub(super) fn offered(workspace: &Workspace) -> Vec<String> {
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    for flow in workspace
        .flows
        .iter()
        .filter_map(|at| at.entry().flow.as_ref().ok())
    {
        *used.entry(flow.service()).or_default() += 1;
    }
    let mut used: Vec<(String, u32)> = used.into_iter().collect();
    used.sort_by_key(|(_, count)| Reverse(*count));
    let mut services: Vec<String> = used.into_iter().map(|(service, _)| service).collect();
    let declared = declared(&workspace.compiled.engine);
    let declared = declared.into_iter().map(|(port, protocol)| {
        let protocol = protocol.name().to_ascii_lowercase();
        format!("{protocol}/{port}")
    });
    let declared: Vec<String> = declared.filter(|it| !services.contains(it)).collect();
    services.extend(declared);
    services.truncate(MOST);
    services
}

fn declared(engine: &Engine) -> BTreeSet<(u16, Protocol)> {
    let model = engine.model();
    let pods = model.workloads.iter().flat_map(|pod| &pod.ports);
    let mut ports: BTreeSet<(u16, Protocol)> = pods.map(|it| (it.port, it.protocol)).collect();
    let services = model.services.iter().flat_map(|it| &it.members);
    ports.extend(services.map(|(_, protocol, port)| (*port, *protocol)));
    let policies = engine
        .tiers()
        .flat_map(|(tier, _)| engine.policies_of(tier));
    for policy in policies {
        for direction in [Direction::Egress, Direction::Ingress] {
            ports.extend(engine.rules(policy, direction).iter().flat_map(named));
        }
    }
    ports
}

/// The single ports of a rule that is of a protocol with ports.
fn named(rule: &Rule) -> impl Iterator<Item = (u16, Protocol)> + '_ {
    let protocol = rule.protocol.filter(|it| it.has_ports());
    let ranges = rule.destination.ports.ranges.iter();
    let single = ranges.filter(|range| range.start() == range.end());
    single.filter_map(move |range| Some((*range.start(), protocol?)))
}
