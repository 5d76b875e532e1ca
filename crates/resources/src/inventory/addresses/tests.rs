use std::collections::HashSet;
use std::net::IpAddr;

use super::{Addresses, NODES, PODS};

fn ips(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
fn an_owner_has_the_same_address_whoever_else_is_there() {
    let alone = Addresses::default().assign(PODS, "prod/web");
    assert_eq!(alone, ips(&["10.244.144.213", "fd00:10:244::90d5"]));
    let mut shared = Addresses::default();
    shared.assign(PODS, "prod/db");
    assert_eq!(shared.assign(PODS, "prod/web"), alone);
}

#[test]
fn written_addresses_are_left_alone() {
    let first = Addresses::default().assign(PODS, "prod/web");
    for taken in &first {
        let other = Addresses::avoiding([*taken]).assign(PODS, "prod/web");
        assert_eq!(other.len(), 2);
        assert!(!other.contains(&first[0]) && !other.contains(&first[1]));
    }
}

#[test]
fn nodes_have_addresses_of_their_own() {
    let node = Addresses::default().assign(NODES, "n1");
    assert!(node[0].to_string().starts_with("172.18."), "{node:?}");
    assert!(node[1].to_string().starts_with("fd00:172:18::"), "{node:?}");
}

#[test]
fn addresses_run_out_in_the_end() {
    let mut addresses = Addresses::default();
    let given: HashSet<_> = (0..65_521)
        .flat_map(|pod| addresses.assign(PODS, &pod.to_string()))
        .collect();
    assert_eq!(given.len(), 2 * 65_521);
    for last in ["10.244.0.0", "10.244.255.255"] {
        assert!(!given.contains(&last.parse::<IpAddr>().unwrap()), "{last}");
    }
    assert!(addresses.assign(PODS, "one more").is_empty());
}
