use tierwalk_protocol::File;

use super::*;

const CLUSTER: &str = "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: default}}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: default}}\n";

/// The text of a flow file after the change.
fn after(path: &str, text: &str, expected: Expected) -> String {
    let file = |path: &str, text: &str| File {
        path: path.into(),
        text: text.into(),
    };
    let workspace = Workspace::open(vec![file("cluster.yaml", CLUSTER), file(path, text)]);
    let mut changed = text.to_owned();
    for edit in edits(&workspace, &[], expected).iter().rev() {
        // these texts are ASCII, so code units are bytes
        changed.replace_range(edit.place.from as usize..edit.place.to as usize, &edit.text);
    }
    changed
}

const DENY: Expected = Expected::Verdict(Verdict::Deny);

#[test]
fn in_lines_only_the_last_word_changes() {
    let text = "# kept\n a -> b tcp/80   allow  # why\na->b tcp/81\n\na -> b tcp/82 deny\n";
    assert_eq!(
        after("f.flows", text, DENY),
        "# kept\n a -> b tcp/80 deny  # why\na->b tcp/81 deny\n\na -> b tcp/82 deny\n"
    );
    assert_eq!(
        after("f.flows", text, Expected::Nothing),
        "# kept\n a -> b tcp/80  # why\na->b tcp/81\n\na -> b tcp/82\n"
    );
}

#[test]
fn in_a_list_quotes_and_comments_stay() {
    let text =
        "x: 1\n---\nflows:\n- 'a -> b tcp/80' # one\n- a -> b tcp/81 allow\n- \"b -> a tcp/1\"\n";
    assert_eq!(
        after("f.yaml", text, DENY),
        "x: 1\n---\nflows:\n- 'a -> b tcp/80 deny' # one\n- a -> b tcp/81 deny\n- \"b -> a tcp/1 deny\"\n"
    );
}

#[test]
fn in_mappings_the_field_is_added_changed_or_taken_out() {
    let text = "flows:\n- {from: a, to: b, port: 80}\n- from: a # A\n  to: b # B\n  expect: allow\n- {expect: deny, from: b, to: a, port: 1}\n";
    let text = text.replace("  expect: allow", "  port: 81\n  expect: allow");
    assert_eq!(
        after("f.yaml", &text, DENY),
        "flows:\n- {from: a, to: b, port: 80, expect: deny}\n- from: a # A\n  to: b # B\n  port: 81\n  expect: deny\n- {expect: deny, from: b, to: a, port: 1}\n"
    );
    assert_eq!(
        after("f.yaml", &text, Expected::Nothing),
        "flows:\n- {from: a, to: b, port: 80}\n- from: a # A\n  to: b # B\n  port: 81\n- {from: b, to: a, port: 1}\n"
    );
}

#[test]
fn what_is_now_is_written_where_it_is_known() {
    let text = "a -> b tcp/80 deny\na -> nobody tcp/1\nnot a flow\n";
    assert_eq!(
        after("f.flows", text, Expected::Now),
        "a -> b tcp/80 allow\na -> nobody tcp/1\nnot a flow\n"
    );
}
