//! The trace vectors: flows with the hits that Calico's own evaluation gave.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;
mod format;

use std::fs;
use std::path::{Path, PathBuf};

use format::{Expected, Hit, Scenario, Side, Vectors};
use tierwalk_tiers::{Engine, HitBy, Mode, SideWalk, Verdict, Walk};

#[test]
fn small_scenarios() {
    check(&conformance("hand.json"));
}

#[test]
fn random_scenarios() {
    check(&conformance("random-a.json"));
}

fn conformance(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("tests/conformance").join(name)
}

fn check(path: &Path) {
    let text = fs::read_to_string(path).expect("the vectors are there");
    let vectors: Vectors = serde_json::from_str(&text).expect("the vectors are in their format");
    let differences: Vec<String> = vectors.scenarios.iter().flat_map(differences).collect();
    let shown = differences.iter().take(10).cloned().collect::<Vec<_>>();
    assert!(
        differences.is_empty(),
        "{} differ\n{}",
        differences.len(),
        shown.join("\n")
    );
}

fn differences(scenario: &Scenario) -> Vec<String> {
    let engine = common::engine(&scenario.resources);
    let mut differences = Vec::new();
    for flow in &scenario.flows {
        let name = format!("{}: {:?} -> {:?}", scenario.name, flow.from, flow.to);
        match engine.walk(&flow.flow()) {
            Err(error) => differences.push(format!("{name}: {error}")),
            Ok(walk) => {
                let actual = expected_of(&engine, &walk);
                differences
                    .extend(compiled_differs(&engine, &walk).then(|| format!("{name}: compiled")));
                if !agree(&actual, &flow.expect) {
                    differences.push(format!(
                        "{name}\n  is     {actual:?}\n  wanted {:?}",
                        flow.expect
                    ));
                }
            }
        }
    }
    differences
}

/// Whether the compiled evaluator says something else.
fn compiled_differs(engine: &Engine, walk: &Walk) -> bool {
    let mut verdicts = engine.verdicts();
    let enforced = verdicts.verdict(&walk.flow, Mode::Enforced) == walk.verdict
        && walk
            .egress
            .as_ref()
            .is_none_or(|side| side.enforced == verdicts.egress().hits)
        && walk
            .ingress
            .as_ref()
            .is_none_or(|side| side.enforced == verdicts.ingress().hits);
    let pending = verdicts.verdict(&walk.flow, Mode::Pending) == walk.pending_verdict
        && walk
            .egress
            .as_ref()
            .is_none_or(|side| side.pending == verdicts.egress().hits)
        && walk
            .ingress
            .as_ref()
            .is_none_or(|side| side.pending == verdicts.ingress().hits);
    !(enforced && pending)
}

/// As the vectors' README says under "How to compare".
fn agree(actual: &Expected, wanted: &Expected) -> bool {
    (&actual.verdict, &actual.pending_verdict) == (&wanted.verdict, &wanted.pending_verdict)
        && sides_agree(&actual.egress, &wanted.egress)
        && sides_agree(&actual.ingress, &wanted.ingress)
}

fn sides_agree(actual: &Option<Side>, wanted: &Option<Side>) -> bool {
    match (actual, wanted) {
        (None, None) => true,
        (Some(actual), Some(wanted)) => {
            (&actual.verdict, &actual.pending_verdict) == (&wanted.verdict, &wanted.pending_verdict)
                && hits_agree(&actual.enforced, &wanted.enforced)
                && hits_agree(&actual.pending, &wanted.pending)
        }
        _ => false,
    }
}

fn hits_agree(actual: &[Hit], wanted: &[Hit]) -> bool {
    let mut pairs = actual.iter().zip(wanted);
    actual.len() == wanted.len()
        && pairs.all(|(actual, wanted)| match wanted.rule {
            -1 => (actual.rule, &actual.tier, &actual.action) == (-1, &wanted.tier, &wanted.action),
            _ => actual == wanted,
        })
}

fn expected_of(engine: &Engine, walk: &Walk) -> Expected {
    let side = |side: &SideWalk| Side {
        verdict: word(side.verdict),
        pending_verdict: word(side.pending_verdict),
        enforced: hits(engine, &side.enforced),
        pending: hits(engine, &side.pending),
    };
    Expected {
        verdict: word(walk.verdict),
        pending_verdict: word(walk.pending_verdict),
        egress: walk.egress.as_ref().map(side),
        ingress: walk.ingress.as_ref().map(side),
    }
}

fn hits(engine: &Engine, hits: &[tierwalk_tiers::Hit]) -> Vec<Hit> {
    hits.iter().map(|hit| to_hit(engine, hit)).collect()
}

fn to_hit(engine: &Engine, hit: &tierwalk_tiers::Hit) -> Hit {
    let (kind, namespace, name, tier) = match hit.by {
        HitBy::Policy { tier, policy } => {
            let id = &engine.policy(policy).id;
            let namespace = Some(id.namespace.clone()).filter(|it| !it.is_empty());
            let tier = engine.tier(tier).name.clone();
            (id.kind.name(), namespace, id.name.as_str(), Some(tier))
        }
        HitBy::Profile(profile) => ("Profile", None, engine.profile_name(profile), None),
        HitBy::NoProfile => ("Profile", None, "__NO_MATCH__", None),
    };
    Hit {
        kind: kind.into(),
        namespace,
        name: name.into(),
        tier,
        rule: hit.rule.map_or(-1, i64::from),
        action: format!("{:?}", hit.action).to_lowercase(),
    }
}

fn word(verdict: Verdict) -> String {
    format!("{verdict:?}").to_lowercase()
}
