//! Tabs of the middle and the right pane, where there is something to choose between.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{On, click};
use crate::state::{Middle, Msg};

/// Properties of [`Views`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is shown.
    pub shown: Middle,
    /// Messages.
    pub on: On,
}

/// Board and compiled templates.
#[component]
pub fn Views(props: &Props) -> Html {
    let (on, other) = (
        props.on.clone(),
        match props.shown {
            Middle::Board => Middle::Compiled,
            Middle::Compiled => Middle::Board,
        },
    );
    let tab = |middle, label: &str| {
        tab(&props.on, label, props.shown == middle, move || {
            Msg::Middle(middle)
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label="Views" onkeydown={keys(move || on.emit(Msg::Middle(other)))}>
            { tab(Middle::Board, "Board") }{ tab(Middle::Compiled, "Compiled") }
        </div>
    }
}

/// Properties of [`Sides`].
#[derive(Properties, PartialEq)]
pub struct SidesProps {
    /// The form is shown.
    pub form: bool,
    /// Messages.
    pub on: On,
}

/// Form and walk.
#[component]
pub fn Sides(props: &SidesProps) -> Html {
    let (on, form) = (props.on.clone(), props.form);
    html! {
        <div class="phead">
            <div class="tabs" role="tablist" aria-label="Details" onkeydown={keys(move || on.emit(Msg::ShowForm(!form)))}>
                { tab(&props.on, "Form", form, || Msg::ShowForm(true)) }{ tab(&props.on, "Walk", !form, || Msg::ShowForm(false)) }
            </div>
        </div>
    }
}

fn tab(on: &On, label: &str, selected: bool, msg: impl Fn() -> Msg + 'static) -> Html {
    html! {
        <button type="button" role="tab" aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }}
            onclick={click(on, msg)}>{ label }</button>
    }
}

/// With two tabs, either arrow goes to the other one; the focus goes along.
fn keys(other: impl Fn() + 'static) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
            event.prevent_default();
            other();
        }
    })
}
