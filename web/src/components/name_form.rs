//! Another name for what is named at the cursor.

use web_sys::{HtmlInputElement, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

use super::{On, button, file_name::submitted};
use crate::state::{
    Msg,
    language::{self, Renaming},
};

/// Properties of [`NameForm`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The name, and where it is written.
    pub renaming: Renaming,
    /// Messages.
    pub on: On,
}

/// The new name, typed in the head of the editor, with how many places it changes.
#[component]
pub fn NameForm(props: &Props) -> Html {
    let field = use_node_ref();
    let named = props.renaming.named.clone();
    use_effect_with(named.name.clone(), {
        let field = field.clone();
        move |name| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.set_value(name);
                let _ = field.focus();
                field.select();
            }
        }
    });
    let on = props.on.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(name) = submitted(&event) {
            on.emit(Msg::Language(language::Msg::Rename(name)));
        }
    });
    let on = props.on.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on.emit(Msg::Language(language::Msg::Keep));
        }
    });
    let said = props.renaming.refused.clone();
    let said = said.unwrap_or_else(|| props.renaming.extent());
    html! {
        <form class="inline grow name-form" {onsubmit} {onkeydown}>
            <label for="new-name" class="nowrap">{ format!("New name of {}", named.what) }</label>
            <input ref={field} id="new-name" name="name" class="field grow mono" autocomplete="off" spellcheck="false" aria-describedby="new-name-says" />
            <button type="submit" class="btn edge sm">{ "Rename" }</button>
            { button(&props.on, "Cancel", "sm", || Msg::Language(language::Msg::Keep)) }
            <span id="new-name-says" class="quiet says" role="status">{ said }</span>
        </form>
    }
}
