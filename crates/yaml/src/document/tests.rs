use crate::{Document, Kind, Path};

fn at(text: &str, path: &str) -> String {
    let document = Document::parse(text);
    document.span_at(&Path::parse(path)).of(text).to_owned()
}

fn codes(text: &str) -> Vec<&'static str> {
    Document::parse(text)
        .diagnostics
        .iter()
        .map(|d| d.code)
        .collect()
}

const POLICY: &str = "---
# a comment
kind: NetworkPolicy
metadata: {name: é-web, labels: {\"a.b/c\": x}}
spec:
  order: 0120
  selector: \"app == 'web'\"
  ingress:
  - action: Allow
    source:
      selector: >-
        app ==
        'db'
  - action: Deny
";

#[test]
fn every_field_has_its_span() {
    assert_eq!(at(POLICY, "metadata.name"), "é-web");
    assert_eq!(at(POLICY, "spec.order"), "0120");
    assert_eq!(at(POLICY, "spec.selector"), "\"app == 'web'\"");
    assert_eq!(at(POLICY, "spec.ingress[1].action"), "Deny");
    assert_eq!(at(POLICY, "spec.ingress[1]"), "action: Deny");
    assert!(at(POLICY, "spec.ingress[0].source.selector").starts_with(">-"));
}

#[test]
fn a_missing_field_is_shown_at_its_nearest_ancestor() {
    assert_eq!(at(POLICY, "spec.tier"), "order");
    assert_eq!(at(POLICY, "spec.ingress[1].protocol"), "action");
    assert_eq!(at(POLICY, ""), "kind");
}

#[test]
fn anchors_aliases_and_merge_keys_work() {
    let text = "base: &b {x: 1, z: 2}\none:\n  <<: *b\n  z: 3\ntwo: *b\n";
    let root = Document::parse(text).root.unwrap();
    assert_eq!(
        root.get("one").unwrap().get("x").unwrap().kind,
        Kind::Int(1)
    );
    assert_eq!(
        root.get("one").unwrap().get("z").unwrap().kind,
        Kind::Int(3)
    );
    assert_eq!(
        root.get("two").unwrap().get("z").unwrap().kind,
        Kind::Int(2)
    );
}

#[test]
fn json_is_yaml() {
    let root = Document::parse("{\n\t\"kind\": \"Pod\",\n\t\"n\": [1, true, null]\n}\n");
    assert_eq!(root.diagnostics, []);
    assert_eq!(
        root.root.unwrap().get("kind").unwrap().as_str(),
        Some("Pod")
    );
}

#[test]
fn empty_and_comment_only_documents_are_nothing() {
    for text in ["", "---\n", "# only\n", "---\n# only\n"] {
        let document = Document::parse(text);
        assert!(document.root.is_none_or(|root| root.is_null()), "{text:?}");
        assert_eq!(document.diagnostics, []);
    }
}

#[test]
fn problems_have_codes() {
    assert_eq!(codes("a: 1\na: 2\n"), ["yaml/duplicate-key"]);
    assert_eq!(codes("a: [1\n"), ["yaml/syntax"]);
    assert_eq!(codes("a:\n\t- b\n"), ["yaml/syntax"]);
    assert_eq!(codes("order: .nan\n"), ["yaml/not-json"]);
    assert_eq!(codes("{[a]: b}\n"), ["yaml/not-json"]);
}

#[test]
fn hostile_documents_end_in_a_diagnostic() {
    assert_eq!(codes(&"[".repeat(10_000)), ["yaml/too-deep"]);
    assert_eq!(codes(&"- ".repeat(10_000)), ["yaml/too-deep"]);
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![before; 9].join(", "));
    }
    assert_eq!(codes(&bomb), ["yaml/too-many-aliases"]);
}

#[test]
fn a_tab_gets_a_fix() {
    let document = Document::parse("a:\n\tb: 1\n");
    assert_eq!(document.diagnostics[0].fixes.len(), 1);
}

/// What is written where the text at `path` says `part`.
fn part_of(text: &str, path: &str, part: &str) -> Option<String> {
    let document = Document::parse(text);
    let path = Path::parse(path);
    let value = document.node_at(&path)?.as_str()?.to_owned();
    let start = value.find(part)?;
    let span = document.text_span_at(&path, start..start + part.len())?;
    Some(span.of(text).to_owned())
}

#[test]
fn parts_of_a_text_have_their_spans_however_it_is_quoted() {
    let ways = [
        "app == 'dß'",
        "\"app == 'dß'\"",
        "'app == ''dß'''",
        ">-\n  app == 'dß'",
        "|\n  app == 'dß'",
        "| # which\n  has(x) &&\n    app == 'dß'",
        ">-\n  app ==\n  'dß'",
    ];
    for written in ways {
        let text = format!("selector: {written}\n");
        let part = part_of(&text, "selector", "dß");
        assert_eq!(part.as_deref(), Some("dß"), "{written}");
    }
    let text = r#"selector: "app == \"db\" && has(x)""#;
    for (part, written) in [("has(x)", "has(x)"), ("\"db\"", r#"\"db\""#)] {
        assert_eq!(part_of(text, "selector", part).as_deref(), Some(written));
    }
}

#[test]
fn parts_of_a_text_that_is_written_otherwise_have_none() {
    for written in [r#""app\x20== 'db'""#, "[db]"] {
        let text = format!("selector: {written}\n");
        assert_eq!(part_of(&text, "selector", "db"), None, "{written}");
    }
}

#[test]
fn a_value_ends_at_its_quote_or_bracket_not_behind_the_comment() {
    for (text, written) in [
        ("a: 'it''s' # why\nb: c\n", "'it''s'"),
        ("a: \"x\\\" y\" # why\n", "\"x\\\" y\""),
        ("a: {} # why\n", "{}"),
        ("a: [1, 'b' ,] # why\nb: c\n", "[1, 'b' ,]"),
        (
            "a: {\n  b: 'c', # why\n} # and\nb: c\n",
            "{\n  b: 'c', # why\n}",
        ),
    ] {
        let document = Document::parse(text);
        assert_eq!(document.span_at(&Path::parse("a")).of(text), written);
    }
}
