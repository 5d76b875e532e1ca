//! Edits and answers: what the engine is told, and what it says.

use std::rc::Rc;

use tierwalk_protocol::{Edit, Fix, Verdict};

use super::{BACKEND, answer, opened, type_in};
use crate::{
    engine::{Event, Stop},
    fixture,
    state::{Effect, EngineState, Msg},
};

fn fix() -> Fix {
    let mut place = fixture::place(BACKEND, 1);
    (place.from, place.to) = (0, 1);
    Fix {
        title: "Replace".to_owned(),
        safe: true,
        edits: vec![Edit {
            place,
            text: "A".to_owned(),
        }],
    }
}

#[test]
fn an_edit_is_told_to_the_engine_and_saved_at_once() {
    let mut model = opened();
    let effects = type_in(&mut model, BACKEND, "kind: Tier");
    let [Effect::Tell(difference), Effect::Save] = effects.as_slice() else {
        panic!("told and saved: {effects:?}");
    };
    assert_eq!(difference.changed.len(), 1);
    assert!(model.edited && !model.fresh);
}

#[test]
fn the_editor_saying_what_is_known_changes_nothing() {
    let mut model = opened();
    let text = model.files.text(BACKEND).expect("the file").to_string();
    assert_eq!(type_in(&mut model, BACKEND, &text), []);
    assert!(!model.edited);
}

#[test]
fn a_flip_is_counted_against_the_first_analysis_until_pinned() {
    let mut model = opened();
    let mut analysis = fixture::analysis();
    std::sync::Arc::make_mut(&mut analysis.flows[0]).verdict = Some(Verdict::Allow);
    answer(&mut model, analysis);
    assert_eq!(model.flips().len(), 1);
    model.update(Msg::Pin);
    assert!(model.flips().is_empty());
}

#[test]
fn an_answer_to_an_older_text_is_shown_but_its_fixes_are_not_made() {
    let mut model = opened();
    model.asked = 7;
    let revision = 6;
    let analysis = Rc::new(fixture::analysis());
    model.update(Msg::Engine(Event::Analysis { revision, analysis }));
    assert!(!model.fresh);
    assert_eq!(model.update(Msg::Apply(fix())), []);
    model.asked = 6;
    answer(&mut model, fixture::analysis());
    assert_ne!(model.update(Msg::Apply(fix())), []);
}

#[test]
fn a_stopped_engine_keeps_the_last_verdicts_and_the_text() {
    let mut model = opened();
    type_in(&mut model, BACKEND, "kind: Tier");
    model.update(Msg::Engine(Event::Stopped {
        revision: Some(1),
        why: Stop::TimedOut,
        retried: true,
    }));
    assert_eq!(model.engine, EngineState::Stopped);
    assert_eq!(model.analysis.flows.len(), 2);
    assert_eq!(
        model.files.text(BACKEND).map(|text| &**text),
        Some("kind: Tier")
    );
    answer(&mut model, fixture::analysis());
    assert_eq!(model.engine, EngineState::Ready);
}

#[test]
fn an_engine_that_never_came_is_started_again_with_everything() {
    let mut model = crate::state::Model::default();
    assert_eq!(model.silence(), Some(EngineState::Loading));
    let died = |retried| {
        Msg::Engine(Event::Stopped {
            revision: None,
            why: Stop::Died("gone".to_owned()),
            retried,
        })
    };
    model.update(died(false));
    assert!(matches!(model.silence(), Some(EngineState::Died(_))));
    assert_eq!(model.update(Msg::Restart), [Effect::TellAll]);
    assert_eq!(model.silence(), Some(EngineState::Loading));
    answer(&mut model, fixture::analysis());
    assert_eq!(model.silence(), None);
    model.update(Msg::Engine(Event::Outdated));
    assert_eq!(model.update(Msg::Restart), [Effect::Save, Effect::Reload]);
}

#[test]
fn a_chosen_flow_keeps_its_place_when_its_line_is_edited() {
    let mut model = opened();
    let mut analysis = fixture::analysis();
    std::sync::Arc::make_mut(&mut analysis.flows[0]).id = "edited line".to_owned();
    analysis.walk_of = None;
    analysis.walk = None;
    let effects = answer(&mut model, analysis);
    assert_eq!(model.flow.as_deref(), Some("edited line"));
    assert!(effects.contains(&Effect::AskWalk("edited line".to_owned())));
}
