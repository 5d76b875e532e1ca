//! The filter of the board.

use std::collections::BTreeSet;

use tierwalk_protocol::{Board, Flag};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

use super::{On, button, click};
use crate::state::{
    Msg,
    board_filter::{self, Filter, Scope, flag_word},
    words,
};

const FLAGS: [Flag; 5] = [
    Flag::Check,
    Flag::Staged,
    Flag::SelectsNothing,
    Flag::Shadowed,
    Flag::Unused,
];

/// Properties of [`BoardFilter`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The filter.
    pub filter: Filter,
    /// Namespaces of policies.
    pub namespaces: BTreeSet<String>,
    /// How many policies it hides.
    pub hidden: usize,
    /// Messages.
    pub on: On,
}

/// By text, namespace, flag, and the labels of what a policy selects.
#[component]
pub fn BoardFilter(props: &Props) -> Html {
    let Props { filter, on, .. } = props;
    let close = on.clone();
    let keys = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            close.emit(Msg::Board(board_filter::Msg::Open(false)));
        }
    });
    html! {
        <div class="subhead filter" role="search" aria-label="Filter policies" onkeydown={keys}>
            { field(on, "Filter policies", &filter.text, false, board_filter::Msg::Text) }
            { namespaces(props) }{ flags(props) }
            { field(on, "Selects label", &filter.label, filter.is_unread(), board_filter::Msg::Label) }
            <span class="grow" />
            if props.hidden > 0 { <span class="quiet nowrap">{ format!("{} hidden", props.hidden) }</span> }
            { button(on, "Clear filter", "sm", || Msg::Board(board_filter::Msg::Open(false))) }
        </div>
    }
}

fn field(
    on: &On,
    label: &'static str,
    value: &str,
    unread: bool,
    msg: fn(String) -> board_filter::Msg,
) -> Html {
    let typed = on.reform(move |event: InputEvent| {
        let input: Option<HtmlInputElement> =
            event.target().and_then(|target| target.dyn_into().ok());
        Msg::Board(msg(input.map(|input| input.value()).unwrap_or_default()))
    });
    html! {
        <input class="field" type="text" aria-label={label} placeholder={label} value={value.to_owned()} aria-invalid={unread.to_string()}
            title={unread.then_some("This is not a selector. Write one, or app=backend, or app.")} autocomplete="off" spellcheck="false" oninput={typed} />
    }
}

fn chosen(event: &Event) -> Option<usize> {
    let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
    usize::try_from(select.selected_index()).ok()
}

fn namespaces(props: &Props) -> Html {
    let named = props.namespaces.iter().cloned().map(Scope::Namespace);
    let all: Vec<Scope> = [Scope::Any, Scope::Global]
        .into_iter()
        .chain(named)
        .collect();
    let option = |scope: &Scope| {
        let label = match scope {
            Scope::Any => "any namespace",
            Scope::Global => "global",
            Scope::Namespace(name) => name,
        };
        html! { <option selected={props.filter.namespace == *scope}>{ label }</option> }
    };
    let options: Html = all.iter().map(option).collect();
    let change = props.on.reform(move |event: Event| {
        let scope = chosen(&event).and_then(|index| all.get(index).cloned());
        Msg::Board(board_filter::Msg::Scope(scope.unwrap_or_default()))
    });
    html! { <select class="field" aria-label="Namespace" onchange={change}>{ options }</select> }
}

fn flags(props: &Props) -> Html {
    let option = |flag: Flag| html! { <option selected={props.filter.flag == Some(flag)}>{ flag_word(flag) }</option> };
    let change = props.on.reform(|event: Event| {
        let index = chosen(&event).and_then(|index| index.checked_sub(1));
        Msg::Board(board_filter::Msg::Flag(
            index.and_then(|index| FLAGS.get(index).copied()),
        ))
    });
    html! { <select class="field" aria-label="Flag" onchange={change}><option selected={props.filter.flag.is_none()}>{ "any flag" }</option>{ for FLAGS.map(option) }</select> }
}

/// What is said where the filter hides everything.
pub fn nothing(on: &On, filter: &Filter, hidden: usize) -> Html {
    html! {
        <div class="empty"><b>{ format!("Nothing matches “{}”.", filter.words()) }</b><p>{ hidden_words(hidden) }</p>
            <button type="button" class="btn edge sm" onclick={click(on, || Msg::Board(board_filter::Msg::Open(false)))}>{ "Clear filter" }</button></div>
    }
}

fn hidden_words(hidden: usize) -> String {
    let is = if hidden == 1 {
        "policy is"
    } else {
        "policies are"
    };
    format!(
        "{} {is} hidden by the filter.",
        words::number(hidden as u64)
    )
}

/// The namespaces in which policies stand.
pub fn namespaces_of(board: &Board) -> BTreeSet<String> {
    let cards = board.tiers.iter().flat_map(|tier| &tier.policies);
    let named = cards.map(|card| card.policy.namespace.clone());
    named.filter(|namespace| !namespace.is_empty()).collect()
}
