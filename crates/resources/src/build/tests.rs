use crate::testing::{built, model};
use crate::{BuildOptions, CODES};

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
fn of_several_objects_with_one_name_the_last_counts() {
    let again = format!(
        "{WORLD}---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {{name: web, namespace: prod}}
spec: {{order: 7}}
"
    );
    let built = built(&again, BuildOptions::default());
    assert_eq!(built.model.policies.len(), 1);
    assert_eq!(built.model.policies[0].order, Some(7.0));
    let notes: Vec<_> = built
        .notes
        .iter()
        .map(|note| (note.document, note.diagnostic.code))
        .collect();
    assert_eq!(notes, [(2, "cluster/replaced")]);
}

#[test]
fn every_code_is_listed_once() {
    let mut codes = CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), CODES.len());
}
