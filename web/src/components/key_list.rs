//! The list of keys.

use web_sys::{Event, HtmlInputElement};
use yew::prelude::*;

use super::On;
use crate::state::{Msg, keys};

/// Properties of [`KeyList`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Single letters are commands.
    pub letters: bool,
    /// Keys are written as on a Mac.
    pub mac: bool,
    /// Messages.
    pub on: On,
}

/// Every key and what it does.
#[component]
pub fn KeyList(props: &Props) -> Html {
    let onchange = super::sometimes(&props.on, |event: Event| {
        let switch: HtmlInputElement = event.target_dyn_into()?;
        Some(Msg::Letters(switch.checked()))
    });
    html! {
        <div class="keys">
            <label class="check"><input type="checkbox" checked={props.letters} {onchange} />{ "Single letters are commands outside of text" }</label>
            <table>
                <caption class="sr">{ "Keys" }</caption>
                <tbody>{ for keys::LIST.iter().map(|(keys, does)| row(keys, does, props.mac)) }</tbody>
            </table>
        </div>
    }
}

fn row(keys: &str, does: &str, mac: bool) -> Html {
    let keys = keys
        .split(' ')
        .map(|key| html! { <><kbd>{ keys::shown(key, mac) }</kbd>{ " " }</> });
    html! { <tr><th scope="row">{ for keys }</th><td>{ does }</td></tr> }
}
