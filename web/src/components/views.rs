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
        let label = html! { <>{ middle.name() }{ count(view.counts) }</> };
        tab(&props.on, label, props.shown == middle, move || {
            Msg::Middle(middle)
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label="Views" onkeydown={arrows(props)}>{ for props.views.iter().map(view) }</div>
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

/// A view of the right pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The form of the object at hand.
    Form,
    /// The chosen policy.
    Policy,
    /// The walk of the chosen flow.
    Walk,
}

impl Side {
    const ALL: [Self; 3] = [Self::Form, Self::Policy, Self::Walk];

    fn msg(self) -> Msg {
        match self {
            Self::Form => Msg::ShowForm(true),
            Self::Policy => Msg::ShowPolicy,
            Self::Walk => Msg::ShowForm(false),
        }
    }
}

/// Properties of [`Sides`].
#[derive(Properties, PartialEq)]
pub struct SidesProps {
    /// What is shown.
    pub shown: Side,
    /// Messages.
    pub on: On,
}

/// Form, policy and walk.
#[component]
pub fn Sides(props: &SidesProps) -> Html {
    let side = |side: Side, label: &str| {
        tab(&props.on, html! { label }, props.shown == side, move || {
            side.msg()
        })
    };
    html! {
        <div class="phead">
            <div class="tabs" role="tablist" aria-label="Details" onkeydown={turn(props)}>
                { side(Side::Form, "Form") }{ side(Side::Policy, "Policy") }{ side(Side::Walk, "Walk") }
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

/// Arrows go round; the focus goes along.
fn turn(props: &SidesProps) -> Callback<KeyboardEvent> {
    let (on, shown) = (props.on.clone(), props.shown);
    Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => Side::ALL.len() - 1,
            "ArrowRight" => 1,
            _ => return,
        };
        event.prevent_default();
        let at = Side::ALL.iter().position(|side| *side == shown);
        let next = at.map(|at| (at + by) % Side::ALL.len());
        if let Some(next) = next.and_then(|next| Side::ALL.get(next)) {
            on.emit(next.msg());
        }
    })
}
