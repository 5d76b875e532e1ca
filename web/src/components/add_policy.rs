//! A new policy: its name, and where it goes.

use gloo::utils::document;
use tierwalk_protocol::{Analysis, NewPolicy};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, HtmlSelectElement};
use yew::prelude::*;

use super::{On, popover::Popover};
use crate::{
    shared::Shared,
    state::{Msg, Panel, object},
};

/// Properties of [`AddPolicy`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The tier at whose foot it is.
    pub tier: AttrValue,
    /// What the engine found, if the form is open.
    pub open: Option<Shared<Analysis>>,
    /// Messages.
    pub on: On,
}

/// A button at the foot of a tier, and the form below it.
#[component]
pub fn AddPolicy(props: &Props) -> Html {
    let tier = use_state(|| props.tier.to_string());
    let panel = Panel::AddPolicy(props.tier.to_string());
    let open = props.open.is_some().then(|| panel.clone());
    use_effect_with(props.open.is_some(), |open| {
        let floats = document().query_selector(".add-policy .pop").ok().flatten();
        if let Some(floats) = floats.filter(|_| *open) {
            floats.scroll_into_view_with_bool(false);
        }
    });
    html! {
        <Popover {panel} {open} label="Add policy" name={format!("Add policy to tier {}", props.tier)} class="add-policy" on={&props.on}>
            { for props.open.as_ref().map(|analysis| form(props, analysis, &tier)) }
        </Popover>
    }
}

fn form(props: &Props, analysis: &Shared<Analysis>, tier: &UseStateHandle<String>) -> Html {
    let tiers = analysis
        .board
        .tiers
        .iter()
        .filter(|it| object::takes_policies(it));
    let tiers: Vec<&str> = tiers.map(|it| it.name.as_str()).collect();
    let choose = {
        let tier = tier.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                tier.set(select.value());
            }
        })
    };
    let cards = analysis
        .board
        .tiers
        .iter()
        .filter(|it| it.name == **tier)
        .flat_map(|it| &it.policies);
    let names: Vec<&str> = cards.map(|card| card.policy.name.as_str()).collect();
    let last = names.len();
    html! {
        <form class="form" onsubmit={submit(props, analysis, tier)}>
            <label>{ "Name" }<input class="field" name="name" required={true} autocomplete="off" spellcheck="false" /></label>
            <label>{ "Tier" }<select class="field" name="tier" onchange={choose}>{ for tiers.iter().map(|name| html! { <option selected={**name == **tier}>{ *name }</option> }) }</select></label>
            <label>{ "Placed" }<select class="field" name="after">
                <option value="" selected={last == 0}>{ "first" }</option>
                { for names.iter().enumerate().map(|(at, name)| html! { <option value={at.to_string()} selected={at + 1 == last}>{ format!("after {name}") }</option> }) }
            </select></label>
            <label>{ "Namespace" }<input class="field" name="namespace" placeholder="global" autocomplete="off" spellcheck="false" /></label>
            <label class="choice"><input type="checkbox" name="staged" />{ "Staged: shows what would change" }</label>
            <button type="submit" class="btn main sm">{ "Add policy" }</button>
        </form>
    }
}

fn submit(
    props: &Props,
    analysis: &Shared<Analysis>,
    tier: &UseStateHandle<String>,
) -> Callback<SubmitEvent> {
    let (on, analysis, tier) = (props.on.clone(), analysis.clone(), tier.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form: Option<HtmlFormElement> = event.target().and_then(|it| it.dyn_into().ok());
        let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else {
            return;
        };
        let text = |name: &str| data.get(name).as_string().unwrap_or_default();
        let cards = analysis
            .board
            .tiers
            .iter()
            .filter(|it| it.name == *tier)
            .flat_map(|it| &it.policies);
        let after = text("after")
            .parse()
            .ok()
            .and_then(|at: usize| cards.clone().nth(at));
        let new = NewPolicy {
            name: text("name"),
            tier: (*tier).clone(),
            namespace: text("namespace"),
            after: after.map(|card| card.policy.clone()),
            staged: data.has("staged"),
        };
        on.emit(Msg::Object(object::Msg::Add(new)));
    })
}
