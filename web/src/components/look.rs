//! How the page looks: theme and size.

use web_sys::{Event, HtmlInputElement};
use yew::prelude::*;

use super::{On, click};
use crate::state::{Msg, Theme};

/// Properties of [`Look`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The chosen theme; `None` follows the system.
    pub theme: Option<Theme>,
    /// Everything is larger, for a projector.
    pub present: bool,
    /// Messages.
    pub on: On,
}

/// The themes, and the size for projectors.
#[component]
pub fn Look(props: &Props) -> Html {
    const THEMES: [(Option<Theme>, &str); 3] = [
        (None, "As the system"),
        (Some(Theme::Light), "Light"),
        (Some(Theme::Dark), "Dark"),
    ];
    let theme = |(theme, label): (Option<Theme>, &'static str)| {
        let pressed = (props.theme == theme).to_string();
        html! { <button type="button" class="item" aria-pressed={pressed} onclick={click(&props.on, move || Msg::Theme(theme))}>{ label }</button> }
    };
    let onchange = super::sometimes(&props.on, |event: Event| {
        let switch: HtmlInputElement = event.target_dyn_into()?;
        Some(Msg::Present(switch.checked()))
    });
    html! {
        <div class="look">
            { for THEMES.into_iter().map(theme) }
            <label class="check"><input type="checkbox" checked={props.present} {onchange} />{ "Presentation size" }</label>
        </div>
    }
}
