//! What can be done with a policy on the board.

use std::{rc::Rc, sync::Arc};

use tierwalk_protocol::PolicyCard;
use yew::prelude::*;

use super::{On, button, popover::Popover};
use crate::state::{Msg, Panel, object};

/// Properties of [`CardMenu`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The policy.
    pub card: Arc<PolicyCard>,
    /// Its tier.
    pub tier: AttrValue,
    /// Tiers that it can be moved to.
    pub tiers: Rc<Vec<String>>,
    /// It, if it is open.
    pub open: Option<Panel>,
    /// Its card is the chosen one.
    pub chosen: bool,
    /// Messages.
    pub on: On,
}

/// A button at the card, and the menu below it.
#[component]
pub fn CardMenu(props: &Props) -> Html {
    let policy = &props.card.policy;
    let name = format!("Move or edit {}", policy.name);
    html! {
        <Popover panel={Panel::Card(policy.clone())} open={props.open.clone()} label="…" {name} class="of-card"
            tabindex={if props.chosen { "0" } else { "-1" }} on={&props.on}>
            if props.open.is_some() { { entries(props) } }
        </Popover>
    }
}

fn entries(props: &Props) -> Html {
    let on = &props.on;
    let entry =
        |label: &str, msg: object::Msg| button(on, label, "sm", move || Msg::Object(msg.clone()));
    let by = |down| object::Msg::MoveBy(props.card.policy.clone(), 0, down);
    let place = props.card.place.clone();
    let others = props.tiers.iter().filter(|tier| ***tier != *props.tier);
    html! {
        <>
            { entry("Move up", by(-1)) }
            { entry("Move down", by(1)) }
            { for others.map(|tier| entry(&format!("Move to tier {tier}"), object::Msg::MoveTo(props.card.policy.clone(), tier.clone()))) }
            { entry("Edit in form", object::Msg::Edit(props.card.policy.clone())) }
            { button(on, "Go to text", "sm", move || Msg::Reveal(place.clone(), true)) }
        </>
    }
}
