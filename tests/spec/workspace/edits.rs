//! Edits and requests: what comes of them, and that nothing else does.

use tierwalk_protocol::{Answer, File, Request, Verdict, View};
use tierwalk_workspace::Workspace;

use super::{DENIED, file, storefront, text, verdict};

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
