use tierwalk_protocol::{BrokenPolicy, File};

use crate::Workspace;

const POLICY: &str = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: twilio\nspec:\n  tier: platform\n  order: 30\n  selector: all()\n";

fn broken(text: &str) -> Vec<BrokenPolicy> {
    let workspace = Workspace::open(vec![File {
        path: "a.yaml".into(),
        text: text.into(),
    }]);
    let board = workspace.analysis(None).board;
    let tiers = board.tiers.into_iter();
    let in_tiers = tiers.flat_map(|tier| {
        let named = |broken: &BrokenPolicy| broken.tier.as_ref() == Some(&tier.name);
        assert!(tier.broken.iter().all(named));
        tier.broken
    });
    in_tiers.chain(board.broken).collect()
}

fn only(text: &str) -> BrokenPolicy {
    let [broken] = broken(text).try_into().unwrap();
    broken
}

#[test]
fn a_policy_that_is_refused_is_told_with_its_tier_its_order_and_the_line() {
    let text = format!("{POLICY}  types: [Egress]\n  egress:\n  - action: Alow\n");
    let told = only(&text);
    assert_eq!(told.policy.name, "twilio");
    assert_eq!(told.short_kind, "gnp");
    assert_eq!(told.tier.as_deref(), Some("platform"));
    assert_eq!(told.order, Some(30.0));
    assert_eq!(told.place.line, 11);
    assert!(told.problem.contains("Alow"), "{}", told.problem);
}

#[test]
fn of_a_text_that_is_no_yaml_the_beginning_tells() {
    for rest in ["  egress: [\n", "  egress:\n  - action: \"Allow\n", " x\n"] {
        let told = only(&format!("{POLICY}{rest}"));
        assert_eq!(told.policy.name, "twilio", "{rest}");
        assert_eq!(told.tier.as_deref(), Some("platform"), "{rest}");
    }
}

#[test]
fn a_policy_without_a_tier_is_in_default_and_one_with_something_else_is_in_none() {
    let text = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec:\n  selector: 'app ='\n";
    let told = only(text);
    assert_eq!(told.tier.as_deref(), Some("default"));
    assert_eq!(told.policy.namespace, "shop");
    let told = only(&format!("{text}  tier: [x]\n"));
    assert_eq!(told.tier, None);
}

#[test]
fn of_a_list_only_what_is_refused_is_told() {
    let item = |name: &str, action: &str| {
        format!(
            "- apiVersion: projectcalico.org/v3\n  kind: GlobalNetworkPolicy\n  metadata: {{name: {name}}}\n  spec:\n    egress:\n    - action: {action}\n"
        )
    };
    let text = format!(
        "apiVersion: v1\nkind: List\nitems:\n{}{}",
        item("good", "Allow"),
        item("bad", "Alow")
    );
    assert_eq!(only(&text).policy.name, "bad");
}

#[test]
fn what_is_fine_and_what_is_no_policy_is_not_told() {
    assert_eq!(broken(POLICY), []);
    assert_eq!(
        broken("apiVersion: v1\nkind: Pod\nmetadata: {name: [a]}\n"),
        []
    );
    assert_eq!(broken("kind: [\n"), []);
    let of_another_group = "apiVersion: crd.antrea.io/v1beta1\nkind: ClusterNetworkPolicy\nmetadata:\n  name: a\nspec: [\n";
    assert_eq!(broken(of_another_group), []);
}
