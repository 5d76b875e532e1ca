use crate::Workspace;

use super::complete;

/// What stands for a choice in a document without a workspace around it.
fn insert(text: &str, label: &str) -> String {
    let at = text.find('¦').unwrap();
    let text = text.replace('¦', "");
    let found = complete(&Workspace::default(), "a.yaml", &text, at);
    let item = found.items.into_iter().find(|item| item.label == label);
    item.unwrap_or_else(|| panic!("no {label}")).insert
}

const RULE: &str = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nspec:\n";

#[test]
fn a_field_is_written_with_room_for_its_value() {
    assert_eq!(insert(&format!("{RULE}  ¦"), "tier"), "tier: ${}");
    assert_eq!(insert(&format!("{RULE}  ¦"), "types"), "types: [${}]");
    assert_eq!(insert(&format!("{RULE}  ¦"), "ingress"), "ingress:\n- ${}");
    assert_eq!(
        insert(&format!("{RULE}  ingress:\n  - ¦"), "source"),
        "source:\n    ${}"
    );
    assert_eq!(
        insert(
            &format!("{RULE}  ingress:\n  - action: Allow\n    ¦"),
            "source"
        ),
        "source:\n  ${}"
    );
    assert_eq!(
        insert(&format!("{RULE}  ingress:\n  - source: {{¦}}"), "ports"),
        "ports: [${}]"
    );
    assert_eq!(insert(&format!("{RULE}  ti¦: platform\n"), "tier"), "tier");
}

#[test]
fn snippets_number_what_is_to_be_filled_in() {
    assert!(insert("¦", "tier").contains("name: ${1:platform}\nspec:\n  order: ${2:500}"));
}
