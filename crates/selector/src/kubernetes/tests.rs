use serde_json::{Value, json};

use super::LabelSelector;

fn matches(selector: Value, labels: Value) -> bool {
    let selector: LabelSelector = serde_json::from_value(selector).unwrap();
    selector.matches(&json!({"metadata": {"labels": labels}}))
}

/// Kubernetes `apimachinery/pkg/labels/selector.go`.
#[test]
fn all_labels_and_all_expressions_must_hold() {
    let web = || json!({"app": "web", "env": "prod"});
    let one = |operator: &str, values: Value| {
        let expression = json!({"key": "env", "operator": operator, "values": values});
        json!({"matchLabels": {"app": "web"}, "matchExpressions": [expression]})
    };
    assert!(matches(json!({}), json!({})));
    assert!(matches(one("In", json!(["prod", "test"])), web()));
    assert!(!matches(one("NotIn", json!(["prod"])), web()));
    assert!(matches(
        one("NotIn", json!(["prod"])),
        json!({"app": "web"})
    ));
    assert!(matches(one("Exists", json!([])), web()));
    assert!(!matches(one("DoesNotExist", json!([])), web()));
    assert!(!matches(
        one("Exists", json!([])),
        json!({"app": "db", "env": "prod"})
    ));
}

#[test]
fn an_operator_that_there_is_not_is_refused() {
    let selector = json!({"matchExpressions": [{"key": "env", "operator": "Equals"}]});
    let refused = serde_json::from_value::<LabelSelector>(selector).unwrap_err();
    assert!(
        refused.to_string().contains("unknown variant `Equals`"),
        "{refused}"
    );
}
