use super::*;

fn files(pairs: &[(&str, &str)]) -> Files {
    pairs
        .iter()
        .map(|(path, text)| TextFile {
            path: (*path).into(),
            text: (*text).into(),
        })
        .collect()
}

fn paths(files: &Files) -> Vec<&str> {
    files.iter().map(|file| &*file.path).collect()
}

#[test]
fn a_renamed_file_keeps_its_place() {
    let files = files(&[("a", "1"), ("b", "2"), ("c", "3")]).renamed("b", "z");
    assert_eq!(paths(&files), ["a", "z", "c"]);
    assert_eq!(files.text("z").map(|text| &**text), Some("2"));
}

#[test]
fn a_free_path_counts_before_the_ending() {
    let files = files(&[("policies/new.yaml", ""), ("policies/new-2.yaml", "")]);
    assert_eq!(files.free_path("policies/new.yaml"), "policies/new-3.yaml");
    assert_eq!(files.free_path("README"), "README");
}

#[test]
fn the_worker_hears_only_what_changed() {
    let before = files(&[("a", "1"), ("b", "2"), ("c", "3")]);
    let after = before.with("b", "22").with("d", "4").without("c");
    let difference = before.difference(&after);
    let changed: Vec<_> = difference
        .changed
        .iter()
        .map(|file| (&*file.path, &*file.text))
        .collect();
    assert_eq!(changed, [("b", "22"), ("d", "4")]);
    assert_eq!(difference.removed, ["c"]);
}

#[test]
fn nothing_changed_is_nothing_to_tell() {
    let before = files(&[("a", "1")]);
    assert_eq!(
        before.difference(&before.with("a", "1")),
        Difference::default()
    );
}
