//! What the page hears of the browser, as messages.

use gloo::{
    events::{EventListener, EventListenerOptions},
    utils::{document, window},
};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, KeyboardEvent};
use yew::prelude::*;

use crate::{
    browser, incoming, share_link,
    state::{
        Focus, Msg,
        keys::{self, Command},
    },
};

/// Listens to the keyboard, the clipboard, the pointer, the window and the address.
pub(super) fn listeners(on: &Callback<Msg>, mac: bool) -> Vec<EventListener> {
    let mut all = vec![
        keys_pressed(on.clone(), mac),
        pasted(on.clone()),
        clicked_elsewhere(on.clone()),
        resized(on.clone()),
        left(on.clone()),
        hidden(on.clone()),
        linked(on.clone()),
    ];
    all.extend(incoming::on_drop(on.clone()));
    all
}

fn keys_pressed(on: Callback<Msg>, mac: bool) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(event) = event
            .dyn_ref::<KeyboardEvent>()
            .filter(|event| !event.default_prevented())
        else {
            return;
        };
        let (press, pane) = (browser::press(event, mac), browser::pane_of(event));
        if keys::is_ours(&press) {
            event.prevent_default();
        }
        // the next key may be there before anything is drawn, and would be typed into the text
        if keys::command(&press, false) == Some(Command::Find) {
            browser::focus(Focus::Palette);
        }
        on.emit(Msg::Press(press, pane));
    })
}

/// Pasting outside of text adds to the workspace.
fn pasted(on: Callback<Msg>) -> EventListener {
    EventListener::new(&document(), "paste", move |event| {
        let typed = browser::origin(event).is_some_and(|element| browser::is_typed_in(&element));
        let data = event
            .dyn_ref::<ClipboardEvent>()
            .and_then(ClipboardEvent::clipboard_data);
        let Some(data) = data.filter(|_| !typed) else {
            return;
        };
        if !incoming::transferred(&data, on.clone()) {
            on.emit(Msg::Paste(data.get_data("text/plain").unwrap_or_default()));
        }
    })
}

/// A press outside of what floats closes it.
fn clicked_elsewhere(on: Callback<Msg>) -> EventListener {
    EventListener::new(&document(), "pointerdown", move |event| {
        let inside = browser::origin(event)
            .and_then(|element: Element| element.closest(".anchor, .edhead").ok().flatten());
        if inside.is_none() {
            on.emit(Msg::Elsewhere);
        }
    })
}

fn resized(on: Callback<Msg>) -> EventListener {
    EventListener::new(&window(), "resize", move |_| {
        on.emit(Msg::Width(browser::width()))
    })
}

/// What waits to be saved is saved when the page goes away.
fn left(on: Callback<Msg>) -> EventListener {
    EventListener::new(&window(), "pagehide", move |_| on.emit(Msg::Flush))
}

/// Where apps are ended without notice, the page's last word is that it is hidden.
fn hidden(on: Callback<Msg>) -> EventListener {
    EventListener::new(&document(), "visibilitychange", move |_| {
        if document().hidden() {
            on.emit(Msg::Flush);
        }
    })
}

/// Another link was put into the address of the page that is open.
fn linked(on: Callback<Msg>) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| {
        if let Some(link) = share_link::from_hash(&browser::hash()) {
            browser::forget_hash();
            on.emit(Msg::Link(link));
        }
    })
}
