//! The example that the page opens with.

use std::time::Duration;

use super::report;
use crate::Checker;

/// The files of an example, as the page opens it.
fn example(name: &str) -> Vec<(String, String)> {
    let root = format!(
        "{}/../../static/examples/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap().path();
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let relative = path
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            files.push((relative, text));
        }
    }
    files
}

#[test]
fn the_storefront_opens_with_one_policy_refused_one_warned_about_and_one_excepted() {
    let mut checker = Checker::new(|| Duration::ZERO);
    checker.edit(example("storefront"), &[]);
    let report = report(&mut checker);
    assert_eq!(report.diagnostics, []);
    let rows = report.checks.iter();
    let rows: Vec<_> = rows
        .map(|it| {
            (
                it.id.as_str(),
                it.on,
                it.applies,
                it.fails,
                it.warns,
                it.excepted,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("order", true, Some(11), 1, 0, 0),
            ("owner", true, Some(6), 0, 1, 1),
            ("scope", true, Some(7), 0, 0, 0),
            ("environments", true, Some(0), 0, 0, 0),
            ("name", false, None, 0, 0, 0),
            ("namespace", true, Some(6), 0, 0, 0),
            ("open_ingress", true, Some(0), 0, 0, 0),
        ]
    );
    assert_eq!(report.policies, 13);
    let told: Vec<_> = report
        .findings
        .iter()
        .map(|it| (it.place.file.as_str(), it.place.line))
        .collect();
    assert_eq!(
        told,
        [
            ("policies/dev.yaml", 5),
            ("policies/frontend-legacy.yaml", 5),
            ("policies/microservice2.yaml", 10),
        ]
    );
    assert_eq!(
        report.findings[0].excepted.as_ref().unwrap().expires,
        "2027-03-31"
    );
    assert_eq!(
        report.findings[1].fixes[0].edits[0].text,
        "  annotations:\n    owner: team-storefront\n"
    );
    let team = |at: usize| {
        let mut objects = report.objects.iter();
        objects
            .find(|it| it.id == report.findings[at].object)
            .unwrap()
            .team
            .as_str()
    };
    assert_eq!((team(1), team(2)), ("team-storefront", "team-storefront"));
}
