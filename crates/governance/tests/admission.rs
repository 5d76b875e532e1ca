//! Templates as the field writes them: labels that must be there, and a label that opens the firewall, which
//! only some may set.

use serde_json::{Value, json};
use tierwalk_governance::gatekeeper::{Decision, Enforcement, Gatekeeper, Review};
use tierwalk_governance::{LoadOptions, PolicyFile};

fn gatekeeper() -> Gatekeeper {
    let files = [
        PolicyFile::new(
            "required-labels.yaml",
            include_str!("../../../static/examples/personas/cluster/required-labels.yaml"),
        ),
        PolicyFile::new(
            "guarded-label.yaml",
            include_str!("../../../static/examples/personas/cluster/guarded-label.yaml"),
        ),
    ];
    let (gatekeeper, problems) = Gatekeeper::load(&files, &[], &LoadOptions::default());
    assert_eq!(problems, []);
    gatekeeper
}

fn pod(labels: Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "shop", "labels": labels},
    })
}

fn request(user: &str, old: Value, new: Value) -> Review {
    Review::of_request(json!({
        "uid": "1",
        "kind": {"group": "", "version": "v1", "kind": "Pod"},
        "operation": if old.is_null() { "CREATE" } else { "UPDATE" },
        "userInfo": {"username": user},
        "object": new,
        "oldObject": old,
    }))
}

fn messages(decision: &Decision) -> Vec<&str> {
    assert_eq!(decision.errors, []);
    let violations = decision.violations.iter();
    violations
        .map(|violation| violation.message.as_str())
        .collect()
}

#[test]
fn mandatory_labels() {
    let decision = gatekeeper().review(&Review::of_object(pod(json!({"owner": "a"}))));
    assert_eq!(messages(&decision), ["Pod web lacks the labels {\"zone\"}"]);
    assert_eq!(
        decision.lines(Enforcement::Deny),
        ["[zone-and-owner] Pod web lacks the labels {\"zone\"}"]
    );
    let labelled = pod(json!({"owner": "a", "zone": "b"}));
    let decision = gatekeeper().review(&Review::of_object(labelled));
    assert_eq!(messages(&decision), [] as [&str; 0]);
}

#[test]
fn a_label_that_only_some_may_set() {
    let plain = pod(json!({"owner": "a", "zone": "b"}));
    let open = pod(json!({"owner": "a", "zone": "b", "fw-zone": "open"}));
    let by = |user: &str, old: &Value, new: &Value| {
        let decision = gatekeeper().review(&request(user, old.clone(), new.clone()));
        messages(&decision)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let refused = ["app-admin may not set the label fw-zone to open"];
    assert_eq!(by("app-admin", &Value::Null, &open), refused);
    assert_eq!(by("app-admin", &plain, &open), refused);
    assert!(by("security-admin", &plain, &open).is_empty());
    assert!(
        by("app-admin", &open, &open).is_empty(),
        "it was there before"
    );
    assert!(by("app-admin", &open, &plain).is_empty());
}

#[test]
fn constraints_tell_what_follows() {
    let gatekeeper = gatekeeper();
    let actions: Vec<_> = gatekeeper
        .constraints()
        .iter()
        .map(|constraint| (constraint.name.as_str(), constraint.enforcement))
        .collect();
    assert_eq!(
        actions,
        [
            ("zone-and-owner", Enforcement::Deny),
            ("fw-zone", Enforcement::Deny)
        ]
    );
}
