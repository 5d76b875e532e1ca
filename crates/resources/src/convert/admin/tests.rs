use crate::model::Converted;
use crate::testing::{line, only, policies};

const API: &str = "policy.networking.k8s.io/v1alpha1";

fn admin(rules: &str) -> Converted {
    let spec = format!("{{priority: 5, subject: {{namespaces: {{}}}}, {rules}}}");
    only(policies(API, "AdminNetworkPolicy", &spec))
}

fn ingress(policy: &Converted) -> Vec<String> {
    let any = |text: String| text.replace("has(projectcalico.org/namespace)", "ANY");
    policy.ingress.iter().map(|rule| any(line(rule))).collect()
}

fn rule(action: &str, ports: &str) -> String {
    format!("ingress: [{{action: {action}, from: [{{namespaces: {{}}}}], ports: {ports}}}]")
}

/// Reference section 5.3: names and orders of Calico v3.31, tiers of today.
#[test]
fn placed_in_todays_tiers() {
    let policy = admin("ingress: []");
    assert_eq!(policy.id.name, "kanp.adminnetworkpolicy.p");
    assert_eq!(
        (policy.tier.as_str(), policy.order),
        ("kube-admin", Some(5.0))
    );
    let text = "apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: {name: default}
spec: {subject: {namespaces: {}}}
";
    let policy = only(crate::testing::model(text).policies);
    assert_eq!(policy.id.name, "kbanp.baselineadminnetworkpolicy.default");
    assert_eq!(
        (policy.tier.as_str(), policy.order),
        ("kube-baseline", Some(1000.0))
    );
}

/// Reference section 5.3: actions and ports.
#[test]
fn actions_and_ports() {
    let rules = |action: &str, ports: &str| ingress(&admin(&rule(action, ports)));
    assert_eq!(
        rules("Allow", "[{portNumber: {port: 80}}]"),
        ["Allow TCP ANY -> port 80"]
    );
    assert_eq!(
        rules(
            "Deny",
            "[{portNumber: {port: 53, protocol: UDP}}, {portRange: {start: 1, end: 9, protocol: SCTP}}]"
        ),
        ["Deny SCTP ANY -> port 1:9", "Deny UDP ANY -> port 53"]
    );
    assert_eq!(
        rules("Pass", "[{portRange: {start: 1, end: 9}}]"),
        ["Pass TCP ANY -> port 1:9"]
    );
    assert_eq!(
        rules("Allow", "[{portNumber: {port: 80}}, {namedPort: web}]"),
        ["Allow any ANY -> *"]
    );
}

/// Reference section 5.3: what Calico cannot do is not allowed, and else denied.
#[test]
fn unsupported_peers_fail_closed() {
    let rules = |action: &str| {
        let policy = admin(&format!(
            "egress: [{{action: {action}, to: [{{nodes: {{}}}}]}}]"
        ));
        policy.egress.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(rules("Allow"), Vec::<String>::new());
    assert_eq!(rules("Deny"), ["Deny any * -> *"]);
    assert_eq!(rules("Pass"), ["Deny any * -> *"]);
}
