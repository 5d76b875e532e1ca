use tierwalk_protocol::Place;

use super::*;

fn edit(from: u32, to: u32, text: &str) -> Edit {
    Edit {
        place: Place {
            file: "a".to_owned(),
            line: 1,
            column: 1,
            from,
            to,
        },
        text: text.to_owned(),
    }
}

fn applied(text: &str, edits: &[Edit]) -> Option<String> {
    let files = apply(&Files::default().with("a", text), edits)?;
    files.text("a").map(ToString::to_string)
}

#[test]
fn offsets_count_as_editors_do() {
    // the emoji is two units and four bytes
    assert_eq!(
        applied("🚦 tcp", &[edit(3, 6, "TCP")]).as_deref(),
        Some("🚦 TCP")
    );
}

#[test]
fn several_replacements_do_not_shift_each_other() {
    let edits = [edit(0, 1, "longer"), edit(2, 3, "")];
    assert_eq!(applied("a b", &edits).as_deref(), Some("longer "));
}

#[test]
fn a_place_outside_the_text_changes_nothing() {
    assert_eq!(applied("abc", &[edit(2, 9, "x")]), None);
    assert_eq!(applied("🚦", &[edit(1, 2, "x")]), None);
    assert_eq!(applied("abc", &[edit(2, 1, "x")]), None);
}
