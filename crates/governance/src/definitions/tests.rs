use crate::{
    CheckOptions, CheckResult, Finding, Input, InputFile, LoadOptions, Policies, PolicyFile, check,
};

const ORDER: &str = "package main\n\nimport rego.v1\n\ndeny contains \"low\" if input.spec.order < 500\n\nlate if input.spec.order > 900\n\ndeny contains \"late\" if late\n";
const OWNER: &str =
    "package main\n\ndeny[msg] {\n  not input.metadata.owner\n  msg := \"owner\"\n}\n";

fn policies(files: &[(&str, &str)]) -> Policies {
    let files: Vec<PolicyFile> = files
        .iter()
        .map(|(path, text)| PolicyFile::new(*path, *text))
        .collect();
    let options = LoadOptions {
        by_definition: true,
        ..LoadOptions::default()
    };
    let (policies, problems) = Policies::load(&files, &[], &options);
    assert_eq!(problems, []);
    policies
}

fn result(policies: &Policies, text: &str) -> CheckResult {
    let file = InputFile {
        path: "a.yaml".into(),
        text: text.into(),
        parser: None,
    };
    let input = Input::parse(&file).unwrap();
    let report = check(policies, &[input], &CheckOptions::default());
    assert_eq!(report.errors, []);
    report.results.into_iter().next().unwrap()
}

#[test]
fn each_result_is_known_to_be_of_one_definition() {
    let policies = policies(&[("order.rego", ORDER), ("owner.rego", OWNER)]);
    let result = result(&policies, "spec: {order: 320}\n");
    let told = |finding: &Finding| {
        let definition = policies.definition(&finding.query);
        (
            finding.message.clone(),
            definition.query,
            definition.path,
            definition.line,
        )
    };
    let mut told: Vec<_> = result.failures.iter().map(told).collect();
    told.sort();
    let query = || "data.main.deny".to_owned();
    assert_eq!(
        told,
        [
            ("low".into(), query(), "order.rego".into(), 5),
            ("owner".into(), query(), "owner.rego".into(), 3),
        ]
    );
    assert_eq!(
        result.successes, 1,
        "each definition is a test, as in Conftest"
    );
}

#[test]
fn a_rule_that_is_read_elsewhere_stays_whole() {
    let reader = "package main\n\nimport rego.v1\n\nwarn contains \"some\" if count(deny) > 1\n";
    let policies = policies(&[
        ("order.rego", ORDER),
        ("owner.rego", OWNER),
        ("z.rego", reader),
    ]);
    let result = result(&policies, "spec: {order: 320}\n");
    assert_eq!(result.warnings.len(), 1);
    assert_eq!(result.failures.len(), 2);
}

#[test]
fn the_pack_loads_as_well() {
    let files = crate::pack::policies("pack");
    let data = [crate::pack::Settings::default().data("checks.yaml")];
    let options = LoadOptions {
        by_definition: true,
        ..LoadOptions::default()
    };
    let (policies, problems) = Policies::load(&files, &data, &options);
    assert_eq!(problems, []);
    assert_eq!(policies.modules().len(), files.len());
}
