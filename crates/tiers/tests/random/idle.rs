//! What is said to never decide never does.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tierwalk_resources::model::{Action, Rule};
use tierwalk_tiers::{Applies, Direction, Endpoint, Engine, Phase, PolicyIndex, SideWalk};

use crate::flows::flows;
use crate::worlds::{policy_steps, world};

/// The rules that a side found to match: what got to them.
fn matched(side: &SideWalk) -> impl Iterator<Item = (u32, u32)> {
    policy_steps(side).flat_map(|step| {
        let trials = &side.trials[step.trials.start as usize..step.trials.end as usize];
        let matched = trials.iter().filter(|trial| trial.matched());
        matched.map(|trial| (step.policy.0, trial.rule))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_idle_rule_never_decides(model in world(), flows in flows()) {
        let engine = Engine::compile(model);
        let idle = engine.reach().idle;
        let idle: BTreeSet<_> = idle.iter().map(|it| (it.direction, it.policy.0, it.rule)).collect();
        for flow in flows.iter().filter_map(|flow| flow.resolve(&engine)) {
            let walk = engine.walk_resolved(flow.clone());
            for side in walk.egress.iter().chain(&walk.ingress) {
                for (policy, rule) in matched(side) {
                    let known = (side.direction, policy, rule);
                    prop_assert!(!idle.contains(&known), "{known:?} {flow:?}");
                }
            }
        }
    }

    #[test]
    fn without_ties_names_do_not_matter(mut model in world(), flows in flows()) {
        // Twins of a staged policy and its enforced one are told apart by kind: there are none here.
        let named: Vec<_> = flows.iter().map(|flow| flow.in_model(&model)).collect();
        let engine = Engine::compile(model.clone());
        prop_assume!(engine.reach().ties.is_empty());
        for policy in &mut model.policies {
            let number: u32 = policy.id.name.trim_start_matches("policy").parse().expect("a number");
            policy.id.name = format!("policy{}", 9 - number);
        }
        let renamed = Engine::compile(model);
        for flow in named.iter().flatten() {
            let verdict = |engine: &Engine| engine.walk(flow).map(|walk| walk.verdict).ok();
            prop_assert_eq!(verdict(&engine), verdict(&renamed), "{:?}", flow);
        }
    }

    #[test]
    fn a_rule_right_after_its_like_is_idle(mut model in world()) {
        for policy in &mut model.policies {
            let policy = &mut **policy;
            for rules in [&mut policy.ingress, &mut policy.egress] {
                *rules = rules.iter().flat_map(|rule| [rule.clone(), rule.clone()]).collect();
            }
        }
        let engine = Engine::compile(model);
        let idle = engine.reach().idle;
        let idle: BTreeSet<_> = idle.iter().map(|it| (it.policy.0, it.direction, it.rule)).collect();
        for (policy, direction, number, rule) in second_ones(&engine) {
            prop_assert!(idle.contains(&(policy.0, direction, number)), "{number} {direction:?} {rule:?}");
        }
    }
}

/// Whether a policy selects a pod with addresses of both versions.
fn is_applied(engine: &Engine, policy: PolicyIndex) -> bool {
    let pods = (0..).zip(&engine.model().workloads);
    let mut pods = pods.filter(|(_, pod)| pod.addresses.len() == 2);
    pods.any(|(number, _)| {
        let endpoint = Endpoint::Workload(number);
        let phase = Phase::Workload;
        [Direction::Egress, Direction::Ingress]
            .iter()
            .any(|direction| engine.applies(policy, endpoint, *direction, phase) == Applies::Yes)
    })
}

/// Every other rule of the policies that apply somewhere and govern its direction, of those that decide.
fn second_ones(engine: &Engine) -> impl Iterator<Item = (PolicyIndex, Direction, u32, &Rule)> {
    let policies = (0..engine.policy_count() as u32).map(PolicyIndex);
    let lists = policies.flat_map(|policy| {
        [Direction::Egress, Direction::Ingress].map(|direction| (policy, direction))
    });
    let governed = lists.filter(|(policy, direction)| {
        engine.governs(*policy, *direction) && is_applied(engine, *policy)
    });
    let rules = governed.flat_map(|(policy, direction)| {
        let rules = (0..).zip(engine.rules(policy, direction));
        rules.map(move |(number, rule)| (policy, direction, number, rule))
    });
    rules.filter(|(.., number, rule)| number % 2 == 1 && rule.action != Action::Log)
}
