//! Workspaces: links, examples, and what is kept.

use tierwalk_protocol::{File, share::Reading};

use super::{BACKEND, opened, paths, type_in};
use crate::{
    share_link::{Link, ShareError},
    state::{Effect, Model, Msg, Pane, Saved, files::Files, keys::Command, stored::Stored},
};

fn stored(name: &str) -> Stored {
    let files = Files::default().with("mine.yaml", "kind: Pod");
    Stored::of(&Model {
        name: name.into(),
        files,
        open: "mine.yaml".into(),
        edited: true,
        ..Model::default()
    })
}

fn link() -> Link {
    Link {
        files: vec![File {
            path: "flows/lab.yaml".to_owned(),
            text: "flows: []".to_owned(),
        }],
        reading: Reading::default(),
    }
}

#[test]
fn a_link_never_replaces_a_workspace_that_was_edited() {
    let mut model = opened();
    type_in(&mut model, BACKEND, "mine");
    let mine = model.id;
    model.update(Msg::Link(Ok(link())));
    assert_ne!(model.id, mine);
    assert_eq!(model.back, Some(mine));
    assert_eq!(&*model.name, "lab");
    assert_eq!(
        model.update(Msg::Workspace(mine)),
        [Effect::Save, Effect::Load(mine)]
    );
    model.update(Msg::Loaded(mine, Some(Box::new(stored("mine")))));
    assert_eq!((model.id, model.back), (mine, None));
}

#[test]
fn an_untouched_example_makes_room_for_a_link() {
    let mut model = opened();
    let id = model.id;
    model.update(Msg::Link(Ok(link())));
    assert_eq!((model.id, model.back), (id, None));
}

#[test]
fn a_bad_link_keeps_the_workspace_and_says_why() {
    let mut model = opened();
    let before = paths(&model);
    assert_eq!(model.update(Msg::Link(Err(ShareError::Damaged))), []);
    assert_eq!(paths(&model), before);
    let said = "The link cannot be opened: it is cut off or was altered on its way. Your own workspace is shown.";
    assert_eq!(model.notice.as_deref(), Some(said));
}

#[test]
fn an_edited_workspace_stays_when_an_example_is_opened() {
    let mut model = opened();
    type_in(&mut model, BACKEND, "mine");
    let mine = model.id;
    assert_eq!(model.update(Msg::Example(1)), [Effect::Example(1)]);
    let files = Files::default().with("policies/default-deny.yaml", "");
    model.update(Msg::ExampleFiles(1, Some(files)));
    assert_ne!(model.id, mine);
    assert!(!model.edited);
    assert_eq!(&*model.name, "default-deny");
}

#[test]
fn a_workspace_comes_back_with_its_baseline_and_place() {
    let mut model = opened();
    model.update(Msg::Flow("allowed".to_owned()));
    let saved = Stored::of(&model);
    let mut next = Model::default();
    next.update(Msg::Loaded(1, Some(Box::new(saved))));
    assert_eq!(next.baseline, model.baseline);
    assert_eq!((next.open, next.flow), (model.open, model.flow));
}

#[test]
fn share_holds_files_and_place() {
    let mut model = opened();
    let effects = model.update(Msg::Share);
    let [Effect::CopyLink(link)] = effects.as_slice() else {
        panic!("a link: {effects:?}");
    };
    assert_eq!(link.files.len(), model.files.len());
    assert_eq!(
        (link.reading.open.as_deref(), link.reading.flow.as_deref()),
        (Some(BACKEND), Some("denied"))
    );
}

#[test]
fn the_chosen_cluster_is_kept_and_goes_along_in_a_link() {
    let mut model = opened();
    let effects = model.update(Msg::Cluster(Some("prod".to_owned())));
    assert!(effects.contains(&Effect::Save));
    let mut again = Model::default();
    again.update(Msg::Loaded(1, Some(Box::new(Stored::of(&model)))));
    assert_eq!(again.looked_at().cluster.as_deref(), Some("prod"));
    let mut linked = Model::default();
    let mut given = link();
    given.reading.cluster = Some("prod".to_owned());
    linked.update(Msg::Link(Ok(given)));
    assert_eq!(linked.looked_at().cluster.as_deref(), Some("prod"));
}

#[test]
fn the_key_that_saves_elsewhere_says_what_is_so() {
    let mut model = opened();
    for (saved, said) in [
        (Saved::Yes, "Everything is already saved"),
        (Saved::Full, "Not saved: storage is full"),
        (Saved::Nowhere, "Not saved: this browser keeps nothing"),
    ] {
        model.saved = saved;
        model.update(Msg::Key(Command::Save, Pane::Text));
        let heard = model.said.clone().unwrap_or_default();
        assert!(heard.starts_with(said), "{heard}");
    }
}
