//! A tier on the board.

use std::{rc::Rc, sync::Arc};

use tierwalk_protocol::{
    Analysis, BrokenPolicy, PolicyCard, PolicyRef, TierColumn, Verdict, walk::Action,
};
use yew::prelude::*;

use super::{
    On,
    add_policy::AddPolicy,
    board_drag::Drag,
    card::BrokenCard,
    card_slot::CardSlot,
    click,
    marks::{Mark, mark},
    policy_details::PolicyDetails,
};
use crate::{
    shared::Shared,
    state::{
        Msg, board_filter,
        board_view::{self, Lane, Shown, TierPart},
        details::Details,
        object, words,
    },
};

/// Tiers up to this many policies are laid out whole.
const SHORT: usize = 40;

/// Properties of [`Tier`]: only what concerns this one, so that it is drawn again only when that is another.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The tier.
    pub tier: TierColumn,
    /// What becomes of the chosen flow in it.
    pub lane: Lane,
    /// Its head says all that the list shows of it.
    pub closed: bool,
    /// The chosen policy.
    pub chosen: Option<PolicyRef>,
    /// The endpoints that the chosen policy selects, in words.
    pub selected: Option<String>,
    /// What there is to say about it, where that is shown below its card.
    pub details: Option<Details>,
    /// The policy that is the board's tab stop.
    pub stop: Option<PolicyRef>,
    /// Tiers that policies can be moved to.
    pub tiers: Rc<Vec<String>>,
    /// The policy that is dragged.
    pub drag: Option<Drag>,
    /// The policy whose menu is open.
    pub open: Option<PolicyRef>,
    /// What the engine found, if a policy is being added here.
    pub adding: Option<Shared<Analysis>>,
    /// Messages.
    pub on: On,
}

/// Name and order, what happens at its end, its policies top to bottom, its floor.
#[component]
pub fn Tier(props: &Props) -> Html {
    let Props { tier, lane, .. } = props;
    let part = &lane.part;
    let skipped = part.skipped.is_some();
    let name = AttrValue::from(tier.name.clone());
    html! {
        <section class={classes!("tier", skipped.then_some("skipped"), props.closed.then_some("closed"))} aria-label={format!("Tier {name}")} data-route={super::route_line::word(lane.stop)} data-tier={name.clone()}>
            <header><h3><button type="button" class="fold" title={tier.name.clone()} data-head="" tabindex="-1" aria-expanded={(!props.closed).to_string()} onclick={fold(props)}>if props.closed { { mark(Mark::More, "s10") } }{ &name }</button><span>{ words::order(tier.order) }</span></h3><span title={part.skipped.clone()}>{ subtitle(tier, part) }</span></header>
            <ol class={classes!(is_dropped(props, tier.policies.len()).then_some("drop"), (tier.policies.len() > SHORT).then_some("long"))}>{ for board_view::column(tier).into_iter().map(|shown| entry(props, &name, shown)) }</ol>
            { end(tier, part) }
            if object::takes_policies(tier) && !props.closed { <AddPolicy tier={&name} open={props.adding.clone()} on={&props.on} /> }
        </section>
    }
}

/// A tier is folded by its head.
fn fold(props: &Props) -> Callback<MouseEvent> {
    let (tier, closed) = (props.tier.name.clone(), props.closed);
    click(&props.on, move || {
        Msg::Board(match closed {
            true => board_filter::Msg::Unfold(tier.clone()),
            false => board_filter::Msg::Fold(tier.clone()),
        })
    })
}

fn subtitle(tier: &TierColumn, part: &TierPart) -> String {
    match &part.skipped {
        Some(why) => format!("skipped: {}", why_here(why)),
        None => format!("ends in {}", words::action(tier.default_action)),
    }
}

/// `no Ingress policy selects it` in the words that a column has room for.
fn why_here(why: &str) -> String {
    why.replace("no policy selects it", "no policy here")
        .replace("policy selects it", "here")
}

/// A line shows where a dragged policy would go.
fn is_dropped(props: &Props, at: usize) -> bool {
    let drag = props.drag.as_ref();
    drag.and_then(|drag| drag.place_in(&props.tier.name)) == Some(at)
}

fn entry(props: &Props, tier: &AttrValue, shown: Shown<'_>) -> Html {
    match shown {
        Shown::Card(at, card) => policy(props, tier, at, card),
        Shown::Broken(it) => broken(it, &props.chosen, &props.stop, &props.details, &props.on),
    }
}

/// A policy with an error.
pub fn broken(
    broken: &BrokenPolicy,
    chosen: &Option<PolicyRef>,
    stop: &Option<PolicyRef>,
    details: &Option<Details>,
    on: &On,
) -> Html {
    let policy = broken.policy.clone();
    let is = |other: &Option<PolicyRef>| other.as_ref() == Some(&policy);
    let (chosen, stop) = (is(chosen), is(stop));
    let key = format!("{}:{}", broken.place.file, broken.place.from);
    html! {
        <li {key}><BrokenCard broken={broken.clone()} {chosen} {stop} onclick={click(on, move || Msg::Policy(policy.clone()))} />
            if chosen { { below(details, on) } }</li>
    }
}

/// On a narrow page the chosen card opens.
pub(super) fn below(details: &Option<Details>, on: &On) -> Html {
    details.clone().map_or_else(
        || html! {},
        |details| html! { <div class="opened"><PolicyDetails {details} {on} /></div> },
    )
}

fn policy(props: &Props, tier: &AttrValue, at: usize, card: &Arc<PolicyCard>) -> Html {
    let policy = &card.policy;
    let is = |other: &Option<PolicyRef>| other.as_ref() == Some(policy);
    let chosen = is(&props.chosen);
    let moving = |drag: &Drag| drag.over.is_some() && drag.policy == *policy;
    let key = format!("{:?}/{}/{}", policy.kind, policy.namespace, policy.name);
    html! {
        <CardSlot {key} card={Arc::clone(card)} {at} {tier} tiers={Rc::clone(&props.tiers)} part={props.lane.part(policy)} {chosen}
            selected={props.selected.clone().filter(|_| chosen)} stop={is(&props.stop)} dropped={is_dropped(props, at)}
            moving={props.drag.as_ref().is_some_and(moving)} open={is(&props.open)} details={props.details.clone().filter(|_| chosen)} on={&props.on} />
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
