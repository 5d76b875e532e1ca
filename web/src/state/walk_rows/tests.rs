use super::*;
use crate::fixture::denied_walk;

fn ingress() -> Side {
    denied_walk()
        .ingress
        .expect("the fixture has an ingress side")
}

#[test]
fn rows_follow_the_order_of_evaluation() {
    let tiers: Vec<_> = rows(&ingress()).into_iter().map(|row| row.tier).collect();
    assert_eq!(
        tiers,
        ["security", "platform", "kube-admin", "default", "default"]
    );
}

#[test]
fn policies_that_do_not_apply_have_no_row() {
    let names: Vec<_> = rows(&ingress())
        .into_iter()
        .filter_map(|row| match row.what {
            What::Policy(policy) => Some(policy.policy.name),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["security-pass", "backend"]);
}

#[test]
fn the_end_of_the_tier_decided() {
    let rows = rows(&ingress());
    assert_eq!(rows[decisive(&rows)].what, What::End(Action::Deny));
}

#[test]
fn a_decision_carries_the_string_that_flow_logs_print() {
    let rows = rows(&ingress());
    let hit = rows[decisive(&rows)].hit.as_deref();
    assert_eq!(hit, Some("1|default|np:storefront/backend|deny|-1"));
    assert_eq!(
        rows[0].hit.as_deref(),
        Some("0|security|gnp:security-pass|pass|0")
    );
}

#[test]
fn where_a_tier_ended_the_nearest_policy_is_opened() {
    let rows = rows(&ingress());
    assert_eq!(opened(&rows), Some(3));
    let What::Policy(policy) = &rows[3].what else {
        panic!("a policy");
    };
    assert_eq!(nearest(policy), Some((0, 1)));
}

#[test]
fn the_deciding_end_is_the_one_that_denied() {
    let mut walk = denied_walk();
    assert_eq!(deciding_side(&walk), Direction::Ingress);
    walk.egress.as_mut().expect("egress").verdict = Verdict::Deny;
    assert_eq!(deciding_side(&walk), Direction::Egress);
    walk.egress = None;
    walk.ingress = None;
    assert_eq!(deciding_side(&walk), Direction::Egress);
}
