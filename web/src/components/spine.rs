//! A folded column of the board.

use yew::prelude::*;

use super::marks::mark;
use tierwalk_protocol::walk::Action;

/// Properties of [`Spine`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What it stands for.
    pub text: AttrValue,
    /// What the route does here.
    pub route: Option<&'static str>,
    /// The tier, if it is one that policies can be moved to.
    #[prop_or_default]
    pub tier: Option<AttrValue>,
    /// A dragged policy would go here.
    #[prop_or_default]
    pub drop: bool,
    /// Unfolds it and asks for a new policy.
    #[prop_or_default]
    pub add: Option<Callback<MouseEvent>>,
    /// Unfolds it, if there is something to unfold.
    #[prop_or_default]
    pub onclick: Option<Callback<MouseEvent>>,
    /// What was decided here.
    #[prop_or_default]
    pub decided: Option<Action>,
}

/// One line, upright.
#[component]
pub fn Spine(props: &Props) -> Html {
    html! {
        <section class={classes!("spine", props.decided.map(|_| "won"), props.drop.then_some("drop"))} aria-label={props.text.clone()} data-route={props.route} data-tier={props.tier.clone()}>
            if let Some(action) = props.decided {
                <span class="node pnode" data-stop="">{ mark(action.into(), "") }</span>
            }
            <h3>
                { match &props.onclick {
                    Some(onclick) => html! { <button type="button" class="fold" data-head="" tabindex="-1" aria-expanded="false" {onclick}>{ &props.text }</button> },
                    None => html! { &props.text },
                } }
            </h3>
            { for props.add.as_ref().zip(props.tier.as_ref()).map(|(add, tier)| {
                let name = format!("Add policy to tier {tier}");
                html! { <button type="button" class="btn add" aria-label={name.clone()} title={name} onclick={add}><span aria-hidden="true">{ "+" }</span></button> }
            }) }
        </section>
    }
}
