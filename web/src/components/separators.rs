//! The lines between panes, which can be moved.

use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::{On, click};
use crate::{
    browser,
    state::{
        Msg, Width,
        panes::{self, Edge, Panes},
    },
};

/// How far a key moves a line, in pixels.
const STEP: i32 = 16;

/// Properties of [`Separators`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Sizes of the panes.
    pub panes: Panes,
    /// How wide the page is.
    pub width: Width,
    /// The drawer shows only its head.
    pub folded: bool,
    /// Messages.
    pub on: On,
}

/// One for each pane that can be resized.
#[component]
pub fn Separators(props: &Props) -> Html {
    html! {
        <>
            { separator(props, Edge::Text, "Width of the text", "text") }
            if props.width == Width::Wide { { separator(props, Edge::Inspector, "Width of the walk", "insp") } }
            if !props.folded { { separator(props, Edge::Drawer, "Height of the drawer", "drawer") } }
        </>
    }
}

fn separator(props: &Props, edge: Edge, label: &'static str, class: &'static str) -> Html {
    let (least, greatest) = props.panes.bounds(edge, props.width, room(edge));
    let size = props.panes.size(edge, props.width);
    let orientation = if edge == Edge::Drawer {
        "horizontal"
    } else {
        "vertical"
    };
    let restore = click(&props.on, move || Msg::Panes(panes::Msg::Restore(edge)));
    html! {
        <div class={classes!("sep", class)} role="separator" tabindex="0" aria-label={label} aria-orientation={orientation}
            aria-valuenow={size.to_string()} aria-valuemin={least.to_string()} aria-valuemax={greatest.to_string()}
            ondblclick={restore} onpointerdown={Callback::from(|event: PointerEvent| grab(&event))}
            onpointermove={dragged(&props.on, edge)} onkeydown={pressed(&props.on, edge, size, (least, greatest))} />
    }
}

/// What there is to share, in pixels.
fn room(edge: Edge) -> u32 {
    let (width, height) = browser::room();
    if edge == Edge::Drawer { height } else { width }
}

fn grab(event: &PointerEvent) {
    event.prevent_default();
    if let Some(line) = event.target_dyn_into::<Element>() {
        // without it the pointer has to stay on the line
        let _ = line.set_pointer_capture(event.pointer_id());
    }
}

fn dragged(on: &On, edge: Edge) -> Callback<PointerEvent> {
    super::sometimes(on, move |event: PointerEvent| {
        if event.buttons() & 1 == 0 {
            return None;
        }
        let (x, y) = browser::pointer(&event);
        let size = match edge {
            Edge::Text => x,
            Edge::Inspector => room(edge).saturating_sub(x),
            Edge::Drawer => room(edge).saturating_sub(y),
        };
        Some(Msg::Panes(panes::Msg::Set(edge, size, room(edge))))
    })
}

fn pressed(
    on: &On,
    edge: Edge,
    size: u32,
    (least, greatest): (u32, u32),
) -> Callback<KeyboardEvent> {
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        // the text grows to the right, the other two to the left and to the top
        let grow = if edge == Edge::Text { STEP } else { -STEP };
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => size.saturating_add_signed(grow),
            "ArrowLeft" | "ArrowUp" => size.saturating_add_signed(-grow),
            "Home" => least,
            "End" => greatest,
            "Enter" => return on.emit(Msg::Panes(panes::Msg::Restore(edge))),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        on.emit(Msg::Panes(panes::Msg::Set(edge, next, room(edge))));
    })
}
