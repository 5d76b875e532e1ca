//! Verdicts of Kubernetes' authorizer and of Calico's rules for tiers, on one request each.

use serde::Deserialize;
use tierwalk_admission::{Access, Api, Asked, Refusal, Stage, User, Verb, read};

use super::{Mismatch, Tally};

#[derive(Deserialize)]
struct Case {
    name: String,
    api: ApiName,
    rbac: String,
    tiers: Vec<String>,
    user: String,
    groups: Vec<String>,
    verb: String,
    object: String,
    old: Option<String>,
    #[serde(default)]
    selector: String,
    allowed: bool,
    stage: Option<String>,
    error: Option<String>,
    #[serde(rename = "visibleTiers")]
    visible_tiers: Option<Vec<String>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ApiName {
    Aggregated,
    Crd,
}

/// What is compared.
#[derive(Debug, Default, PartialEq)]
struct Verdict {
    allowed: bool,
    stage: Option<String>,
    error: Option<String>,
    visible_tiers: Option<Vec<String>>,
}

/// Compares one request.
pub fn compare(vector: &str, tally: &mut Tally) -> Result<(), serde_json::Error> {
    let case: Case = serde_json::from_str(vector)?;
    let actual = verdict(&case);
    let expected = Verdict {
        allowed: case.allowed,
        stage: case.stage,
        error: case.error,
        visible_tiers: case.visible_tiers,
    };
    let differs = [
        Mismatch::unless_equal(
            "allowed",
            &expected.allowed,
            &actual.allowed,
            bool::to_string,
        ),
        Mismatch::unless_equal("stage", &expected.stage, &actual.stage, shown),
        Mismatch::unless_equal("error", &expected.error, &actual.error, shown),
        Mismatch::unless_equal(
            "visible tiers",
            &expected.visible_tiers.map(sorted),
            &actual.visible_tiers.map(sorted),
            |tiers| format!("{tiers:?}"),
        ),
    ];
    tally.note(|| case.name, differs.into_iter().flatten().collect());
    Ok(())
}

fn shown(text: &Option<String>) -> String {
    text.clone().unwrap_or_else(|| "none".to_owned())
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

fn verdict(case: &Case) -> Verdict {
    let mut access = Access {
        api: match case.api {
            ApiName::Aggregated => Api::Aggregated,
            ApiName::Crd => Api::Crd,
        },
        tiers: case.tiers.iter().cloned().collect(),
        ..Access::default()
    };
    for found in read(&case.rbac).0 {
        if let Err(error) = access.rbac.add(&found.object) {
            return Verdict {
                error: Some(error.to_string()),
                ..Verdict::default()
            };
        }
    }
    let Some(verb) = Verb::named(&case.verb) else {
        return Verdict::default();
    };
    let object = first(&case.object);
    let old = case.old.as_deref().and_then(first);
    let user = User {
        name: case.user.clone(),
        groups: case.groups.clone(),
    };
    let asked = Asked {
        user: &user,
        verb,
        object: object.as_ref(),
        old: old.as_ref(),
        selector: &case.selector,
    };
    let answer = access
        .authorize(&asked)
        .and_then(|_| access.authorize_tier(&asked));
    match answer {
        Ok(visible_tiers) => Verdict {
            allowed: true,
            visible_tiers,
            ..Verdict::default()
        },
        Err(refusal) => refused(refusal),
    }
}

fn first(text: &str) -> Option<serde_json::Value> {
    read(text).0.into_iter().next().map(|found| found.object)
}

fn refused(refusal: Refusal) -> Verdict {
    let stage = match refusal.stage {
        Stage::Rbac => "rbac",
        Stage::TierExists => "tier-exists",
        _ => "tier",
    };
    Verdict {
        stage: Some(stage.to_owned()),
        error: Some(refusal.message),
        ..Verdict::default()
    }
}
