//! Looking for text in all files, and the places of a name.

use std::rc::Rc;

use web_sys::{Element, HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

use super::{On, click, sometimes};
use crate::state::{
    Msg,
    files::Files,
    find::{self, Hit, State},
};

/// Properties of [`FindPanel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is looked for.
    pub find: State,
    /// Where.
    pub files: Files,
    /// Messages.
    pub on: On,
}

/// A field, its options, and everything found, by file.
#[component]
pub fn FindPanel(props: &Props) -> Html {
    let hits = use_memo(
        (props.find.clone(), props.files.clone()),
        |(find, files)| find.hits(files),
    );
    let asked = props.find.listed().is_some() || !props.find.query.text.is_empty();
    html! {
        <>
        { fields(props, hits.len()) }
        if asked {
            <p class="pad quiet" role="status">{ said(&props.find, &hits) }</p>
        }
        <div class="hits" onkeydown={Callback::from(arrows)}>{ for hits.chunk_by(|a, b| a.place.file == b.place.file).map(|hits| file(props, hits)) }</div>
        </>
    }
}

fn said(find: &State, hits: &[Hit]) -> String {
    match find.listed() {
        Some(named) => format!("{} {}: {}", named.what, named.name, find::summary(hits)),
        None => find::summary(hits),
    }
}

fn fields(props: &Props, found: usize) -> Html {
    let (on, query) = (&props.on, &props.find.query);
    let typed = |msg: fn(String) -> find::Msg| {
        sometimes(on, move |event: InputEvent| {
            let field: HtmlInputElement = event.target_dyn_into()?;
            Some(Msg::Find(msg(field.value())))
        })
    };
    let (case, word) = (query.case, query.word);
    let replaces = props.find.listed().is_none() && found > 0;
    let onsubmit = on.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Find(find::Msg::Open)
    });
    html! {
        <form class="find" role="search" aria-label="All files" {onsubmit} onkeydown={Callback::from(into_hits)}>
            <input id="find-text" class="field mono" type="text" aria-label="Find in all files" placeholder="Find in all files" value={query.text.clone()}
                autocomplete="off" spellcheck="false" oninput={typed(find::Msg::Text)} />
            { option(on, "Match case", case, move || find::Msg::Case(!case)) }
            { option(on, "Whole words", word, move || find::Msg::Word(!word)) }
            <input class="field mono" type="text" aria-label="Replace with" placeholder="Replace with" value={props.find.replacement.clone()}
                autocomplete="off" spellcheck="false" oninput={typed(find::Msg::Replacement)} />
            <button type="button" class="btn edge sm" disabled={!replaces} onclick={click(on, || Msg::Find(find::Msg::ReplaceAll))}>{ "Replace all" }</button>
        </form>
    }
}

fn option(
    on: &On,
    name: &'static str,
    pressed: bool,
    msg: impl Fn() -> find::Msg + 'static,
) -> Html {
    html! {
        <button type="button" class="btn sm toggle" aria-pressed={pressed.to_string()}
            onclick={click(on, move || Msg::Find(msg()))}>{ name }</button>
    }
}

fn file(props: &Props, hits: &[Hit]) -> Html {
    let path = hits.first().map(|hit| hit.place.file.clone());
    html! {
        <section aria-label={path.clone()}>
            <h3><span class="mono">{ path }</span><span class="quiet">{ hits.len() }</span></h3>
            <ul>{ for hits.iter().map(|hit| row(&props.on, hit)) }</ul>
        </section>
    }
}

fn row(on: &On, hit: &Hit) -> Html {
    let place = Rc::new(hit.place.clone());
    let [before, found, behind] = &hit.line;
    html! {
        <li>
            <button type="button" onclick={click(on, move || Msg::Reveal((*place).clone(), true))}>
                <span class="quiet n">{ hit.place.line }</span><code>{ before }<b>{ found }</b>{ behind }</code>
            </button>
        </li>
    }
}

/// Down from the fields goes to the first place.
fn into_hits(event: KeyboardEvent) {
    if event.key() == "ArrowDown" {
        event.prevent_default();
        let document = gloo::utils::document();
        let first = document
            .query_selector("#flows .hits button")
            .ok()
            .flatten();
        focus(first);
    }
}

/// Arrows go from place to place.
fn arrows(event: KeyboardEvent) {
    let by: i32 = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    event.prevent_default();
    let document = gloo::utils::document();
    let Ok(rows) = document.query_selector_all("#flows .hits button") else {
        return;
    };
    let active = document.active_element();
    let at =
        (0..rows.length()).find(|at| rows.get(*at).as_ref() == active.as_ref().map(AsRef::as_ref));
    match at.and_then(|at| at.checked_add_signed(by)) {
        Some(next) => focus(
            rows.get(next)
                .and_then(|node| wasm_bindgen::JsCast::dyn_into::<Element>(node).ok()),
        ),
        None => focus(document.query_selector("#find-text").ok().flatten()),
    }
}

fn focus(element: Option<Element>) {
    let element =
        element.and_then(|element| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(element).ok());
    if let Some(element) = element {
        // a row that is gone cannot take the focus
        let _ = element.focus();
    }
}
