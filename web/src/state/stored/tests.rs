use super::*;

fn model(text: &str) -> Model {
    Model {
        files: Files::default().with("a.yaml", text),
        open: "a.yaml".into(),
        name: "mine".into(),
        ..Model::default()
    }
}

fn round_trip(stored: &Stored) -> Stored {
    let text = serde_json::to_string(stored).expect("json");
    serde_json::from_str(&text).expect("the same shape")
}

#[test]
fn a_workspace_comes_back_from_storage() {
    let stored = Stored::of(&model("kind: Tier"));
    assert!(stored.packed.is_none());
    assert_eq!(round_trip(&stored), stored);
}

#[test]
fn a_large_workspace_is_packed() {
    let text = "kind: Pod\n".repeat(100_000);
    let stored = Stored::of(&model(&text));
    assert!(stored.files.is_empty());
    assert!(
        stored
            .packed
            .as_ref()
            .is_some_and(|packed| packed.len() < 100_000)
    );
    let files = round_trip(&stored).files().expect("files");
    assert_eq!(
        files.text("a.yaml").map(|text| text.len()),
        Some(text.len())
    );
}
