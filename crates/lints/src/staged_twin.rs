//! `policy/staged-twin`: a staged policy says what the enforced policy of the same name says. It stages no change.

use std::collections::BTreeMap;

use tierwalk_resources::model::{Entity, Part, Policy, PolicyKind, Rule};

use crate::facts::Facts;
use crate::{Finding, Spot, words};

const CODE: &str = "policy/staged-twin";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    if facts
        .policies()
        .all(|(_, policy)| !policy.id.kind.is_staged())
    {
        return Vec::new();
    }
    let enforced = facts
        .policies()
        .filter(|(_, policy)| !policy.id.kind.is_staged());
    let enforced: BTreeMap<_, &Policy> = enforced
        .map(|(_, policy)| (key(policy, policy.id.kind), policy))
        .collect();
    let staged = facts.policies().filter_map(|(_, policy)| {
        let twin = enforced.get(&key(policy, enforced_kind(policy.id.kind)?))?;
        is_same(policy, twin).then(|| finding(policy, twin))
    });
    staged.collect()
}

fn key(policy: &Policy, kind: PolicyKind) -> (&str, &str, PolicyKind) {
    (&policy.id.namespace, &policy.id.name, kind)
}

fn enforced_kind(kind: PolicyKind) -> Option<PolicyKind> {
    match kind {
        PolicyKind::StagedNetworkPolicy => Some(PolicyKind::NetworkPolicy),
        PolicyKind::StagedGlobalNetworkPolicy => Some(PolicyKind::GlobalNetworkPolicy),
        PolicyKind::StagedKubernetesNetworkPolicy => Some(PolicyKind::KubernetesNetworkPolicy),
        _ => None,
    }
}

fn finding(policy: &Policy, twin: &Policy) -> Finding {
    let message = format!(
        "this says what the enforced policy `{}` says: it stages no change",
        words::policy(twin)
    );
    let help = "change what is to be tried, or remove it";
    let at = Spot::value(&policy.origin, "metadata.name");
    let enforced = Spot::value(&twin.origin, "metadata.name");
    Finding::warning(CODE, at, message, help)
        .hint()
        .related(enforced, "the enforced policy")
}

/// Whether two policies do the same; how selectors are spaced does not matter.
fn is_same(one: &Policy, other: &Policy) -> bool {
    one.tier == other.tier
        && one.order == other.order
        && (one.governs_ingress, one.governs_egress)
            == (other.governs_ingress, other.governs_egress)
        && (one.do_not_track, one.pre_dnat, one.apply_on_forward)
            == (other.do_not_track, other.pre_dnat, other.apply_on_forward)
        && parts(&one.subject, &other.subject)
        && rules(&one.ingress, &other.ingress)
        && rules(&one.egress, &other.egress)
}

fn parts(one: &[Part], other: &[Part]) -> bool {
    let same = |(one, other): (&Part, &Part)| one.selector == other.selector;
    one.len() == other.len() && one.iter().zip(other).all(same)
}

fn rules(one: &[Rule], other: &[Rule]) -> bool {
    let same = |(one, other): (&Rule, &Rule)| {
        one.action == other.action
            && (one.ip_version, one.protocol, one.not_protocol)
                == (other.ip_version, other.protocol, other.not_protocol)
            && (one.icmp, one.not_icmp) == (other.icmp, other.not_icmp)
            && one.http == other.http
            && entities(&one.source, &other.source)
            && entities(&one.destination, &other.destination)
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

fn entities(one: &Entity, other: &Entity) -> bool {
    (&one.nets, &one.not_nets) == (&other.nets, &other.not_nets)
        && (&one.ports, &one.not_ports) == (&other.ports, &other.not_ports)
        && (&one.service, &one.domains) == (&other.service, &other.domains)
        && parts(&one.positive, &other.positive)
        && parts(one.negative.as_slice(), other.negative.as_slice())
}
