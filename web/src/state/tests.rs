//! What the page promises, told to the model.

use std::rc::Rc;

use tierwalk_protocol::{Analysis, Direction, Edit, File, Fix, Verdict, share::Reading};

use super::{files::Files, keys::Command, stored::Stored, *};
use crate::{
    engine::{Event, Stop},
    fixture,
    share_link::{Link, ShareError},
};

const BACKEND: &str = "policies/backend.yaml";

/// The storefront, with its first analysis.
fn opened() -> Model {
    let mut model = Model::default();
    model.update(Msg::Example(0));
    answer(&mut model, fixture::analysis());
    model
}

fn answer(model: &mut Model, analysis: Analysis) -> Vec<Effect> {
    let revision = model.asked;
    model.update(Msg::Engine(Event::Analysis {
        revision,
        analysis: Rc::new(analysis),
    }))
}

fn type_in(model: &mut Model, path: &str, text: &str) -> Vec<Effect> {
    model.update(Msg::Typed {
        path: path.into(),
        text: text.into(),
        at: 0.0,
    })
}

fn paths(model: &Model) -> Vec<String> {
    model
        .files
        .iter()
        .map(|file| file.path.to_string())
        .collect()
}

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
        vec!["`x.png` is not UTF-8 text and was left out".to_owned()],
    ));
    let notice = model.notice.as_deref();
    assert_eq!(
        notice,
        Some("1 file imported. `x.png` is not UTF-8 text and was left out.")
    );
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
