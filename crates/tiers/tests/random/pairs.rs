//! Every pair of a matrix is what the walk says of it.

use std::net::IpAddr;

use proptest::prelude::*;
use tierwalk_resources::model::Model;
use tierwalk_tiers::{End, Engine, Flow, PairVerdict, Walk};

use crate::flows::{AnyFlow, flows};
use crate::worlds::{crowded_world, world};

/// All pods, nodes and some addresses and names, none of which is a pod by another name.
fn ends(engine: &Engine) -> Vec<End> {
    let model = engine.model();
    let pods = model.workloads.iter().map(|pod| End::Pod {
        namespace: pod.namespace.clone(),
        name: pod.name.clone(),
    });
    let nodes = engine.nodes().map(|name| End::Node(name.into()));
    let v4 = (0u8..9).map(|last| IpAddr::from([10, 0, 0, last]));
    let v6 = (0u16..9).map(|last| IpAddr::from([0xfd00, 0, 0, 0, 0, 0, 0, last]));
    let outside = v4.chain(v6).map(End::Outside);
    let names = ["example.com", "api.example.com", "nowhere.net"];
    let names = names.map(|name| End::Domain(name.into()));
    pods.chain(nodes).chain(outside).chain(names).collect()
}

fn expected(engine: &Engine, flow: &Flow) -> PairVerdict {
    let Ok(walk) = engine.walk(flow) else {
        return PairVerdict::Apart;
    };
    match walk {
        Walk {
            egress: None,
            ingress: None,
            ..
        } => PairVerdict::NoEndpoint,
        Walk {
            verdict,
            pending_verdict,
            ..
        } => PairVerdict::Decided {
            enforced: verdict,
            pending: pending_verdict,
        },
    }
}

fn agree(model: Model, flows: &[AnyFlow]) -> Result<(), TestCaseError> {
    let engine = Engine::compile(model);
    let ends = ends(&engine);
    let flows = flows
        .iter()
        .filter_map(|flow| flow.in_model(engine.model()));
    for flow in flows.take(3) {
        let Ok(mut pairs) = engine.pairs(&ends, &flow) else {
            continue;
        };
        let rows: Vec<_> = (0..pairs.len()).map(|class| pairs.row(class)).collect();
        let classes = pairs.classes();
        for (source, from) in ends.iter().zip(classes) {
            for (destination, to) in ends.iter().zip(classes) {
                if source == destination {
                    continue;
                }
                let flow = Flow {
                    source: source.clone(),
                    destination: destination.clone(),
                    ..flow.clone()
                };
                let found = rows[*from as usize][*to as usize];
                prop_assert_eq!(found, expected(&engine, &flow), "{:?}", flow);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn pairs_are_what_the_walk_says(model in world(), flows in flows()) {
        agree(model, &flows)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn also_where_tiers_have_many_rules(model in crowded_world(), flows in flows()) {
        agree(model, &flows)?;
    }
}
