use serde_json::json;
use tierwalk_yaml::{Document, Path};

use super::{Write, add_item, write};

fn applied(text: &str, write: Option<Write>) -> String {
    let write = write.unwrap();
    let mut text = text.to_owned();
    text.replace_range(write.span.range(), &write.text);
    text
}

fn written(text: &str, path: &str, value: serde_json::Value) -> String {
    applied(
        text,
        write(&Document::parse(text), &Path::parse(path), &value),
    )
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    let text = "spec:\n  order: 320 # old\n";
    let expected = "spec:\n  order: 500 # old\n";
    assert_eq!(written(text, "spec.order", json!(500)), expected);
}

#[test]
fn what_is_missing_is_added_behind_the_last_entry() {
    let text = "metadata:\n  name: a # the name\n\nspec: {}\n";
    let expected =
        "metadata:\n  name: a # the name\n  annotations:\n    owner: team-a\n\nspec: {}\n";
    assert_eq!(
        written(text, "metadata.annotations.owner", json!("team-a")),
        expected
    );
    let text = "checks:\n  order: {min: 100}\n";
    let expected = "checks:\n  order: {min: 100, enabled: false}\n";
    assert_eq!(
        written(text, "checks.order.enabled", json!(false)),
        expected
    );
    let text = "checks:\n";
    let expected = "checks:\n  order:\n    enabled: false\n";
    assert_eq!(
        written(text, "checks.order.enabled", json!(false)),
        expected
    );
}

#[test]
fn a_null_that_is_written_out_is_replaced() {
    let text = "checks:\n  order:\n    enabled: null # asked\n";
    let expected = "checks:\n  order:\n    enabled: false # asked\n";
    assert_eq!(
        written(text, "checks.order.enabled", json!(false)),
        expected
    );
}

#[test]
fn an_item_is_added_in_the_style_of_the_list() {
    let fields = [
        ("checks", "[order]".to_owned()),
        ("reason", "old".to_owned()),
    ];
    let add = |text: &str| {
        applied(
            text,
            add_item(&Document::parse(text), "exceptions", &fields),
        )
    };
    let item = "  - checks: [order]\n    reason: old\n";
    assert_eq!(
        add("kind: Checks\n"),
        format!("kind: Checks\nexceptions:\n{item}")
    );
    assert_eq!(add("exceptions: []\n"), format!("exceptions: \n{item}"));
    assert_eq!(
        add("exceptions:\n- checks: [a]\n  reason: b\n"),
        "exceptions:\n- checks: [a]\n  reason: b\n- checks: [order]\n  reason: old\n"
    );
}
