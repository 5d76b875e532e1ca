use super::*;

fn files(text: &str) -> Files {
    Files::default().with("a.yaml", text)
}

fn shown(then: &str, now: &str) -> Vec<String> {
    let sign = |line: Line| {
        let sign = if line.came { '+' } else { '-' };
        format!("{sign}{} {}", line.number, line.text)
    };
    lines(then, now).into_iter().map(sign).collect()
}

#[test]
fn a_changed_line_is_shown_as_it_was_and_as_it_is() {
    assert_eq!(shown("a\nb\nc", "a\nx\nc"), ["-2 b", "+2 x"]);
}

#[test]
fn lines_stand_where_they_came_and_went() {
    assert_eq!(
        shown("a\nb\nc\nd", "b\nc\nx\nd\ny"),
        ["-1 a", "+3 x", "+5 y"]
    );
    assert_eq!(shown("", "a"), ["+1 a"]);
    assert_eq!(shown("a", ""), ["-1 a"]);
}

#[test]
fn files_that_came_and_went_say_so() {
    let now = Files::default().with("b.yaml", "x");
    let what: Vec<_> = changes(&files("y"), &now)
        .into_iter()
        .map(|file| (file.path, file.what))
        .collect();
    let expected = [("b.yaml", "new"), ("a.yaml", "removed")];
    assert_eq!(what, expected.map(|(path, what)| (path.to_owned(), what)));
}

#[test]
fn a_note_names_two_files_and_counts_the_rest() {
    let now = files("x").with("b.yaml", "").with("c.yaml", "");
    assert_eq!(note(Some(&files("y")), &now), "a, b and 1 more");
    assert_eq!(note(None, &now), "3 files");
}

#[test]
fn restoring_can_be_undone_and_ends_the_comparison() {
    let mut model = Model {
        files: files("new"),
        open: "a.yaml".into(),
        ..Model::default()
    };
    let content = Content::of(&files("old"), Baseline::default());
    model.update_saves(Msg::Read(3, Some(Box::new(content))));
    let comparison = model.comparison().expect("a comparison");
    assert_eq!((comparison.number, comparison.files.len()), (3, 1));
    model.update_saves(Msg::Restore);
    assert_eq!(model.files.text("a.yaml").map(|text| &**text), Some("old"));
    assert!(model.comparison().is_none());
    model.undo();
    assert_eq!(model.files.text("a.yaml").map(|text| &**text), Some("new"));
}

#[test]
fn ending_a_comparison_gives_the_baseline_back() {
    let mut model = Model {
        files: files("new"),
        baseline_files: Some(files("pinned")),
        ..Model::default()
    };
    for number in [1, 2] {
        let content = Content::of(&files("old"), Baseline::default());
        model.update_saves(Msg::Read(number, Some(Box::new(content))));
    }
    model.update_saves(Msg::End);
    let pinned = model.baseline_files.expect("a baseline");
    assert_eq!(pinned.text("a.yaml").map(|text| &**text), Some("pinned"));
}
