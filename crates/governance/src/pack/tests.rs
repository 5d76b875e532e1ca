use std::collections::BTreeSet;

use tierwalk_yaml::{Document, Path};

use super::{Check, SCHEMA, Settings, checks, policies, tests};
use crate::gatekeeper::{Gatekeeper, Review};
use crate::{
    CheckOptions, CheckResult, Finding, Input, InputFile, LoadOptions, Policies, annotations,
    check, verify,
};

/// 21 November 2026.
const NOW: i64 = 1_795_219_200_000_000_000;

fn load(settings: &Settings) -> Policies {
    let options = LoadOptions {
        now: Some(NOW),
        ..LoadOptions::default()
    };
    let mut files = policies("pack");
    files.push(tests("pack"));
    let (policies, problems) = Policies::load(&files, &[settings.data("checks.yaml")], &options);
    assert_eq!(problems, []);
    policies
}

/// What is said about each text.
fn results(settings: &Settings, texts: &[&str]) -> Vec<CheckResult> {
    let inputs: Vec<Input> = texts
        .iter()
        .map(|text| {
            let file = InputFile {
                path: "a.yaml".into(),
                text: (*text).into(),
                parser: None,
            };
            Input::parse(&file).unwrap_or_else(|problem| panic!("{problem:?}"))
        })
        .collect();
    let report = check(&load(settings), &inputs, &CheckOptions::default());
    assert_eq!(report.errors, []);
    report.results
}

fn result(settings: &Settings, text: &str) -> CheckResult {
    results(settings, &[text]).pop().unwrap_or_default()
}

/// All checks on, with owners for the teams of the examples.
fn all_on() -> Settings {
    let text = "apiVersion: tierwalk.dev/v1\nkind: Checks\nchecks:\n  team_tier: {teams: {shop: [application]}}\n";
    let (mut settings, problems) = Settings::read("checks.yaml", text, None);
    assert_eq!(problems, []);
    for check in checks() {
        settings.enable(&check.id, true);
    }
    settings
}

fn of<'a>(result: &'a CheckResult, check: &Check) -> Vec<&'a Finding> {
    let suffix = format!("_{}", check.id);
    let found = result.failures.iter().chain(&result.warnings);
    found
        .filter(|finding| {
            let rule = finding.query.rsplit('.').next().unwrap_or_default();
            rule.strip_suffix(&suffix)
                .is_some_and(|word| matches!(word, "deny" | "warn"))
        })
        .collect()
}

#[test]
fn every_check_of_the_organisation_is_there() {
    let ids: Vec<String> = checks().into_iter().map(|check| check.id).collect();
    assert_eq!(
        ids,
        [
            "cluster_wide",
            "dns_egress",
            "empty_policy",
            "environments",
            "name",
            "namespace",
            "network_set",
            "open_egress",
            "open_ingress",
            "order",
            "owner",
            "selector_keys",
            "team_tier",
            "tier_actions",
        ]
    );
}

#[test]
fn every_check_says_what_it_wants_and_why() {
    for check in checks() {
        assert!(
            !check.title.is_empty() && check.why.len() > 40,
            "{}",
            check.id
        );
        let described: BTreeSet<&str> = check.parameters.keys().map(String::as_str).collect();
        let settings = Settings::default();
        let known = settings.checks[&check.id].as_object().into_iter().flatten();
        let known: BTreeSet<&str> = known
            .map(|(key, _)| key.as_str())
            .filter(|key| *key != "enabled")
            .collect();
        assert_eq!(described, known, "{}", check.id);
    }
}

/// The finding stands under the field that the example names.
#[test]
fn every_bad_example_is_found_at_its_field() {
    let checks = checks();
    let bad: Vec<&str> = checks.iter().map(|check| check.bad.as_str()).collect();
    for (check, result) in checks.iter().zip(results(&all_on(), &bad)) {
        let found = of(&result, check);
        assert_eq!(found.len(), 1, "{}: {result:?}", check.id);
        let place = found[0].place.as_ref();
        let place = place.unwrap_or_else(|| panic!("{}: {found:?}", check.id));
        assert!(place.named);
        assert_eq!(place.path.to_string(), check.at, "{}", check.id);
        let expected = Document::parse(&check.bad).span_at(&Path::parse(&check.at));
        assert_eq!(place.span, expected, "{}", check.id);
    }
}

#[test]
fn every_good_example_is_not_found() {
    let checks = checks();
    let good: Vec<&str> = checks.iter().map(|check| check.good.as_str()).collect();
    for (check, result) in checks.iter().zip(results(&all_on(), &good)) {
        assert!(of(&result, check).is_empty(), "{}: {result:?}", check.id);
    }
}

#[test]
fn what_is_off_says_nothing() {
    let mut off = all_on();
    let checks = checks();
    checks.iter().for_each(|check| off.enable(&check.id, false));
    let bad: Vec<&str> = checks.iter().map(|check| check.bad.as_str()).collect();
    for (check, result) in checks.iter().zip(results(&off, &bad)) {
        assert!(of(&result, check).is_empty(), "{}: {result:?}", check.id);
    }
}

#[test]
fn the_packs_own_tests_pass() {
    let report = verify(&load(&Settings::default()), &[], false);
    assert_eq!(report.errors, []);
    let failed: Vec<&CheckResult> = report
        .results
        .iter()
        .filter(|result| !result.failures.is_empty())
        .collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert!(report.results.len() >= 14);
}

/// `cargo run -p tierwalk-governance --example pages` writes them anew.
#[test]
fn the_manual_says_what_the_checks_say() {
    let read = |name: &str| {
        let path = format!("{}/../../docs/checks/{name}.md", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap_or_default()
    };
    for check in checks() {
        assert_eq!(read(&check.id), super::page(&check));
    }
    assert_eq!(read("README"), super::index());
}

#[test]
fn other_documents_are_left_alone() {
    let texts = [
        "",
        "just text\n",
        "kind: Pod\nmetadata: {name: web}\n",
        "kind: [1]\nspec: 5\n",
    ];
    for (text, result) in texts.iter().zip(results(&all_on(), &texts)) {
        let found = (result.failures, result.warnings);
        assert_eq!(found, (Vec::new(), Vec::new()), "{text}");
    }
}

#[test]
fn defaults_fit_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap_or_default();
    let names = schema["properties"]["checks"]["properties"].as_object();
    let names = names.into_iter().flatten();
    let names: BTreeSet<&str> = names.map(|(name, _)| name.as_str()).collect();
    let settings = Settings::default();
    let known: BTreeSet<&str> = settings.checks.keys().map(String::as_str).collect();
    assert_eq!(names, known);
    let all = serde_json::json!({"apiVersion": "tierwalk.dev/v1", "kind": "Checks", "checks": settings.checks});
    let (read, problems) = Settings::read("checks.yaml", &all.to_string(), None);
    assert_eq!(problems, []);
    assert_eq!(read, settings);
}

#[test]
fn settings_override_what_they_name_and_nothing_else() {
    let text = "apiVersion: tierwalk.dev/v1\nkind: Checks\nchecks:\n  order: {min: 50}\n  network_set: {enabled: false}\n";
    let (settings, problems) = Settings::read("checks.yaml", text, None);
    assert_eq!(problems, []);
    assert!(settings.is_enabled("order") && !settings.is_enabled("network_set"));
    let order = checks().into_iter().find(|check| check.id == "order");
    let order = order.unwrap_or_else(|| panic!("no order"));
    assert!(of(&result(&settings, &order.bad), &order).is_empty());
}

#[test]
fn slips_in_settings_are_told_and_left_out() {
    let text = "apiVersion: tierwalk.dev/v1\nkind: Checks\nchecks:\n  ordr: {min: 50}\n  order: {min: low}\n  \
                namespace: {enabled: false}\nexceptions:\n  - checks: [order]\n    reason: x\n    expires: soon\n";
    let (settings, problems) = Settings::read("checks.yaml", text, None);
    let told: Vec<(&str, &str)> = problems
        .iter()
        .map(|problem| {
            (
                problem.diagnostic.span.of(text),
                &*problem.diagnostic.message,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("ordr", "there is no `ordr` here"),
            ("low", "this must be a number, it is the text `low`"),
            ("soon", "`soon` is no date; write 2026-12-31"),
        ]
    );
    assert_eq!(settings.checks["order"]["min"], 500);
    assert!(!settings.is_enabled("namespace"), "the others count");
    assert!(settings.exceptions.is_empty());
}

const EXCEPTION: &str = "apiVersion: tierwalk.dev/v1\nkind: Checks\nexceptions:\n  - checks: [order]\n    policy: we*\n    \
                         namespace: shop\n    reason: moves in spring\n    expires: 2026-12-31\n";

#[test]
fn exceptions_hold_until_their_day() {
    let order = checks().into_iter().find(|check| check.id == "order");
    let order = order.unwrap_or_else(|| panic!("no order"));
    let (settings, problems) = Settings::read("checks.yaml", EXCEPTION, Some(NOW));
    assert_eq!(problems, []);
    let excepted = result(&settings, &order.bad);
    assert!(of(&excepted, &order).is_empty());
    assert_eq!(excepted.exceptions.len(), 1);

    let text = EXCEPTION.replace("2026-12-31", "2026-11-20");
    let (settings, problems) = Settings::read("checks.yaml", &text, Some(NOW));
    assert_eq!(problems[0].diagnostic.code, "governance/exception-ended");
    assert_eq!(problems[0].diagnostic.span.of(&text), "2026-11-20");
    assert!(!problems[0].is_error());
    assert_eq!(of(&result(&settings, &order.bad), &order).len(), 1);
}

#[test]
fn exceptions_from_what_there_is_not_are_told() {
    let text = EXCEPTION.replace("[order]", "[ordre]");
    let (_, problems) = Settings::read("checks.yaml", &text, None);
    assert_eq!(problems[0].diagnostic.message, "there is no check `ordre`");
    assert_eq!(
        problems[0].diagnostic.help.as_deref(),
        Some("did you mean `order`?")
    );
}

/// What is exported for Gatekeeper says of every example what the pack says.
#[test]
fn gatekeepers_templates_say_the_same() {
    let templates: Vec<_> = super::export(&all_on())
        .into_iter()
        .filter(|file| file.path.starts_with("gatekeeper/"))
        .collect();
    assert_eq!(templates.len(), checks().len());
    for (check, template) in checks().iter().zip(templates) {
        let options = LoadOptions {
            now: Some(NOW),
            ..LoadOptions::default()
        };
        let (gatekeeper, problems) = Gatekeeper::load(&[template], &[], &options);
        assert_eq!(problems, [], "{}", check.id);
        let said = |text: &str| {
            let review =
                Review::from_yaml("a.yaml", text).unwrap_or_else(|problem| panic!("{problem:?}"));
            let decision = gatekeeper.review(&review);
            assert_eq!(decision.errors, [], "{}", check.id);
            let messages = decision
                .violations
                .into_iter()
                .map(|violation| violation.message);
            messages.collect::<Vec<_>>()
        };
        let result = result(&all_on(), &check.bad);
        let found = of(&result, check);
        let found: Vec<String> = found
            .iter()
            .map(|finding| finding.message.clone())
            .collect();
        assert_eq!(said(&check.bad), found, "{}", check.id);
        assert!(said(&check.good).is_empty(), "{}", check.id);
    }
}

#[test]
fn exceptions_go_along_to_gatekeeper() {
    let (settings, _) = Settings::read("checks.yaml", EXCEPTION, Some(NOW));
    let order = checks().into_iter().find(|check| check.id == "order");
    let order = order.unwrap_or_else(|| panic!("no order"));
    let files = super::export(&settings);
    let template = files
        .into_iter()
        .find(|file| file.path == "gatekeeper/order.yaml");
    let options = LoadOptions {
        now: Some(NOW),
        ..LoadOptions::default()
    };
    let (gatekeeper, problems) = Gatekeeper::load(template.as_slice(), &[], &options);
    assert_eq!(problems, []);
    let review = |text: &str| {
        let review =
            Review::from_yaml("a.yaml", text).unwrap_or_else(|problem| panic!("{problem:?}"));
        gatekeeper.review(&review).violations.is_empty()
    };
    assert!(review(&order.bad));
    assert!(!review(&order.bad.replace("name: web", "name: db")));
}

#[test]
fn what_is_exported_for_conftest_is_the_pack() {
    let files = super::export(&Settings::default());
    let (data, policies): (Vec<_>, Vec<_>) = files
        .into_iter()
        .filter(|file| file.path.starts_with("policy/") || file.path.starts_with("data/"))
        .partition(|file| file.path.starts_with("data/"));
    // OPA `v1/ast/compile.go`: "package annotation redeclared", if two files of a package have one.
    for file in &policies {
        let above = file.text.split("package ").next().unwrap_or_default();
        assert!(!above.contains("# METADATA"), "{}", file.path);
    }
    let annotated = policies.iter().map(|file| annotations(&file.text).len());
    assert_eq!(annotated.sum::<usize>(), checks().len());
    let (policies, problems) = Policies::load(&policies, &data, &LoadOptions::default());
    assert_eq!(problems, []);
    let report = verify(&policies, &[], false);
    assert!(
        report
            .results
            .iter()
            .all(|result| result.failures.is_empty())
    );
}
