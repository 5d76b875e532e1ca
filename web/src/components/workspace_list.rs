//! The workspaces of this browser, and earlier saves of the open one.

use web_sys::SubmitEvent;
use yew::prelude::*;

use super::{On, button, click, comparison::ComparisonView};
use crate::state::{
    Kept, Msg,
    saves::{self, Comparison, Save},
};

/// Properties of [`WorkspaceList`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Number of the open one.
    pub id: u32,
    /// Its name.
    pub name: AttrValue,
    /// All of them.
    pub kept: Vec<Kept>,
    /// Earlier saves of the open one.
    pub saves: Vec<Save>,
    /// How much of the storage is taken.
    pub taken: AttrValue,
    /// What changed since the save that is compared with.
    pub comparison: Option<Comparison>,
    /// Messages.
    pub on: On,
}

/// This workspace, the other ones, and a new one; or what changed since an earlier save.
#[component]
pub fn WorkspaceList(props: &Props) -> Html {
    if let Some(comparison) = &props.comparison {
        let save = props
            .saves
            .iter()
            .find(|save| save.number == comparison.number);
        let when = save.map_or("that save", |save| &save.when).to_owned();
        return html! { <ComparisonView comparison={comparison.clone()} {when} on={props.on.clone()} /> };
    }
    html! {
        <>
            { this(props) }
            { others(props) }
            <button type="button" class="item" onclick={click(&props.on, || Msg::Empty)}>{ "New empty workspace" }</button>
            { earlier(props) }
        </>
    }
}

fn this(props: &Props) -> Html {
    let (on, id) = (&props.on, props.id);
    html! {
        <>
            { name_form(props) }
            <div class="line pad">
                { button(on, "Duplicate", "edge sm", || Msg::Duplicate) }
                { button(on, "Delete", "edge sm", move || Msg::Shelve(id, true)) }
            </div>
        </>
    }
}

fn others(props: &Props) -> Html {
    let others: Vec<_> = props
        .kept
        .iter()
        .rev()
        .filter(|kept| kept.id != props.id)
        .collect();
    if others.is_empty() {
        return html! {};
    }
    html! {
        <>
            <p class="quiet">{ "Other workspaces in this browser" }</p>
            <ul>{ for others.iter().map(|kept| entry(&props.on, kept)) }</ul>
        </>
    }
}

fn entry(on: &On, kept: &Kept) -> Html {
    let (id, name) = (kept.id, &kept.name);
    if kept.gone {
        return html! {
            <li class="row"><span class="item quiet">{ format!("{name}, deleted") }</span>
                <button type="button" class="btn sm" aria-label={format!("Bring {name} back")} onclick={click(on, move || Msg::Shelve(id, false))}>{ "Undo" }</button></li>
        };
    }
    html! {
        <li class="row"><button type="button" class="item" onclick={click(on, move || Msg::Workspace(id))}>{ name }</button>
            <button type="button" class="btn sm" aria-label={format!("Delete {name}")} onclick={click(on, move || Msg::Shelve(id, true))}>{ "Delete" }</button></li>
    }
}

fn earlier(props: &Props) -> Html {
    let save = |save: &Save| {
        let number = save.number;
        let compare = click(&props.on, move || Msg::Saves(saves::Msg::Compare(number)));
        html! { <li><button type="button" class="item" onclick={compare}><b>{ &save.when }</b>{ " " }<span class="quiet">{ &save.note }</span></button></li> }
    };
    html! {
        <section class="saves">
            <p class="quiet">{ "Earlier saves. Choose one to compare with it." }</p>
            if props.saves.is_empty() {
                <p class="quiet">{ "None yet: saves are kept while you change something." }</p>
            } else {
                <ul aria-label="Earlier saves">{ for props.saves.iter().rev().map(save) }</ul>
            }
            <p class="quiet">{ &props.taken }</p>
        </section>
    }
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
