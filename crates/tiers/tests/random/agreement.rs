//! The compiled evaluator agrees with the walk, hit by hit.

use proptest::prelude::*;
use tierwalk_tiers::{Engine, Hit, Mode, SideWalk, Walk};

use crate::flows::flows;
use crate::worlds::world;

fn hits(side: &Option<SideWalk>, mode: Mode) -> &[Hit] {
    match (side, mode) {
        (None, _) => &[],
        (Some(side), Mode::Enforced) => &side.enforced,
        (Some(side), Mode::Pending) => &side.pending,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn verdicts_and_hits_are_those_of_the_walk(model in world(), flows in flows()) {
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
                prop_assert_eq!(verdicts.egress_hits(), hits(&walk.egress, mode), "{:?} {:?}", mode, flow);
                prop_assert_eq!(verdicts.ingress_hits(), hits(&walk.ingress, mode), "{:?} {:?}", mode, flow);
                prop_assert_eq!(verdict, expected, "{:?} {:?}", mode, flow);
            }
        }
    }
}
