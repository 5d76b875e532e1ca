//! What things are called in sentences.

use tierwalk_resources::model::{Action, Field};

use crate::Engine;
use crate::engine::PolicyIndex;
use crate::flow::{Owner, ResolvedEnd};
use crate::hit::Hit;
use crate::walk::{Direction, SideWalk};

use super::{Cause, Teller};

impl Teller<'_> {
    pub fn source(&self) -> String {
        self.end(&self.walk.flow.source)
    }

    pub fn destination(&self) -> String {
        self.end(&self.walk.flow.destination)
    }

    /// A pod has its namespace unless both ends share it or the other end has none.
    fn end(&self, end: &ResolvedEnd) -> String {
        match self.engine.pod_name(end) {
            Some((namespace, name)) if self.spans_namespaces() => format!("{namespace}/{name}"),
            Some((_, name)) => name.to_owned(),
            None => self.engine.plain_end_name(end),
        }
    }

    fn spans_namespaces(&self) -> bool {
        let namespace = |end| self.engine.pod_name(end).map(|(namespace, _)| namespace);
        let flow = &self.walk.flow;
        let both = namespace(&flow.source).zip(namespace(&flow.destination));
        both.is_some_and(|(source, destination)| source != destination)
    }
}

impl Engine {
    /// How an end of a flow is called: `namespace/pod`, a node, a domain, an address.
    pub fn end_name(&self, end: &ResolvedEnd) -> String {
        match self.pod_name(end) {
            Some((namespace, name)) => format!("{namespace}/{name}"),
            None => self.plain_end_name(end),
        }
    }

    fn plain_end_name(&self, end: &ResolvedEnd) -> String {
        match (&end.domain, end.owner) {
            (Some(domain), _) => domain.clone(),
            (None, Owner::Host { node, .. }) => {
                let name = self.nodes().nth(node as usize);
                name.unwrap_or_default().to_owned()
            }
            _ => end.address.to_string(),
        }
    }

    fn pod_name(&self, end: &ResolvedEnd) -> Option<(&str, &str)> {
        match (end.non_endpoint, end.owner) {
            (Some(index), _) => {
                let pod = self.model().non_endpoints.get(index as usize)?;
                Some((&pod.namespace, &pod.name))
            }
            (None, Owner::Workload(index)) => {
                let pod = self.model().workloads.get(index as usize)?;
                Some((&pod.namespace, &pod.name))
            }
            _ => None,
        }
    }

    /// How a policy is called: `namespace/name`, or its name if it has no namespace.
    pub fn policy_name(&self, policy: PolicyIndex) -> String {
        let id = &self.policy(policy).id;
        let slash = if id.namespace.is_empty() { "" } else { "/" };
        [&id.namespace, slash, &id.name].concat()
    }

    /// How a rule is called: its path, without `spec`. A rule of a Kubernetes policy may be one of several
    /// that are written as one.
    pub fn rule_name(&self, policy: PolicyIndex, direction: Direction, rule: u32) -> String {
        let rule = self.rules(policy, direction).get(rule as usize);
        let path = rule.map(|rule| rule.path.as_str()).unwrap_or_default();
        path.strip_prefix("spec.").unwrap_or(path).to_owned()
    }
}

/// The rule of a policy as something written.
pub(super) fn rule_cause(
    policy: PolicyIndex,
    direction: Direction,
    rule: Option<u32>,
    field: Option<Field>,
) -> Cause {
    Cause::Policy {
        policy,
        direction,
        rule,
        field,
    }
}

/// The hit that decided an end, if policy did.
pub(super) fn deciding(side: &SideWalk) -> Option<&Hit> {
    side.enforced
        .last()
        .filter(|hit| hit.action != Action::Pass)
}

pub(super) fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Egress => "egress",
        Direction::Ingress => "ingress",
    }
}
