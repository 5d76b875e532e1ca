//! The files that were opened, once there are several.

use std::rc::Rc;

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{On, click};
use crate::state::{Msg, Pane, keys::Command, open_files::OpenFiles, words};

/// Properties of [`FileTabs`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The files that were opened.
    pub opened: OpenFiles,
    /// The one that is shown.
    pub open: Rc<str>,
    /// Messages.
    pub on: On,
}

/// A row of the open files. Arrows go along it, `Delete` takes a file from it.
#[component]
pub fn FileTabs(props: &Props) -> Html {
    let row = use_node_ref();
    use_effect_with(Rc::clone(&props.open), {
        let row = row.clone();
        move |_| follow(&row)
    });
    if !props.opened.are_several() {
        return html! {};
    }
    let (on, open) = (props.on.clone(), Rc::clone(&props.open));
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let msg = match event.key().as_str() {
            "ArrowLeft" => Msg::Key(Command::Tab(-1), Pane::Text),
            "ArrowRight" => Msg::Key(Command::Tab(1), Pane::Text),
            "Delete" => Msg::CloseTab(Rc::clone(&open)),
            _ => return,
        };
        event.prevent_default();
        on.emit(msg);
    });
    html! {
        <div class="ftabs" role="tablist" aria-label="Open files" ref={row} {onkeydown}>
            { for props.opened.iter().map(|path| tab(props, path)) }
        </div>
    }
}

fn tab(props: &Props, path: &Rc<str>) -> Html {
    let is_open = **path == *props.open;
    let (to_open, to_close) = (Rc::clone(path), Rc::clone(path));
    let passing = props.opened.is_passing(path).then_some("passing");
    html! {
        <button type="button" role="tab" key={path.to_string()} class={classes!(passing)} title={path.to_string()}
            aria-selected={is_open.to_string()} tabindex={if is_open { "0" } else { "-1" }}
            onclick={click(&props.on, move || Msg::Open(Rc::clone(&to_open)))}
            onauxclick={click(&props.on, move || Msg::CloseTab(Rc::clone(&to_close)))}>
            { words::stem(path) }
        </button>
    }
}

/// The focus goes with the chosen tab, if it was in the row.
fn follow(row: &NodeRef) {
    let row = row.cast::<Element>();
    let inside = row.filter(|row| row.contains(document().active_element().as_deref()));
    let chosen = inside.and_then(|row| row.query_selector("[aria-selected=true]").ok().flatten());
    if let Some(chosen) = chosen.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // a row that is being redrawn takes no focus
        let _ = chosen.focus();
    }
}
