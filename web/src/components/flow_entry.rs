//! The line at the foot of the drawer that adds a flow.

use web_sys::{HtmlFormElement, SubmitEvent};
use yew::prelude::*;

use super::{On, file_name::submitted};
use crate::state::Msg;

/// Properties of [`FlowEntry`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Messages.
    pub on: On,
}

/// One flow, typed; `Enter` adds it to the flow file.
#[component]
pub fn FlowEntry(props: &Props) -> Html {
    let on = props.on.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(line) = submitted(&event).filter(|line| !line.trim().is_empty()) {
            on.emit(Msg::AddFlow(line));
            if let Some(form) = event.target_dyn_into::<HtmlFormElement>() {
                form.reset();
            }
        }
    });
    html! {
        <form class="entry" {onsubmit}>
            <span aria-hidden="true">{ "+" }</span>
            <input id="flow-entry" name="flow" aria-label="Add a flow" placeholder="namespace/pod -> namespace/pod tcp/8080 allow" autocomplete="off" spellcheck="false" />
        </form>
    }
}
