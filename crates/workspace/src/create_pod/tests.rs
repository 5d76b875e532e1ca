use tierwalk_protocol::{Diagnostic, File, Verdict};

use super::*;

const POD: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\n";

fn file(path: &str, text: &str) -> File {
    File {
        path: path.into(),
        text: text.into(),
    }
}

/// The problems that speak of something missing.
fn problems(files: &[File]) -> Vec<Diagnostic> {
    let mut problems = Workspace::open(files.to_vec()).analysis(None).diagnostics;
    problems.retain(|problem| !problem.code.starts_with("cluster/"));
    problems
}

/// The files after the fix of this title.
fn fixed(mut files: Vec<File>, title: &str) -> Vec<File> {
    let problems = problems(&files);
    let mut fixes = problems.iter().flat_map(|problem| &problem.fixes);
    let Some(fix) = fixes.find(|fix| fix.title.starts_with(title)) else {
        panic!("{problems:#?}");
    };
    let edit = &fix.edits[0];
    match files.iter_mut().find(|file| file.path == edit.place.file) {
        Some(file) => file.text.insert_str(edit.place.from as usize, &edit.text),
        None => files.push(file(&edit.place.file, &edit.text)),
    }
    files
}

fn policy(selector: &str) -> String {
    format!(
        "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec:\n  selector: app == 'web'\n  ingress:\n  - action: Allow\n    source: {{selector: \"{selector}\"}}\n"
    )
}

#[test]
fn a_selector_that_matches_nothing_offers_the_pod_it_waits_for() {
    let files = vec![
        file("pods.yaml", POD),
        file("p.yaml", &policy("app == 'log' && role in {'a', 'b'}")),
    ];
    let files = fixed(files, "Create a pod that matches: `shop/log`");
    assert!(files[0].text.ends_with(
        "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: log\n  namespace: shop\n  labels:\n    app: log\n    role: a\n"
    ));
    assert_eq!(problems(&files), []);
}

#[test]
fn the_pod_runs_where_and_as_whom_the_rule_wants() {
    let rule = policy("x").replace(
        "{selector: \"x\"}",
        "{namespaceSelector: global(), serviceAccounts: {names: [robot]}}",
    );
    let rule = rule.replace(
        "namespaceSelector: global()",
        "namespaceSelector: projectcalico.org/name == 'shop'",
    );
    let files = vec![file("pods.yaml", POD), file("p.yaml", &rule)];
    let files = fixed(files, "Create a pod that matches: `shop/pod`");
    assert!(
        files[0]
            .text
            .ends_with("spec:\n  serviceAccountName: robot\n"),
        "{}",
        files[0].text
    );
    assert_eq!(problems(&files), []);
}

#[test]
fn a_flow_to_nobody_offers_the_pod_in_a_new_file_if_there_is_none() {
    let files = vec![file("f.flows", "shop/web -> shop/db tcp/1\n")];
    let files = fixed(files, "Create pod `shop/web`");
    assert_eq!(files[1].path, "cluster/pods.yaml");
    let files = fixed(files, "Create pod `shop/db` with label `app` = `db`");
    let flows = Workspace::open(files).analysis(None).flows;
    assert_eq!(flows[0].verdict, Some(Verdict::Allow));
}
