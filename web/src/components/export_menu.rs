//! Everything that can be taken out of the page as a file.

use yew::prelude::*;

use super::{On, click};
use crate::{
    browser,
    state::{
        Msg, Theme,
        export::{Format, Msg as Export, Shade},
    },
};

/// Properties of [`ExportMenu`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The chosen theme.
    pub theme: Option<Theme>,
    /// Messages.
    pub on: On,
}

/// Files, report, pictures.
#[component]
pub fn ExportMenu(props: &Props) -> Html {
    let theme = props.theme;
    let item = |label: &str, msg: fn(Shade) -> Msg| {
        html! { <button type="button" class="item" onclick={click(&props.on, move || msg(shade(theme)))}>{ label }</button> }
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

/// The colours of the page.
fn shade(theme: Option<Theme>) -> Shade {
    match theme.map_or_else(browser::prefers_dark, |theme| theme == Theme::Dark) {
        true => Shade::Dark,
        false => Shade::Light,
    }
}
