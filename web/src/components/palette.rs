//! The palette: a field in the top bar, and what it finds.

use web_sys::{HtmlInputElement, InputEvent, KeyboardEvent};
use yew::prelude::*;

use super::{On, click};
use crate::state::{
    Msg, keys,
    palette::{self, Entry},
};

/// Properties of [`Palette`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What was typed.
    pub query: AttrValue,
    /// What was found; `None` while the palette is closed.
    pub found: Option<Vec<Entry>>,
    /// The entry at hand.
    pub at: usize,
    /// Keys are written as on a Mac.
    pub mac: bool,
    /// Messages.
    pub on: On,
}

/// A field that finds files, objects, flows and commands.
#[component]
pub fn Palette(props: &Props) -> Html {
    let on = &props.on;
    let open = props.found.is_some();
    let at = props.found.as_ref().filter(|found| props.at < found.len());
    let active = at.map(|_| id(props.at));
    html! {
        <div class="anchor palette wide">
            <input id="palette" class="field" type="text" role="combobox" aria-label="Find or run a command" placeholder="Find or run a command" autocomplete="off" spellcheck="false"
                value={props.query.clone()} aria-expanded={open.to_string()} aria-controls={open.then_some("palette-list")} aria-autocomplete="list" aria-activedescendant={active}
                onfocus={on.reform(|_| Msg::Palette(palette::Msg::Open))} oninput={typed(on)} onkeydown={pressed(on, open)} />
            if !open { <kbd aria-hidden="true">{ keys::shown("⌘K", props.mac) }</kbd> }
            if let Some(found) = &props.found { { list(props, found) } }
        </div>
    }
}

fn id(index: usize) -> String {
    format!("palette-{index}")
}

fn typed(on: &On) -> Callback<InputEvent> {
    super::sometimes(on, |event: InputEvent| {
        let field: HtmlInputElement = event.target_dyn_into()?;
        Some(Msg::Palette(palette::Msg::Typed(field.value())))
    })
}

fn pressed(on: &On, open: bool) -> Callback<KeyboardEvent> {
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        let msg = match event.key().as_str() {
            "ArrowDown" if !open => palette::Msg::Open,
            "ArrowDown" => palette::Msg::Move(1),
            "ArrowUp" => palette::Msg::Move(-1),
            "Enter" => palette::Msg::Take,
            "Tab" => return on.emit(Msg::Panel(None)),
            _ => return,
        };
        event.prevent_default();
        on.emit(Msg::Palette(msg));
    })
}

fn list(props: &Props, found: &[Entry]) -> Html {
    if found.is_empty() {
        return html! { <div class="pop menu" role="status">{ format!("Nothing matches “{}”.", props.query) }</div> };
    }
    let entry = |(index, entry): (usize, &Entry)| {
        let selected = (index == props.at).to_string();
        let take = click(&props.on, move || Msg::Palette(palette::Msg::TakeAt(index)));
        html! {
            <li id={id(index)} class="item" role="option" aria-selected={selected} onclick={take}>
                <span class="quiet">{ &*entry.kind }</span><span class="grow">{ &entry.name }</span><span class="quiet">{ &entry.note }</span>
            </li>
        }
    };
    html! { <ul id="palette-list" class="pop menu" role="listbox" aria-label="Found">{ for found.iter().enumerate().map(entry) }</ul> }
}
