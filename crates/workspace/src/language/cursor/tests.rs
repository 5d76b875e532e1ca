use super::*;

/// Where the cursor is that stands at `¦`: `key container` or `value path`, and what is written.
fn spot(text: &str) -> String {
    let at = text.find('¦').unwrap();
    let text = text.replace('¦', "");
    let cursor = Cursor::new(&text, at);
    match &cursor.spot {
        Spot::Open {
            container, from, ..
        } => format!("open {container}: {}", cursor.written(*from)),
        Spot::Value { path, from, .. } => format!("value {path}: {}", cursor.written(*from)),
        Spot::Nothing => "nothing".to_owned(),
    }
}

#[test]
fn keys_and_values_are_told_apart() {
    assert_eq!(spot("spec:\n  sel¦"), "open spec: sel");
    assert_eq!(spot("spec:\n  tier: pl¦"), "value spec.tier: pl");
    assert_eq!(
        spot("spec:\n  ingress:\n  - act¦"),
        "open spec.ingress[0]: act"
    );
    assert_eq!(
        spot("spec:\n  ingress:\n  - action: A¦\n"),
        "value spec.ingress[0].action: A"
    );
    assert_eq!(
        spot("spec:\n  ingress:\n  - action: Allow\n    ¦\n"),
        "open spec.ingress[0]: "
    );
    assert_eq!(spot("¦"), "open : ");
}

#[test]
fn brackets_and_braces_are_read() {
    assert_eq!(
        spot("spec:\n  types: [Ingress, E¦]"),
        "value spec.types[1]: E"
    );
    assert_eq!(spot("spec:\n  types: [¦"), "value spec.types[0]: ");
    assert_eq!(spot("- source: {sel¦}"), "open [0].source: sel");
    assert_eq!(
        spot("- source: {selector: a, ports: [80, h¦"),
        "value [0].source.ports[1]: h"
    );
    assert_eq!(
        spot("spec: {selector: \"a == ¦\"}"),
        "value spec.selector: a == "
    );
}

#[test]
fn quotes_comments_and_texts_are_known() {
    assert_eq!(spot("selector: \"app == ¦"), "value selector: app == ");
    assert_eq!(
        spot("selector: app == \"we¦\""),
        "value selector: app == \"we"
    );
    assert_eq!(spot("selector: \"a\" ¦"), "nothing");
    assert_eq!(spot("tier: a # sel¦"), "nothing");
    assert_eq!(spot("note: |\n  key¦"), "nothing");
    assert_eq!(spot("note: |\n  key\nnext: ¦"), "value next: ");
}

#[test]
fn the_object_of_a_list_is_its_item() {
    let text =
        "kind: List\nitems:\n- apiVersion: projectcalico.org/v3\n  kind: Tier\n  spec:\n    ord¦";
    let at = text.find('¦').unwrap();
    let text = text.replace('¦', "");
    let cursor = Cursor::new(&text, at);
    assert_eq!(cursor.kind().map(|kind| kind.name), Some("Tier"));
    assert_eq!(cursor.object.to_string(), "items[0]");
}
