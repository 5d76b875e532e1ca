use tierwalk_protocol::{Edit, File, Renamed};

use super::*;

const FILES: &[(&str, &str)] = &[
    (
        "cluster.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: {team: web}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: api\n  namespace: shop\n  labels: {app: api}\nspec:\n  serviceAccountName: runner\n---\napiVersion: projectcalico.org/v3\nkind: Tier\nmetadata:\n  name: platform\nspec:\n  order: 10\n",
    ),
    (
        "policy.yaml",
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: a\nspec:\n  tier: platform\n  types: [Ingress]\n  namespaceSelector: projectcalico.org/name in {\"shop\", 'other'}\n  ingress:\n  - action: Allow\n    source:\n      selector: app == 'api'\n      serviceAccounts:\n        names: [runner]\n",
    ),
    (
        "all.flows",
        "shop/api -> 10.0.0.1 tcp/80\n# shop/api is busy\napi -> shop/api tcp/80\n",
    ),
];

fn workspace() -> Workspace {
    let files = FILES.iter().map(|(path, text)| File {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    Workspace::open(files.collect())
}

fn text_of(path: &str) -> &'static str {
    FILES
        .iter()
        .find(|(known, _)| *known == path)
        .map(|(_, text)| *text)
        .unwrap()
}

/// Where a name is written: `file:line`, with `!` where it is declared.
fn places(file: &str, word: &str) -> Vec<String> {
    let named = name(&workspace(), file, text_of(file).find(word).unwrap()).unwrap();
    let declared: Vec<_> = named.declared.iter().map(|it| it.place.clone()).collect();
    let shown = |it: Found| {
        let mark = if declared.contains(&it.place) {
            "!"
        } else {
            ""
        };
        format!("{}:{}{mark}", it.place.file, it.place.line)
    };
    named.found.into_iter().map(shown).collect()
}

#[test]
fn a_name_is_found_in_every_file() {
    assert_eq!(
        places("policy.yaml", "platform"),
        ["cluster.yaml:19!", "policy.yaml:6"]
    );
    assert_eq!(
        places("policy.yaml", "shop"),
        [
            "all.flows:1",
            "all.flows:3",
            "cluster.yaml:4!",
            "cluster.yaml:11",
            "policy.yaml:8"
        ]
    );
    assert_eq!(
        places("policy.yaml", "runner"),
        ["cluster.yaml:14", "policy.yaml:14"]
    );
    assert_eq!(
        places("policy.yaml", "api'"),
        ["cluster.yaml:12!", "policy.yaml:12"]
    );
    assert_eq!(
        places("cluster.yaml", "api\n"),
        [
            "all.flows:1",
            "all.flows:3",
            "all.flows:3",
            "cluster.yaml:10!"
        ]
    );
}

fn renamed(file: &str, word: &str, to: &str) -> Result<Vec<String>, String> {
    match rename(&workspace(), file, text_of(file).find(word).unwrap(), to) {
        Renamed::Edits(edits) => Ok(edits
            .into_iter()
            .map(|it: Edit| format!("{}:{} {}", it.place.file, it.place.line, it.text))
            .collect()),
        Renamed::Refused(why) => Err(why),
    }
}

#[test]
fn renaming_follows_references_and_quotes_what_needs_it() {
    assert_eq!(
        renamed("policy.yaml", "platform", "base"),
        Ok(vec![
            "cluster.yaml:19 base".to_owned(),
            "policy.yaml:6 base".to_owned()
        ])
    );
    assert_eq!(
        renamed("policy.yaml", "platform", "10"),
        Ok(vec![
            "cluster.yaml:19 \"10\"".to_owned(),
            "policy.yaml:6 \"10\"".to_owned()
        ])
    );
    let edits = renamed("policy.yaml", "api'", "web.v2").unwrap();
    assert_eq!(edits, ["cluster.yaml:12 web.v2", "policy.yaml:12 web.v2"]);
}

#[test]
fn a_name_that_cannot_be_is_refused_with_the_reason() {
    assert!(
        renamed("policy.yaml", "platform", "Plat form")
            .unwrap_err()
            .contains("is no name")
    );
    assert!(
        renamed("policy.yaml", "platform", "platform")
            .unwrap_err()
            .contains("already")
    );
    assert!(
        renamed("policy.yaml", "Allow", "b")
            .unwrap_err()
            .contains("no name here")
    );
}
