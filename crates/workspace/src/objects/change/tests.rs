use tierwalk_protocol::File;

use super::*;

const POLICY: &str = "# who may call
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: backend # the name
  namespace: shop
spec:
  selector: app == 'backend'
  types: [Ingress]
  ingress:
  # web
  - action: Allow
    source:
      selector: app == 'web'
  # rest
  - action: Deny
";

fn changed(text: &str, path: &str, what: FieldEdit) -> String {
    let file = File {
        path: "p.yaml".to_owned(),
        text: text.to_owned(),
    };
    let at = ObjectAt {
        file: "p.yaml".to_owned(),
        line: 1,
        key: None,
    };
    let change = FieldChange {
        path: path.to_owned(),
        what,
    };
    let changed = plan(&Workspace::open(vec![file]), &at, &change).unwrap();
    changed
        .edits
        .iter()
        .rev()
        .fold(text.to_owned(), |text, edit| {
            format!(
                "{}{}{}",
                &text[..edit.place.from as usize],
                edit.text,
                &text[edit.place.to as usize..]
            )
        })
}

fn set(path: &str, value: &str) -> String {
    changed(POLICY, path, FieldEdit::Set(value.to_owned()))
}

fn term(key: &str, operator: &str, value: &str) -> Term {
    Term {
        key: key.to_owned(),
        operator: operator.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn fields_are_written_where_they_belong_and_taken_out_when_empty() {
    assert_eq!(
        set("metadata.name", "api"),
        POLICY.replace("name: backend", "name: api")
    );
    assert_eq!(
        set("spec.order", "20"),
        POLICY.replace("spec:\n", "spec:\n  order: 20\n")
    );
    assert_eq!(
        set("spec.types", "Ingress, Egress"),
        POLICY.replace("[Ingress]", "[Ingress, Egress]")
    );
    assert_eq!(
        set("spec.ingress[1].destination.ports", "80, 8000:8100, http"),
        format!("{POLICY}    destination:\n      ports: [80, 8000:8100, http]\n")
    );
    assert_eq!(
        set("spec.ingress[0].source.selector", ""),
        POLICY.replace("    source:\n      selector: app == 'web'\n", "")
    );
    assert_eq!(
        set("spec.ingress[1].protocol", "TCP"),
        format!("{POLICY}    protocol: TCP\n")
    );
}

#[test]
fn selectors_are_written_from_their_conditions() {
    let terms = vec![term("app", "==", "backend"), term("role", "in", "a, b")];
    assert_eq!(
        changed(POLICY, "spec.selector", FieldEdit::Terms(terms)),
        POLICY.replace("app == 'backend'", "app == 'backend' && role in {'a', 'b'}")
    );
}

#[test]
fn rules_are_added_copied_moved_and_taken_out_with_their_comments() {
    let list = "spec.ingress";
    assert_eq!(
        changed(POLICY, list, FieldEdit::Add),
        format!("{POLICY}  - action: Allow\n")
    );
    assert!(
        changed(POLICY, "spec.egress", FieldEdit::Add).ends_with("  egress:\n  - action: Allow\n")
    );
    let moved = changed(POLICY, "spec.ingress[1]", FieldEdit::Move(0));
    assert!(
        moved.contains("  ingress:\n  # rest\n  - action: Deny\n  # web\n"),
        "{moved}"
    );
    let copied = changed(POLICY, "spec.ingress[0]", FieldEdit::Copy);
    assert_eq!(copied.matches("selector: app == 'web'").count(), 2);
    let removed = changed(POLICY, "spec.ingress[0]", FieldEdit::Remove);
    assert!(!removed.contains("web") && removed.contains("# rest\n  - action: Deny"));
}

#[test]
fn kubernetes_policies_have_peers_and_ports() {
    let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: k, namespace: shop}\nspec:\n  podSelector: {}\n";
    let one = changed(text, "spec.ingress", FieldEdit::Add);
    assert_eq!(one, format!("{text}  ingress:\n  - {{}}\n"));
    let two = changed(&one, "spec.ingress[0].from", FieldEdit::Add);
    let three = changed(
        &two,
        "spec.ingress[0].from[0].podSelector",
        FieldEdit::Terms(vec![term("app", "==", "web")]),
    );
    assert!(
        three
            .ends_with("  - from:\n    - podSelector:\n        matchLabels:\n          app: web\n"),
        "{three}"
    );
    let four = changed(
        &three,
        "spec.podSelector",
        FieldEdit::Terms(vec![term("app", "has", "")]),
    );
    assert!(
        four.contains(
            "  podSelector:\n    matchExpressions:\n    - key: app\n      operator: Exists\n"
        ),
        "{four}"
    );
}

#[test]
fn labels_and_members_of_a_network_set() {
    let text = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: public\nspec:\n  nets:\n  - 10.0.0.0/8 # ours\n";
    let labelled = changed(
        text,
        "metadata.labels",
        FieldEdit::Terms(vec![term("type", "=", "public")]),
    );
    assert!(
        labelled.contains("  name: public\n  labels:\n    type: public\nspec:"),
        "{labelled}"
    );
    let more = changed(
        text,
        "spec.nets",
        FieldEdit::Set("10.0.0.0/8, 203.0.113.0/24".to_owned()),
    );
    assert_eq!(more, format!("{text}  - 203.0.113.0/24\n"));
}
