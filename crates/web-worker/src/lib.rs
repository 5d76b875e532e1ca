//! A web worker that answers: requests in, answers out, nothing else.

use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Answers each request that the page sends; says `ready` once it listens.
///
/// A request that cannot be read is answered by what `failed` makes of the error. So is one that panics, which
/// ends the worker; the page starts another one with the same files.
pub fn serve<Q: DeserializeOwned, A: Serialize + 'static>(
    ready: &A,
    failed: fn(String) -> A,
    mut answer: impl FnMut(Q) -> A + 'static,
) {
    std::panic::set_hook(Box::new(move |panic| post(&failed(panic.to_string()))));
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let request = serde_wasm_bindgen::from_value(event.data());
        post(&request.map_or_else(|error| failed(error.to_string()), &mut answer));
    });
    scope().set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    post(ready);
}

/// The worker's side of the wire.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(answer: &impl Serialize) {
    let sent = serde_wasm_bindgen::to_value(answer)
        .map_err(JsValue::from)
        .and_then(|message| scope().post_message(&message));
    if let Err(error) = sent {
        wasm_bindgen::throw_val(error);
    }
}
