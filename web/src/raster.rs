//! An SVG as pixels.

use gloo::utils::document;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

/// Pixels to a CSS pixel.
const SCALE: f64 = 2.0;

/// Draws an SVG of this size, in CSS pixels, and hands it out as PNG.
///
/// # Errors
/// If the browser cannot draw it, such as when it is too large.
pub async fn download(name: &str, svg: &str, (width, height): (u32, u32)) -> Result<(), JsValue> {
    let image = image(svg).await?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width((f64::from(width) * SCALE) as u32);
    canvas.set_height((f64::from(height) * SCALE) as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.scale(SCALE, SCALE)?;
    context.draw_image_with_html_image_element(&image, 0.0, 0.0)?;
    let blob = JsFuture::from(Promise::new(&mut |resolve: Function, reject: Function| {
        if let Err(error) = canvas.to_blob(&resolve) {
            // a promise that is rejected tells it
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        }
    }))
    .await?;
    let url = Url::create_object_url_with_blob(&blob.dyn_into::<Blob>()?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

async fn image(svg: &str) -> Result<HtmlImageElement, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&svg.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let image = HtmlImageElement::new()?;
    let loaded = Promise::new(&mut |resolve: Function, reject: Function| {
        image.set_onload(Some(&resolve));
        image.set_onerror(Some(&reject));
    });
    image.set_src(&url);
    let loaded = JsFuture::from(loaded).await;
    Url::revoke_object_url(&url)?;
    loaded.map(|_| image)
}
