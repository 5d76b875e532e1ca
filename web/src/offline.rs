//! Opening without a network: the service worker keeps the whole build of the page.

use gloo::{events::EventListener, utils::window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::ServiceWorkerContainer;
use yew::Callback;

use crate::state::Msg;

/// Has the same name in every build: that is how the browser finds the next one.
const SCRIPT: &str = "./service-worker.js";

/// What the reader is told when another build has come.
const NEWER: &str = "A newer version of this page is here. The next load shows it; until then everything goes on as it is.";

/// Keeps the page in this browser, and tells when a newer one has come.
pub fn start(on: Callback<Msg>) -> Option<EventListener> {
    let container = container()?;
    // the first worker of all is no news
    let newer = container.controller().map(|_| {
        EventListener::new(&container, "controllerchange", move |_| {
            on.emit(Msg::Notice(NEWER.to_owned()));
        })
    });
    let registered = JsFuture::from(container.register(SCRIPT));
    // a browser that keeps nothing loads the page from the network every time
    spawn_local(async move {
        let _ = registered.await;
    });
    newer
}

/// Browsers have none on pages that came over an open connection, and refuse it to a page in a sandbox.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let container = js_sys::Reflect::get(&navigator, &JsValue::from_str("serviceWorker"));
    container.ok()?.dyn_into().ok()
}
