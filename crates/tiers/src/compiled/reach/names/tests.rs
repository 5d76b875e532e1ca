use super::*;

fn names(patterns: &[&str]) -> Names {
    let mut names = Names::default();
    for (number, pattern) in (0..).zip(patterns) {
        names.add(&[Domain((*pattern).into())], Naming::Rule(number));
    }
    names
}

/// The sets of patterns that some name matches.
fn classes(patterns: &[&str]) -> Vec<Vec<Naming>> {
    let names = names(patterns);
    let all = names.representatives().expect("few patterns");
    let mut classes: Vec<Vec<Naming>> = all.iter().map(|name| names.of(name)).collect();
    classes.sort();
    classes.dedup();
    classes
}

#[test]
fn any_name_matches_what_one_of_the_representatives_does() {
    let patterns = [
        "*.com",
        "api.*",
        "*.shop.com",
        "Api.Shop.com.",
        "a.b*",
        "*b.c",
        "*",
    ];
    let classes = classes(&patterns);
    let written = names(&patterns);
    let others = [
        "api.com",
        "api.org",
        "x.com",
        "shop.com",
        "x.shop.com",
        "api.shop.com",
        "a.b.c",
        "a.bb.c",
        "a.b",
        "b.c",
        "z",
        "api.x.shop.com",
        "a.bx",
        "xb.c",
        "api.b.c",
        "a.b.com",
    ];
    for name in others {
        let domains = patterns.map(|pattern| Domain(pattern.into()));
        let matched = (0..)
            .zip(&domains)
            .filter(|(_, domain)| domain.matches(name));
        let matched: Vec<Naming> = matched.map(|(number, _)| Naming::Rule(number)).collect();
        assert_eq!(written.of(name), matched, "{name}");
        assert!(classes.contains(&matched), "{name} matches {matched:?}");
    }
}

#[test]
fn there_is_always_a_name_that_nobody_names() {
    assert!(classes(&["*.com", "example.org"]).contains(&Vec::new()));
    assert!(classes(&[]).contains(&Vec::new()));
}
