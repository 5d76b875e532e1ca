use crate::Selector;

fn example(text: &str) -> Option<String> {
    let labels = Selector::parse(text).unwrap().example()?;
    let labels = labels
        .into_iter()
        .map(|(key, value)| format!("{key}={value}"));
    Some(labels.collect::<Vec<_>>().join(" "))
}

#[test]
fn labels_are_made_of_what_a_selector_wants() {
    assert_eq!(
        example("app == 'web' && has(tier)").unwrap(),
        "app=web tier=true"
    );
    assert_eq!(
        example("has(app) && app in {'web', 'api'} && env != 'dev'").unwrap(),
        "app=api"
    );
    assert_eq!(example("app == 'a' || app == 'b'").unwrap(), "app=a");
    assert_eq!(example("name starts with 'web-'").unwrap(), "name=web-");
    assert_eq!(example("!(app != 'web') && !has(x)").unwrap(), "app=web");
    assert_eq!(example("all()").unwrap(), "");
}

#[test]
fn a_contradiction_has_no_example() {
    assert_eq!(example("app == 'a' && app == 'b'"), None);
    assert_eq!(example("!all()"), None);
}
