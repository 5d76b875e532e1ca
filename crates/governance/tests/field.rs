//! Checks as the field publishes them: version 0 of Rego, several modules of one package that define the same
//! rule, a package of helpers, comparisons of absent fields negated.

use tierwalk_governance::output::{Format, Style, render};
use tierwalk_governance::{
    CheckOptions, CheckResult, Input, InputFile, LoadOptions, Policies, PolicyFile, RegoVersion,
    Report, check,
};

const POLICIES: [(&str, &str); 3] = [
    ("policy/deny.rego", include_str!("field/policy/deny.rego")),
    (
        "policy/kubernetes.rego",
        include_str!("field/policy/kubernetes.rego"),
    ),
    ("policy/warn.rego", include_str!("field/policy/warn.rego")),
];
const COMPILED: &str = include_str!("field/compiled.yaml");

fn policies() -> Policies {
    let files = POLICIES.map(|(path, text)| PolicyFile::new(path, text));
    let (policies, problems) = Policies::load(&files, &[], &LoadOptions::default());
    assert_eq!(problems, []);
    policies
}

fn checked() -> Report {
    let input = Input::parse(&InputFile {
        path: "compiled.yaml".into(),
        text: COMPILED.into(),
        parser: None,
    })
    .unwrap_or_else(|problem| panic!("{problem:?}"));
    check(&policies(), &[input], &CheckOptions::default())
}

fn only(report: &Report) -> &CheckResult {
    assert_eq!(report.errors, []);
    match report.results.as_slice() {
        [result] => result,
        results => panic!("{} results", results.len()),
    }
}

#[test]
fn each_module_is_seen_as_version_0() {
    let versions: Vec<_> = policies()
        .modules()
        .iter()
        .map(|module| module.version)
        .collect();
    assert_eq!(versions, [RegoVersion::V0; 3]);
}

#[test]
fn the_generators_policies_get_the_three_findings() {
    let report = checked();
    let text = render(Format::Stdout, &report.results, &Style::default());
    assert_eq!(
        text,
        "WARN - compiled.yaml - main - You should use networkset for allow-networks-egress. Globalnetworkset is meant to \
         be used for cluster wide resources.\n\
         FAIL - compiled.yaml - main - The order of test-app-polies must be above 500\n\
         FAIL - compiled.yaml - main - You are trying to apply a policy cluster-wide and not allowed to do so. Please use \
         networkpolicy for default-deny-cluster\n\
         \n16 tests, 13 passed, 1 warning, 2 failures, 0 exceptions\n"
    );
}

/// The checks only give text; the squiggle still belongs under the field that they are about.
#[test]
fn findings_stand_at_the_fields_they_are_about() {
    let report = checked();
    let result = only(&report);
    let places: Vec<(usize, String, &str)> = result
        .failures
        .iter()
        .chain(&result.warnings)
        .map(|finding| {
            let place = finding
                .place
                .as_ref()
                .unwrap_or_else(|| panic!("{finding:?}"));
            assert!(!place.named);
            (
                place.document,
                place.path.to_string(),
                place.span.of(COMPILED),
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            (0, "spec.order".to_owned(), "300"),
            (1, "spec.namespaceSelector".to_owned(), "all()"),
            (2, "kind".to_owned(), "GlobalNetworkSet"),
        ]
    );
}
