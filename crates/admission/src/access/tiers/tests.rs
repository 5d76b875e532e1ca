use super::*;

fn selected(selector: &str) -> Result<Option<Vec<String>>, String> {
    selected_tiers(selector)
}

#[test]
fn a_selector_names_tiers_by_label_or_field() {
    let tiers = |names: &[&str]| Ok(Some(names.iter().map(ToString::to_string).collect()));
    assert_eq!(selected("projectcalico.org/tier==app"), tiers(&["app"]));
    assert_eq!(selected("projectcalico.org/tier = app"), tiers(&["app"]));
    assert_eq!(
        selected("a=b,projectcalico.org/tier in (app, ops),c"),
        tiers(&["app", "ops"])
    );
    assert_eq!(selected("field:spec.tier=app"), tiers(&["app"]));
    assert_eq!(selected("zone=blue"), Ok(None));
    assert!(selected("projectcalico.org/tier!=app").is_err());
    assert!(selected("projectcalico.org/tier notin (app)").is_err());
}
