//! What the page asks of the browser.

use gloo::utils::{document, document_element, window};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement, KeyboardEvent, PointerEvent,
    Url,
};

use crate::state::{Focus, Pane, Preferences, Theme, Width, keys::Press};

/// Copies a text.
///
/// # Errors
/// If the browser refuses.
pub async fn copy(text: &str) -> Result<(), JsValue> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"))?;
    if clipboard.is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    JsFuture::from(window().navigator().clipboard().write_text(text))
        .await
        .map(|_| ())
}

/// A moment as people here write it: the time of today, else the day too.
pub fn clock(at: f64) -> String {
    let (then, now) = (js_sys::Date::new(&at.into()), js_sys::Date::new_0());
    let time = String::from(then.to_locale_time_string("default"));
    if then.to_date_string() == now.to_date_string() {
        time
    } else {
        format!(
            "{} {time}",
            String::from(then.to_locale_date_string("default", &JsValue::UNDEFINED))
        )
    }
}

/// Hands out a file.
///
/// # Errors
/// If the browser refuses.
pub fn download(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let url = Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence_and_options(
        &parts, &options,
    )?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// The address of the page with another hash.
pub fn address_with(hash: &str) -> String {
    let href = window().location().href().unwrap_or_default();
    let base = href.split('#').next().unwrap_or_default();
    format!("{base}#{hash}")
}

/// Takes the hash out of the address, so that a reload does not open the link again over later edits.
pub fn forget_hash() {
    let href = window().location().href().unwrap_or_default();
    if let (Some((base, _)), Ok(history)) = (href.split_once('#'), window().history()) {
        // a refused change of the address leaves it as it was
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(base));
    }
}

/// The hash of the address.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// How much larger everything is in presentation size.
const PRESENT: f64 = 1.35;

/// Shows the page as it is preferred: theme, size, panes.
pub fn set_look(preferences: &Preferences) {
    let theme = preferences.theme.map(|theme| match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    });
    set_root("data-theme", theme);
    set_root("data-size", preferences.present.then_some("present"));
    let panes = &preferences.panes;
    for (name, size) in [
        ("--text-set", panes.text),
        ("--inspector-set", panes.inspector),
        ("--drawer-set", panes.drawer),
    ] {
        set_size(name, size);
    }
}

fn set_root(name: &str, value: Option<&str>) {
    let root = document_element();
    let set = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
    // the names are valid, so setting them cannot fail
    let _ = set;
}

fn set_size(name: &str, size: Option<u32>) {
    let Ok(root) = document_element().dyn_into::<HtmlElement>() else {
        return;
    };
    let set = match size {
        Some(size) => root.style().set_property(name, &format!("{size}px")),
        None => root.style().remove_property(name).map(|_| ()),
    };
    let _ = set;
}

/// How much larger than usual everything is.
pub fn zoom() -> f64 {
    if document_element().has_attribute("data-size") {
        PRESENT
    } else {
        1.0
    }
}

/// Width and height of the page, in its own pixels.
pub fn room() -> (u32, u32) {
    let inner =
        |size: Result<JsValue, JsValue>| size.ok().and_then(|size| size.as_f64()).unwrap_or(0.0);
    let own = |size: f64| (size / zoom()) as u32;
    (
        own(inner(window().inner_width())),
        own(inner(window().inner_height())),
    )
}

/// Where the pointer is, in the page's own pixels.
pub fn pointer(event: &PointerEvent) -> (u32, u32) {
    let own = |at: i32| (f64::from(at.max(0)) / zoom()) as u32;
    (own(event.client_x()), own(event.client_y()))
}

/// How wide the page is.
pub fn width() -> Width {
    match room().0 {
        0..=759 => Width::Narrow,
        760..=1279 => Width::Medium,
        _ => Width::Wide,
    }
}

/// Whether the system prefers dark.
pub fn prefers_dark() -> bool {
    let list = window().match_media("(prefers-color-scheme: dark)");
    list.ok().flatten().is_some_and(|list| list.matches())
}

/// Whether keys are to be written as on a Mac.
pub fn is_mac() -> bool {
    window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.contains("Mac") || platform.contains("iP"))
}

/// A key press, told from where it was made.
pub fn press(event: &KeyboardEvent, mac: bool) -> Press {
    Press {
        key: event.key(),
        command: if mac {
            event.meta_key()
        } else {
            event.ctrl_key()
        },
        shift: event.shift_key(),
        alt: event.alt_key(),
        typing: origin(event).is_some_and(|element| is_typed_in(&element)),
    }
}

/// The element in which an event began, in whatever shadow.
pub fn origin(event: &web_sys::Event) -> Option<Element> {
    event.composed_path().get(0).dyn_into().ok()
}

/// Whether text is typed into an element.
pub fn is_typed_in(element: &Element) -> bool {
    let field =
        element.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true]");
    matches!(field, Ok(Some(_)))
}

/// The pane that an event came from.
pub fn pane_of(event: &web_sys::Event) -> Pane {
    let element: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let pane = element.and_then(|element| element.closest(".pane").ok().flatten());
    match pane.map(|pane| pane.id()).as_deref() {
        Some("flows") => Pane::Flows,
        Some("board") => Pane::Board,
        Some("text") => Pane::Text,
        Some("walk") => Pane::Walk,
        _ => Pane::More,
    }
}

/// Moves the focus; the text takes it by itself, unless it is a plain one.
pub fn focus(focus: Focus) {
    let wanted: &[&str] = match focus {
        Focus::Pane(Pane::Text) => &["#text .plain"],
        Focus::Pane(Pane::Flows) => &["#flows tr[tabindex='0']", "#flows [role=tab][tabindex='0']"],
        Focus::Pane(Pane::Board) => &[
            "#board .card[tabindex='0']",
            "#board .mx [tabindex='0']",
            "#board button",
        ],
        Focus::Pane(Pane::Walk) | Focus::Step => &["#walk .step[tabindex='0']", "#walk button"],
        Focus::Pane(Pane::More) => &["#more button"],
        Focus::Flow => &["#flows tr[aria-selected=true]"],
        Focus::Card => &["#board .card[aria-current]"],
        Focus::Filter => &["#board .filter input", "#board .mxfilters input"],
        Focus::Cell => &["#board .mx [tabindex='0']"],
        Focus::Tab => &["#flows [role=tab][aria-selected=true]"],
        Focus::Find => &["#find-text"],
        Focus::Found => &["#flows .hits button", "#find-text"],
        Focus::Entry => &["#flow-entry"],
        Focus::Check => &[
            "#board .checklist [aria-selected=true]",
            "#board .finding[aria-current=true]",
        ],
        Focus::Exception => &["#except-reason"],
        Focus::Palette => &["#palette"],
        Focus::FlowFilter => &["#flow-filter"],
        Focus::View => &["#board [role=tab][aria-selected=true]"],
        Focus::Side => &["#walk [role=tab][aria-selected=true]"],
    };
    let find = |selector: &&str| document().query_selector(selector).ok().flatten();
    let found = wanted.iter().find_map(find);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // an element that cannot take the focus leaves it where it is
        let _ = element.focus();
    }
}

/// Loads the page again.
pub fn reload() {
    // a page that cannot be reloaded goes on as it is
    let _ = window().location().reload();
}

/// Tells the user's workspace in the title of the tab.
pub fn set_title(name: &str) {
    document().set_title(&format!("Tierwalk · {name}"));
}

/// Today, as `2026-11-21`.
pub fn today() -> String {
    let now = js_sys::Date::new_0().to_iso_string();
    let now = String::from(now);
    now.split('T').next().unwrap_or_default().to_owned()
}
