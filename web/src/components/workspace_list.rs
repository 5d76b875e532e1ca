//! The workspaces of this browser.

use web_sys::SubmitEvent;
use yew::prelude::*;

use super::{On, click};
use crate::state::{Kept, Msg};

/// Properties of [`WorkspaceList`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Number of the open one.
    pub id: u32,
    /// Its name.
    pub name: AttrValue,
    /// All of them.
    pub kept: Vec<Kept>,
    /// Messages.
    pub on: On,
}

/// The name of this workspace, the other ones, and a new one.
#[component]
pub fn WorkspaceList(props: &Props) -> Html {
    let on = &props.on;
    let others: Vec<_> = props
        .kept
        .iter()
        .rev()
        .filter(|kept| kept.id != props.id)
        .collect();
    html! {
        <>
            { name_form(props) }
            if !others.is_empty() {
                <p class="quiet">{ "Other workspaces in this browser" }</p>
                <ul>{ for others.iter().map(|kept| entry(on, kept)) }</ul>
            }
            <button type="button" class="item" onclick={click(on, || Msg::Empty)}>{ "New empty workspace" }</button>
        </>
    }
}

fn entry(on: &On, kept: &Kept) -> Html {
    let id = kept.id;
    html! { <li><button type="button" class="item" onclick={click(on, move || Msg::Workspace(id))}>{ &kept.name }</button></li> }
}

fn name_form(props: &Props) -> Html {
    let on = props.on.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(value) = super::file_name::submitted(&event) {
            on.emit(Msg::Name(value));
        }
    });
    html! {
        <form class="inline" {onsubmit}>
            <label for="ws-name">{ "Name" }</label>
            <input id="ws-name" name="name" class="field" value={props.name.clone()} autocomplete="off" />
            <button type="submit" class="btn edge sm">{ "Rename" }</button>
        </form>
    }
}
