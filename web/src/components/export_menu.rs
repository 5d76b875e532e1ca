//! Everything that can be taken out of the page as a file.

use yew::prelude::*;

use super::{On, click};
use crate::state::{
    Msg,
    export::{Format, Msg as Export, Shade},
};

/// Properties of [`ExportMenu`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The colours of the page.
    pub shade: Shade,
    /// Messages.
    pub on: On,
}

/// Files, report, pictures.
#[component]
pub fn ExportMenu(props: &Props) -> Html {
    let shade = props.shade;
    let item = |label: &str, msg: fn(Shade) -> Msg| {
        html! { <button type="button" class="item" onclick={click(&props.on, move || msg(shade))}>{ label }</button> }
    };
    html! {
        <>
        { item("All files as a zip", |_| Msg::Export) }
        { item("All YAML as one file", |_| Msg::Exports(Export::Yaml)) }
        { item("Report as Markdown", |_| Msg::Exports(Export::Report)) }
        { item("Board as SVG", |shade| Msg::Exports(Export::Board(Format::Svg, shade))) }
        { item("Board as PNG", |shade| Msg::Exports(Export::Board(Format::Png, shade))) }
        { item("Walk as SVG", |shade| Msg::Exports(Export::Walk(Format::Svg, shade))) }
        { item("Walk as PNG", |shade| Msg::Exports(Export::Walk(Format::Png, shade))) }
        </>
    }
}
