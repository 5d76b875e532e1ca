use tierwalk_yaml::Document;

use super::*;
use crate::language::schema;

/// Kinds of policies.
const POLICIES: &[(&str, &str)] = &[
    ("projectcalico.org/v3", "NetworkPolicy"),
    ("projectcalico.org/v3", "GlobalNetworkPolicy"),
    ("projectcalico.org/v3", "StagedNetworkPolicy"),
    ("projectcalico.org/v3", "StagedGlobalNetworkPolicy"),
    ("projectcalico.org/v3", "StagedKubernetesNetworkPolicy"),
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy"),
    ("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy"),
    (
        "policy.networking.k8s.io/v1alpha1",
        "BaselineAdminNetworkPolicy",
    ),
];

fn object(version: &str, kind: &str) -> Document {
    Document::parse(&format!("apiVersion: {version}\nkind: {kind}\n"))
}

fn uncovered(
    parts: &'static [Part],
    path: &str,
    shape: schema::Shape,
    depth: u32,
    found: &mut Vec<String>,
) {
    let here = spec_at(parts, &Path::parse(path));
    let is_list = matches!(here.map(|spec| &spec.shape), Some(Shape::Items(..)));
    match shape {
        _ if here.is_some() && !is_list => {}
        schema::Shape::List(item) if is_list => uncovered(parts, path, *item, depth, found),
        schema::Shape::Struct(inner) if depth < 9 => {
            for field in inner.fields() {
                let path = format!("{path}.{}", field.name);
                uncovered(parts, &path, field.shape, depth + 1, found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

#[test]
fn every_field_that_a_policy_can_have_is_in_its_form() {
    for (version, name) in POLICIES {
        let kind = schema::kind(version, name).unwrap();
        let parts = parts(object(version, name).root.as_ref().unwrap()).unwrap();
        let mut found = Vec::new();
        for field in kind.body.fields() {
            uncovered(parts, field.name, field.shape, 0, &mut found);
        }
        // a range of the newer kind has its protocol around it; what is outside the cluster only receives
        let refused = [
            ".destinationPort.range.protocol",
            ".source.domains",
            ".from.networks",
            ".from.nodes",
            ".from.domainNames",
        ];
        found.retain(|path| !refused.iter().any(|end| path.ends_with(end)));
        assert_eq!(found, Vec::<String>::new(), "{version} {name}");
    }
}

#[test]
fn what_cannot_stand_beside_a_field_is_known() {
    let policy = object("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy");
    let parts = parts(policy.root.as_ref().unwrap()).unwrap();
    let others = |path: &str| {
        let spec = spec_at(parts, &Path::parse(path)).unwrap();
        spec.others().collect::<Vec<_>>()
    };
    assert_eq!(
        others("spec.ingress[0].protocols[1].tcp.destinationPort.number"),
        [
            "udp",
            "sctp",
            "destinationNamedPort",
            "tcp.destinationPort.range"
        ]
    );
    assert_eq!(
        others("spec.egress[0].to[0].pods.podSelector"),
        ["namespaces", "networks", "nodes", "domainNames"]
    );
}
