//! The bar at the top.

use yew::prelude::*;

use super::{
    On, button,
    example_list::ExampleList,
    export_menu::ExportMenu,
    import_panel::ImportPanel,
    key_list::KeyList,
    look::Look,
    marks::{Mark, mark},
    palette::Palette,
    popover::Popover,
    workspace_list::WorkspaceList,
};
use crate::state::{
    Kept, Msg, Panel, Saved, Theme,
    palette::Entry,
    saves::{Comparison, Save},
};

/// Properties of [`TopBar`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Name of the workspace.
    pub name: AttrValue,
    /// Its number.
    pub id: u32,
    /// All workspaces.
    pub kept: Vec<Kept>,
    /// Earlier saves of it.
    pub saves: Vec<Save>,
    /// How much of the storage is taken.
    pub taken: AttrValue,
    /// What changed since the save that is compared with.
    pub comparison: Option<Comparison>,
    /// The workspace to go back to.
    pub back: Option<u32>,
    /// Something said in passing.
    pub said: Option<AttrValue>,
    /// How saving went.
    pub saved: Saved,
    /// What floats.
    pub panel: Option<Panel>,
    /// Single letters are commands.
    pub letters: bool,
    /// Keys are written as on a Mac.
    pub mac: bool,
    /// What was typed into the palette.
    pub query: AttrValue,
    /// What it found, while it is open.
    pub found: Option<Vec<Entry>>,
    /// Which entry is at hand.
    pub at: usize,
    /// The chosen theme.
    pub theme: Option<Theme>,
    /// Everything is larger.
    pub present: bool,
    /// Messages.
    pub on: On,
}

/// Brand, workspace, and what can be done with it as a whole.
#[component]
pub fn TopBar(props: &Props) -> Html {
    let on = &props.on;
    html! {
        <header class="bar">
            <h1 class="sr">{ format!("Tierwalk, workspace {}", props.name) }</h1>
            <span class="brand">{ mark(Mark::Bars, "") }{ "Tierwalk" }</span>
            <Popover panel={Panel::Workspaces} open={props.panel.clone()} label={props.name.clone()} class="ws" arrow=true {on}>
                <WorkspaceList id={props.id} name={props.name.clone()} kept={props.kept.clone()}
                    saves={props.saves.clone()} taken={props.taken.clone()} comparison={props.comparison.clone()} {on} />
            </Popover>
            { back(props) }
            <span class="saved wide">{ saved(props) }</span>
            <span class="grow" />
            <Palette query={props.query.clone()} found={props.found.clone()} at={props.at} mac={props.mac} {on} />
            <Popover panel={Panel::Examples} open={props.panel.clone()} label="Examples" class="wide" {on}><ExampleList {on} /></Popover>
            <Popover panel={Panel::Import} open={props.panel.clone()} label="Import" class="wide" {on}><ImportPanel {on} /></Popover>
            <Popover panel={Panel::Export} open={props.panel.clone()} label="Export" class="wide" {on}><ExportMenu theme={props.theme} {on} /></Popover>
            <Popover panel={Panel::Look} open={props.panel.clone()} label="Theme" class="" {on}><Look theme={props.theme} present={props.present} {on} /></Popover>
            <Popover panel={Panel::Keys} open={props.panel.clone()} label="?" name="Keyboard shortcuts" class="wide" {on}>
                <KeyList letters={props.letters} mac={props.mac} {on} />
            </Popover>
            { button(on, "Share", "main", || Msg::Share) }
        </header>
    }
}

fn back(props: &Props) -> Html {
    let Some(id) = props.back else {
        return html! {};
    };
    button(&props.on, "Back to my workspace", "edge sm", move || {
        Msg::Workspace(id)
    })
}

fn saved(props: &Props) -> AttrValue {
    let state = match props.saved {
        Saved::Yes => "Saved in this browser",
        Saved::Full => "Not saved: storage is full",
        Saved::Nowhere => "Not saved: this browser keeps nothing",
    };
    props.said.clone().unwrap_or_else(|| state.into())
}
