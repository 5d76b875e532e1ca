use super::*;
use crate::fixture::{board, denied_walk};

fn tier(name: &str) -> TierColumn {
    let found = board().tiers.into_iter().find(|tier| tier.name == name);
    found.expect("the fixture has this tier")
}

fn part_in(tier_name: &str, policy: &str) -> Part {
    let side = denied_walk().ingress;
    let tier = tier(tier_name);
    let card = tier
        .policies
        .iter()
        .find(|card| card.policy.name == policy)
        .expect("a card");
    Lane::of(side.as_ref(), &tier).part(&card.policy)
}

#[test]
fn cards_say_what_the_chosen_flow_met() {
    assert_eq!(part_in("security", "block-embargo"), Part::None);
    assert_eq!(
        part_in("security", "security-pass"),
        Part::Decided(Action::Pass)
    );
    assert_eq!(part_in("default", "backend"), Part::Tried);
}

#[test]
fn a_skipped_tier_says_why() {
    let side = denied_walk().ingress;
    let part = Lane::of(side.as_ref(), &tier("platform")).part;
    assert_eq!(
        part.skipped.as_deref(),
        Some("no Ingress policy selects it")
    );
}

#[test]
fn the_route_passes_skipped_tiers_and_ends_where_the_flow_was_decided() {
    let side = denied_walk().ingress.expect("ingress");
    let stops: Vec<_> = board().tiers.iter().map(|tier| stop(&side, tier)).collect();
    assert_eq!(
        stops,
        [
            Stop::Through,
            Stop::Over,
            Stop::Over,
            Stop::Ends,
            Stop::Beyond
        ]
    );
}

#[test]
fn without_a_flow_no_card_takes_part() {
    let tier = tier("default");
    let lane = Lane::of(None, &tier);
    assert_eq!(lane.part(&tier.policies[0].policy), Part::None);
    assert_eq!(lane, Lane::default());
}

#[test]
fn arrows_go_through_the_cards_and_stop_at_the_edges() {
    let board = board();
    let go = |from: &PolicyRef, across, down| {
        neighbour(&board, Some(from), across, down).map(|policy| policy.name)
    };
    let first = &board.tiers[0].policies[0].policy;
    let second = &board.tiers[0].policies[1].policy;
    let last = &board.tiers[3].policies[1].policy;
    assert_eq!(go(first, 0, 1).as_deref(), Some("security-pass"));
    assert_eq!(
        go(second, 1, 0).as_deref(),
        Some("allow-dns"),
        "a shorter tier gives its last card"
    );
    assert_eq!(go(first, -1, 0), None);
    assert_eq!(go(last, 0, 1), None);
    assert_eq!(go(last, 1, 0), None);
}
