//! The reference in `docs/templates.md` and the schema beside the shipped definitions tell the truth.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use serde_json::Value;
use tierwalk_resources::{Mode, read};
use tierwalk_template::{FieldKind, ProjectOptions, SHIPPED, compile_project, parse_rule};
use tierwalk_yaml::{Document, Node};

fn file(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a file of the repository")
}

/// The fenced blocks of a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let text = file("../../docs/templates.md");
    let fence = format!("```{language}\n");
    let parts = text.split(&fence).skip(1);
    parts
        .filter_map(|part| part.split("```").next().map(str::to_owned))
        .collect()
}

#[test]
fn the_first_template_compiles_to_what_the_reference_shows() {
    let blocks = blocks("yaml");
    let project = compile_project(&[("first.yaml", &blocks[0])], ProjectOptions::default());
    assert_eq!(project.objects[0].manifest.text, blocks[1]);
}

#[test]
fn every_example_of_the_reference_is_accepted() {
    let validate = |yaml: &str| read(&Document::parse(yaml), Mode::Load).diagnostics;
    let options = ProjectOptions {
        validate: Some(&validate),
        ..ProjectOptions::default()
    };
    for block in blocks("yaml") {
        let project = compile_project(&[("example.yaml", &block)], options);
        let told: Vec<_> = project
            .diagnostics
            .iter()
            .filter(|(_, it)| it.code != "template/no-clusters")
            .collect();
        assert!(told.is_empty(), "{block}\n{told:#?}");
    }
    let rules = blocks("text");
    let rules = rules[1].lines();
    assert_eq!(rules.clone().count(), 5);
    rules.for_each(|rule| assert!(parse_rule(rule).is_ok(), "{rule}"));
}

fn schema() -> Value {
    serde_json::from_str(&file("definitions/schema.json")).expect("JSON")
}

#[test]
fn the_schema_has_the_types_of_fields() {
    let schema = schema();
    let types = &schema["$defs"]["field"]["properties"]["type"]["enum"];
    let names: Vec<_> = FieldKind::ALL
        .iter()
        .map(|(name, _)| Value::from(*name))
        .collect();
    assert_eq!(types, &Value::from(names));
}

/// Every key of a field that occurs anywhere is in the schema.
fn check_field(field: &Node, properties: &Value, name: &str) {
    for entry in field.entries() {
        assert!(
            properties.get(&*entry.key).is_some(),
            "{name}: {}",
            entry.key
        );
    }
    let nested = field.get("fields").map_or(&[][..], Node::items);
    nested
        .iter()
        .chain(field.get("items"))
        .for_each(|field| check_field(field, properties, name));
}

#[test]
fn the_schema_has_the_keys_of_the_shipped_definitions() {
    let schema = schema();
    for (name, text) in SHIPPED {
        let root = Document::parse(text).root.expect("a document");
        let spec = root.get("spec").expect("a spec");
        for entry in spec.entries() {
            assert!(
                schema["properties"]["spec"]["properties"]
                    .get(&*entry.key)
                    .is_some(),
                "{name}: {}",
                entry.key
            );
        }
        let fields = spec.get("fields").map_or(&[][..], Node::items);
        fields
            .iter()
            .for_each(|field| check_field(field, &schema["$defs"]["field"]["properties"], name));
    }
}

#[test]
fn the_reference_names_every_type_and_every_shipped_template() {
    let text = file("../../docs/templates.md");
    for (name, _) in FieldKind::ALL {
        assert!(text.contains(&format!("`{name}`")), "{name}");
    }
    for (name, _) in SHIPPED {
        assert!(text.contains(&format!("definitions/{name}")), "{name}");
    }
}
