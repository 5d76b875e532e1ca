use proptest::prelude::*;
use tierwalk_yaml::{Document, Kind, Node};

use super::*;

fn bare(value: Value) -> Item {
    Item { value, place: None }
}

fn written(text: &str) -> String {
    let entries = vec![("key".to_owned(), bare(Value::Text(text.to_owned())))];
    emit(&bare(Value::Map(entries))).0
}

#[test]
fn text_stays_plain_where_nobody_could_misread_it() {
    for text in [
        "storefront",
        "all()",
        "app == \"web\"",
        "env in {'dev', 'staging'}",
        "10.0.0.0/8",
        "192.0.2.7",
        "projectcalico.org/v3",
    ] {
        assert_eq!(written(text), format!("key: {text}\n"));
    }
}

#[test]
fn text_that_a_reader_would_take_for_something_else_is_quoted() {
    for (text, quoted) in [
        ("", "\"\""),
        ("yes", "\"yes\""),
        ("8080", "\"8080\""),
        ("8000:9000", "\"8000:9000\""),
        ("2026-11-21", "\"2026-11-21\""),
        ("*.example.com", "\"*.example.com\""),
        ("!has(app)", "\"!has(app)\""),
        ("!(app == \"web\")", "'!(app == \"web\")'"),
        ("a: b", "\"a: b\""),
        ("a #b", "\"a #b\""),
        ("a\nkind: Secret", "\"a\\nkind: Secret\""),
        ("~", "\"~\""),
    ] {
        assert_eq!(written(text), format!("key: {quoted}\n"));
    }
}

#[test]
fn lines_know_what_made_them() {
    let ports = Item::flow(vec![bare(Value::Int(80)), bare(Value::Int(443))], 7);
    let rule = vec![
        ("action".to_owned(), Item::text("Allow", 5)),
        (
            "destination".to_owned(),
            Item::map(vec![("ports".to_owned(), ports)], None),
        ),
    ];
    let rules = Item::list(vec![Item::map(rule, None)], Some(4));
    let (text, lines) = emit(&Item::map(vec![("egress".to_owned(), rules)], None));
    assert_eq!(
        text,
        "egress:\n- action: Allow\n  destination:\n    ports: [80, 443]\n"
    );
    assert_eq!(lines, [Some(4), Some(5), Some(7), Some(7)]);
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-1e9..1e9f64).prop_map(|value| Value::Float(value + 0.123_456)),
        any::<String>().prop_map(Value::Text),
        "[-+.0-9:a-fx_ eE]{1,8}".prop_map(Value::Text),
        "[ !-~\n]{0,12}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..4), any::<bool>()).prop_map(
                |(items, flow)| {
                    let items = items.into_iter().map(bare).collect();
                    Value::List { items, flow }
                }
            ),
            prop::collection::btree_map("[ -~]{1,6}", inner, 0..4).prop_map(|entries| {
                let entries = entries.into_iter().filter(|(key, _)| key != "<<");
                Value::Map(entries.map(|(key, value)| (key, bare(value))).collect())
            }),
        ]
    })
}

fn agrees(node: &Node, value: &Value) -> bool {
    match (&node.kind, value) {
        (Kind::Null, Value::Null) => true,
        (Kind::Bool(a), Value::Bool(b)) => a == b,
        (Kind::Int(a), Value::Int(b)) => a == b,
        (Kind::Float(a), Value::Float(b)) => a == b,
        (Kind::Str(a), Value::Text(b)) => **a == **b,
        (Kind::Seq(nodes), Value::List { items, .. }) => {
            nodes.len() == items.len()
                && nodes
                    .iter()
                    .zip(items)
                    .all(|(node, item)| agrees(node, &item.value))
        }
        (Kind::Map(nodes), Value::Map(entries)) => {
            nodes.len() == entries.len()
                && nodes.iter().zip(entries).all(|(node, (key, item))| {
                    *node.key == **key && agrees(&node.value, &item.value)
                })
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_as_it_was(value in value()) {
        let entries = vec![("root".to_owned(), bare(value.clone()))];
        let (text, lines) = emit(&bare(Value::Map(entries)));
        prop_assert_eq!(text.lines().count(), lines.len());
        let document = Document::parse(&text);
        let root = document.root.as_ref().and_then(|root| root.get("root"));
        prop_assert!(root.is_some_and(|node| agrees(node, &value)), "{}", text);
    }
}
