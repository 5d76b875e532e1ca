//! A tier on the board.

use tierwalk_protocol::{
    Analysis, PolicyCard, PolicyRef, Selected, Side, TierColumn, Verdict, Walk,
    walk::{Action, Direction},
};
use yew::prelude::*;

use super::{
    On,
    add_policy::AddPolicy,
    board_drag::Drag,
    card::Card,
    card_menu::CardMenu,
    click,
    marks::{Mark, mark},
};
use crate::{
    shared::Shared,
    state::{
        Msg, Panel, board_filter,
        board_view::{self, TierPart},
        object, walk_rows, words,
    },
};

/// Properties of [`Tier`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The tier.
    pub tier: TierColumn,
    /// What the engine found.
    pub board: Shared<Analysis>,
    /// The walk of the chosen flow.
    pub walk: Option<Shared<Walk>>,
    /// The end that is shown.
    pub direction: Direction,
    /// The chosen policy.
    pub chosen: Option<PolicyRef>,
    /// The endpoints that a chosen policy selects.
    pub selected: Option<Selected>,
    /// The policy that is the board's tab stop.
    pub stop: Option<PolicyRef>,
    /// Tiers that policies can be moved to.
    pub tiers: Vec<String>,
    /// The policy that is dragged.
    pub drag: Option<Drag>,
    /// What floats.
    pub panel: Option<Panel>,
    /// Messages.
    pub on: On,
}

/// Name and order, what happens at its end, its policies top to bottom, its floor.
#[component]
pub fn Tier(props: &Props) -> Html {
    let tier = &props.tier;
    let side = props
        .walk
        .as_ref()
        .and_then(|walk| walk_rows::side(walk, props.direction));
    let part = board_view::tier_part(side, tier);
    let skipped = part.skipped.is_some();
    let stop = side.map(|side| board_view::stop(side, tier));
    html! {
        <section class={classes!("tier", skipped.then_some("skipped"))} aria-label={format!("Tier {}", tier.name)} data-route={super::route_line::word(stop)} data-tier={tier.name.clone()}>
            <header><h3><button type="button" class="fold" data-head="" tabindex="-1" aria-expanded="true" onclick={fold(props)}>{ &tier.name }</button><span>{ words::order(tier.order) }</span></h3><span title={part.skipped.clone()}>{ subtitle(tier, &part) }</span></header>
            <ol class={classes!(dropped(props, tier.policies.len()))}>{ for tier.policies.iter().enumerate().map(|(at, card)| policy(props, side, at, card)) }</ol>
            { end(tier, &part) }
            if object::takes_policies(tier) { <AddPolicy tier={tier.name.clone()} board={props.board.board.clone()} panel={props.panel.clone()} on={&props.on} /> }
        </section>
    }
}

/// A tier is folded by its head.
fn fold(props: &Props) -> Callback<MouseEvent> {
    let tier = props.tier.name.clone();
    click(&props.on, move || {
        Msg::Board(board_filter::Msg::Fold(tier.clone()))
    })
}

fn subtitle(tier: &TierColumn, part: &TierPart) -> String {
    match &part.skipped {
        Some(why) => format!("skipped: {}", why.replace("policy selects it", "here")),
        None => format!("ends in {}", words::action(tier.default_action)),
    }
}

/// A line shows where a dragged policy would go.
fn dropped(props: &Props, at: usize) -> Option<&'static str> {
    let drag = props.drag.as_ref()?;
    (drag.place_in(&props.tier.name)? == at).then_some("drop")
}

fn policy(props: &Props, side: Option<&Side>, at: usize, card: &PolicyCard) -> Html {
    let part = board_view::part(side, &props.tier, &card.policy);
    let is = |policy: &Option<PolicyRef>| policy.as_ref() == Some(&card.policy);
    let policy = card.policy.clone();
    let panel = Panel::Card(policy.clone());
    let moving = props
        .drag
        .as_ref()
        .is_some_and(|drag| drag.over.is_some() && drag.policy == policy);
    let key = format!("{:?}/{}/{}", policy.kind, policy.namespace, policy.name);
    let oncontextmenu = {
        let (on, panel) = (props.on.clone(), panel.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            on.emit(Msg::Panel(Some(panel.clone())));
        })
    };
    let selected = props.selected.as_ref();
    let selected = selected.filter(|selected| selected.policy == policy);
    html! {
        <li key={key} class={classes!(dropped(props, at), moving.then_some("moving"))} data-card={at.to_string()} {oncontextmenu}><Card card={card.clone()} selected={selected.map(words::selected)} {part} chosen={is(&props.chosen)} stop={is(&props.stop)}
            onclick={click(&props.on, move || Msg::Policy(policy.clone()))} />
            <CardMenu card={card.clone()} tier={props.tier.clone()} tiers={props.tiers.clone()} panel={props.panel.clone().filter(|it| *it == panel)} chosen={is(&props.chosen)} on={&props.on} /></li>
    }
}

fn end(tier: &TierColumn, part: &TierPart) -> Html {
    let action = tier.default_action;
    let hits = tier.end_hits.deny + tier.end_hits.pass;
    let count = if hits > 0 {
        format!(" · {hits}")
    } else {
        String::new()
    };
    match part.end {
        Some(Action::Deny) => html! {
            <div class="eot won" data-stop="">
                <span class="node">{ mark(Mark::from(Verdict::Deny), "") }</span>
                <span>{ "End of tier" }</span>
                <span><span class="v deny">{ "Deny" }</span>{ count }</span>
            </div>
        },
        Some(end) => html! {
            <div class="eot" data-stop="">
                <span class="node">{ mark(Mark::from(end), "") }</span>
                <span>{ "End of tier" }</span>
                <span>{ words::action(end) }{ count }</span>
            </div>
        },
        None => {
            html! { <div class="eot"><span>{ "End of tier" }</span><span>{ words::action(action) }{ count }</span></div> }
        }
    }
}
