use super::{action, convert_all};
use crate::convert::Selectors;
use crate::kinds;
use crate::model::{Action, HttpPath, Icmp, IpVersion, Protocol, Rule, Written};
use crate::scalars;
use crate::testing::{calico, only};

fn rule(text: &str) -> Rule {
    only(calico("GlobalNetworkPolicy", &format!("{{ingress: [{text}]}}")).ingress)
}

#[test]
fn actions() {
    let names = ["Allow", "Deny", "Pass", "Log"].map(action);
    let actions = [Action::Allow, Action::Deny, Action::Pass, Action::Log];
    assert_eq!(names, actions.map(Some));
    assert_eq!(action("allow"), None);
}

/// Reference section 3.6 (Calico `felix/calc/rule_convert.go`).
#[test]
fn names_of_icmp_imply_a_version_and_numbers_do_not() {
    let version = |text: &str| rule(text).ip_version;
    assert_eq!(
        version("{action: Allow, protocol: ICMP}"),
        Some(IpVersion::V4)
    );
    assert_eq!(
        version("{action: Allow, protocol: ICMPv6}"),
        Some(IpVersion::V6)
    );
    assert_eq!(version("{action: Allow, protocol: 1}"), None);
    assert_eq!(version("{action: Allow, protocol: 58}"), None);
    assert_eq!(
        version("{action: Allow, protocol: TCP, ipVersion: 6}"),
        Some(IpVersion::V6)
    );
    assert_eq!(version("{action: Allow, notProtocol: ICMP}"), None);
}

#[test]
fn protocols_by_name_and_number() {
    let protocol = |text: &str| rule(&format!("{{action: Allow, protocol: {text}}}")).protocol;
    for (text, number) in [
        ("TCP", 6),
        ("UDP", 17),
        ("SCTP", 132),
        ("UDPLite", 136),
        ("6", 6),
        ("'6'", 6),
        ("89", 89),
    ] {
        assert_eq!(protocol(text), Some(Protocol(number)), "{text}");
    }
    let not = rule("{action: Allow, notProtocol: UDP}");
    assert_eq!(
        (not.protocol, not.not_protocol),
        (None, Some(Protocol::UDP))
    );
}

#[test]
fn icmp_and_http() {
    let icmp = rule("{action: Deny, protocol: ICMP, icmp: {type: 8, code: 0}, notICMP: {type: 3}}");
    assert_eq!(
        icmp.icmp,
        Some(Icmp {
            kind: Some(8),
            code: Some(0)
        })
    );
    assert_eq!(
        icmp.not_icmp,
        Some(Icmp {
            kind: Some(3),
            code: None
        })
    );
    let http = rule("{action: Allow, http: {methods: [GET], paths: [{exact: /a}, {prefix: /b}]}}");
    let http = http.http.unwrap();
    assert_eq!(http.methods, ["GET"]);
    assert_eq!(
        http.paths,
        [HttpPath::Exact("/a".into()), HttpPath::Prefix("/b".into())]
    );
}

#[test]
fn rules_know_their_place() {
    let policy = calico(
        "NetworkPolicy",
        "{ingress: [{action: Log}, {action: Allow}], egress: [{action: Deny}]}",
    );
    let paths: Vec<_> = policy
        .ingress
        .iter()
        .map(|rule| rule.path.as_str())
        .collect();
    assert_eq!(paths, ["spec.ingress[0]", "spec.ingress[1]"]);
    assert_eq!(policy.egress[0].path, "spec.egress[0]");
    assert_eq!(policy.egress[0].written, Written::Calico);
}

/// Reference section 6.1: a rule that Felix cannot read takes the policy with it.
#[test]
fn an_unreadable_rule_takes_the_list_with_it() {
    let good = kinds::Rule {
        action: "Allow".into(),
        ..kinds::Rule::default()
    };
    let bad = kinds::Rule {
        action: "Accept".into(),
        ..kinds::Rule::default()
    };
    let protocol = Some(scalars::Protocol::Name("tpc".into()));
    let unknown = kinds::Rule {
        protocol,
        ..good.clone()
    };
    let icmp_type = Some(256);
    let icmp = Some(kinds::IcmpFields {
        icmp_type,
        code: None,
    });
    let icmp = kinds::Rule {
        icmp,
        ..good.clone()
    };
    let convert =
        |rules: &[kinds::Rule]| convert_all(rules, "spec.ingress", "", &mut Selectors::default());
    assert!(convert(std::slice::from_ref(&good)).is_some());
    for rule in [bad, unknown, icmp] {
        assert!(convert(&[good.clone(), rule]).is_none());
    }
}
