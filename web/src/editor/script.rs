//! The editor's script.

use gloo::utils::document;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlScriptElement;

/// Loads the editor's script, once.
///
/// # Errors
/// Text for a report when the script cannot be fetched.
pub async fn load() -> Result<(), String> {
    let loaded = Reflect::has(&js_sys::global(), &JsValue::from_str("tierwalkEditor"));
    if loaded == Ok(true) {
        return Ok(());
    }
    let url = crate::assets::url("tierwalk-editor").ok_or("the page names no editor")?;
    let fetched = JsFuture::from(script(&url)).await;
    fetched
        .map(|_| ())
        .map_err(|_| "the editor could not be loaded".to_owned())
}

/// Adds a script to the page; settled when it ran or failed to load.
fn script(url: &str) -> Promise {
    Promise::new(&mut |resolve, reject| {
        if let Err(error) = add_script(url, &resolve, &reject) {
            // The promise is rejected either way; a call of `reject` cannot fail.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    })
}

fn add_script(url: &str, loaded: &Function, failed: &Function) -> Result<(), JsValue> {
    let element = document().create_element("script")?;
    let script: HtmlScriptElement = element.unchecked_into();
    script.set_type("module");
    script.set_src(url);
    script.set_onload(Some(loaded));
    script.set_onerror(Some(failed));
    let head = document()
        .query_selector("head")?
        .ok_or("the page has no head")?;
    head.append_child(&script)?;
    Ok(())
}
