use tierwalk_protocol::{File, HitKind, ObjectAsked, ObjectReply};

use super::*;
use crate::objects::reply;

const TIERS: &str = "apiVersion: projectcalico.org/v3
kind: Tier
metadata: {name: platform}
spec: {order: 200}
";

fn policy(name: &str, tier: &str, order: &str) -> String {
    format!(
        "# {name}\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: {name} # name\nspec:\n  tier: {tier}\n{order}  # pods\n  selector: all()\n  types: [Ingress]\n"
    )
}

fn workspace(texts: &[(&str, String)]) -> Workspace {
    let files = texts.iter().map(|(path, text)| File {
        path: (*path).to_owned(),
        text: text.clone(),
    });
    let tiers = File {
        path: "tiers.yaml".to_owned(),
        text: TIERS.to_owned(),
    };
    Workspace::open(files.chain([tiers]).collect())
}

fn global(name: &str) -> PolicyRef {
    PolicyRef {
        kind: HitKind::GlobalNetworkPolicy,
        namespace: String::new(),
        name: name.to_owned(),
    }
}

fn asked(workspace: &Workspace, policy: PolicyRef, tier: &str, after: Option<&str>) -> ObjectReply {
    let after = after.map(global);
    reply(
        workspace,
        ObjectAsked::Move(Move {
            policy,
            tier: tier.to_owned(),
            after,
        }),
    )
}

/// Files after the edits, and what was said.
fn moved(
    texts: &[(&str, String)],
    name: &str,
    tier: &str,
    after: Option<&str>,
) -> (Vec<String>, String) {
    let workspace = workspace(texts);
    let ObjectReply::Changed(changed) = asked(&workspace, global(name), tier, after) else {
        panic!("it can be moved");
    };
    let texts = texts.iter().map(|(path, text)| {
        let edits = changed.edits.iter().filter(|edit| edit.place.file == *path);
        edits.rev().fold(text.clone(), |text, edit| {
            let (from, to) = (edit.place.from as usize, edit.place.to as usize);
            format!("{}{}{}", &text[..from], edit.text, &text[to..])
        })
    });
    (texts.collect(), changed.said)
}

#[test]
fn moving_up_changes_the_order_and_nothing_else() {
    let texts = [
        ("a.yaml", policy("a", "default", "  order: 100\n")),
        ("b.yaml", policy("b", "default", "  order: 200\n")),
        ("c.yaml", policy("c", "default", "")),
    ];
    let (after, said) = moved(&texts, "b", "default", None);
    assert_eq!(after[1], policy("b", "default", "  order: 50\n"));
    assert_eq!((&after[0], &after[2]), (&texts[0].1, &texts[2].1));
    assert_eq!(said, "`b` is now first in tier `default`, order 50.");
    let (after, _) = moved(&texts, "c", "default", Some("a"));
    assert_eq!(after[2], policy("c", "default", "  order: 150\n"));
}

#[test]
fn another_tier_keeps_the_order_if_it_fits_and_renames_what_bears_the_tiers_name() {
    let texts = [
        ("a.yaml", policy("default.a", "default", "  order: 100\n")),
        ("b.yaml", policy("b", "platform", "  order: 50\n")),
    ];
    let (after, said) = moved(&texts, "default.a", "platform", Some("b"));
    let expected = texts[0].1.replace("tier: default", "tier: platform");
    assert_eq!(
        after[0],
        expected.replace("name: default.a", "name: platform.a")
    );
    assert_eq!(
        said,
        "`platform.a` is now after `b` in tier `platform`, order 100; it was `default.a`."
    );
}

#[test]
fn a_neighbour_without_room_is_renumbered_in_its_own_file() {
    let texts = [
        ("a.yaml", policy("a", "default", "  order: 100\n")),
        ("b.yaml", policy("b", "default", "  order: 100\n")),
        ("z.yaml", policy("z", "default", "  order: 500\n")),
    ];
    let (after, said) = moved(&texts, "z", "default", Some("a"));
    assert_ne!(after[0] == texts[0].1, after[1] == texts[1].1);
    assert!(said.contains("has order"), "{said}");
}

#[test]
fn what_cannot_be_moved_says_why() {
    let kubernetes = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: k, namespace: ns}\nspec: {podSelector: {}}\n";
    let workspace = workspace(&[
        ("k.yaml", kubernetes.to_owned()),
        ("a.yaml", policy("a", "default", "")),
    ]);
    let refused = |policy, tier: &str| match asked(&workspace, policy, tier, None) {
        ObjectReply::Refused(why) => why,
        other => panic!("refused: {other:?}"),
    };
    let k = PolicyRef {
        kind: HitKind::NetworkPolicy,
        namespace: "ns".to_owned(),
        name: "k".to_owned(),
    };
    assert!(refused(k, "platform").starts_with("Kubernetes network policies have no tier"));
    assert_eq!(
        refused(global("a"), "nowhere"),
        "there is no tier `nowhere`"
    );
    assert_eq!(
        refused(global("a"), "kube-admin"),
        "tier `kube-admin` is for cluster policies of Kubernetes"
    );
}
