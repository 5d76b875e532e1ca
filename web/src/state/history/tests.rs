use super::*;
use crate::state::files::Files;

fn at(text: &str) -> Snapshot {
    Snapshot {
        files: Files::default().with("a", text),
        open: "a".into(),
    }
}

fn typing(at: f64) -> Change {
    Change::Typing {
        path: "a".into(),
        at,
    }
}

fn text(snapshot: Option<Snapshot>) -> Option<String> {
    snapshot?.files.text("a").map(ToString::to_string)
}

#[test]
fn typing_without_a_pause_is_one_step() {
    let mut history = History::default();
    history.record(at(""), typing(0.0));
    history.record(at("k"), typing(100.0));
    history.record(at("ki"), typing(200.0));
    assert_eq!(text(history.undo(at("kin"))).as_deref(), Some(""));
    assert_eq!(text(history.redo(at(""))).as_deref(), Some("kin"));
}

#[test]
fn a_pause_starts_another_step() {
    let mut history = History::default();
    history.record(at(""), typing(0.0));
    history.record(at("k"), typing(5_000.0));
    assert_eq!(text(history.undo(at("ki"))).as_deref(), Some("k"));
    assert_eq!(text(history.undo(at("k"))).as_deref(), Some(""));
    assert!(!history.can_undo());
}

#[test]
fn a_step_that_was_undone_in_the_editor_is_passed_over() {
    let mut history = History::default();
    history.record(at("one"), typing(0.0));
    history.record(at("two"), typing(5_000.0));
    assert_eq!(text(history.undo(at("two"))).as_deref(), Some("one"));
}

#[test]
fn a_change_after_an_undo_forgets_what_was_undone() {
    let mut history = History::default();
    history.record(at("one"), Change::Structure);
    history.undo(at("two"));
    history.record(at("one"), Change::Structure);
    assert!(history.redo(at("three")).is_none());
}
