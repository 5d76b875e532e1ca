//! `rule/undeclared-port`: the rule names a port that no endpoint it is about declares: none that the policy selects, for
//! the end that the policy protects; none that the rule's selectors match, for the other.

use std::collections::BTreeMap;
use std::ops::Range;

use tierwalk_resources::model::{Entity, EntityField, NamedPort, PartKind, Protocol};
use tierwalk_source::nearest;
use tierwalk_tiers::{Endpoint, Engine, PolicyIndex};

use crate::facts::{Facts, SideAt};
use crate::{ENOUGH, Edit, Finding, Fix, Part, Spot};

const CODE: &str = "rule/undeclared-port";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let sides = facts.rules().flat_map(|at| at.sides());
    let named = sides.filter(|side| {
        let Entity {
            ports, not_ports, ..
        } = side.entity;
        !ports.names.is_empty() || !not_ports.names.is_empty()
    });
    named
        .flat_map(|side| of_side(facts, side))
        .take(ENOUGH)
        .collect()
}

fn of_side(facts: &Facts<'_>, named: SideAt<'_>) -> Vec<Finding> {
    let fields = [
        (&named.entity.ports.names, EntityField::Ports),
        (&named.entity.not_ports.names, EntityField::NotPorts),
    ];
    let names = fields
        .into_iter()
        .flat_map(|(names, field)| names.iter().map(move |name| (name, field)));
    let undeclared =
        names.filter(|(name, _)| !declared(facts.engine, named, |port| port.name == **name));
    let undeclared: Vec<_> = undeclared.collect();
    if undeclared.is_empty() || !any_endpoint(facts.engine, named) {
        return Vec::new();
    }
    let known = known(facts.engine, named);
    undeclared
        .into_iter()
        .map(|(name, field)| finding(facts, named, name, field, &known))
        .collect()
}

/// Whether an endpoint that the side is about declares such a port, of a protocol that the rule matches.
fn declared(engine: &Engine, named: SideAt<'_>, wanted: impl Fn(&NamedPort) -> bool) -> bool {
    endpoints(engine, named).any(|(_, ports)| {
        let mut ports = ports
            .iter()
            .filter(|port| is_of_protocol(named, port.protocol));
        ports.any(&wanted)
    })
}

fn is_of_protocol(named: SideAt<'_>, protocol: Protocol) -> bool {
    let rule = named.at.rule;
    rule.protocol.is_none_or(|it| it == protocol) && rule.not_protocol != Some(protocol)
}

fn any_endpoint(engine: &Engine, named: SideAt<'_>) -> bool {
    endpoints(engine, named).next().is_some()
}

/// The names that could be meant, and how many endpoints declare each.
fn known<'a>(engine: &'a Engine, named: SideAt<'_>) -> BTreeMap<&'a str, u32> {
    let mut known = BTreeMap::new();
    for (_, ports) in endpoints(engine, named) {
        for port in ports
            .iter()
            .filter(|port| is_of_protocol(named, port.protocol))
        {
            *known.entry(port.name.as_str()).or_default() += 1;
        }
    }
    known
}

/// The endpoints that a side is about, with their ports.
fn endpoints<'a>(
    engine: &'a Engine,
    named: SideAt<'_>,
) -> impl Iterator<Item = (Endpoint, &'a [NamedPort])> {
    let model = engine.model();
    let pods = pods(engine, named);
    let pods = pods
        .clone()
        .zip(model.workloads.get(pods).unwrap_or_default());
    let pods = pods.map(|(number, pod)| (Endpoint::Workload(number as u32), pod.ports.as_slice()));
    let hosts = (0..).zip(&model.host_endpoints);
    let hosts = hosts.map(|(number, host)| (Endpoint::Host(number), host.ports.as_slice()));
    let (policy, side, is_local) = (named.at.policy, named.entity.clone(), named.is_local);
    pods.chain(hosts).filter(move |(endpoint, _)| {
        let labels = engine.labels(endpoint.entity());
        (!is_local || selects(engine, policy, *endpoint))
            && side
                .positive
                .iter()
                .all(|part| part.selector.matches(labels))
    })
}

fn selects(engine: &Engine, policy: PolicyIndex, endpoint: Endpoint) -> bool {
    engine.selecting(endpoint).any(|it| it == policy)
}

/// The pods that may be meant: those of the policy's namespace, if the side speaks of that only.
fn pods(engine: &Engine, named: SideAt<'_>) -> Range<usize> {
    let pods = &engine.model().workloads;
    let namespace = engine.policy(named.at.policy).id.namespace.as_str();
    let own = named
        .entity
        .positive
        .iter()
        .any(|part| part.kind == PartKind::OwnNamespace);
    if namespace.is_empty() || !named.is_local && !own {
        return 0..pods.len();
    }
    let start = pods.partition_point(|pod| pod.namespace.as_str() < namespace);
    start..pods.partition_point(|pod| pod.namespace.as_str() <= namespace)
}

fn finding(
    facts: &Facts<'_>,
    named: SideAt<'_>,
    name: &str,
    field: EntityField,
    known: &BTreeMap<&str, u32>,
) -> Finding {
    let policy = facts.engine.policy(named.at.policy);
    let path = named.path(field);
    let part = Part::Scalar {
        key: None,
        text: name.to_owned(),
    };
    let at = Spot::value(&policy.origin, path).part(part);
    let who = match (named.is_local, named.entity.positive.is_empty()) {
        (true, _) => "no endpoint that the policy selects",
        (false, false) => "no endpoint that the rule's selectors match",
        (false, true) => "no endpoint",
    };
    let over = named
        .at
        .rule
        .protocol
        .map(|protocol| format!(" over {}", protocol.name()))
        .unwrap_or_default();
    let message = format!("{who} declares a port `{name}`{over}");
    let near = nearest(name, known.keys().copied());
    let help = help(field, near.and_then(|near| Some((near, *known.get(near)?))));
    let fix = near.map(|near| Fix {
        title: format!("Replace with \"{near}\""),
        edit: Edit::Replace {
            at: at.clone(),
            text: near.to_owned(),
        },
    });
    Finding::warning(CODE, at, message, help).fix(fix)
}

/// What it comes to, and the nearest name in use with the number of endpoints that declare it.
fn help(field: EntityField, near: Option<(&str, u32)>) -> String {
    let never = match field {
        EntityField::NotPorts => "it is valid and excludes nothing",
        _ => "it is valid and never matches",
    };
    let nearest = "is the nearest name in use, and";
    match near {
        Some((near, 1)) => format!("{never}; `{near}` {nearest} 1 endpoint declares it"),
        Some((near, count)) => format!("{never}; `{near}` {nearest} {count} endpoints declare it"),
        None => format!("{never}; containers declare names under `ports`"),
    }
}
