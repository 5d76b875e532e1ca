use super::*;

fn new() -> NewPolicy {
    NewPolicy {
        name: "twilio-integration".to_owned(),
        tier: "default".to_owned(),
        ..NewPolicy::default()
    }
}

fn policy(name: &str, order: u32) -> File {
    File {
        path: format!("{name}.yaml"),
        text: format!(
            "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {{name: {name}}}\nspec: {{order: {order}, types: [Egress]}}\n"
        ),
    }
}

fn added(workspace: &Workspace, new: &NewPolicy) -> String {
    plan(workspace, new).unwrap().file.unwrap().text
}

#[test]
fn a_new_policy_is_placed_after_the_one_that_was_named() {
    let workspace = Workspace::open(vec![policy("logging", 20), policy("pass", 1000)]);
    let after = PolicyRef {
        kind: HitKind::GlobalNetworkPolicy,
        namespace: String::new(),
        name: "logging".to_owned(),
    };
    let named = NewPolicy {
        after: Some(after),
        ..new()
    };
    assert_eq!(
        added(&workspace, &named),
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: twilio-integration\nspec:\n  tier: default\n  order: 510\n"
    );
    assert!(added(&workspace, &new()).ends_with("order: 10\n"));
    let empty = Workspace::open(Vec::new());
    assert!(added(&empty, &new()).ends_with("order: 100\n"));
}

#[test]
fn scope_and_state_are_the_kind() {
    let workspace = Workspace::open(Vec::new());
    let staged = NewPolicy {
        namespace: "shop".to_owned(),
        staged: true,
        ..new()
    };
    let text = added(&workspace, &staged);
    assert!(text.contains("kind: StagedNetworkPolicy\n") && text.contains("  namespace: shop\n"));
    assert!(
        plan(
            &workspace,
            &NewPolicy {
                name: " ".to_owned(),
                ..new()
            }
        )
        .is_err()
    );
}
