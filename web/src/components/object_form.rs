//! The form of the object at hand. It and the editor change the same text.

use tierwalk_protocol::{ObjectForm as Fields, Offer, Section};
use yew::prelude::*;

use super::{
    On, click, object_field, prose,
    views::{Side, Sides},
};
use crate::{shared::Shared, state::Msg};

/// Properties of [`ObjectForm`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The form.
    pub form: Option<Shared<Fields>>,
    /// Why there is none, or why it waits.
    pub why: Option<String>,
    /// Messages.
    pub on: On,
}

/// Sections with fields, and what the form does not show.
#[component]
pub fn ObjectForm(props: &Props) -> Html {
    html! {
        <aside class="pane insp" id="walk" aria-label="Form">
            <h2 class="sr">{ "Form" }</h2>
            <Sides shown={Side::Form} on={&props.on} />
            <div class="scroll" tabindex="-1">
                if let Some(why) = &props.why {
                    <p class="waits" role="status">{ prose::message(why) }</p>
                }
                { for props.form.iter().map(|form| fields(props, form)) }
                if props.form.is_none() && props.why.is_none() {
                    <div class="empty"><b>{ "Choose a policy, network set, tier or pod to fill in its form." }</b></div>
                }
            </div>
            <footer class="pfoot"><span class="quiet at">{ "Writes to the same file; comments stay" }</span></footer>
        </aside>
    }
}

fn fields(props: &Props, form: &Shared<Fields>) -> Html {
    let key = format!(
        "{}:{}",
        form.at.file,
        form.sections.first().map_or("", |it| it.title.as_str())
    );
    html! {
        <form {key} class="form object" aria-label={form.title.clone()} onsubmit={|event: SubmitEvent| event.prevent_default()}>
            <h3>{ &form.title }</h3>
            <fieldset class="all" disabled={props.why.is_some()}>
                { for form.sections.iter().map(|it| section(props, form, it)) }
            </fieldset>
            { rest(props, form) }
            <div hidden={true}>{ for form.offers.iter().map(offer) }</div>
        </form>
    }
}

fn section(props: &Props, form: &Fields, section: &Section) -> Html {
    html! {
        <fieldset key={section.title.clone()}>
            <legend><span>{ &section.title }</span><span>{ section.note.clone() }</span></legend>
            { object_field::all(&section.fields, &form.offers, &props.on) }
        </fieldset>
    }
}

fn rest(props: &Props, form: &Fields) -> Html {
    if form.rest.is_empty() {
        return html! {};
    }
    let item = |unshown: &tierwalk_protocol::Unshown| {
        let place = unshown.place.clone();
        let go = click(&props.on, move || Msg::Reveal(place.clone(), true));
        html! { <li><button type="button" class="btn sm" onclick={go}><code>{ &unshown.field }</code>{ format!(" line {}", unshown.place.line) }</button></li> }
    };
    html! {
        <section class="rest"><p class="help">{ "Also in the text, and left as it is:" }</p><ul>{ for form.rest.iter().map(item) }</ul></section>
    }
}

fn offer(offer: &Offer) -> Html {
    html! {
        <datalist key={offer.name.clone()} id={format!("of-{}", offer.name)}>
            { for offer.values.iter().map(|value| html! { <option value={value.clone()} /> }) }
        </datalist>
    }
}
