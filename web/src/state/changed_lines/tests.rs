use super::*;

#[test]
fn a_line_in_place_of_another_changed() {
    assert_eq!(between("a\nb\nc", "a\nx\nc"), [(2, Kind::Changed)]);
}

#[test]
fn added_lines_are_new() {
    assert_eq!(
        between("a\nc", "a\nb1\nb2\nc"),
        [(2, Kind::New), (3, Kind::New)]
    );
}

#[test]
fn an_edit_and_an_addition_further_on_are_told_apart() {
    let lines = between("1\n2\n3\n4\n5", "1\ntwo\n3\n4\nnew\n5");
    assert_eq!(lines, [(2, Kind::Changed), (5, Kind::New)]);
}

#[test]
fn removed_lines_leave_no_mark() {
    assert_eq!(between("a\nb\nc", "a\nc"), []);
    assert_eq!(between("a", "a"), []);
}
