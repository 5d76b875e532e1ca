//! What the top bar of a narrow page has no room for.

use yew::prelude::*;

use super::{
    On, button, example_list::ExampleList, export_menu::ExportMenu, import_panel::ImportPanel,
    key_list::KeyList,
};
use crate::state::{Msg, Theme};

/// Properties of [`MorePane`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whether flips are counted at all.
    pub baseline: bool,
    /// Single letters are commands.
    pub letters: bool,
    /// Keys are written as on a Mac.
    pub mac: bool,
    /// The chosen theme.
    pub theme: Option<Theme>,
    /// Messages.
    pub on: On,
}

/// Examples, import, export, baseline.
#[component]
pub fn MorePane(props: &Props) -> Html {
    let on = &props.on;
    html! {
        <section class="pane more" id="more" aria-label="More">
            <h2 class="sr">{ "More" }</h2>
            <div class="scroll">
                <section class="sec"><h3>{ "Examples" }</h3><ExampleList {on} /></section>
                <section class="sec"><h3>{ "Import" }</h3><ImportPanel {on} /></section>
                if props.baseline {
                    <section class="sec"><h3>{ "This workspace" }</h3><div class="line">{ button(on, "Pin as baseline", "edge", || Msg::Pin) }</div></section>
                }
                <section class="sec"><h3>{ "Export" }</h3><ExportMenu theme={props.theme} {on} /></section>
                <section class="sec"><h3>{ "Keys" }</h3><KeyList letters={props.letters} mac={props.mac} {on} /></section>
            </div>
        </section>
    }
}
