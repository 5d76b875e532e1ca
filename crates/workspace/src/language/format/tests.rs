use super::*;

fn formatted(text: &str) -> String {
    match format("a.yaml", text) {
        Formatted::Text(text) => text,
        Formatted::AsItIs => text.to_owned(),
        Formatted::Refused(why) => panic!("{why}"),
    }
}

#[test]
fn indentation_and_blank_lines_are_put_in_order() {
    let text = "\
kind: NetworkPolicy   
metadata:
    name: a


spec:
    # who
    selector: app == \"x\"   # why
    types: [Ingress,
        Egress]
    ingress:
        -   action: Allow
            source:
                 nets:
                 - 10.0.0.0/8
        # the rest
        - action: Deny


";
    let wanted = "\
kind: NetworkPolicy
metadata:
  name: a

spec:
  # who
  selector: app == \"x\"   # why
  types: [Ingress,
      Egress]
  ingress:
    -   action: Allow
        source:
          nets:
          - 10.0.0.0/8
    # the rest
    - action: Deny
";
    assert_eq!(formatted(text), wanted);
    assert_eq!(format("a.yaml", wanted), Formatted::AsItIs);
}

#[test]
fn texts_of_several_lines_keep_their_form() {
    let text =
        "metadata:\n    note: |\n        one\n          two\n\n        three  \n    more: 1\n";
    let wanted = "metadata:\n  note: |\n      one\n        two\n\n      three  \n  more: 1\n";
    assert_eq!(formatted(text), wanted);
}

#[test]
fn documents_stay_apart() {
    let text = "# one\nkind: A\n---\n\n\n# two\nspec:\n   a: 1\n";
    assert_eq!(
        formatted(text),
        "# one\nkind: A\n---\n\n# two\nspec:\n  a: 1\n"
    );
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    assert!(matches!(format("a.yaml", "a: [\n"), Formatted::Refused(_)));
    assert!(matches!(format("a.json", "{}"), Formatted::Refused(_)));
    assert!(matches!(format("a.md", "x"), Formatted::Refused(_)));
}

#[test]
fn flow_lines_lose_blanks_only() {
    let text = "a -> b tcp/80  \n\n\nc -> d tcp/80";
    assert_eq!(
        format("a.flows", text),
        Formatted::Text("a -> b tcp/80\n\nc -> d tcp/80\n".to_owned())
    );
}

#[test]
fn the_shipped_examples_are_in_order() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/examples");
    let mut folders = vec![std::path::PathBuf::from(root)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(
                    format("a.yaml", &text),
                    Formatted::AsItIs,
                    "{}",
                    path.display()
                );
            }
        }
    }
}
