use super::*;

const POLICY: &str = "\
apiVersion: projectcalico.org/v3
kind: NetworkPolicy # why
metadata:
  name: a
spec:
  selector: app == \"x\"
  ingress:
  - action: Allow
    source:
      nets:
        - 10.0.0.0/8
        - 10.1.0.0/8
  - action: Deny
  note: |
    key: not a key
    - nor an item
  egress: []
";

fn places() -> Vec<String> {
    let outline = Outline::of(POLICY);
    let shown = |line: &Line| {
        format!(
            "{} | {}",
            line.container,
            line.key.as_deref().unwrap_or("-")
        )
    };
    outline.lines.iter().map(shown).collect()
}

#[test]
fn every_line_knows_its_mapping() {
    assert_eq!(
        places(),
        [
            " | apiVersion",
            " | kind",
            " | metadata",
            "metadata | name",
            " | spec",
            "spec | selector",
            "spec | ingress",
            "spec.ingress[0] | action",
            "spec.ingress[0] | source",
            "spec.ingress[0].source | nets",
            "spec.ingress[0].source.nets[0] | -",
            "spec.ingress[0].source.nets[1] | -",
            "spec.ingress[1] | action",
            "spec | note",
            "spec | egress",
        ]
    );
}

/// Where a line would belong that is written behind `text`, up to the cursor at its end.
fn at_end(text: &str) -> String {
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let outline = Outline::until(text, start);
    outline.place(&text[start..]).0.to_string()
}

#[test]
fn a_new_line_belongs_where_its_indentation_says() {
    let rule = "spec:\n  ingress:\n  - action: Allow\n    source:\n";
    assert_eq!(at_end(&format!("{rule}      ")), "spec.ingress[0].source");
    assert_eq!(at_end(&format!("{rule}    ")), "spec.ingress[0]");
    assert_eq!(at_end(&format!("{rule}  - ")), "spec.ingress[1]");
    assert_eq!(at_end(&format!("{rule}  ")), "spec");
    assert_eq!(at_end(rule), "");
    assert_eq!(at_end("spec:\n  types:\n  - "), "spec.types[0]");
    assert_eq!(at_end("spec:\n  ingress:\n  - "), "spec.ingress[0]");
    assert_eq!(at_end("spec:\n  "), "spec");
}

#[test]
fn texts_of_fields_come_without_quotes_and_comments() {
    let outline = Outline::of(POLICY);
    assert_eq!(
        outline.text(POLICY, &Path::root(), "kind"),
        Some("NetworkPolicy")
    );
    assert_eq!(
        outline.text(POLICY, &Path::parse("metadata"), "name"),
        Some("a")
    );
    assert_eq!(
        outline.text(POLICY, &Path::parse("metadata"), "namespace"),
        None
    );
}
