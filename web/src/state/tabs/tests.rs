use super::*;

fn tab(number: u32, text: &str) -> Model {
    let mut model = Model {
        files: Files::default().with("a.yaml", text),
        open: "a.yaml".into(),
        name: "mine".into(),
        ..Model::default()
    };
    model.tabs.tab = number;
    model.synced("0".to_owned());
    model
}

fn save(model: &mut Model) -> Stored {
    let mut stored = Stored::of(model);
    stored.after.clone_from(&model.tabs.stamp);
    stored.stamp = model.next_stamp();
    model.synced(stored.stamp.clone());
    stored
}

fn typed(model: &mut Model, text: &str) {
    model.files = model.files.with("a.yaml", text);
}

fn text(model: &Model) -> String {
    let text = model.files.text("a.yaml").expect("the file");
    text.to_string()
}

#[test]
fn what_one_tab_types_the_other_shows_and_tells() {
    let (mut a, mut b) = (tab(1, "x"), tab(2, "x"));
    typed(&mut a, "xy");
    let saved = save(&mut a);
    let effects = b.update_tabs(Msg::Saved(1, Box::new(saved)));
    assert_eq!(text(&b), "xy");
    assert!(
        b.notice
            .as_ref()
            .is_some_and(|notice| notice.contains("another tab"))
    );
    assert!(!effects.contains(&Outside::Save), "it is saved already");
    typed(&mut b, "xyz");
    let saved = save(&mut b);
    a.update_tabs(Msg::Saved(1, Box::new(saved)));
    assert_eq!((text(&a), a.id), ("xyz".to_owned(), b.id));
}

#[test]
fn changes_at_the_same_moment_are_both_kept() {
    let (mut a, mut b) = (tab(1, "x"), tab(2, "x"));
    typed(&mut a, "from a");
    typed(&mut b, "from b");
    let (of_a, of_b) = (save(&mut a), save(&mut b));
    a.update_tabs(Msg::Saved(1, Box::new(of_b)));
    b.update_tabs(Msg::Saved(1, Box::new(of_a)));
    assert_eq!(
        (text(&a), text(&b)),
        ("from a".to_owned(), "from b".to_owned())
    );
    assert_ne!(a.id, b.id);
}

#[test]
fn a_save_never_writes_over_changes_it_has_not_seen() {
    let (mut a, mut b) = (tab(1, "x"), tab(2, "x"));
    typed(&mut a, "from a");
    let there = save(&mut a);
    assert_eq!(b.meets(&there), Meeting::Theirs);
    typed(&mut b, "from b");
    assert_eq!(b.meets(&there), Meeting::Both);
    assert_eq!(a.meets(&there), Meeting::Known);
}

#[test]
fn looking_at_another_flow_in_another_tab_changes_nothing_here() {
    let (mut a, mut b) = (tab(1, "x"), tab(2, "x"));
    a.flow = Some("other".to_owned());
    let saved = save(&mut a);
    assert_eq!(b.update_tabs(Msg::Saved(1, Box::new(saved))), []);
    assert_eq!((b.flow, b.notice), (None, None));
}
