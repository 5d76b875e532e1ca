use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

use super::build;
use crate::kinds::{EntityRule, ObjectMeta, PolicySpec, Rule, ServiceAccountMatch};
use crate::model::{Inventory, Model};
use crate::testing::{build_all, built, model, objects};
use crate::{BuildOptions, CODES, Object, Resource};

const WORLD: &str = "
apiVersion: v1
kind: Namespace
metadata: {name: prod, labels: {env: prod}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: prod, labels: {app: web}}
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: web, namespace: prod}
spec:
  selector: app == 'web'
";

#[test]
fn everything_comes_out_where_it_was_written() {
    let model = model(WORLD);
    assert_eq!(model.workloads[0].origin.document, 1);
    assert_eq!(model.policies[0].origin.document, 2);
    assert_eq!(model.tiers.len(), 3);
}

#[test]
fn items_of_a_list_know_their_place() {
    let text = "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: prod}}
- {apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: g}, spec: {tier: oops}}
";
    let built = built(text, BuildOptions::default());
    let policy = &built.model.policies[0];
    assert_eq!(policy.origin.path.to_string(), "items[1]");
    assert_eq!(built.notes[0].path.to_string(), "items[1].spec.tier");
}

/// `kubectl apply` would have the last one replace the others.
#[test]
fn of_several_objects_with_one_name_the_last_counts() {
    let again = format!(
        "{WORLD}---
apiVersion: crd.projectcalico.org/v1
kind: NetworkPolicy
metadata: {{name: default.web, namespace: prod}}
spec: {{order: 7}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: web, namespace: prod}}
spec: {{podSelector: {{}}}}
"
    );
    let built = built(&again, BuildOptions::default());
    let orders: Vec<_> = built
        .model
        .policies
        .iter()
        .map(|policy| policy.order)
        .collect();
    assert_eq!(orders, [Some(7.0), Some(1000.0)]);
    let notes: Vec<_> = built
        .notes
        .iter()
        .map(|note| (note.document, note.diagnostic.code))
        .collect();
    assert_eq!(notes, [(2, "cluster/replaced")]);
    assert_eq!(
        built.notes[0].diagnostic.message,
        "another NetworkPolicy `prod/web` comes later and replaces this one"
    );
}

/// Reference section 4.1: such a policy counts, behind all tiers that exist.
#[test]
fn a_policy_of_an_unknown_tier_counts_and_is_noted() {
    let policy = |tier: &str| {
        format!(
            "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {{name: g}}\nspec: {{tier: {tier}}}\n"
        )
    };
    let help = |tier: &str| {
        let built = built(&policy(tier), BuildOptions::default());
        assert_eq!(built.model.policies[0].tier, tier);
        built
            .notes
            .first()
            .and_then(|note| note.diagnostic.help.clone())
    };
    assert_eq!(help("defualt").as_deref(), Some("did you mean `default`?"));
    assert_eq!(
        help("security").as_deref(),
        Some("declare it: `kind: Tier`, `name: security`")
    );
    assert_eq!(help("kube-admin"), None);
}

#[test]
fn every_code_is_listed_once() {
    let mut codes = CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), CODES.len());
}

/// One of everything, and much that a cluster would have to make up.
const CLUSTER: &str = include_str!("tests/cluster.yaml");

/// With its vectors in an order of their own.
fn sorted(mut model: Model) -> Model {
    model.tiers.sort_by(|a, b| a.name.cmp(&b.name));
    model.policies.sort_by(|a, b| a.id.cmp(&b.id));
    model
}

#[test]
fn the_cluster_has_one_of_everything() {
    let built = built(CLUSTER, BuildOptions::default());
    let Model {
        tiers,
        policies,
        inventory,
    } = built.model;
    let Inventory {
        workloads,
        non_endpoints,
        host_endpoints,
        network_sets,
        profiles,
        services,
        nodes,
    } = Arc::unwrap_or_clone(inventory);
    assert_eq!((tiers.len(), policies.len(), workloads.len()), (4, 10, 8));
    assert_eq!(
        (
            non_endpoints.len(),
            host_endpoints.len(),
            network_sets.len()
        ),
        (3, 1, 2)
    );
    assert_eq!((profiles.len(), services.len(), nodes.len()), (11, 2, 3));
    assert_eq!(built.notes.len(), 3);
}

proptest! {
    /// Reordering documents changes nothing.
    #[test]
    fn order_does_not_matter(keys in prop::collection::vec(any::<u32>(), 40)) {
        let mut objects = objects(CLUSTER);
        let expected = build_all(&objects, BuildOptions::default());
        let mut keyed: Vec<_> = objects.drain(..).zip(keys.iter().cycle()).collect();
        keyed.sort_by_key(|(_, key)| **key);
        let shuffled: Vec<_> = keyed.into_iter().map(|(object, _)| object).collect();
        let actual = build_all(&shuffled, BuildOptions::default());
        prop_assert_eq!(sorted(actual.model), sorted(expected.model));
        prop_assert_eq!(actual.notes, expected.notes);
    }

    /// What is made up for one object does not depend on the others, but for what they write or take.
    #[test]
    fn a_part_of_the_cluster_keeps_its_addresses(without in any::<Index>()) {
        let mut objects = objects(CLUSTER);
        let all = build_all(&objects, BuildOptions::default()).model;
        let index = without.index(objects.len());
        objects.remove(index);
        let part = build_all(&objects, BuildOptions::default()).model;
        for workload in &part.workloads {
            let before = all.workloads.iter().find(|before| {
                (&before.namespace, &before.name) == (&workload.namespace, &workload.name)
            });
            if let Some(before) = before {
                prop_assert_eq!(&workload.addresses, &before.addresses);
            }
        }
    }

    /// Whatever is written, building it ends well.
    #[test]
    fn any_text_builds(texts in prop::collection::vec(".{0,30}", 8), crd: bool) {
        let text = |index: usize| texts.get(index).cloned().unwrap_or_default();
        let entity = EntityRule {
            nets: vec![text(0)],
            selector: text(1),
            namespace_selector: text(2),
            not_selector: text(3),
            service_accounts: Some(ServiceAccountMatch { names: vec![text(4)], selector: text(5) }),
            ..EntityRule::default()
        };
        let rule = Rule { action: "Allow".into(), source: entity.clone(), ..Rule::default() };
        let spec = PolicySpec {
            selector: text(1),
            namespace_selector: text(6),
            service_account_selector: text(7),
            ingress: vec![rule],
            ..PolicySpec::default()
        };
        let api_version = if crd { "crd.projectcalico.org/v1" } else { "projectcalico.org/v3" };
        for resource in [
            Resource::NetworkPolicy(Box::new(spec.clone())),
            Resource::GlobalNetworkPolicy(Box::new(spec)),
        ] {
            let metadata = ObjectMeta { name: text(0), namespace: text(1), ..ObjectMeta::default() };
            let kind = (api_version, "NetworkPolicy");
            let object = Object::new(kind, metadata, resource, tierwalk_yaml::Path::root());
            prop_assert!(build(&[(0, &object)], BuildOptions::default()).model.policies.len() < 2);
        }
    }
}
