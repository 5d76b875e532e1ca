use super::annotations;

#[test]
fn comments_become_data() {
    let text = "# a comment\n\n# METADATA\n# title: Orders\n# description: >-\n#   Two\n#   lines.\n# custom:\n#   id: order\npackage main\n";
    let found = annotations(text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].title, "Orders");
    assert_eq!(found[0].description, "Two lines.");
    assert_eq!(found[0].custom["id"], "order");
    assert_eq!(found[0].line, 10);
}

#[test]
fn what_is_no_yaml_is_a_comment() {
    assert!(annotations("# METADATA\n# title: [\npackage main\n").is_empty());
    assert!(
        annotations("package main\n# METADATA")
            .iter()
            .all(|found| found.title.is_empty())
    );
}
