//! The place of a policy on the board: its card and its menu. It is drawn again only when something about it is another.

use std::{rc::Rc, sync::Arc};

use tierwalk_protocol::PolicyCard;
use yew::prelude::*;

use super::{On, card::Card, card_menu::CardMenu, click, tier::below};
use crate::state::{Msg, Panel, board_view::Part, details::Details};

/// Properties of [`CardSlot`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The policy.
    pub card: Arc<PolicyCard>,
    /// Its place in the tier, from 0.
    pub at: usize,
    /// Its tier.
    pub tier: AttrValue,
    /// Tiers that it can be moved to.
    pub tiers: Rc<Vec<String>>,
    /// What became of the chosen flow here.
    pub part: Part,
    /// It is the chosen one.
    pub chosen: bool,
    /// The endpoints that it selects, in words, if they are known.
    pub selected: Option<String>,
    /// It is the board's tab stop.
    pub stop: bool,
    /// A dragged policy would go before it.
    pub dropped: bool,
    /// It is being dragged.
    pub moving: bool,
    /// Its menu is open.
    pub open: bool,
    /// What there is to say about it, where that is shown below its card.
    pub details: Option<Details>,
    /// Messages.
    pub on: On,
}

/// A card with its menu.
#[component]
pub fn CardSlot(props: &Props) -> Html {
    let policy = props.card.policy.clone();
    let panel = Panel::Card(policy.clone());
    let open = props.open.then(|| panel.clone());
    let on = props.on.clone();
    let oncontextmenu = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        on.emit(Msg::Panel(Some(panel.clone())));
    });
    let apart = props.part == Part::None && !(props.open || props.moving || props.dropped);
    let class = classes!(
        apart.then_some("apart"),
        props.dropped.then_some("drop"),
        props.moving.then_some("moving")
    );
    html! {
        <li {class} data-card={props.at.to_string()} {oncontextmenu}>
            <Card card={Arc::clone(&props.card)} selected={props.selected.clone()} part={props.part} chosen={props.chosen} stop={props.stop}
                onclick={click(&props.on, move || Msg::Policy(policy.clone()))} />
            <CardMenu card={Arc::clone(&props.card)} tier={props.tier.clone()} tiers={Rc::clone(&props.tiers)} {open} chosen={props.chosen} on={&props.on} />
            { below(&props.details, &props.on) }
        </li>
    }
}
