//! `rule/not-icmp`: `notICMP` in a rule whose protocol is not ICMP. Calico accepts it, and its dataplanes do not agree on
//! it: iptables renders a match that the kernel is likely to refuse, BPF compares bytes that other protocols use for
//! the port. Here such a rule matches ICMP packets only.

use tierwalk_resources::model::{Field, Protocol};

use crate::facts::Facts;
use crate::{Finding, Spot};

const CODE: &str = "rule/not-icmp";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let is_icmp = |protocol| matches!(protocol, Protocol::ICMP | Protocol::ICMPV6);
    let odd = facts
        .rules()
        .filter(|at| at.rule.not_icmp.is_some() && !at.rule.protocol.is_some_and(is_icmp));
    let finding = |at: crate::facts::RuleAt<'_>| {
        let policy = facts.engine.policy(at.policy);
        let path = format!("{}.{}", at.rule.path, at.rule.field_path(Field::NotIcmp));
        let message = match at.rule.protocol {
            Some(protocol) => format!(
                "`notICMP` beside protocol {}: dataplanes do not agree on what that matches",
                protocol.name()
            ),
            None => "`notICMP` without a protocol: dataplanes do not agree on what that matches"
                .to_owned(),
        };
        let help = "write `protocol: ICMP` or `protocol: ICMPv6`; here, the rule is taken to match ICMP packets only";
        Finding::warning(CODE, Spot::key(&policy.origin, path), message, help)
    };
    odd.map(finding).collect()
}
