//! Cases 35–41 and 58: tiers, their ends, Pass and Log.

use crate::world::{ALLOW, DENY, calico, gnp, np, tier, world};

const DENY_IN: &str = "selector: app == 'web', ingress: [{action: Deny}]";
const FROM_DB: &str =
    "selector: app == 'web', ingress: [{action: Allow, source: {selector: app == 'db'}}]";

fn in_tier(name: &str, spec: &str) -> String {
    format!("tier: {name}, {spec}")
}

#[test]
fn case_35_a_tier_without_order_ties_with_default() {
    let allow = np(
        "prod/p",
        "selector: app == 'web', ingress: [{action: Allow}]",
    );
    let with = |name: &str| {
        world(&[
            tier(name, ""),
            gnp("g", &in_tier(name, DENY_IN)),
            allow.clone(),
        ])
    };
    with("apps").check(&[("cli -> web", DENY)]);
    with("zeta").check(&[("cli -> web", ALLOW)]);
}

#[test]
fn case_36_the_end_of_a_pass_tier_leads_on() {
    let world = world(&[
        tier("t1", "order: 10, defaultAction: Pass"),
        gnp("g", &in_tier("t1", FROM_DB)),
    ]);
    let walk = world.walk("cli -> web");
    assert_eq!(walk.verdict, ALLOW);
    assert_eq!(
        world.enforced_hits(&walk.ingress),
        ["0|t1|gnp:g|pass|-1", "1|__PROFILE__|pro:kns.prod|allow|0"]
    );
}

#[test]
fn case_37_a_tier_of_egress_policies_is_absent_from_ingress() {
    let policy = gnp("g", "tier: t1, selector: app == 'web', types: [Egress]");
    world(&[tier("t1", "order: 10"), policy]).check(&[("cli -> web", ALLOW)]);
}

fn staged_deny() -> String {
    calico("StagedGlobalNetworkPolicy", "s", &in_tier("t1", DENY_IN))
}

#[test]
fn case_38_a_tier_of_staged_policies_never_drops() {
    let world = world(&[tier("t1", "order: 10"), staged_deny()]);
    let walk = world.walk("cli -> web");
    assert_eq!((walk.verdict, walk.pending_verdict), (ALLOW, DENY));
    assert_eq!(world.pending_hits(&walk.ingress), ["0|t1|sgnp:s|deny|0"]);
    assert_eq!(
        world.enforced_hits(&walk.ingress),
        ["0|__PROFILE__|pro:kns.prod|allow|0"]
    );
}

#[test]
fn case_39_one_enforced_policy_makes_the_end_count() {
    let resources = [
        tier("t1", "order: 10"),
        staged_deny(),
        gnp("g", &in_tier("t1", FROM_DB)),
    ];
    world(&resources).check(&[("cli -> web", DENY)]);
}

#[test]
fn case_40_log_is_no_verdict() {
    let world = world(&[gnp("g", "selector: app == 'web', ingress: [{action: Log}]")]);
    let walk = world.walk("cli -> web");
    assert_eq!(walk.verdict, DENY);
    assert_eq!(
        world.enforced_hits(&walk.ingress),
        ["0|default|gnp:g|deny|-1"]
    );
}

#[test]
fn case_41_pass_skips_the_rest_of_its_tier() {
    let resources = [
        gnp(
            "g",
            "order: 1, selector: app == 'web', ingress: [{action: Pass}]",
        ),
        np("prod/p", &format!("order: 2, {DENY_IN}")),
    ];
    world(&resources).check(&[("cli -> web", ALLOW)]);
}

#[test]
fn case_58_a_tier_that_is_not_declared_is_last_and_ends_with_deny() {
    let policy = gnp("g", &in_tier("ghost", FROM_DB));
    let allow = np(
        "prod/p",
        "selector: app == 'web', ingress: [{action: Allow}]",
    );
    world(std::slice::from_ref(&policy)).check(&[("cli -> web", DENY)]);
    world(&[policy, allow]).check(&[("cli -> web", ALLOW)]);
}
