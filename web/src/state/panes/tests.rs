use super::*;

#[test]
fn a_pane_never_takes_the_room_of_the_board() {
    let mut model = Model::default();
    model.update_panes(Msg::Set(Edge::Text, 5_000, 1440));
    assert_eq!(model.preferences.panes.text, Some(1440 - 420 - 356));
    model.update_panes(Msg::Set(Edge::Text, 10, 1440));
    assert_eq!(model.preferences.panes.text, Some(320));
    model.update_panes(Msg::Set(Edge::Drawer, 800, 900));
    assert_eq!(model.preferences.panes.drawer, Some(450));
}

#[test]
fn restoring_forgets_what_was_set() {
    let mut model = Model::default();
    model.update_panes(Msg::Set(Edge::Inspector, 400, 1440));
    model.update_panes(Msg::Restore(Edge::Inspector));
    assert_eq!(model.preferences.panes, Panes::default());
}
