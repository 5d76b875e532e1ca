//! The compiled evaluator agrees with the walk, hit by hit.

use proptest::prelude::*;
use tierwalk_resources::model::Model;
use tierwalk_tiers::{Engine, Hit, Mode, SideWalk, Walk};

use crate::flows::{AnyFlow, flows};
use crate::worlds::{crowded_world, world};

fn hits(side: &Option<SideWalk>, mode: Mode) -> &[Hit] {
    match (side, mode) {
        (None, _) => &[],
        (Some(side), Mode::Enforced) => &side.enforced,
        (Some(side), Mode::Pending) => &side.pending,
    }
}

fn agree(model: Model, flows: &[AnyFlow]) -> Result<(), TestCaseError> {
    let engine = Engine::compile(model);
    let mut verdicts = engine.verdicts();
    for flow in flows.iter().filter_map(|flow| flow.resolve(&engine)) {
        let walk: Walk = engine.walk_resolved(flow.clone());
        let modes = [
            (Mode::Enforced, walk.verdict),
            (Mode::Pending, walk.pending_verdict),
        ];
        for (mode, expected) in modes {
            let verdict = verdicts.verdict(&flow, mode);
            let (egress, ingress) = (hits(&walk.egress, mode), hits(&walk.ingress, mode));
            prop_assert_eq!(&verdicts.egress().hits, egress, "{:?} {:?}", mode, flow);
            prop_assert_eq!(&verdicts.ingress().hits, ingress, "{:?} {:?}", mode, flow);
            prop_assert_eq!(verdict, expected, "{:?} {:?}", mode, flow);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn verdicts_and_hits_are_those_of_the_walk(model in world(), flows in flows()) {
        agree(model, &flows)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn also_where_tiers_have_many_rules(model in crowded_world(), flows in flows()) {
        agree(model, &flows)?;
    }
}
