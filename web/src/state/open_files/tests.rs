use super::*;
use tierwalk_protocol::File;

fn files(paths: &[&str]) -> Files {
    let file = |path: &&str| File {
        path: (*path).to_owned(),
        text: String::new(),
    };
    Files::from(paths.iter().map(file).collect::<Vec<_>>())
}

fn row(opened: &OpenFiles) -> Vec<&str> {
    opened.iter().map(|path| &**path).collect()
}

#[test]
fn files_shown_in_passing_share_one_place() {
    let all = files(&["a", "b", "c", "d"]);
    let mut opened = OpenFiles::default();
    opened.shown(&"a".into(), How::Meant, &all);
    assert!(!opened.are_several());
    opened.shown(&"b".into(), How::Passing, &all);
    opened.shown(&"c".into(), How::Passing, &all);
    assert_eq!(row(&opened), ["a", "c"]);
    assert!(opened.is_passing("c"));
    opened.shown(&"c".into(), How::Meant, &all);
    opened.shown(&"d".into(), How::Passing, &all);
    assert_eq!(row(&opened), ["a", "c", "d"]);
}

#[test]
fn files_that_are_gone_leave_the_row_and_neighbours_are_found_around_the_ends() {
    let mut opened = OpenFiles::default();
    for path in ["a", "b", "c"] {
        opened.shown(&path.into(), How::Meant, &files(&["a", "b", "c"]));
    }
    opened.shown(&"c".into(), How::Meant, &files(&["a", "c"]));
    assert_eq!(row(&opened), ["a", "c"]);
    assert_eq!(opened.beside("c", 1).as_deref(), Some("a"));
    assert_eq!(opened.close("c").as_deref(), Some("a"));
}
