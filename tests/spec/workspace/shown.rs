//! What is shown of policies: the walk, the board, and whom a policy selects.

use tierwalk_protocol::{
    Action, Answer, Flag, HitKind, PolicyRef, Question, Reply, Request, Step, Verdict,
};
use tierwalk_workspace::Workspace;

use super::{DENIED, at, file, storefront, text, verdict};

#[test]
fn the_first_screen_shows_a_denied_flow_explained() {
    let files = storefront();
    let workspace = Workspace::open(files.clone());
    let analysis = workspace.analysis(Some(DENIED));
    assert_eq!(verdict(&analysis, DENIED), Some(Verdict::Deny));
    let walk = analysis.walk.unwrap();
    let what: String = walk
        .reason
        .what
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    assert_eq!(
        what,
        "frontend may send this; backend may not receive it. No ingress rule of storefront/backend matched, \
         so tier default ended with Deny."
    );
    let decided = walk.reason.decided_at.unwrap();
    assert_eq!(
        (decided.file.as_str(), decided.line),
        ("policies/backend.yaml", 12)
    );
    let nearest = walk.reason.more_at.unwrap();
    assert_eq!(
        at(text(&files, &nearest.file), &nearest),
        r#"app in {"microservice1", "microservice2"}"#
    );
    let strings = walk.ingress.unwrap().enforced_strings;
    assert_eq!(
        strings.last().unwrap(),
        "1|default|np:storefront/backend|deny|-1"
    );
}

#[test]
fn the_board_is_in_order_of_evaluation_and_counts_what_flows_hit() {
    let analysis = Workspace::open(storefront()).analysis(None);
    let tiers: Vec<_> = analysis
        .board
        .tiers
        .iter()
        .map(|tier| tier.name.as_str())
        .collect();
    assert_eq!(
        tiers,
        [
            "security",
            "platform",
            "kube-admin",
            "default",
            "kube-baseline"
        ]
    );
    let security = &analysis.board.tiers[0];
    let names: Vec<_> = security
        .policies
        .iter()
        .map(|card| card.policy.name.as_str())
        .collect();
    assert_eq!(names, ["quarantine", "block-embargo", "security-pass"]);
    assert_eq!(security.policies[0].flags, [Flag::SelectsNothing]);
    assert_eq!(security.policies[1].hits.deny, 1);
    assert_eq!(
        security.policies[2].hits.pass, 27,
        "16 flows, decided at each end that has policy"
    );
    let default = &analysis.board.tiers[3];
    assert_eq!(
        (default.default_action, default.built_in),
        (Action::Deny, true)
    );
    assert_eq!(default.end_hits.deny, 2);
    let staged = default
        .policies
        .iter()
        .find(|card| card.flags.contains(&Flag::Staged))
        .unwrap();
    assert_eq!(staged.policy.kind, HitKind::StagedNetworkPolicy);
    assert_eq!(
        staged.hits.allow, 2,
        "for a staged policy, its pending hits"
    );
}

/// A policy without rules hits nothing itself, and is what ends the tier.
#[test]
fn a_policy_is_unused_only_if_no_flow_would_miss_it() {
    let policy = |name: &str, spec: &str| {
        format!(
            "---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: a}}\nspec: {spec}\n"
        )
    };
    let pod = |name: &str| {
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: a, labels: {{app: {name}}}}}\n"
        )
    };
    let text = [
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n".to_owned(),
        pod("web"),
        pod("cli"),
        policy(
            "open",
            "{order: 1, ingress: [{action: Allow, protocol: TCP, destination: {ports: [99]}}]}",
        ),
        policy("default-deny", "{order: 2, types: [Ingress]}"),
    ];
    let flags = |flow: &str| -> Vec<Vec<Flag>> {
        let files = vec![file("all.yaml", text.concat()), file("flows/a.flows", flow)];
        let board = Workspace::open(files).analysis(None).board;
        let tier = board.tiers.iter().find(|tier| tier.name == "default");
        let cards = tier.unwrap().policies.iter();
        cards.map(|card| card.flags.clone()).collect()
    };
    let (unused, used) = (vec![Flag::Unused], vec![]);
    assert_eq!(
        flags("a/cli -> a/web tcp/80"),
        [unused.clone(), used.clone()]
    );
    assert_eq!(flags("a/cli -> a/web tcp/99"), [used.clone(), unused]);
    assert_eq!(
        flags(""),
        [used.clone(), used],
        "without flows nothing is known"
    );
}

#[test]
fn a_policy_says_which_endpoints_it_selects() {
    let mut workspace = Workspace::open(storefront());
    let asked = |workspace: &mut Workspace, name: &str| {
        let policy = PolicyRef {
            kind: HitKind::CalicoNetworkPolicy,
            namespace: "storefront".into(),
            name: name.into(),
        };
        let question = Question::Selected(policy);
        match workspace.answer(Request::Ask {
            revision: 1,
            id: 5,
            question,
        }) {
            Answer::Reply {
                revision: 1,
                id: 5,
                reply,
            } => reply,
            other => panic!("a question is answered with a reply, not with {other:?}"),
        }
    };
    let Some(Reply::Selected(selected)) = asked(&mut workspace, "backend").map(|reply| *reply)
    else {
        panic!("backend is there");
    };
    assert_eq!(selected.total, 1);
    assert_eq!(selected.endpoints[0].name, "backend");
    assert_eq!(asked(&mut workspace, "nobody"), None);
}

#[test]
fn long_policies_are_shortened_to_the_nearest_rules() {
    let rules = (1..=200).map(|port| {
        format!("  - {{action: Allow, protocol: TCP, source: {{nets: [192.0.2.{}/32]}}, destination: {{ports: [{port}]}}}}\n", port % 250)
    });
    let policy = format!(
        "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: x}}\nspec:\n  ingress:\n{}---\napiVersion: v1\nkind: Pod\nmetadata: {{name: a, namespace: x}}\n---\nflows:\n- 192.0.2.100 -> x/a tcp/150\n",
        rules.collect::<String>()
    );
    let workspace = Workspace::open(vec![file("p.yaml", policy)]);
    let walk = workspace.walk("192.0.2.100 -> x/a tcp/150").unwrap();
    let steps = walk.ingress.unwrap().steps;
    let policies = steps.iter().find_map(|step| match step {
        Step::Tier(tier) if tier.tier == "default" => Some(&tier.policies),
        _ => None,
    });
    let policy = &policies.unwrap()[0];
    assert_eq!(policy.rules.len() + policy.omitted as usize, 200);
    let missed_by_one: Vec<_> = policy
        .rules
        .iter()
        .filter(|rule| rule.clauses.iter().filter(|clause| !clause.held).count() == 1)
        .map(|rule| rule.index)
        .collect();
    assert_eq!(
        missed_by_one,
        [99, 149],
        "the nearest ones are kept, in order"
    );
}
