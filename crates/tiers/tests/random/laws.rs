//! What holds of any policies, whatever they say.

use std::sync::Arc;

use proptest::prelude::*;
use tierwalk_resources::model::{Action, Model, Part, PartKind, Rule};
use tierwalk_selector::Selector;
use tierwalk_tiers::{Engine, Hit, HitBy, Verdict, Walk};

use crate::flows::{AnyFlow, flows};
use crate::worlds::{policy, world};

/// What a flow log would say, with names instead of numbers.
fn trace(engine: &Engine, hits: &[Hit]) -> Vec<String> {
    let numbered = hits.iter().enumerate();
    numbered.map(|(at, hit)| hit.text(engine, at)).collect()
}

/// Verdicts and enforced traces of flows.
fn outcomes(model: Model, flows: &[AnyFlow]) -> Vec<Option<(Verdict, Vec<String>)>> {
    let named: Vec<_> = flows.iter().map(|flow| flow.in_model(&model)).collect();
    let engine = Engine::compile(model);
    let walk = |flow: &tierwalk_tiers::Flow| {
        let walk = engine.walk(flow).ok()?;
        let sides = walk.egress.iter().chain(&walk.ingress);
        let traces = sides
            .flat_map(|side| trace(&engine, &side.enforced))
            .collect();
        Some((walk.verdict, traces))
    };
    named.iter().map(|flow| walk(flow.as_ref()?)).collect()
}

fn verdicts(model: Model, flows: &[AnyFlow]) -> Vec<Option<(Verdict, Verdict)>> {
    let named: Vec<_> = flows.iter().map(|flow| flow.in_model(&model)).collect();
    let engine = Engine::compile(model);
    let walk = |flow: &tierwalk_tiers::Flow| engine.walk(flow).ok();
    let both = |walk: Walk| (walk.verdict, walk.pending_verdict);
    named
        .iter()
        .map(|flow| walk(flow.as_ref()?).map(both))
        .collect()
}

fn nobody() -> Part {
    Part {
        kind: PartKind::Selector,
        text: "a == 'nobody'".into(),
        selector: Selector::parse("a == 'nobody'").expect("a selector"),
    }
}

fn edit_rules(model: &mut Model, edit: impl Fn(&mut Vec<Rule>)) {
    for policy in &mut model.policies {
        edit(&mut policy.ingress);
        edit(&mut policy.egress);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn staged_policies_never_change_what_is_enforced(model in world(), flows in flows()) {
        let mut without = model.clone();
        without.policies.retain(|policy| !policy.id.kind.is_staged());
        prop_assert_eq!(outcomes(model, &flows), outcomes(without, &flows));
    }

    #[test]
    fn without_staged_policies_pending_is_enforced(mut model in world(), flows in flows()) {
        model.policies.retain(|policy| !policy.id.kind.is_staged());
        for (enforced, pending) in verdicts(model, &flows).into_iter().flatten() {
            prop_assert_eq!(enforced, pending);
        }
    }

    #[test]
    fn the_order_of_documents_does_not_matter(model in world(), flows in flows()) {
        let named: Vec<_> = flows.iter().map(|flow| flow.in_model(&model)).collect();
        let mut reversed = model.clone();
        reversed.tiers.reverse();
        reversed.policies.reverse();
        let mut inventory = Arc::unwrap_or_clone(reversed.inventory);
        inventory.workloads.reverse();
        inventory.host_endpoints.reverse();
        inventory.network_sets.reverse();
        inventory.profiles.reverse();
        reversed.inventory = Arc::new(inventory.sorted());
        let (one, other) = (Engine::compile(model), Engine::compile(reversed));
        for flow in named.iter().flatten() {
            // Two hits of equal policies have equal numbers, since tiers and policies are sorted.
            prop_assert_eq!(one.walk(flow), other.walk(flow));
        }
    }

    #[test]
    fn a_policy_that_selects_nothing_changes_nothing(
        model in world(),
        mut extra in policy("extra".into()),
        flows in flows(),
    ) {
        let mut with = model.clone();
        extra.subject = vec![nobody()];
        with.policies.push(extra);
        prop_assert_eq!(outcomes(model, &flows), outcomes(with, &flows));
    }

    #[test]
    fn log_rules_never_change_a_verdict(model in world(), flows in flows()) {
        let mut without = model.clone();
        edit_rules(&mut without, |rules| rules.retain(|rule| rule.action != Action::Log));
        prop_assert_eq!(verdicts(model, &flows), verdicts(without, &flows));
    }

    #[test]
    fn a_rule_right_after_its_like_changes_nothing(model in world(), flows in flows()) {
        let mut twice = model.clone();
        edit_rules(&mut twice, |rules| {
            *rules = rules.iter().flat_map(|rule| [rule.clone(), rule.clone()]).collect();
        });
        prop_assert_eq!(verdicts(model, &flows), verdicts(twice, &flows));
    }

    #[test]
    fn a_tier_at_the_end_in_which_everything_passes_is_as_none(model in world(), flows in flows()) {
        let mut with = model.clone();
        let mut pass = crate::worlds::pass_all();
        pass.tier = "zzz".into();
        with.policies.push(pass);
        prop_assert_eq!(verdicts(model, &flows), verdicts(with, &flows));
    }

    #[test]
    fn the_last_hit_is_the_verdict(model in world(), flows in flows()) {
        let engine = Engine::compile(model);
        for flow in flows.iter().filter_map(|flow| flow.resolve(&engine)) {
            let walk = engine.walk_resolved(flow);
            for side in walk.egress.iter().chain(&walk.ingress) {
                let Some(last) = side.enforced.last() else { continue };
                let denies = last.action == Action::Deny;
                prop_assert_eq!(side.verdict == Verdict::Deny, denies, "{:?}", side.enforced);
                let passes = side.enforced.iter().rev().skip(1);
                prop_assert!(passes.clone().all(|hit| hit.action != Action::Deny));
                prop_assert!(!matches!(last.by, HitBy::NoProfile) || denies);
            }
        }
    }

    #[test]
    fn every_reason_says_something(model in world(), flows in flows()) {
        let engine = Engine::compile(model);
        for flow in flows.iter().filter_map(|flow| flow.resolve(&engine)) {
            let walk = engine.walk_resolved(flow);
            prop_assert!(!engine.reason(&walk).what.is_empty(), "{walk:?}");
        }
    }

    #[test]
    fn the_words_of_a_rule_agree_with_its_trial(model in world(), flows in flows()) {
        let engine = Engine::compile(model);
        for flow in flows.iter().filter_map(|flow| flow.resolve(&engine)) {
            let walk = engine.walk_resolved(flow.clone());
            let explainer = engine.explainer(&flow);
            for side in walk.egress.iter().chain(&walk.ingress) {
                for step in crate::worlds::policy_steps(side) {
                    for trial in &side.trials[step.trials.start as usize..step.trials.end as usize] {
                        let clauses = explainer.rule(step.policy, side.direction, trial.rule);
                        prop_assert_eq!(clauses.iter().all(|clause| clause.held), trial.matched());
                    }
                }
            }
        }
    }
}
