//! The checker as a web worker: requests in, answers out, nothing else.
//!
//! It says [`CheckAnswer::Ready`] first. A panic is reported as [`CheckAnswer::Failed`] and ends the worker;
//! the page starts another one with the same files.

use std::time::Duration;

use tierwalk_checker::Checker;
use tierwalk_protocol::checks::{CHECKS_VERSION, CheckAnswer, CheckRequest};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    std::panic::set_hook(Box::new(|panic| fail(&panic.to_string())));
    tierwalk_governance::set_clock(now);
    let mut checker = Checker::new(now);
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        answer(&mut checker, event.data());
    });
    scope().set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    post(&CheckAnswer::Ready {
        protocol: CHECKS_VERSION,
    });
}

fn now() -> Duration {
    let milliseconds = scope().performance().map_or(0.0, |clock| clock.now());
    Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)
}

fn answer(checker: &mut Checker, message: JsValue) {
    match serde_wasm_bindgen::from_value::<CheckRequest>(message) {
        Ok(request) => post(&checker.answer(request)),
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(message: &str) {
    post(&CheckAnswer::Failed {
        message: message.to_owned(),
    });
}

fn post(answer: &CheckAnswer) {
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
