//! Where the reader is: flow, end, step, line and pane.

use std::rc::Rc;

use tierwalk_protocol::{Direction, Verdict};

use super::{BACKEND, answer, opened};
use crate::{
    engine::Event,
    fixture,
    state::{Drawer, Effect, Focus, Msg, Pane, Width, keys::Command},
};

#[test]
fn the_first_denied_flow_is_chosen_and_its_walk_shown_at_the_deciding_row() {
    let model = opened();
    assert_eq!(model.flow.as_deref(), Some("denied"));
    assert_eq!(model.verdict(), Some(Verdict::Deny));
    assert_eq!(model.direction, Direction::Ingress);
    assert_eq!(model.step, 4);
    assert_eq!(
        model.hit().as_deref(),
        Some("1|default|np:storefront/backend|deny|-1")
    );
}

#[test]
fn the_walk_of_the_flow_before_stays_until_the_next_one_is_there() {
    let mut model = opened();
    assert!(
        model
            .update(Msg::Flow("allowed".to_owned()))
            .contains(&Effect::AskWalk("allowed".to_owned()))
    );
    assert_eq!(
        model.shown.as_ref().map(|shown| &*shown.flow),
        Some("denied")
    );
    let walk = Some(Rc::new(fixture::denied_walk()));
    let flow = "allowed".to_owned();
    model.update(Msg::Engine(Event::Walk {
        revision: 2,
        flow,
        walk,
    }));
    assert_eq!(
        model.shown.as_ref().map(|shown| &*shown.flow),
        Some("allowed")
    );
}

#[test]
fn typing_does_not_move_the_reader() {
    let mut model = opened();
    model.update(Msg::Direction(Direction::Egress));
    answer(&mut model, fixture::analysis());
    assert_eq!(
        model.direction,
        Direction::Egress,
        "the same verdict leaves the reader where he is"
    );
}

#[test]
fn choosing_a_step_shows_its_line() {
    let mut model = opened();
    model.update(Msg::Open("policies/dev.yaml".into()));
    model.update(Msg::Step(4));
    assert_eq!(&*model.open, BACKEND);
    assert_eq!(
        model
            .target
            .as_ref()
            .map(|target| (target.line, target.focus)),
        Some((12, false))
    );
}

#[test]
fn steps_run_on_to_the_other_end() {
    let mut model = opened();
    model.update(Msg::Direction(Direction::Egress));
    model.update(Msg::Key(Command::Step(1), Pane::Walk));
    assert_eq!((model.direction, model.step), (Direction::Ingress, 0));
    model.update(Msg::Key(Command::Step(-1), Pane::Walk));
    assert_eq!((model.direction, model.step), (Direction::Egress, 0));
    model.update(Msg::Key(Command::Decision, Pane::Walk));
    assert_eq!((model.direction, model.step), (Direction::Ingress, 4));
}

#[test]
fn a_line_in_the_editor_selects_its_policy_and_its_flow() {
    let mut model = opened();
    model.update(Msg::Line(BACKEND.to_owned(), 18));
    assert_eq!(
        model.policy.as_ref().map(|policy| &*policy.name),
        Some("backend")
    );
    model.flow = None;
    model.update(Msg::Line("flows/storefront.yaml".to_owned(), 6));
    assert_eq!(model.flow.as_deref(), Some("denied"));
}

#[test]
fn problems_are_gone_through_over_all_files() {
    let mut model = opened();
    let mut analysis = fixture::analysis();
    let problem = |file| fixture::problem(file, tierwalk_protocol::Severity::Error);
    analysis.diagnostics = vec![problem(BACKEND), problem("policies/dev.yaml")];
    answer(&mut model, analysis);
    let mut seen = Vec::new();
    for _ in 0..3 {
        model.update(Msg::Key(Command::Problem(1), Pane::Text));
        seen.push(model.open.to_string());
    }
    assert_eq!(seen, [BACKEND, "policies/dev.yaml", BACKEND]);
}

#[test]
fn panes_are_gone_through_in_a_ring() {
    let mut model = opened();
    let effects = model.update(Msg::Key(Command::Pane(1), Pane::Walk));
    assert_eq!(effects, [Effect::Focus(Focus::Pane(Pane::Text))]);
    let effects = model.update(Msg::Key(Command::Pane(-1), Pane::Board));
    assert_eq!(effects, [Effect::Focus(Focus::Pane(Pane::Text))]);
}

#[test]
fn the_drawer_is_folded_where_there_is_little_room_and_opens_with_a_tab() {
    let mut model = opened();
    assert!(!model.drawer_folded());
    model.update(Msg::Width(Width::Medium));
    assert!(model.drawer_folded());
    model.update(Msg::Drawer(Drawer::Problems));
    assert!(!model.drawer_folded());
    model.update(Msg::FoldDrawer);
    assert!(model.drawer_folded());
}
