use tierwalk_protocol::{Edit, Place};

use super::*;
use crate::{fixture, state};

fn model() -> Model {
    let mut model = Model::default();
    model.update(state::Msg::Example(0));
    model.analysis = fixture::analysis().into();
    model
}

fn names(wanted: &Move) -> (&str, Option<&str>) {
    (
        wanted.tier.as_str(),
        wanted.after.as_ref().map(|it| it.name.as_str()),
    )
}

fn card(model: &Model, tier: usize, at: usize) -> PolicyRef {
    model.analysis.board.tiers[tier].policies[at].policy.clone()
}

#[test]
fn steps_lead_to_the_next_place_or_say_why_not() {
    let model = model();
    let board = &model.analysis.board;
    let (first, second) = (card(&model, 0, 0), card(&model, 0, 1));
    assert_eq!(
        names(&moved_by(board, &first, 0, 1).unwrap()),
        ("security", Some("security-pass"))
    );
    assert_eq!(
        names(&moved_by(board, &second, 0, -1).unwrap()),
        ("security", None)
    );
    assert!(moved_by(board, &first, 0, -1).is_err());
    assert!(moved_by(board, &second, 0, 1).is_err());
    assert!(moved_by(board, &first, -1, 0).is_err());
    assert_eq!(moved_by(board, &first, 1, 0).unwrap().tier, "platform");
}

#[test]
fn edits_are_made_for_the_text_they_were_asked_for_and_the_focus_follows() {
    let mut model = model();
    let policy = card(&model, 0, 1);
    let tier = model.analysis.board.tiers[0].name.clone();
    model.update(state::Msg::Board(state::board_filter::Msg::Fold(tier)));
    let effects = model.update_object(Msg::MoveBy(policy.clone(), 0, -1));
    assert!(matches!(effects.first(), Some(Effect::Ask(..))));
    let (path, text) = model
        .files
        .iter()
        .next()
        .map(|file| (file.path.to_string(), file.text.clone()))
        .unwrap();
    let place = Place {
        file: path.clone(),
        line: 1,
        column: 1,
        from: 0,
        to: 0,
    };
    let changed = Changed {
        edits: vec![Edit {
            place,
            text: "# moved\n".to_owned(),
        }],
        said: "moved".to_owned(),
        policy: Some(policy),
        file: None,
    };
    model.object_replied(model.questions, ObjectReply::Changed(changed));
    assert_eq!(
        **model.files.text(&path).unwrap(),
        format!("# moved\n{text}")
    );
    assert_eq!(model.notice.as_deref(), Some("moved"));
    let tier = &model.analysis.board.tiers[0];
    assert!(
        !model.board.is_folded(tier),
        "it is to be seen where it is now"
    );
    model.fresh = true;
    assert_eq!(model.focus_on_moved(), Some(Effect::Focus(Focus::Card)));
    model.undo();
    assert_eq!(model.files.text(&path), Some(&text));
}

#[test]
fn a_reply_for_an_older_text_is_asked_again() {
    let mut model = model();
    let policy = card(&model, 0, 1);
    model.update_object(Msg::MoveBy(policy, 0, -1));
    let id = model.questions;
    model.files = model.files.with("new.yaml", "");
    let effects = model.object_replied(id, ObjectReply::Refused("old".to_owned()));
    assert!(matches!(effects.first(), Some(Effect::Ask(..))));
    assert_eq!(model.notice, None);
}
