use tierwalk_protocol::checks::CheckReport;
use tierwalk_protocol::{Edit, Flipped, Piece, PieceStyle, Place, Reply, Verdict};

use super::*;
use crate::{
    checker::Event as Heard,
    engine::Event,
    fixture,
    state::{Msg as PageMsg, checks, files::Files},
};

fn model() -> Model {
    let mut model = Model::default();
    model.update(PageMsg::Import(
        vec![tierwalk_protocol::File {
            path: "policies/backend.yaml".to_owned(),
            text: "a: [b]\n".to_owned(),
        }],
        Vec::new(),
    ));
    model.asked = 0;
    model.update(PageMsg::Engine(Event::Analysis {
        revision: 1,
        analysis: std::rc::Rc::new(fixture::analysis()),
    }));
    model
}

fn suggestion() -> Suggestion {
    let place = Place {
        file: "policies/backend.yaml".to_owned(),
        line: 1,
        column: 6,
        from: 5,
        to: 5,
    };
    Suggestion {
        title: vec![Piece {
            text: "Add c".to_owned(),
            style: PieceStyle::Plain,
        }],
        edits: vec![Edit {
            place: place.clone(),
            text: ", c".to_owned(),
        }],
        place,
        changes: Vec::new(),
        pending: false,
        flips: vec![Flipped {
            flow: "denied".to_owned(),
            to: Verdict::Allow,
        }],
        breaks: Vec::new(),
        meets: Vec::new(),
    }
}

/// A model that has heard what would change its verdict.
fn told() -> Model {
    let mut model = model();
    let asked = model.update(PageMsg::Suggest(Msg::Rested));
    let [Effect::Ask(id, Question::Suggest(_))] = asked[..] else {
        panic!("{asked:?}")
    };
    let reply = Reply::Suggestions(Suggestions {
        flow: "denied".to_owned(),
        list: vec![suggestion()],
        both: false,
        untried: 0,
        template: None,
    });
    model.update(PageMsg::Engine(Event::Reply {
        id,
        reply: Some(Box::new(reply)),
    }));
    model
}

fn text(files: &Files) -> &str {
    files.text("policies/backend.yaml").expect("the file")
}

#[test]
fn it_is_asked_once_when_the_text_rests() {
    let mut model = model();
    assert!(model.suggest_soon().is_some());
    assert_eq!(model.update(PageMsg::Suggest(Msg::Rested)).len(), 1);
    assert!(model.suggest_soon().is_none());
    assert!(model.update(PageMsg::Suggest(Msg::Rested)).is_empty());
}

#[test]
fn a_suggestion_is_previewed_applied_and_undone() {
    let mut model = told();
    model.update(PageMsg::Suggest(Msg::Preview(Some(0))));
    let view = model.suggestions().expect("suggestions");
    assert_eq!((view.usable, view.preview), (true, Some(0)));
    assert_eq!(text(&model.files), "a: [b]\n");
    model.update(PageMsg::Suggest(Msg::Apply(0)));
    assert_eq!(text(&model.files), "a: [b, c]\n");
    model.update(PageMsg::Undo);
    assert_eq!(text(&model.files), "a: [b]\n");
}

#[test]
fn suggestions_about_an_older_text_cannot_be_applied() {
    let mut model = told();
    model.update(PageMsg::Typed {
        path: "policies/backend.yaml".into(),
        text: "b: [b]\n".into(),
        at: 1.0,
    });
    assert!(!model.suggestions().expect("suggestions").usable);
    model.update(PageMsg::Suggest(Msg::Apply(0)));
    assert_eq!(text(&model.files), "b: [b]\n");
}

#[test]
fn a_late_reply_about_another_question_is_not_shown() {
    let mut model = model();
    model.update(PageMsg::Suggest(Msg::Rested));
    model.suggested(99, Suggestions::default());
    assert!(model.suggestions().is_none());
}

#[test]
fn the_checks_that_a_suggestion_breaks_are_asked_for_once_and_told() {
    let mut model = told();
    assert!(model.try_suggestions().is_none(), "there are no checks");
    model.files = model.files.with("checks/a.rego", "package main\n");
    model.suggest.asked.as_mut().expect("asked").files = model.files.clone();
    let report = Heard::Report(
        std::rc::Rc::new(CheckReport::default()),
        model.files.clone(),
    );
    let effects = model.update(PageMsg::Checks(checks::Msg::Heard(report)));
    let Some(Effect::TryEdits(number, tries)) = effects.last() else {
        panic!("{effects:?}")
    };
    assert_eq!(tries[0][0].text, "a: [b, c]\n");
    let tried = Heard::Tried(*number, vec![vec!["order".to_owned()]]);
    model.update(PageMsg::Checks(checks::Msg::Heard(tried)));
    let view = model.suggestions().expect("suggestions");
    assert_eq!(view.broken, [["order"]]);
    assert!(model.try_suggestions().is_none());
    let late = Heard::Tried(number + 1, vec![Vec::new()]);
    model.update(PageMsg::Checks(checks::Msg::Heard(late)));
    assert_eq!(
        model.suggestions().expect("suggestions").broken,
        [["order"]]
    );
}
