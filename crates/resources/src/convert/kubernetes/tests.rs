use crate::model::{Converted, EntityField, Field, PartKind, Rule};
use crate::testing::{canonical, line, only, policies};

fn policy(spec: &str) -> Converted {
    only(policies("networking.k8s.io/v1", "NetworkPolicy", spec))
}

fn ingress(rules: &str) -> Vec<String> {
    let policy = policy(&format!("{{podSelector: {{}}, ingress: {rules}}}"));
    policy.ingress.iter().map(line).collect()
}

/// Peer selectors, shortened.
fn short(line: &str) -> String {
    line.replace(r#"projectcalico.org/namespace == "prod""#, "OWN")
        .replace(r#"projectcalico.org/orchestrator == "k8s""#, "PODS")
        .replace("has(projectcalico.org/namespace)", "ANY")
}

fn peer(peer: &str) -> String {
    short(&only(ingress(&format!("[{{from: [{peer}]}}]"))))
}

/// Reference section 5.1: where it is placed.
#[test]
fn placed_in_tier_default_at_order_1000() {
    let policy = policy("{podSelector: {}}");
    assert_eq!(
        (policy.tier.as_str(), policy.order),
        ("default", Some(1000.0))
    );
    assert_eq!(
        (policy.id.namespace.as_str(), policy.id.name.as_str()),
        ("prod", "p")
    );
}

/// Reference section 5.1: `podSelector`.
#[test]
fn subjects_are_pods_of_the_namespace() {
    let subject = |pods: &str| {
        let subject = policy(&format!("{{podSelector: {pods}}}")).subject;
        canonical(&subject)
            .iter()
            .map(|text| short(text))
            .collect::<Vec<_>>()
    };
    assert_eq!(subject("{}"), ["PODS", "OWN"]);
    assert_eq!(
        subject(
            "{matchLabels: {b: '2', a: '1'}, matchExpressions: [{key: c, operator: In, values: [z, x]},
              {key: d, operator: NotIn, values: [w]}, {key: e, operator: Exists}, {key: f, operator: DoesNotExist}]}"
        ),
        [
            "PODS",
            r#"(a == "1" && b == "2" && c in {"x", "z"} && d not in {"w"} && has(e) && !has(f))"#,
            "OWN",
        ]
    );
}

/// Reference sections 4.3 and 5.1.
#[test]
fn directions() {
    let directions = |kind: (&str, &str), spec: &str| {
        let policy = only(policies(kind.0, kind.1, spec));
        (policy.governs_ingress, policy.governs_egress)
    };
    let enforced = ("networking.k8s.io/v1", "NetworkPolicy");
    let staged = ("projectcalico.org/v3", "StagedKubernetesNetworkPolicy");
    for kind in [enforced, staged] {
        assert_eq!(directions(kind, "{podSelector: {}}"), (true, false));
        assert_eq!(
            directions(kind, "{podSelector: {}, egress: [{}]}"),
            (true, true)
        );
        assert_eq!(
            directions(kind, "{podSelector: {}, policyTypes: [Egress]}"),
            (false, true)
        );
        assert_eq!(
            directions(
                kind,
                "{podSelector: {}, policyTypes: [Ingress], egress: [{}]}"
            ),
            (true, false)
        );
        assert_eq!(
            directions(kind, "{podSelector: {}, policyTypes: [Ingress, Egress]}"),
            (true, true)
        );
    }
}

/// Reference section 5.1: peers.
#[test]
fn peers_are_pods_or_networks() {
    assert_eq!(ingress("[{}]"), ["Allow any * -> *"]);
    assert_eq!(ingress("[{from: []}]"), ["Allow any * -> *"]);
    assert_eq!(ingress("[]"), Vec::<String>::new());
    assert_eq!(peer("{podSelector: {}}"), "Allow any OWN PODS -> *");
    assert_eq!(
        peer("{podSelector: {matchLabels: {a: b}}}"),
        r#"Allow any OWN PODS a == "b" -> *"#
    );
    assert_eq!(peer("{namespaceSelector: {}}"), "Allow any ANY PODS -> *");
    assert_eq!(
        peer("{namespaceSelector: {matchLabels: {env: x}}}"),
        r#"Allow any pcns.env == "x" PODS -> *"#
    );
    assert_eq!(
        peer("{namespaceSelector: {matchLabels: {env: x}}, podSelector: {matchLabels: {a: b}}}"),
        r#"Allow any pcns.env == "x" PODS a == "b" -> *"#
    );
    assert_eq!(
        peer("{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}"),
        "Allow any 10.0.0.0/8 not 10.1.0.0/16 not 10.2.0.0/16 -> *"
    );
}

/// Reference section 5.1: ports.
#[test]
fn ports_default_to_tcp_and_are_merged() {
    let ports = |ports: &str| ingress(&format!("[{{ports: {ports}}}]"));
    assert_eq!(ports("[]"), ["Allow any * -> *"]);
    assert_eq!(ports("[{}]"), ["Allow TCP * -> *"]);
    assert_eq!(ports("[{protocol: UDP}]"), ["Allow UDP * -> *"]);
    assert_eq!(ports("[{port: 80}]"), ["Allow TCP * -> port 80"]);
    assert_eq!(
        ports("[{port: web, protocol: UDP}]"),
        ["Allow UDP * -> port web"]
    );
    assert_eq!(
        ports("[{port: 80, endPort: 90}]"),
        ["Allow TCP * -> port 80:90"]
    );
    assert_eq!(
        ports("[{port: 82}, {port: 443}, {port: 80, endPort: 81}, {port: web}, {port: 443}]"),
        ["Allow TCP * -> port web port 80:82 port 443"]
    );
    assert_eq!(
        ports("[{port: 80}, {protocol: TCP}, {port: 81}]"),
        ["Allow TCP * -> *"]
    );
}

/// Reference section 5.1: the index of an expanded rule is the one that flow logs print.
#[test]
fn a_rule_becomes_protocols_times_peers() {
    let rules = ingress(
        "[{from: [{ipBlock: {cidr: 10.0.0.0/8}}, {ipBlock: {cidr: 11.0.0.0/8}}],
           ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 80}, {protocol: SCTP, port: 9}, {port: 81}]},
          {from: [{ipBlock: {cidr: 12.0.0.0/8}}]}]",
    );
    assert_eq!(
        rules,
        [
            "Allow SCTP 10.0.0.0/8 -> port 9",
            "Allow SCTP 11.0.0.0/8 -> port 9",
            "Allow TCP 10.0.0.0/8 -> port 80:81",
            "Allow TCP 11.0.0.0/8 -> port 80:81",
            "Allow UDP 10.0.0.0/8 -> port 53",
            "Allow UDP 11.0.0.0/8 -> port 53",
            "Allow any 12.0.0.0/8 -> *",
        ]
    );
}

#[test]
fn egress_has_its_peers_as_destinations() {
    let policy = policy(
        "{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80}]}, {ports: [{port: 53, protocol: UDP}]}]}",
    );
    let lines: Vec<_> = policy.egress.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "Allow TCP * -> 10.0.0.0/8 port 80",
            "Allow UDP * -> port 53"
        ]
    );
    assert_eq!(policy.egress[1].path, "spec.egress[1]");
}

/// Places of a converted rule's criteria are those of what was written.
#[test]
fn places_are_found_again() {
    let spec = "{podSelector: {}, ingress: [{}, {from: [{ipBlock: {cidr: 10.0.0.0/8}}, {podSelector: {}, namespaceSelector: {}}], ports: [{port: 80}]}]}";
    let rules = policy(spec).ingress;
    let place = |rule: &Rule, field| format!("{}.{}", rule.path, rule.field_path(field));
    let source = |field| Field::Source(field);
    assert_eq!(
        place(&rules[1], source(EntityField::Nets)),
        "spec.ingress[1].from[0].ipBlock.cidr"
    );
    assert_eq!(place(&rules[1], Field::Protocol), "spec.ingress[1].ports");
    let namespaces = EntityField::Part(PartKind::NamespaceSelector);
    assert_eq!(
        place(&rules[2], source(namespaces)),
        "spec.ingress[1].from[1].namespaceSelector"
    );
    assert_eq!(
        place(&rules[2], Field::Destination(EntityField::Ports)),
        "spec.ingress[1].ports"
    );
}

/// Reference section 5.1 (Calico `stagedkubernetesnetworkpolicyprocessor.go`). Such ports are refused where
/// resources are read, so the conversion is asked directly.
#[test]
fn a_rule_that_does_not_convert_goes_alone_or_takes_a_staged_policy_with_it() {
    use crate::convert::Selectors;
    use crate::kinds::{
        KubernetesIngressRule, KubernetesPolicySpec, KubernetesPort, StagedKubernetesPolicySpec,
    };
    use crate::model::{PolicyId, PolicyKind};
    use crate::scalars::IntOrString;

    let id = |kind| PolicyId {
        kind,
        namespace: "prod".into(),
        name: "p".into(),
    };
    let bad = KubernetesPort {
        port: Some(IntOrString::Int(90)),
        end_port: Some(80),
        ..KubernetesPort::default()
    };
    let bad = KubernetesIngressRule {
        ports: vec![bad],
        from: Vec::new(),
    };
    let ingress = vec![bad, KubernetesIngressRule::default()];
    let enforced = KubernetesPolicySpec {
        ingress: ingress.clone(),
        ..KubernetesPolicySpec::default()
    };
    let staged = StagedKubernetesPolicySpec {
        ingress,
        ..StagedKubernetesPolicySpec::default()
    };
    let mut selectors = Selectors::default();
    let enforced = super::convert(
        id(PolicyKind::KubernetesNetworkPolicy),
        &enforced,
        &mut selectors,
    );
    let rules = enforced.unwrap().ingress;
    assert_eq!(
        (rules.len(), rules[0].path.as_str()),
        (1, "spec.ingress[1]")
    );
    let staged = super::convert_staged(
        id(PolicyKind::StagedKubernetesNetworkPolicy),
        &staged,
        &mut selectors,
    );
    assert_eq!(staged, None);
}

/// Kubernetes takes a number in quotes for a name and refuses it, but a staged policy is Calico's, which reads
/// it as a number (`k8sPortToCalico`).
#[test]
fn a_quoted_number_of_a_staged_policy_is_a_number() {
    let spec = "{podSelector: {}, ingress: [{ports: [{port: '80', endPort: 90}]}]}";
    let policy = only(policies(
        "projectcalico.org/v3",
        "StagedKubernetesNetworkPolicy",
        spec,
    ));
    assert_eq!(line(&policy.ingress[0]), "Allow TCP * -> port 80:90");
}
