//! A workspace as the page sees it.

use tierwalk_protocol::{
    Action, Analysis, Answer, File, Flag, HitKind, Place, PolicyRef, Question, Reply, Request,
    Severity, Step, Verdict, View,
};
use tierwalk_workspace::Workspace;

fn storefront() -> Vec<File> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../static/examples/storefront");
    let mut files = Vec::new();
    for folder in ["cluster", "flows", "policies"] {
        for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
            let entry = entry.unwrap();
            files.push(File {
                path: format!("{folder}/{}", entry.file_name().to_string_lossy()),
                text: std::fs::read_to_string(entry.path()).unwrap(),
            });
        }
    }
    files
}

fn text<'a>(files: &'a [File], path: &str) -> &'a str {
    &files.iter().find(|file| file.path == path).unwrap().text
}

fn file(path: &str, text: impl Into<String>) -> File {
    File {
        path: path.into(),
        text: text.into(),
    }
}

fn verdict(analysis: &Analysis, id: &str) -> Option<Verdict> {
    analysis
        .flows
        .iter()
        .find(|row| row.id.starts_with(id))
        .unwrap()
        .verdict
}

/// The text at a place, taken as an editor does: by UTF-16 code units.
fn at(text: &str, place: &Place) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[place.from as usize..place.to as usize]).unwrap()
}

const DENIED: &str = "storefront/frontend -> storefront/backend tcp/8080";

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

#[test]
fn an_edit_flips_verdicts_and_back() {
    let files = storefront();
    let mut workspace = Workspace::open(files.clone());
    let before = workspace.analysis(None);
    let backend = text(&files, "policies/backend.yaml");
    let edited = backend.replace("\"microservice2\"}", "\"microservice2\", \"frontend\"}");
    workspace.edit(vec![file("policies/backend.yaml", edited)], &[]);
    let after = workspace.analysis(None);
    let flipped: Vec<_> = before
        .flows
        .iter()
        .zip(&after.flows)
        .filter(|(before, after)| before.verdict != after.verdict)
        .map(|(before, _)| before.id.as_str())
        .collect();
    assert_eq!(flipped, [DENIED]);
    workspace.edit(vec![file("policies/backend.yaml", backend)], &[]);
    assert_eq!(workspace.analysis(None), before);
}

#[test]
fn a_removed_policy_no_longer_decides() {
    let mut workspace = Workspace::open(storefront());
    workspace.edit(Vec::new(), &["policies/backend.yaml".into()]);
    assert_eq!(
        verdict(&workspace.analysis(None), DENIED),
        Some(Verdict::Allow)
    );
}

#[test]
fn edits_give_what_opening_afresh_gives() {
    let files = storefront();
    let mut edited = Workspace::open(files.clone());
    for replaced in [
        "",
        "kind: [",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n",
    ] {
        edited.edit(vec![file("policies/backend.yaml", replaced)], &[]);
        edited.analysis(None);
    }
    let backend = text(&files, "policies/backend.yaml").to_owned();
    let moved = format!("# one\n# two\n---\n{backend}---\nflows: []\n");
    edited.edit(vec![file("policies/backend.yaml", moved.clone())], &[]);
    let first = file(
        "a.yaml",
        "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: a}\n",
    );
    edited.edit(vec![first.clone()], &[]);
    let mut fresh = files;
    fresh.push(first);
    fresh.retain(|file| file.path != "policies/backend.yaml");
    fresh.push(file("policies/backend.yaml", moved));
    let flow = format!("{DENIED} deny");
    assert_eq!(
        edited.analysis(Some(&flow)),
        Workspace::open(fresh).analysis(Some(&flow))
    );
}

#[test]
fn equal_files_give_equal_bytes() {
    let answer = |files: Vec<File>| {
        let mut workspace = Workspace::default();
        let flow = Some(format!("{DENIED} deny"));
        let answer = workspace.answer(Request::Open {
            revision: 1,
            files,
            view: View {
                flow,
                ..View::default()
            },
        });
        serde_json::to_string(&answer).unwrap()
    };
    let mut files = storefront();
    let first = answer(files.clone());
    files.reverse();
    assert_eq!(answer(files), first);
}

#[test]
fn requests_are_answered_with_their_revision() {
    let mut workspace = Workspace::default();
    let opened = workspace.answer(Request::Open {
        revision: 7,
        files: storefront(),
        view: View::default(),
    });
    assert!(matches!(opened, Answer::Analysis { revision: 7, .. }));
    let Answer::Walk { revision, walk, .. } = workspace.answer(Request::Walk {
        revision: 8,
        flow: DENIED.to_owned(),
    }) else {
        panic!("a walk is answered with a walk");
    };
    assert_eq!((revision, walk.is_some()), (8, true));
    let unknown = workspace.answer(Request::Walk {
        revision: 9,
        flow: "nobody".into(),
    });
    assert!(matches!(unknown, Answer::Walk { walk: None, .. }));
    workspace.answer(Request::Open {
        revision: 10,
        files: Vec::new(),
        view: View::default(),
    });
    assert_eq!(
        workspace.analysis(None).files,
        [],
        "opening replaces everything"
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
fn a_broken_document_hides_nothing_else() {
    let good = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n";
    let text = format!(
        "{good}---\nkind: [\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: b, namespace: x}}\n---\nflows:\n- x/a -> x/b tcp/1\n"
    );
    let analysis = Workspace::open(vec![file("all.yaml", text)]).analysis(None);
    assert_eq!(analysis.flows[0].verdict, Some(Verdict::Allow));
    let errors: Vec<_> = analysis
        .diagnostics
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .collect();
    assert_eq!(errors.len(), 1);
    assert!(
        (4..=6).contains(&errors[0].place.line),
        "{:?}",
        errors[0].place
    );
}

#[test]
fn places_count_utf16_and_survive_windows_line_ends() {
    let policy = "# größe 🙂\r\napiVersion: projectcalico.org/v3\r\nkind: NetworkPolicy\r\nmetadata: {name: \"p\", namespace: x}\r\nspec:\r\n  selector: a == '🙂' && b = 'c'\r\n";
    let text = format!("---\r\n{policy}");
    let analysis = Workspace::open(vec![file("p.yaml", text.clone())]).analysis(None);
    let problem = &analysis.diagnostics[0];
    assert_eq!(problem.code, "selector/syntax");
    assert_eq!(problem.place.line, 7);
    let line = text.lines().nth(6).unwrap();
    let before: String = line
        .encode_utf16()
        .take(problem.place.column as usize - 1)
        .map(|unit| unit as u8 as char)
        .collect();
    assert!(before.ends_with("b "), "{before:?}");
    assert_eq!(at(&text, &problem.place), "=");
}

#[test]
fn problems_that_only_documents_together_show_have_a_place() {
    let policy = |name: &str| {
        format!(
            "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {{name: {name}}}\nspec: {{tier: platfrom}}\n"
        )
    };
    let tier = "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: platform}\n";
    let files = vec![
        file("a.yaml", policy("p")),
        file("b.yaml", policy("p")),
        file("t.yaml", tier),
    ];
    let analysis = Workspace::open(files.clone()).analysis(None);
    let told: Vec<_> = analysis
        .diagnostics
        .iter()
        .map(|problem| {
            let place = &problem.place;
            (
                place.file.as_str(),
                at(text(&files, &place.file), place),
                problem.severity,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("a.yaml", "p".to_owned(), Severity::Warning),
            ("b.yaml", "platfrom".to_owned(), Severity::Warning)
        ]
    );
    let undeclared = analysis.board.tiers.last().unwrap();
    assert_eq!(
        (undeclared.name.as_str(), undeclared.order),
        ("platfrom", None),
        "evaluated last"
    );
}

#[test]
fn an_unknown_pod_is_marked_in_its_line_with_a_fix() {
    let pods = "apiVersion: v1\nkind: Pod\nmetadata: {name: frontend, namespace: shop}\n";
    let flows = "flows:\n- shop/frontend -> frontnd tcp/80\n";
    let files = vec![file("c.yaml", pods), file("f.yaml", flows)];
    let analysis = Workspace::open(files).analysis(None);
    let problem = analysis
        .diagnostics
        .iter()
        .find(|it| it.code == "flow/cannot-evaluate")
        .unwrap();
    assert_eq!(problem.severity, Severity::Warning);
    assert_eq!(at(flows, &problem.place), "frontnd");
    assert_eq!(problem.fixes[0].edits[0].text, "shop/frontend");
}

#[test]
fn other_files_and_other_kinds_are_left_alone() {
    let files = vec![
        file("README.md", "# kind: ["),
        file("checks/order.rego", "package main\n"),
        file(
            "extra.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\nflows: []\n",
        ),
    ];
    let analysis = Workspace::open(files).analysis(None);
    assert_eq!(analysis.diagnostics, []);
    let ignored = &analysis.files[2].ignored;
    assert_eq!(
        (
            ignored[0].kind.as_str(),
            ignored[0].name.as_str(),
            ignored[0].line
        ),
        ("v1 ConfigMap", "c", 1)
    );
}

#[test]
fn files_are_read_as_tools_write_them() {
    let files = vec![
        file(
            "bom.yaml",
            "\u{feff}apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n",
        ),
        file(
            "kubectl.json",
            "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"List\",\n\t\"items\": [\n\t\t{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"b\", \"namespace\": \"x\", \"managedFields\": [{}]}}\n\t]\n}\n",
        ),
        file(
            "windows.flows",
            "# both\r\nx/a -> b tcp/80\r\nx/b -> a tcp/80\r\n",
        ),
        file("empty.yaml", ""),
        file("comments.yaml", "# nothing yet\n"),
    ];
    let analysis = Workspace::open(files).analysis(None);
    let verdicts: Vec<_> = analysis.flows.iter().map(|row| row.verdict).collect();
    assert_eq!(verdicts, [Some(Verdict::Allow), Some(Verdict::Allow)]);
    assert!(
        analysis
            .diagnostics
            .iter()
            .all(|problem| problem.severity > Severity::Warning)
    );
}

#[test]
fn a_file_of_staged_policies_only_is_marked() {
    let analysis = Workspace::open(storefront()).analysis(None);
    let staged: Vec<_> = analysis
        .files
        .iter()
        .filter(|file| file.staged)
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(staged, ["policies/microservice1.yaml"]);
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
