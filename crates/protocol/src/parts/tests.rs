use proptest::prelude::*;

use super::*;
use crate::{Action, Board, HitKind, Hits, Place, PolicyRef, Severity, TierColumn};

fn card(name: &str, endpoints: u32) -> Arc<PolicyCard> {
    Arc::new(PolicyCard {
        policy: PolicyRef {
            kind: HitKind::CalicoNetworkPolicy,
            namespace: "shop".to_owned(),
            name: name.to_owned(),
        },
        short_kind: "np".to_owned(),
        order: None,
        ingress: true,
        egress: false,
        endpoints,
        hits: Hits::default(),
        flags: Vec::new(),
        place: Place::default(),
    })
}

fn tier(name: &str, policies: Vec<Arc<PolicyCard>>) -> TierColumn {
    TierColumn {
        name: name.to_owned(),
        order: None,
        default_action: Action::Deny,
        built_in: false,
        place: None,
        policies,
        broken: Vec::new(),
        end_hits: Hits::default(),
    }
}

fn problem(file: &str, from: u32) -> Diagnostic {
    let place = Place {
        file: file.to_owned(),
        from,
        ..Place::default()
    };
    Diagnostic {
        code: "selector/matches-nothing".to_owned(),
        severity: Severity::Warning,
        message: "nothing has it".to_owned(),
        help: None,
        place,
        related: Vec::new(),
        fixes: Vec::new(),
    }
}

/// Cards and problems from pairs of small numbers: a name, and what is said of it.
fn analysis(said: &[(u8, u8)]) -> Analysis {
    let cards = said
        .iter()
        .map(|(name, says)| card(&name.to_string(), u32::from(*says)));
    let mut cards: Vec<_> = cards.collect();
    let second = cards.split_off(cards.len() / 2);
    let problems = said
        .iter()
        .map(|(file, from)| problem(&file.to_string(), u32::from(*from)));
    let files = said.iter().map(|(path, errors)| FileSummary {
        path: path.to_string(),
        errors: u32::from(*errors),
        ..FileSummary::default()
    });
    Analysis {
        board: Board {
            tiers: vec![tier("a", cards), tier("b", Vec::new()), tier("c", second)],
            broken: Vec::new(),
            profile_hits: Hits::default(),
        },
        diagnostics: problems.collect(),
        files: files.collect(),
        ..Analysis::default()
    }
}

fn parts(before: &Analysis, now: &Analysis) -> (Parts, Analysis) {
    let before = Lists::taken(&mut before.clone());
    let mut rest = now.clone();
    let lists = Lists::taken(&mut rest);
    (Parts::of(&before, &lists), rest)
}

#[test]
fn of_a_thousand_policies_the_one_that_changed_crosses() {
    let before: Vec<_> = (0..200).map(|name| (name, 1)).collect();
    let mut now = before.clone();
    now[77].1 = 2;
    let (parts, rest) = parts(&analysis(&before), &analysis(&now));
    let new: Vec<_> = parts
        .cards
        .iter()
        .flat_map(|stretch| &stretch.new)
        .collect();
    assert_eq!(new, [&card("77", 2)]);
    assert!(rest.board.tiers.iter().all(|tier| tier.policies.is_empty()));
}

#[test]
fn a_card_that_did_not_change_stays_the_same_one() {
    let before = analysis(&[(1, 1), (2, 1), (3, 1), (4, 1)]);
    let (parts, rest) = parts(&before, &analysis(&[(1, 1), (2, 5), (3, 1), (4, 1)]));
    let now = parts.put(&before, rest).expect("told by the one before");
    let is_kept = |tier: usize, at: usize| {
        let card = |of: &Analysis| Arc::clone(&of.board.tiers[tier].policies[at]);
        Arc::ptr_eq(&card(&before), &card(&now))
    };
    assert_eq!(
        [is_kept(0, 0), is_kept(0, 1), is_kept(2, 0)],
        [true, false, true]
    );
}

#[test]
fn parts_of_another_analysis_are_refused() {
    let before = analysis(&[(1, 1), (2, 1)]);
    let (parts, rest) = parts(&before, &before);
    assert_eq!(parts.put(&analysis(&[(1, 1)]), rest), None);
}

proptest! {
    #[test]
    fn what_was_told_is_put_together_again(
        a in prop::collection::vec((0..6u8, 0..3u8), 0..12),
        b in prop::collection::vec((0..6u8, 0..3u8), 0..12),
    ) {
        let (before, now) = (analysis(&a), analysis(&b));
        let (parts, rest) = parts(&before, &now);
        prop_assert_eq!(parts.put(&before, rest), Some(now));
    }
}
