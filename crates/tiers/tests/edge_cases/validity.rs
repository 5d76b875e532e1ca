//! Cases 59 and 62–66: policies that are refused, and so do not apply.

use tierwalk_resources::{Mode, read};
use tierwalk_yaml::Document;

use crate::world::{ALLOW, np, world};

/// Asserts that a policy is refused with some words and then decides nothing.
fn refused(policy: &str, words: &str) {
    let checked = read(&Document::parse(policy), Mode::Load);
    let messages: Vec<String> = checked
        .diagnostics
        .iter()
        .map(|it| it.message.clone())
        .collect();
    assert!(
        messages.iter().any(|message| message.contains(words)),
        "{policy}\nsays {messages:?}"
    );
    assert!(checked.value.is_empty());
    world(&[policy.to_owned()]).check(&[("cli -> web", ALLOW)]);
}

fn refused_rule(rule: &str, words: &str) {
    let spec = format!("selector: app == 'web', ingress: [{{action: Allow, {rule}}}]");
    refused(&np("prod/p", &spec), words);
}

#[test]
fn case_59_a_newline_is_no_whitespace_in_a_selector() {
    let policy = "
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: p, namespace: prod}
spec:
  selector: |
    app == 'web'
  types: [Ingress]
";
    refused(policy, "expected identifier");
}

#[test]
fn case_62_a_range_is_written_with_a_colon() {
    refused_rule("protocol: TCP, destination: {ports: ['80-90']}", "80-90");
}

#[test]
fn case_63_protocol_names_are_case_sensitive() {
    refused_rule("protocol: tcp", "tcp");
}

#[test]
fn case_64_a_numeric_port_needs_a_protocol() {
    refused_rule("destination: {ports: [80]}", "protocol");
}

#[test]
fn case_65_networks_of_rules_need_a_mask() {
    refused_rule("source: {nets: ['10.0.0.1']}", "10.0.0.1");
}

#[test]
fn case_66_one_rule_has_networks_of_one_family() {
    refused_rule("source: {nets: [10.0.0.0/8, 'fd00::/8']}", "IPv4 and IPv6");
}
