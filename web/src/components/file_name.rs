//! A path, typed.

use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

use super::{On, button};
use crate::state::Msg;

/// Properties of [`FileName`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the path is for.
    pub label: AttrValue,
    /// What stands in the field at first.
    pub value: AttrValue,
    /// What the path is made into.
    pub done: Callback<String>,
    /// Messages.
    pub on: On,
}

/// A path, typed in the head of the editor.
#[component]
pub fn FileName(props: &Props) -> Html {
    let field = use_node_ref();
    use_effect_with((), {
        let (field, value) = (field.clone(), props.value.clone());
        move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.set_value(&value);
                let _ = field.focus();
                field.select();
            }
        }
    });
    let done = props.done.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(value) = submitted(&event) {
            done.emit(value);
        }
    });
    let on = props.on.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on.emit(Msg::Panel(None));
        }
    });
    html! {
        <form class="inline grow" {onsubmit} {onkeydown}>
            <label class="sr" for="file-name">{ &props.label }</label>
            <input ref={field} id="file-name" name="path" class="field grow mono" autocomplete="off" spellcheck="false" />
            <button type="submit" class="btn edge sm">{ &props.label }</button>
            { button(&props.on, "Cancel", "sm", || Msg::Panel(None)) }
        </form>
    }
}

/// The value of the first field of a submitted form.
pub fn submitted(event: &SubmitEvent) -> Option<String> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let field: HtmlInputElement = form.query_selector("input").ok()??.dyn_into().ok()?;
    Some(field.value())
}
