//! What would change a verdict: every suggestion, made, does exactly what it says.

use std::collections::BTreeMap;

use tierwalk_protocol::{Edit, File, Piece, Suggestion, Verdict};
use tierwalk_workspace::Workspace;

const STOREFRONT: &str = "storefront";

/// The files of a shipped example.
fn example(name: &str) -> Vec<File> {
    let root = format!("{}/../static/examples/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["cluster", "flows", "policies", "templates"] {
        let Ok(entries) = std::fs::read_dir(format!("{root}/{folder}")) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            let text = std::fs::read_to_string(&path).unwrap();
            let path = format!("{folder}/{name}");
            files.push(File { path, text });
        }
    }
    files
}

fn examples() -> Vec<Vec<File>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../static/examples");
    let entries = std::fs::read_dir(root).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.map(|name| example(&name)).collect()
}

fn made(files: &[File], edits: &[Edit]) -> Vec<File> {
    let mut files = files.to_vec();
    for file in &mut files {
        let mut units: Vec<u16> = file.text.encode_utf16().collect();
        let edits = edits.iter().rev();
        for edit in edits.filter(|edit| edit.place.file == file.path) {
            let range = edit.place.from as usize..edit.place.to as usize;
            units.splice(range, edit.text.encode_utf16());
        }
        file.text = String::from_utf16(&units).unwrap();
    }
    files
}

type Verdicts = BTreeMap<String, (Option<Verdict>, Option<Verdict>)>;

fn verdicts(workspace: &Workspace) -> Verdicts {
    let flows = workspace.analysis(None).flows.into_iter();
    flows
        .map(|it| (it.id.clone(), (it.verdict, it.pending)))
        .collect()
}

fn title(suggestion: &Suggestion) -> String {
    let pieces = suggestion.title.iter();
    pieces.map(|Piece { text, .. }| text.as_str()).collect()
}

fn suggestions(workspace: &Workspace, flow: &str) -> Vec<Suggestion> {
    workspace.suggest_for(flow).list
}

/// What `suggestion` says it flips, and what it flips.
fn check(files: &[File], before: &Verdicts, suggestion: &Suggestion) {
    let workspace = Workspace::open(made(files, &suggestion.edits));
    let after = verdicts(&workspace);
    let read = |it: &Verdicts, id: &str| match suggestion.pending {
        true => it.get(id).and_then(|it| it.1),
        false => it.get(id).and_then(|it| it.0),
    };
    let flipped = before
        .keys()
        .filter(|id| read(before, id) != read(&after, id));
    let flipped: BTreeMap<&str, _> = flipped.map(|id| (id.as_str(), read(&after, id))).collect();
    let named = suggestion.flips.iter();
    let named: BTreeMap<&str, _> = named.map(|it| (it.flow.as_str(), Some(it.to))).collect();
    assert_eq!(flipped, named, "{}", title(suggestion));
    assert_eq!(workspace.files_with_errors(), Vec::<String>::new());
}

#[test]
fn every_suggestion_of_every_example_flips_what_it_names_and_nothing_else() {
    let mut suggested = 0;
    for files in examples() {
        let workspace = Workspace::open(files.clone());
        let before = verdicts(&workspace);
        for id in before.keys() {
            let found = workspace.suggest_for(id);
            for suggestion in &found.list {
                check(&files, &before, suggestion);
                assert!(suggestion.flips.iter().any(|it| it.flow == *id));
            }
            suggested += found.list.len();
        }
    }
    assert!(suggested > 40, "only {suggested} suggestions");
}

/// The clusters of a conformance file, each with its flows as lines.
fn clusters(name: &str) -> Vec<Vec<File>> {
    let path = format!("{}/conformance/{name}", env!("CARGO_MANIFEST_DIR"));
    let vectors: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let scenarios = vectors["scenarios"].as_array().unwrap().iter();
    scenarios
        .map(|scenario| {
            let flows = scenario["flows"].as_array().unwrap().iter();
            let lines: Vec<String> = flows.filter_map(line).collect();
            vec![
                file("cluster.yaml", scenario["resources"].as_str().unwrap()),
                file("flows/all.flows", &lines.join("\n")),
            ]
        })
        .collect()
}

fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

/// A flow of a conformance file as a line; `None` if it takes more than a line's first three words.
fn line(flow: &serde_json::Value) -> Option<String> {
    let end = |end: &serde_json::Value| match (end["namespace"].as_str(), end["pod"].as_str()) {
        (Some(namespace), Some(pod)) => Some(format!("{namespace}/{pod}")),
        _ => end["ip"].as_str().map(str::to_owned),
    };
    let (from, to) = (end(&flow["from"])?, end(&flow["to"])?);
    let protocol = flow["protocol"].as_str()?.to_lowercase();
    let port = flow["port"].as_u64()?;
    let is_plain = flow["ipVersion"].is_null();
    is_plain.then(|| format!("{from} -> {to} {protocol}/{port}"))
}

#[test]
fn every_suggestion_in_random_clusters_flips_what_it_names_and_nothing_else() {
    let (mut suggested, mut denied, mut helpless) = (0, 0, 0);
    let all = ["hand.json", "random-a.json"]
        .into_iter()
        .flat_map(clusters);
    for (number, files) in all.enumerate() {
        let workspace = Workspace::open(files.clone());
        let before = verdicts(&workspace);
        // one flow of each cluster, not always the first
        let Some((id, verdict)) = before.iter().nth(number % before.len().max(1)) else {
            continue;
        };
        let found = suggestions(&workspace, id);
        for suggestion in &found {
            check(&files, &before, suggestion);
            assert!(suggestion.flips.iter().any(|it| it.flow == *id));
        }
        suggested += found.len();
        let is_denied = verdict.0 == Some(Verdict::Deny);
        denied += usize::from(is_denied);
        helpless += usize::from(is_denied && found.is_empty());
    }
    assert!(suggested > 250, "only {suggested} suggestions");
    assert!(
        helpless * 20 < denied,
        "{helpless} of {denied} flows are denied for good"
    );
}

#[test]
fn the_nearest_rule_is_widened_by_the_value_that_it_missed() {
    let workspace = Workspace::open(example(STOREFRONT));
    let flow = "storefront/frontend -> storefront/backend tcp/8080";
    let found = suggestions(&workspace, flow);
    let first = found.first().unwrap();
    assert_eq!(title(first), "Add \"frontend\" to ingress[0]");
    assert_eq!(
        (first.place.file.as_str(), first.place.line),
        ("policies/backend.yaml", 18)
    );
    assert_eq!(first.effect(flow), "Flips this flow only");
    assert_eq!(first.breaks, [flow]);
    let [change] = &first.changes[..] else {
        panic!("one change")
    };
    assert_eq!(change.line, 18);
    assert_eq!(
        change.before,
        ["      selector: app in {\"microservice1\", \"microservice2\"}"]
    );
    assert_eq!(
        change.after,
        ["      selector: app in {\"microservice1\", \"microservice2\", \"frontend\"}"]
    );
}
