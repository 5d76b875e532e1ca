use crate::testing::model;

/// Reference section 3.1 (Calico `networksetprocessor.go`): a namespaced set inherits from its namespace.
#[test]
fn labels_of_sets() {
    let text = "{apiVersion: v1, kind: Namespace, metadata: {name: prod, labels: {env: x}}}
---
{apiVersion: projectcalico.org/v3, kind: NetworkSet, metadata: {name: office, namespace: prod, labels: {tag: o}}}
---
{apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: partners, labels: {tag: p}}}
";
    let sets = model(text).network_sets.clone();
    let labels = |index: usize| -> Vec<String> {
        let set = &sets[index];
        let labels = set
            .labels
            .iter()
            .map(|(key, value)| format!("{key}={value}"));
        [set.namespace.clone(), set.name.clone()]
            .into_iter()
            .chain(labels)
            .collect()
    };
    assert_eq!(
        labels(1),
        [
            "prod",
            "office",
            "pcns.env=x",
            "pcns.kubernetes.io/metadata.name=prod",
            "pcns.projectcalico.org/name=prod",
            "projectcalico.org/namespace=prod",
            "tag=o",
        ]
    );
    assert_eq!(labels(0), ["", "partners", "tag=p"]);
}

/// Reference section 6.7: host bits are masked, bare addresses are members.
#[test]
fn members_are_masked() {
    let text = "apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: s}
spec: {nets: [10.1.2.3/8, 192.0.2.7, 'fd00::1/64', '2001:db8::7', 0.0.0.0/0], allowedEgressDomains: ['*.example.com']}
";
    let set = model(text).network_sets[0].clone();
    let nets: Vec<String> = set.nets.iter().map(ToString::to_string).collect();
    assert_eq!(
        nets,
        [
            "10.0.0.0/8",
            "192.0.2.7/32",
            "fd00::/64",
            "2001:db8::7/128",
            "0.0.0.0/0"
        ]
    );
    assert_eq!(set.domains[0].0, "*.example.com");
}
