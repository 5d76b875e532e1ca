use super::*;

fn edit(before: &str, after: &str) -> Option<(u32, String, String)> {
    let old = Files::default().with("a", before);
    let edit = between(&old, &old.with("a", after))?;
    Some((edit.place.line, edit.before, edit.after))
}

fn is(line: u32, before: &str, after: &str) -> Option<(u32, String, String)> {
    Some((line, before.to_owned(), after.to_owned()))
}

#[test]
fn a_changed_word_is_named_whole() {
    let before = "spec:\n  selector: app in {\"microservice1\", \"microservice2\"}\n";
    let after = before.replace("\"microservice2\"", "\"frontend\"");
    assert_eq!(
        edit(before, &after),
        is(2, "\"microservice2\"", "\"frontend\"")
    );
}

#[test]
fn additions_and_removals_are_told() {
    assert_eq!(edit("ports: [1]", "ports: [1, 2]"), is(1, "1", "1, 2"));
    assert_eq!(edit("a: b c", "a: b"), is(1, "b c", "b"));
}

#[test]
fn two_edits_are_not_one() {
    assert_eq!(edit("a\nb", "x\ny"), None);
    assert_eq!(edit("a", "a\nb"), None);
    assert_eq!(edit("a", "a"), None);
    let old = Files::default().with("a", "1").with("b", "2");
    assert_eq!(between(&old, &old.with("a", "x").with("b", "y")), None);
}

#[test]
fn the_place_counts_as_editors_do() {
    let old = Files::default().with("a", "🚦\n🚦 x");
    let found = between(&old, &old.with("a", "🚦\n🚦 yy")).expect("one edit");
    assert_eq!(
        (
            found.place.line,
            found.place.column,
            found.place.from,
            found.place.to
        ),
        (2, 4, 6, 8)
    );
}
