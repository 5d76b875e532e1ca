//! Cases 8–20: which addresses the selectors of a rule mean.

use crate::world::{ALLOW, DENY, World, gnp, labelled, np, world};

/// A policy on `web` with one Allow rule for a source.
fn on_web(policy: fn(&str, &str) -> String, name: &str, source: &str) -> String {
    let spec =
        format!("selector: app == 'web', ingress: [{{action: Allow, source: {{{source}}}}}]");
    policy(name, &spec)
}

fn global(source: &str) -> World {
    world(&[on_web(gnp, "g", source)])
}

fn namespaced(source: &str) -> World {
    world(&[on_web(np, "prod/p", source)])
}

#[test]
fn case_08_a_positive_selector_never_matches_an_unknown_address() {
    global("selector: app != 'db'").check(&[("E -> web", DENY), ("cli -> web", ALLOW)]);
}

#[test]
fn case_09_a_mere_negation_includes_unknown_addresses() {
    global("notSelector: app == 'db'").check(&[("E -> web", ALLOW), ("db -> web", DENY)]);
}

#[test]
fn case_10_in_a_namespaced_policy_a_negation_also_means_its_own_namespace() {
    namespaced("notSelector: app == 'db'").check(&[("E -> web", DENY), ("cli -> web", DENY)]);
}

#[test]
fn case_11_all_means_the_known_addresses_of_the_own_namespace() {
    namespaced("selector: all()").check(&[
        ("cli -> web", DENY),
        ("db -> web", ALLOW),
        ("198.51.100.5 -> web", ALLOW),
    ]);
}

#[test]
fn case_12_all_namespaces_are_all_that_have_one() {
    namespaced("namespaceSelector: all()").check(&[
        ("cli -> web", ALLOW),
        ("203.0.113.5 -> web", DENY),
        ("E -> web", DENY),
    ]);
}

#[test]
fn case_13_a_global_network_set_is_in_no_namespace() {
    namespaced("selector: tag == 'partner'").check(&[("203.0.113.5 -> web", DENY)]);
    namespaced("selector: tag == 'partner', namespaceSelector: global()")
        .check(&[("203.0.113.5 -> web", ALLOW)]);
}

#[test]
fn case_14_a_negated_namespace_selector_includes_what_is_global() {
    namespaced("namespaceSelector: env != 'dev'")
        .check(&[("203.0.113.5 -> web", ALLOW), ("cli -> web", DENY)]);
}

#[test]
fn case_15_a_rule_without_criteria_means_any_address() {
    let policy = np(
        "prod/p",
        "selector: app == 'web', ingress: [{action: Allow}]",
    );
    world(&[policy]).check(&[("E -> web", ALLOW)]);
}

#[test]
fn case_16_an_empty_service_account_match_adds_nothing() {
    namespaced("serviceAccounts: {}").check(&[("E -> web", ALLOW)]);
}

#[test]
fn case_17_service_account_names_are_those_of_the_own_namespace() {
    namespaced("serviceAccounts: {names: [default]}").check(&[("cli -> web", DENY)]);
}

#[test]
fn case_18_in_a_global_policy_a_service_account_name_is_one_of_any_namespace() {
    global("serviceAccounts: {names: [default]}").check(&[("cli -> web", ALLOW)]);
}

fn wide() -> String {
    labelled(
        "GlobalNetworkSet",
        "wide",
        "zone: dmz",
        "nets: [10.0.0.0/8]",
    )
}

#[test]
fn case_19_any_owner_of_an_address_may_satisfy_a_selector() {
    world(&[wide(), on_web(gnp, "g", "selector: '!has(app)'")]).check(&[("db -> web", ALLOW)]);
}

#[test]
fn case_20_a_negation_beside_a_selector_is_about_the_same_owner() {
    let rules = |source: &str| {
        let spec = format!(
            "selector: app == 'web', ingress: [{{action: Deny, source: {{{source}}}}}, {{action: Allow}}]"
        );
        world(&[wide(), gnp("g", &spec)])
    };
    rules("selector: app == 'db', notSelector: zone == 'dmz'").check(&[("db -> web", DENY)]);
    rules("notSelector: zone == 'dmz'").check(&[("db -> web", ALLOW)]);
}
