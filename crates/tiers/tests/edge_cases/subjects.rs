//! Cases 1–7: which directions a policy governs, and what happens without one.

use crate::world::{ALLOW, DENY, np, resource, world};

#[test]
fn case_01_without_policy_profiles_decide_at_both_ends() {
    let world = world(&[]);
    let walk = world.walk("cli -> web");
    assert_eq!(walk.verdict, ALLOW);
    assert_eq!(
        world.enforced_hits(&walk.egress),
        ["0|__PROFILE__|pro:kns.dev|allow|0"]
    );
    assert_eq!(
        world.enforced_hits(&walk.ingress),
        ["0|__PROFILE__|pro:kns.prod|allow|0"]
    );
}

#[test]
fn case_02_a_policy_without_rules_is_a_default_deny() {
    let world = world(&[np("prod/deny", "types: [Ingress]")]);
    let walk = world.walk("cli -> web");
    assert_eq!(walk.verdict, DENY);
    assert_eq!(
        world.enforced_hits(&walk.ingress),
        ["0|default|np:prod/deny|deny|-1"]
    );
}

#[test]
fn case_03_egress_is_not_governed_by_an_ingress_policy() {
    world(&[np("prod/deny", "types: [Ingress]")]).check(&[("web -> E tcp/443", ALLOW)]);
}

#[test]
fn case_04_types_default_to_egress_if_there_are_egress_rules_only() {
    let policy = np(
        "prod/p",
        "selector: app == 'web', egress: [{action: Allow}]",
    );
    world(&[policy]).check(&[("cli -> web", ALLOW)]);
}

#[test]
fn case_05_empty_rule_lists_default_to_ingress() {
    let policy = np("prod/p", "selector: app == 'web', ingress: [], egress: []");
    world(&[policy]).check(&[("web -> E tcp/443", ALLOW)]);
}

#[test]
fn case_06_a_raw_policy_without_types_governs_both_directions() {
    let spec = "selector: app == 'web', ingress: [{action: Allow}]";
    let policy = resource(
        "crd.projectcalico.org/v1",
        "NetworkPolicy",
        "prod/p",
        "",
        spec,
    );
    world(&[policy]).check(&[("web -> E tcp/443", DENY), ("cli -> web", ALLOW)]);
}

#[test]
fn case_07_rules_of_a_direction_that_types_do_not_list_are_ignored() {
    let spec = "selector: app == 'web', types: [Ingress], ingress: [{action: Allow}], egress: [{action: Deny}]";
    world(&[np("prod/p", spec)]).check(&[("web -> E tcp/443", ALLOW)]);
}
