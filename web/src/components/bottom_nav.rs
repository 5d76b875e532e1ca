//! The tabs of a narrow page.

use yew::prelude::*;

use super::{On, click};
use crate::state::{Msg, Pane};

/// Properties of [`BottomNav`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The pane that is shown.
    pub pane: Pane,
    /// What stands below each label, in the order of the tabs.
    pub notes: [AttrValue; 5],
    /// Messages.
    pub on: On,
}

/// One tab per pane.
#[component]
pub fn BottomNav(props: &Props) -> Html {
    const TABS: [(Pane, &str); 5] = [
        (Pane::Flows, "Flows"),
        (Pane::Walk, "Walk"),
        (Pane::Board, "Board"),
        (Pane::Text, "Text"),
        (Pane::More, "More"),
    ];
    let tab = |((pane, label), note): ((Pane, &str), &AttrValue)| {
        let current = (props.pane == pane).then_some("page");
        html! { <button type="button" aria-current={current} onclick={click(&props.on, move || Msg::Pane(pane))}>{ label }<small>{ note }</small></button> }
    };
    html! { <nav class="bottom" aria-label="Panes">{ for TABS.into_iter().zip(&props.notes).map(tab) }</nav> }
}
