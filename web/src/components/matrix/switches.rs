//! The switches over the matrix: its port, its filters, and how much they leave.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{
        On, button,
        marks::{Mark, labelled},
    },
    state::{
        Msg,
        matrix::{self, Counts, State},
        words,
    },
};

pub(super) fn export(matrix: &State, on: &On) -> Html {
    let ready = matrix
        .table
        .as_ref()
        .is_some_and(|table| table.is_complete() && table.error.is_none());
    html! { if ready { { button(on, "Export CSV", "sm", || Msg::Matrix(matrix::Msg::Csv)) } } }
}

pub(super) fn switches(matrix: &State, on: &On) -> Html {
    let services = matrix
        .table
        .as_ref()
        .map(|table| Rc::clone(&table.services));
    let shown = match matrix.service.as_str() {
        "" => matrix
            .table
            .as_ref()
            .map(|table| table.service.clone())
            .unwrap_or_default(),
        service => service.to_owned(),
    };
    let service = on.reform(|event: Event| Msg::Matrix(matrix::Msg::Service(value_of(&event))));
    html! {
        <>
        <label class="quiet">{ "Port" }<input class="field port" type="text" list="services" value={shown} autocomplete="off" spellcheck="false" onchange={service} /></label>
        <datalist id="services">{ for services.iter().flat_map(|all| all.iter()).map(|service| html! { <option value={service.clone()} /> }) }</datalist>
        </>
    }
}

/// In the corner between the heads.
pub(super) fn filters(matrix: &State, on: &On) -> Html {
    let field = |label: &'static str, value: &str, msg: fn(String) -> matrix::Msg| {
        let typed = on.reform(move |event: InputEvent| Msg::Matrix(msg(value_of(&event))));
        html! {
            <input class="field" type="text" value={value.to_owned()} aria-label={label} placeholder={label} autocomplete="off" spellcheck="false" oninput={typed} />
        }
    };
    html! { <div class="mxfilters">{ field("Filter from", &matrix.from, matrix::Msg::From) }{ field("Filter to", &matrix.to, matrix::Msg::To) }</div> }
}

fn value_of(event: &web_sys::Event) -> String {
    let input: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
    input.map(|input| input.value()).unwrap_or_default()
}

pub(super) fn counts(matrix: &State) -> Html {
    let Some(table) = matrix.table.as_ref().filter(|table| table.error.is_none()) else {
        return html! {};
    };
    let Some(Counts {
        pairs,
        allow,
        deny,
        pending,
    }) = table.counts
    else {
        return html! { <span class="quiet">{ "counting" }</span> };
    };
    html! {
        <span class="mxsum">
            <b>{ format!("{} pairs", words::number(pairs)) }</b>
            { labelled(Mark::Allow, &format!("{} Allow", words::number(allow)), "") }
            { labelled(Mark::Deny, &format!("{} Deny", words::number(deny)), "") }
            if pending > 0 { { labelled(Mark::Staged, &format!("{} pending", words::number(pending)), "") } }
        </span>
    }
}

pub(super) fn nothing_left(matrix: &State, on: &On) -> Html {
    let filter = [&matrix.from, &matrix.to].map(|text| text.trim());
    let filter: Vec<&str> = filter.into_iter().filter(|text| !text.is_empty()).collect();
    let on = on.clone();
    let clear = Callback::from(move |_: MouseEvent| {
        on.emit(Msg::Matrix(matrix::Msg::From(String::new())));
        on.emit(Msg::Matrix(matrix::Msg::To(String::new())));
    });
    html! {
        <div class="empty"><b>{ format!("Nothing matches “{}”.", filter.join("” and “")) }</b>
            <button type="button" class="btn edge sm" onclick={clear}>{ "Clear filter" }</button></div>
    }
}
