//! The templates to start from.

use tierwalk_protocol::Starter;
use yew::prelude::*;

use super::{On, button, click, prose};
use crate::state::Msg;

/// Properties of [`Gallery`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The templates.
    pub starters: Vec<Starter>,
    /// Messages.
    pub on: On,
}

/// Every template with what it is for.
#[component]
pub fn Gallery(props: &Props) -> Html {
    let on = &props.on;
    let starter = |starter: &Starter| {
        let name = starter.name.clone();
        html! {
            <li><button type="button" class="item" onclick={click(on, move || Msg::Start(name.clone()))}>
                <b>{ &starter.name }</b><span>{ prose::message(&starter.description) }</span>
            </button></li>
        }
    };
    html! {
        <section class="gallery" aria-label="Templates">
            <div class="row"><h3>{ "New from template" }</h3><span class="grow" />{ button(on, "Cancel", "sm", || Msg::Panel(None)) }</div>
            <ul class="examples">{ for props.starters.iter().map(starter) }</ul>
        </section>
    }
}
