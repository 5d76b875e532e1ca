mod generated;

use serde_yaml::Value;

use super::*;

const ORDER: &[&str] = &[
    "apiVersion",
    "kind",
    "metadata",
    "name",
    "namespace",
    "spec",
    "tier",
    "order",
    "selector",
    "types",
    "ingress",
    "egress",
    "action",
    "protocol",
    "source",
    "destination",
    "nets",
    "ports",
];

const POLICY: &str = r#"# who may call backend
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: backend   # the name
  namespace: storefront
spec:
  tier: default
  order: 530
  selector: 'app == "backend"'
  types: [Ingress]
  ingress:
  # the business services call backend
  - action: Allow
    protocol: TCP
    source:
      selector: app in {"microservice1", "microservice2"}
    destination:
      ports: [8080] # http
  # sre scrapes the metrics
  - action: Allow
    protocol: TCP

  # the rest
  - action: Deny # at last
"#;

fn value(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

/// The text after a change; what was wanted is checked by the change itself.
fn after(text: &str, change: impl Fn(&mut Editing) -> Result<(), Refusal>) -> String {
    let mut editing = Editing::new(&Document::parse(text), ORDER).unwrap();
    change(&mut editing).unwrap();
    let changed = apply(text, &editing.edits());
    assert_eq!(changed, *editing.document().text);
    changed
}

fn set(text: &str, path: &str, to: &str) -> String {
    after(text, |editing| editing.set(&Path::parse(path), &value(to)))
}

fn remove(text: &str, path: &str) -> String {
    after(text, |editing| editing.remove(&Path::parse(path)))
}

fn insert(text: &str, path: &str, index: usize, item: &str) -> String {
    after(text, |editing| {
        editing.insert(&Path::parse(path), index, &value(item))
    })
}

fn moved(text: &str, path: &str, from: usize, to: usize) -> String {
    after(text, |editing| {
        editing.move_item(&Path::parse(path), from, to)
    })
}

#[test]
fn a_value_is_replaced_in_its_quotes_and_the_comment_behind_it_stays() {
    assert_eq!(
        set(POLICY, "metadata.name", "api"),
        POLICY.replace("name: backend ", "name: api ")
    );
    assert_eq!(
        set(POLICY, "spec.order", "7.5"),
        POLICY.replace("530", "7.5")
    );
    let selector = set(POLICY, "spec.selector", "has(x)");
    assert_eq!(selector, POLICY.replace("'app == \"backend\"'", "'has(x)'"));
    assert_eq!(set("a: b\n", "a", "'yes'"), "a: 'yes'\n");
    assert_eq!(set("a: b\n", "a", "'!has(x)'"), "a: '!has(x)'\n");
    assert_eq!(set("a: >-\n  b\n  c\nd: e\n", "a", "f"), "a: f\nd: e\n");
    assert_eq!(set("a:\nd: e\n", "a", "f"), "a: f\nd: e\n");
    assert_eq!(set("a: ~ # x\n", "a", "[1, 2]"), "a: [1, 2] # x\n");
}

#[test]
fn a_new_key_is_put_where_it_is_usually_written() {
    let text = "spec:\n  # why\n  selector: a\n  egress:\n  - action: Allow";
    assert_eq!(
        set(text, "spec.order", "5"),
        "spec:\n  order: 5\n  # why\n  selector: a\n  egress:\n  - action: Allow"
    );
    assert_eq!(
        set(text, "spec.egress[0].destination.nets", "[10.0.0.0/8]"),
        format!("{text}\n    destination:\n      nets: [10.0.0.0/8]")
    );
    assert_eq!(
        set(POLICY, "spec.ingress[0].destination.selector", "a"),
        POLICY.replace(
            "      ports: [8080]",
            "      selector: a\n      ports: [8080]"
        )
    );
    assert_eq!(
        set("- order: 1\n", "[0].tier", "a"),
        "- tier: a\n  order: 1\n"
    );
    assert_eq!(
        set("kind: A\n", "spec.tier", "b"),
        "kind: A\nspec:\n  tier: b\n"
    );
    assert_eq!(
        set("spec: {} # none\n", "spec.tier", "b"),
        "spec: # none\n  tier: b\n"
    );
    assert_eq!(
        set("a: {tier: b}\n", "a.order", "1"),
        "a: {tier: b, order: 1}\n"
    );
}

#[test]
fn keys_and_items_are_taken_out_with_their_lines() {
    assert_eq!(
        remove(POLICY, "spec.order"),
        POLICY.replace("  order: 530\n", "")
    );
    assert_eq!(
        remove(POLICY, "spec.ingress[0].source"),
        POLICY.replace(
            "    source:\n      selector: app in {\"microservice1\", \"microservice2\"}\n",
            ""
        )
    );
    assert_eq!(
        remove(POLICY, "spec.ingress[1]"),
        POLICY.replace(
            "  # sre scrapes the metrics\n  - action: Allow\n    protocol: TCP\n",
            ""
        )
    );
    assert_eq!(
        remove(POLICY, "spec.types[0]"),
        POLICY.replace("[Ingress]", "[]")
    );
    assert_eq!(remove("a:\n- b\n", "a[0]"), "a: []\n");
    assert_eq!(remove("- a: 1\n  b: 2\n", "[0].a"), "- b: 2\n");
    assert_eq!(remove("{a: 1, b: 2}\n", "a"), "{b: 2}\n");
    assert_eq!(remove("a: [1, 2, 3]\n", "a[1]"), "a: [1, 3]\n");
}

#[test]
fn the_first_key_of_an_item_is_taken_out_with_the_comment_on_its_line() {
    assert_eq!(
        remove("a:\n# one\n- b: 1 # b\n  c: 2 # c\n", "a[0].b"),
        "a:\n# one\n- c: 2 # c\n"
    );
}

#[test]
fn items_move_with_the_comment_above_them() {
    let up = moved(POLICY, "spec.ingress", 2, 0);
    let head = "  ingress:\n  # the rest\n  - action: Deny # at last\n  # the business";
    assert!(up.contains(head), "{up}");
    assert!(up.ends_with("  # sre scrapes the metrics\n  - action: Allow\n    protocol: TCP\n\n"));
    let down = moved(POLICY, "spec.ingress", 0, 2);
    assert!(down.contains("  ingress:\n  # sre scrapes"), "{down}");
    assert!(down.ends_with("# at last\n  # the business services call backend\n  - action: Allow\n    protocol: TCP\n    source:\n      selector: app in {\"microservice1\", \"microservice2\"}\n    destination:\n      ports: [8080] # http\n"));
    assert_eq!(moved("- a\n- b\n- c", "", 0, 2), "- b\n- c\n- a");
    assert_eq!(moved("- a\n- b\n- c", "", 2, 1), "- a\n- c\n- b\n");
    assert_eq!(moved("a: [1, 2,  3]\n", "a", 2, 0), "a: [3, 1,  2]\n");
}

#[test]
fn items_are_added_in_the_style_of_the_list() {
    let rule = "{action: Allow, destination: {domains: ['*.twilio.com']}}";
    assert!(insert(POLICY, "spec.ingress", 9, rule).ends_with(
        "  - action: Deny # at last\n  - action: Allow\n    destination:\n      domains: ['*.twilio.com']\n"
    ));
    assert!(
        insert(POLICY, "spec.ingress", 1, "{action: Pass}")
            .contains("# http\n  - action: Pass\n  # sre scrapes")
    );
    assert_eq!(
        insert(POLICY, "spec.types", 1, "Egress"),
        POLICY.replace("[Ingress]", "[Ingress, Egress]")
    );
    assert_eq!(
        insert(POLICY, "spec.egress", 0, "{action: Deny}"),
        format!("{POLICY}  egress:\n  - action: Deny\n")
    );
    assert_eq!(
        insert("a:\n    - b\n", "a", 0, "c"),
        "a:\n    - c\n    - b\n"
    );
    assert_eq!(insert("a: []\n", "a", 0, "{b: 1}"), "a:\n- b: 1\n");
}

#[test]
fn json_stays_json() {
    let json = "{\n  \"spec\": {\n    \"tier\": \"a\",\n    \"ports\": [80]\n  }\n}\n";
    assert_eq!(set(json, "spec.tier", "b"), json.replace("\"a\"", "\"b\""));
    assert_eq!(
        set(json, "spec.order", "5"),
        json.replace("\"a\",\n", "\"a\",\n    \"order\": 5,\n")
    );
    assert_eq!(
        insert(json, "spec.ports", 1, "{a: b}"),
        json.replace("[80]", "[80, {\"a\": \"b\"}]")
    );
    assert_eq!(
        remove(json, "spec.ports"),
        json.replace(",\n    \"ports\": [80]", "")
    );
}

#[test]
fn line_breaks_and_indentation_are_those_of_the_file() {
    let text = "spec:\r\n    tier: a\r\n    egress:\r\n      - action: Allow\r\n";
    assert_eq!(
        set(text, "spec.egress[0].source.nets", "[10.0.0.0/8]"),
        format!("{text}        source:\r\n            nets: [10.0.0.0/8]\r\n")
    );
}

#[test]
fn what_an_alias_repeats_is_refused_and_nothing_changes() {
    let text = "a: &x {k: 1}\nb: *x\n";
    let mut editing = Editing::new(&Document::parse(text), ORDER).unwrap();
    let path = Path::parse("b.k");
    assert_eq!(editing.set(&path, &value("2")), Err(Refusal::NotByItself));
    assert_eq!(*editing.document().text, *text);
    assert_eq!(editing.remove(&Path::parse("c")), Err(Refusal::NoSuchField));
    let broken = Document::parse("a: [");
    assert_eq!(
        Editing::new(&broken, ORDER).unwrap_err(),
        Refusal::Unreadable
    );
}

#[test]
fn what_is_in_a_value_already_stays_as_it_is_written() {
    let text = "labels:\n  \"app\": 'web' # main\n  tier: front\nnets: [1.1.1.1/32]\n";
    assert_eq!(
        set(text, "labels", "{app: web, role: db}"),
        "labels:\n  \"app\": 'web' # main\n  role: db\nnets: [1.1.1.1/32]\n"
    );
}
