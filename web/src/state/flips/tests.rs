use super::*;
use crate::fixture::flow;

#[test]
fn a_flow_flips_when_its_verdict_is_another_than_pinned() {
    let before = [
        flow("a", Some(Verdict::Deny)),
        flow("b", Some(Verdict::Allow)),
    ];
    let after = [
        flow("a", Some(Verdict::Allow)).into(),
        flow("b", Some(Verdict::Allow)).into(),
    ];
    let flips = Baseline::of(&before).flips(&after);
    assert_eq!(flips.len(), 1);
    assert_eq!(
        (flips[0].was, flips[0].now),
        (Verdict::Deny, Verdict::Allow)
    );
}

#[test]
fn new_flows_and_unreadable_ones_do_not_flip() {
    let before = [flow("a", Some(Verdict::Deny))];
    let after = [
        flow("a", None).into(),
        flow("new", Some(Verdict::Allow)).into(),
    ];
    assert!(Baseline::of(&before).flips(&after).is_empty());
}

#[test]
fn the_counts_say_what_the_strip_says() {
    let mut pending = flow("a", Some(Verdict::Allow));
    pending.pending = Some(Verdict::Deny);
    let mut unmet = flow("b", Some(Verdict::Allow));
    unmet.expected = Some(Verdict::Deny);
    let counts = Counts::of(&[pending, unmet, flow("c", None)]);
    let expected = Counts {
        flows: 3,
        allow: 2,
        deny: 0,
        unread: 1,
        pending: 1,
        expected: 2,
        unmet: 1,
    };
    assert_eq!(counts, expected);
}
