use tierwalk_yaml::{Document, Path};

use super::*;

const POLICY: &str = "spec:
  types: [Ingress]
  ingress:
  # the first
  - action: Allow # why
    destination:
      ports: [80]
  # the second
  # of two
  - action: Deny
  # what follows
  order: 5
";

fn node<'a>(document: &'a Document, path: &str) -> &'a Node {
    document.node_at(&Path::parse(path)).expect("a node")
}

/// The text after an edit.
fn edited(text: &str, make: impl Fn(&Document) -> Option<TextEdit>) -> String {
    let edit = make(&Document::parse(text)).expect("an edit");
    let mut text = text.to_owned();
    text.replace_range(edit.span.range(), &edit.text);
    assert!(Document::parse(&text).root.is_some(), "{text}");
    text
}

fn rule() -> [String; 2] {
    ["action: Pass".to_owned(), "protocol: TCP".to_owned()]
}

#[test]
fn an_item_is_added_behind_the_last_one() {
    let text = edited(POLICY, |it| {
        append(Text(POLICY), node(it, "spec.ingress"), &rule())
    });
    assert!(
        text.contains("  - action: Deny\n  - action: Pass\n    protocol: TCP\n  # what follows\n")
    );
}

#[test]
fn an_item_is_put_before_another_and_its_comments() {
    let text = edited(POLICY, |it| {
        insert(Text(POLICY), node(it, "spec.ingress"), 1, &rule())
    });
    assert!(text.contains(
        "[80]\n  - action: Pass\n    protocol: TCP\n  # the second\n  # of two\n  - action: Deny\n"
    ));
}

#[test]
fn an_item_goes_with_its_comments_and_no_others() {
    let text = edited(POLICY, |it| {
        remove(Text(POLICY), node(it, "spec.ingress"), 0)
    });
    assert!(
        text.contains(
            "  ingress:\n  # the second\n  # of two\n  - action: Deny\n  # what follows\n"
        )
    );
    assert_eq!(text.matches('#').count(), 3);
}

#[test]
fn items_in_brackets_stay_there() {
    let ports = "spec.ingress[0].destination.ports";
    let text = edited(POLICY, |it| {
        append(Text(POLICY), node(it, ports), &["443".to_owned()])
    });
    assert!(text.contains("ports: [80, 443]"));
    let again = edited(&text, |it| remove(Text(&text), node(it, ports), 0));
    assert!(again.contains("ports: [443]"));
    let none = edited(&again, |it| remove(Text(&again), node(it, ports), 0));
    assert!(none.contains("ports: []"));
}

#[test]
fn the_last_item_leaves_an_empty_list() {
    let text = "spec:\n  egress:\n  - action: Deny\n  order: 1\n";
    let text = edited(text, |it| remove(Text(text), node(it, "spec.egress"), 0));
    assert_eq!(text, "spec:\n  egress: []\n  order: 1\n");
    let text = edited(&text, |it| {
        begin(Text(&text), node(it, "spec"), "egress", &rule())
    });
    assert_eq!(
        text,
        "spec:\n  egress:\n  - action: Pass\n    protocol: TCP\n  order: 1\n"
    );
}

#[test]
fn keys_are_added_and_removed_in_block_and_in_brackets() {
    let text = edited(POLICY, |it| {
        add_key(Text(POLICY), node(it, "spec"), "tier", "default")
    });
    assert!(text.ends_with("  order: 5\n  tier: default\n"));
    let text = edited(&text, |it| {
        remove_key(Text(&text), node(it, "spec"), "order")
    });
    assert!(text.ends_with("  # what follows\n  tier: default\n"));
    let flow = "labels: {app: web}\n";
    let flow = edited(flow, |it| {
        add_key(Text(flow), node(it, "labels"), "tier", "front")
    });
    assert_eq!(flow, "labels: {app: web, tier: front}\n");
}

#[test]
fn a_list_is_begun_where_there_is_no_key() {
    let text = edited(POLICY, |it| {
        begin(Text(POLICY), node(it, "spec"), "egress", &rule())
    });
    assert!(text.ends_with("  order: 5\n  egress:\n  - action: Pass\n    protocol: TCP\n"));
}

#[test]
fn a_list_takes_the_place_of_a_null_that_is_written_out() {
    let text = "spec:\n  egress: null\n  order: 5\n";
    let text = edited(text, |it| {
        begin(Text(text), node(it, "spec"), "egress", &rule())
    });
    assert_eq!(
        text,
        "spec:\n  egress:\n  - action: Pass\n    protocol: TCP\n  order: 5\n"
    );
}

const BRACKETS: &str =
    "spec: {order: 1, ingress: [{action: Deny}, {action: Allow}]} # as it is given out\n";

/// A rule of more lines.
fn longer() -> Vec<String> {
    let lines = "action: Allow\nsource:\n  selector: app == \"web\"\nfrom:\n- ports: [80]";
    lines.lines().map(str::to_owned).collect()
}

const LONGER: &str = "{action: Allow, source: {selector: app == \"web\"}, from: [{ports: [80]}]}";

#[test]
fn rules_in_brackets_are_added_put_ahead_lifted_and_removed_there() {
    let text = edited(BRACKETS, |it| {
        append(Text(BRACKETS), node(it, "spec.ingress"), &longer())
    });
    let expected = BRACKETS.replace("Allow}]", &format!("Allow}}, {LONGER}]"));
    assert_eq!(text, expected);
    let text = edited(BRACKETS, |it| {
        insert(Text(BRACKETS), node(it, "spec.ingress"), 0, &longer())
    });
    let expected = BRACKETS.replace("[{action: Deny", &format!("[{LONGER}, {{action: Deny"));
    assert_eq!(text, expected);
    let document = Document::parse(BRACKETS);
    let edits = lift(Text(BRACKETS), node(&document, "spec.ingress"), 1, 0).expect("a move");
    let mut text = BRACKETS.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    let expected =
        "spec: {order: 1, ingress: [{action: Allow}, {action: Deny}]} # as it is given out\n";
    assert_eq!(text, expected);
}

#[test]
fn keys_in_brackets_come_and_go_with_their_commas() {
    let text = edited(BRACKETS, |it| {
        begin(Text(BRACKETS), node(it, "spec"), "egress", &longer())
    });
    let expected = BRACKETS.replace("]}", &format!("], egress: [{LONGER}]}}"));
    assert_eq!(text, expected);
    let text = edited(BRACKETS, |it| {
        remove_key(Text(BRACKETS), node(it, "spec"), "order")
    });
    assert_eq!(text, BRACKETS.replace("order: 1, ", ""));
    let empty = "spec: {egress: [], order: 1}\n";
    let text = edited(empty, |it| {
        begin(Text(empty), node(it, "spec"), "egress", &rule())
    });
    assert_eq!(
        text,
        "spec: {egress: [{action: Pass, protocol: TCP}], order: 1}\n"
    );
}
