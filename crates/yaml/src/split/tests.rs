use super::*;

fn texts(text: &str) -> Vec<&str> {
    split(text).into_iter().map(|chunk| chunk.text).collect()
}

#[test]
fn splits_before_each_marker() {
    assert_eq!(texts("a: 1\n---\nb: 2\n"), ["a: 1\n", "---\nb: 2\n"]);
    assert_eq!(
        texts("---\na: 1\n--- # two\nb: 2"),
        ["---\na: 1\n", "--- # two\nb: 2"]
    );
}

#[test]
fn comments_and_directives_stay_with_what_follows() {
    assert_eq!(
        texts("# c\n%YAML 1.1\n---\na: 1\n"),
        ["# c\n%YAML 1.1\n---\na: 1\n"]
    );
}

#[test]
fn a_document_end_splits_too() {
    assert_eq!(texts("a: 1\n...\nb: 2\n"), ["a: 1\n...\n", "b: 2\n"]);
}

#[test]
fn indented_or_longer_dashes_are_text() {
    let text = "a: |\n  ---\n  x\nb: ----\n---- : 1\n";
    assert_eq!(texts(text), [text]);
}

#[test]
fn offsets_add_up_with_windows_line_ends() {
    let text = "a: 1\r\n---\r\nb: 2\r\n";
    let chunks = split(text);
    assert_eq!(chunks[1].offset, 6);
    assert_eq!(
        chunks.iter().map(|chunk| chunk.text).collect::<String>(),
        text
    );
}
