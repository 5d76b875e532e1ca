//! One worker: started from a script, terminated when dropped.

use std::rc::Rc;

use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{ErrorEvent, MessageEvent};

pub(crate) struct Worker {
    worker: web_sys::Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Worker {
    /// Starts the one that a meta element of the page names; `hear` gets its answers, and an error text if it
    /// cannot be loaded or dies.
    pub(crate) fn start<A: DeserializeOwned>(
        name: &str,
        hear: impl Fn(Result<A, String>) + 'static,
    ) -> Result<Self, String> {
        let url = crate::assets::url(name).ok_or("the page names no worker")?;
        let worker = web_sys::Worker::new(&url).map_err(|error| text(&error))?;
        let hear = Rc::new(hear);
        let on_message = {
            let hear = Rc::clone(&hear);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                hear(
                    serde_wasm_bindgen::from_value(event.data()).map_err(|error| error.to_string()),
                );
            })
        };
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            hear(Err(failure(&event)));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    pub(crate) fn send(&self, request: &impl Serialize) -> Result<(), String> {
        let message = serde_wasm_bindgen::to_value(request).map_err(|error| error.to_string())?;
        self.worker
            .post_message(&message)
            .map_err(|error| text(&error))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// A script that cannot be fetched gives a plain event without a message.
fn failure(event: &ErrorEvent) -> String {
    let message = js_sys::Reflect::get(event, &JsValue::from_str("message"));
    message
        .ok()
        .and_then(|message| message.as_string())
        .unwrap_or_else(|| "the engine could not be loaded".to_owned())
}

fn text(error: &JsValue) -> String {
    let described = js_sys::Object::from(error.clone()).to_string();
    described.into()
}
