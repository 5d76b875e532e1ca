//! Tabs of the middle and the right pane, where there is something to choose between.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{On, click};
use crate::state::{Middle, Msg, Tab};

/// Properties of [`Views`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What there is.
    pub views: Vec<Tab>,
    /// What is shown.
    pub shown: Middle,
    /// Messages.
    pub on: On,
}

/// The views of the middle pane.
#[component]
pub fn Views(props: &Props) -> Html {
    let view = |view: &Tab| {
        let middle = view.middle;
        let label = html! { <>{ label(middle) }{ count(view.counts) }</> };
        tab(&props.on, label, props.shown == middle, move || {
            Msg::Middle(middle)
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label="Views" onkeydown={arrows(props)}>{ for props.views.iter().map(view) }</div>
    }
}

fn label(middle: Middle) -> &'static str {
    match middle {
        Middle::Board => "Board",
        Middle::Matrix => "Matrix",
        Middle::Compiled => "Compiled",
        Middle::Checks => "Checks",
    }
}

/// Findings that refuse, else those that warn.
fn count((fails, warns): (usize, usize)) -> Html {
    match (fails, warns) {
        (0, 0) => html! {},
        (0, warns) => html! { <span class="n">{ warns }<span class="sr">{ " warn" }</span></span> },
        (fails, _) => {
            html! { <span class="n bad">{ fails }<span class="sr">{ " fail" }</span></span> }
        }
    }
}

/// Arrows go round; the focus goes along.
fn arrows(props: &Props) -> Callback<KeyboardEvent> {
    let at = props
        .views
        .iter()
        .position(|view| view.middle == props.shown);
    let (views, at, on) = (
        props.views.clone(),
        at.unwrap_or_default(),
        props.on.clone(),
    );
    Callback::from(move |event: KeyboardEvent| {
        let next = match event.key().as_str() {
            "ArrowLeft" => at + views.len() - 1,
            "ArrowRight" => at + 1,
            _ => return,
        };
        event.prevent_default();
        if let Some(view) = views.get(next % views.len()) {
            on.emit(Msg::Middle(view.middle));
        }
    })
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
                { tab(&props.on, html! { "Form" }, form, || Msg::ShowForm(true)) }{ tab(&props.on, html! { "Walk" }, !form, || Msg::ShowForm(false)) }
            </div>
        </div>
    }
}

fn tab(on: &On, label: Html, selected: bool, msg: impl Fn() -> Msg + 'static) -> Html {
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
