//! Cases 42–44: order among the policies of a tier, and who is charged at its end.

use crate::world::{ALLOW, DENY, gnp, knp, np, world};

#[test]
fn case_42_kubernetes_policies_have_order_1000() {
    let from_cli = knp(
        "prod/k",
        "podSelector: {matchLabels: {app: web}}, ingress: [{from: [{namespaceSelector: {matchLabels: {env: dev}}}]}]",
    );
    let deny = "selector: app == 'web', ingress: [{action: Deny}]";
    world(&[from_cli.clone(), gnp("g", deny)]).check(&[("cli -> web", ALLOW)]);
    world(&[from_cli, gnp("g", &format!("order: 10, {deny}"))]).check(&[("cli -> web", DENY)]);
}

#[test]
fn case_43_a_dash_sorts_before_the_end_of_a_name() {
    let resources = [
        gnp(
            "a",
            "order: 5, selector: app == 'web', ingress: [{action: Allow}]",
        ),
        gnp(
            "a-b",
            "order: 5, selector: app == 'web', ingress: [{action: Deny}]",
        ),
    ];
    world(&resources).check(&[("cli -> web", DENY)]);
}

#[test]
fn case_44_the_end_of_a_tier_is_charged_to_the_last_or_to_the_first_policy() {
    let policy = |name: &str, order: u8| {
        let spec = format!(
            "order: {order}, selector: app == 'web', ingress: [{{action: Allow, source: {{selector: app == 'db'}}}}]"
        );
        np(name, &spec)
    };
    let world = world(&[policy("prod/p1", 1), policy("prod/p2", 2)]);
    let walk = world.walk("cli -> web");
    assert_eq!(walk.verdict, DENY);
    assert_eq!(
        world.enforced_hits(&walk.ingress),
        ["0|default|np:prod/p2|deny|-1"]
    );
    assert_eq!(
        world.pending_hits(&walk.ingress),
        ["0|default|np:prod/p1|deny|-1"]
    );
}
