//! Which policies select which endpoints, against looking at each one.

use proptest::prelude::*;
use tierwalk_resources::model::{Labels, Policy};
use tierwalk_tiers::{Endpoint, Engine, PolicyIndex};

use crate::worlds::world;

fn selects(policy: &Policy, labels: &Labels) -> bool {
    policy
        .subject
        .iter()
        .all(|part| part.selector.matches(labels))
}

fn policies(engine: &Engine) -> impl Iterator<Item = PolicyIndex> + use<> {
    (0..engine.policy_count() as u32).map(PolicyIndex)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_index_finds_what_selectors_say(model in world()) {
        let engine = Engine::compile(model);
        let workloads = (0..).map(Endpoint::Workload).zip(&engine.model().workloads);
        for (endpoint, workload) in workloads {
            let expected = policies(&engine).filter(|it| selects(engine.policy(*it), &workload.labels));
            prop_assert!(engine.selecting(endpoint).eq(expected));
        }
        let hosts = (0..).map(Endpoint::Host).zip(&engine.model().host_endpoints);
        for (endpoint, host) in hosts {
            let expected = policies(&engine).filter(|it| selects(engine.policy(*it), &host.labels));
            prop_assert!(engine.selecting(endpoint).eq(expected));
        }
    }

    #[test]
    fn counts_are_those_of_the_endpoints(model in world()) {
        let engine = Engine::compile(model);
        let pods = engine.selected_pods();
        let hosts = engine.selected_hosts();
        for (policy, (in_pods, in_hosts)) in policies(&engine).zip(pods.into_iter().zip(hosts)) {
            let model = engine.model();
            let of = |labels: &Labels| selects(engine.policy(policy), labels);
            let expected = model.workloads.iter().filter(|pod| of(&pod.labels)).count();
            prop_assert_eq!(in_pods as usize, expected);
            let expected = model.host_endpoints.iter().filter(|host| of(&host.labels)).count();
            prop_assert_eq!(in_hosts as usize, expected);
        }
    }

    #[test]
    fn owners_of_an_address_are_all_that_cover_it(model in world(), last in 0u8..9) {
        let engine = Engine::compile(model);
        let address = std::net::IpAddr::from([10, 0, 0, last]);
        let model = engine.model();
        let sets = model.network_sets.iter().filter(|set| set.nets.iter().any(|net| net.contains(&address)));
        let pods = model.workloads.iter().filter(|pod| pod.addresses.contains(&address));
        let hosts = model.host_endpoints.iter().filter(|host| host.addresses.contains(&address));
        let expected = sets.count() + pods.count() + hosts.count();
        prop_assert_eq!(engine.owners(address).len(), expected);
    }
}
