//! A button and what floats below it.

use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{
    On,
    marks::{Mark, mark},
};
use crate::state::{Msg, Panel};

/// Properties of [`Popover`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which panel it is.
    pub panel: Panel,
    /// The panel that is open.
    pub open: Option<Panel>,
    /// Label of the button.
    pub label: AttrValue,
    /// Name for a screen reader, where the label is a sign.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// Classes of button and box.
    #[prop_or_default]
    pub class: &'static str,
    /// Where the button stands among what `Tab` goes through.
    #[prop_or_default]
    pub tabindex: Option<&'static str>,
    /// Shows a small arrow.
    #[prop_or_default]
    pub arrow: bool,
    /// Messages.
    pub on: On,
    /// What floats.
    pub children: Html,
}

/// A button and what floats below it. `Esc` closes and returns to the button, arrows go through it.
#[component]
pub fn Popover(props: &Props) -> Html {
    let open = props.open.as_ref() == Some(&props.panel);
    let floating = use_node_ref();
    let button = use_node_ref();
    use_effect_with(open, {
        let floating = floating.clone();
        move |open| {
            if *open {
                focus_first(&floating);
            }
        }
    });
    let next = if open {
        None
    } else {
        Some(props.panel.clone())
    };
    let onclick = props.on.reform(move |_| Msg::Panel(next.clone()));
    let onkeydown = keys(props.on.clone(), floating.clone(), button.clone());
    html! {
        <div class={classes!("anchor", props.class)}>
            <button ref={button} type="button" class={classes!("btn", props.class)} aria-expanded={open.to_string()}
                aria-label={props.name.clone()} tabindex={props.tabindex} {onclick}>
                { &props.label }
                if props.arrow { { mark(Mark::Open, "s10") } }
            </button>
            if open {
                <div ref={floating} class="pop menu" {onkeydown}>{ props.children.clone() }</div>
            }
        </div>
    }
}

fn keys(on: On, floating: NodeRef, button: NodeRef) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            on.emit(Msg::Panel(None));
            if let Some(button) = button.cast::<HtmlElement>() {
                let _ = button.focus();
            }
        }
        "ArrowDown" => step(&event, &floating, 1),
        "ArrowUp" => step(&event, &floating, -1),
        _ => {}
    })
}

const FOCUSABLE: &str = "button:not([disabled]), input, select, textarea, a[href]";

fn focusable(floating: &NodeRef) -> Vec<HtmlElement> {
    let Some(list) = floating
        .cast::<web_sys::Element>()
        .and_then(|box_| box_.query_selector_all(FOCUSABLE).ok())
    else {
        return Vec::new();
    };
    use wasm_bindgen::JsCast;
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}

fn focus_first(floating: &NodeRef) {
    if let Some(first) = focusable(floating).first() {
        let _ = first.focus();
    }
}

/// Arrows move between entries; in a text field they stay with the text.
fn step(event: &KeyboardEvent, floating: &NodeRef, by: isize) {
    use wasm_bindgen::JsCast;
    let target: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
    if target
        .as_ref()
        .is_some_and(|target| matches!(target.tag_name().as_str(), "TEXTAREA" | "INPUT" | "SELECT"))
    {
        return;
    }
    let entries = focusable(floating);
    let at = entries.iter().position(|entry| {
        target
            .as_ref()
            .is_some_and(|target| entry.is_same_node(Some(target)))
    });
    let next = at.map_or(0, |at| {
        (at as isize + by).rem_euclid(entries.len().max(1) as isize) as usize
    });
    if let Some(entry) = entries.get(next) {
        event.prevent_default();
        let _ = entry.focus();
    }
}
