//! Import: paste, choose, drop.

use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::On;
use crate::{incoming, state::Msg};

/// Properties of [`ImportPanel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Messages.
    pub on: On,
}

/// Paste a text, or choose files, a folder or a zip.
#[component]
pub fn ImportPanel(props: &Props) -> Html {
    let text = use_node_ref();
    let add = {
        let text = text.clone();
        super::sometimes(&props.on, move |_: MouseEvent| {
            Some(Msg::Paste(text.cast::<HtmlTextAreaElement>()?.value()))
        })
    };
    html! {
        <div class="import">
            <label for="import-text">{ "Paste YAML, a " }<code>{ "kubectl get -o yaml" }</code>{ " dump, or flow lines" }</label>
            <textarea ref={text} id="import-text" class="field mono" rows="8" spellcheck="false" />
            <div class="line">
                <button type="button" class="btn edge" onclick={add}>{ "Add to workspace" }</button>
                <span class="grow" />
                { chooser(&props.on, "Files or zip", false) }
                { chooser(&props.on, "Folder", true) }
            </div>
            <p class="quiet">{ "Or drop files and folders anywhere on the page. Nothing leaves this browser." }</p>
        </div>
    }
}

/// A file input shows as its label.
fn chooser(on: &On, label: &str, folder: bool) -> Html {
    let on = on.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            incoming::chosen(&input, on.clone());
        }
    });
    html! {
        <label class="btn edge file"><input type="file" multiple=true webkitdirectory={folder} {onchange} />{ label }</label>
    }
}
