//! Files: added, renamed, deleted, pasted and imported.

use tierwalk_protocol::File;

use super::{BACKEND, opened, paths};
use crate::state::{Msg, Pane, keys::Command};

#[test]
fn files_can_be_added_renamed_and_deleted_and_all_of_it_undone() {
    let mut model = opened();
    let before = paths(&model);
    model.update(Msg::NewFile("policies/new.yaml".to_owned()));
    assert_eq!(&*model.open, "policies/new.yaml");
    model.update(Msg::Rename("policies/renamed.yaml".to_owned()));
    assert!(model.files.contains("policies/renamed.yaml"));
    model.update(Msg::Delete);
    assert_eq!(paths(&model), before);
    model.update(Msg::Undo);
    assert_eq!(&*model.open, "policies/renamed.yaml");
    model.update(Msg::Undo);
    model.update(Msg::Undo);
    assert_eq!(paths(&model), before);
    model.update(Msg::Key(Command::Redo, Pane::Text));
    assert!(model.files.contains("policies/new.yaml"));
}

#[test]
fn a_path_outside_the_workspace_is_refused_in_words() {
    let mut model = opened();
    assert_eq!(model.update(Msg::NewFile("../x.yaml".to_owned())), []);
    assert_eq!(
        model.notice.as_deref(),
        Some("`../x.yaml` is not a path that a workspace can hold.")
    );
}

#[test]
fn a_new_name_never_replaces_another_file() {
    let mut model = opened();
    model.update(Msg::Open(BACKEND.into()));
    let other = model.files.text("policies/dev.yaml").cloned();
    model.update(Msg::Rename("policies/dev.yaml".to_owned()));
    assert_eq!(&*model.open, "policies/dev-2.yaml");
    assert_eq!(model.files.text("policies/dev.yaml"), other.as_ref());
}

#[test]
fn a_flow_line_goes_to_the_flow_file() {
    let mut model = opened();
    model.update(Msg::Paste("dev/toolbox -> dev/web tcp/22 deny".to_owned()));
    let text = model.files.text("flows/storefront.yaml").expect("the file");
    assert!(text.ends_with("- dev/toolbox -> dev/web tcp/22 deny\n"));
}

#[test]
fn pasted_yaml_becomes_a_file_and_pasted_lines_become_flows() {
    let mut model = opened();
    model.update(Msg::Paste("kind: Tier\nmetadata:\n  name: x\n".to_owned()));
    assert_eq!(&*model.open, "imported/x.yaml");
    let count = model.files.len();
    model.update(Msg::Paste("dev/toolbox -> dev/web tcp/22\n".to_owned()));
    assert_eq!(model.files.len(), count);
    assert_eq!(model.update(Msg::Paste("  ".to_owned())), []);
}

#[test]
fn an_import_says_what_came_and_what_did_not() {
    let mut model = opened();
    let file = File {
        path: "repo/a.yaml".to_owned(),
        text: "kind: Tier".to_owned(),
    };
    model.update(Msg::Import(
        vec![file],
        vec!["`x.png` is not text and was left out".to_owned()],
    ));
    let notice = model.notice.as_deref();
    assert_eq!(
        notice,
        Some("1 file imported. `x.png` is not text and was left out.")
    );
}

#[test]
fn an_empty_workspace_asks_for_a_default_deny_in_the_namespace_at_hand() {
    let mut model = opened();
    model.update(Msg::AddDefaultDeny);
    let text = model
        .files
        .text("policies/default-deny.yaml")
        .expect("the file");
    assert!(text.contains("namespace: storefront"));
}

#[test]
fn an_import_over_other_texts_says_so_and_loses_none_of_two_that_have_one_name() {
    let mut model = opened();
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let files = vec![
        file(BACKEND, "kind: Tier"),
        file("a.yaml", "kind: Pod"),
        file("a.yaml", "kind: Node"),
    ];
    model.update(Msg::Import(files, Vec::new()));
    let said = "3 files imported, 1 in place of another text.";
    assert_eq!(model.notice.as_deref(), Some(said));
    assert_eq!(
        model.files.text("a-2.yaml").map(|text| &**text),
        Some("kind: Node")
    );
    model.update(Msg::Undo);
    assert!(
        model
            .files
            .text(BACKEND)
            .expect("the file")
            .contains("backend")
    );
}

#[test]
fn nothing_that_is_not_text_is_taken() {
    let mut model = opened();
    model.update(Msg::Import(
        Vec::new(),
        vec!["`x.png` is not text and was left out".to_owned()],
    ));
    assert_eq!(
        model.notice.as_deref(),
        Some("Nothing was imported. `x.png` is not text and was left out.")
    );
    assert_eq!(model.update(Msg::Paste("\0\u{1}".to_owned())), []);
    assert_eq!(
        model.notice.as_deref(),
        Some("What was pasted is not text.")
    );
}
