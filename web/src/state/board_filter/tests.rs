//! What the filter of the board lets through.

use super::*;
use crate::{fixture, shared::Shared, state::Msg as Message};

fn model() -> Model {
    Model {
        analysis: Shared::from(fixture::analysis()),
        ..Model::default()
    }
}

fn shown(model: &Model) -> Vec<String> {
    let (board, _) = model.board.filtered(&model.analysis.board);
    let cards = board.tiers.into_iter().flat_map(|tier| tier.policies);
    cards.map(|card| card.policy.name.clone()).collect()
}

fn send(model: &mut Model, msg: Msg) -> Vec<Effect> {
    model.update(Message::Board(msg))
}

#[test]
fn text_namespace_and_flag_narrow_together_and_closing_shows_all() {
    let mut model = model();
    let all = shown(&model);
    send(
        &mut model,
        Msg::Scope(Scope::Namespace("storefront".to_owned())),
    );
    assert_eq!(shown(&model), ["microservice1", "backend"]);
    send(&mut model, Msg::Flag(Some(Flag::Staged)));
    assert_eq!(shown(&model), ["microservice1"]);
    send(&mut model, Msg::Text("BACK".to_owned()));
    assert_eq!(shown(&model), [""; 0]);
    assert_eq!(
        model.board.filter.as_ref().unwrap().words(),
        "BACK, storefront, Staged"
    );
    send(&mut model, Msg::Open(false));
    assert_eq!(shown(&model), all);
}

#[test]
fn labels_are_looked_up_by_the_engine() {
    let mut model = model();
    let asked = send(&mut model, Msg::Label("app=backend".to_owned()));
    assert!(
        matches!(asked.as_slice(), [Effect::Ask(_, Question::Labelled(text))] if text == "app=backend")
    );
    let policy = model.analysis.board.tiers[0].policies[0].policy.clone();
    let name = policy.name.clone();
    model.labelled(Labelled {
        text: "app=backend".to_owned(),
        policies: Some(vec![policy]),
    });
    assert_eq!(shown(&model), [name]);
}

#[test]
fn tiers_fold_and_unfold_by_their_heads() {
    let mut model = model();
    let folded = |model: &Model| {
        let tiers = model.analysis.board.tiers.iter();
        let folded = tiers.filter(|tier| model.board.is_folded(tier));
        folded.map(|tier| tier.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(folded(&model), ["kube-admin", "kube-baseline"]);
    send(&mut model, Msg::Fold("security".to_owned()));
    send(&mut model, Msg::Fold("kube-admin".to_owned()));
    assert_eq!(folded(&model), ["security", "kube-baseline"]);
}

#[test]
fn a_folded_tier_unfolds_to_take_a_new_policy() {
    let mut model = model();
    send(&mut model, Msg::Fold("platform".to_owned()));
    send(&mut model, Msg::Add("platform".to_owned()));
    let mut tiers = model.analysis.board.tiers.iter();
    let platform = tiers.find(|tier| tier.name == "platform").unwrap();
    assert!(!model.board.is_folded(platform));
    assert_eq!(model.panel, Some(Panel::AddPolicy("platform".to_owned())));
}
