//! The engine as a web worker: requests in, answers out, nothing else.
//!
//! It says [`Answer::Ready`] first. A panic is reported as [`Answer::Failed`] and ends the worker; the
//! page starts another one with the same files.

use tierwalk_protocol::{Answer, PROTOCOL_VERSION, Request};
use tierwalk_workspace::Workspace;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    std::panic::set_hook(Box::new(|panic| fail(&panic.to_string())));
    let mut workspace = Workspace::default();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        answer(&mut workspace, event.data());
    });
    scope().set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    post(&Answer::Ready {
        protocol: PROTOCOL_VERSION,
    });
}

fn answer(workspace: &mut Workspace, message: JsValue) {
    match serde_wasm_bindgen::from_value::<Request>(message) {
        Ok(request) => post(&workspace.answer(request)),
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(message: &str) {
    post(&Answer::Failed {
        message: message.to_owned(),
    });
}

fn post(answer: &Answer) {
    let sent = serde_wasm_bindgen::to_value(answer)
        .map_err(JsValue::from)
        .and_then(|message| scope().post_message(&message));
    if let Err(error) = sent {
        wasm_bindgen::throw_val(error);
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
