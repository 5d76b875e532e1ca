//! The Yew page.

mod assets;
mod browser;
mod checker;
mod components;
mod editor;
mod engine;
mod examples;
#[cfg(test)]
mod fixture;
mod incoming;
mod offline;
mod raster;
mod share_link;
mod shared;
mod state;
mod storage;
mod zip;

fn main() {
    yew::Renderer::<components::app::App>::new().render();
}
