//! Heads of tiers, by keyboard: up from the first card, along with the arrows, and down again.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// From a head to the next one, or down to its first card. Whether the focus was at a head.
pub(super) fn moved(event: &KeyboardEvent, across: isize, down: isize) -> bool {
    let Some(head) = origin(event, "[data-head]") else {
        return false;
    };
    if down > 0 {
        focus(first_in(&head, ".tier", ".card"));
    } else if across != 0 {
        focus(beside(&head, across));
    }
    true
}

/// From a card to the head of its tier.
pub(super) fn up(event: &KeyboardEvent) {
    focus(origin(event, ".card").and_then(|card| first_in(&card, ".tier", "[data-head]")));
}

fn origin(event: &KeyboardEvent, selector: &str) -> Option<Element> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest(selector).ok().flatten()
}

fn first_in(element: &Element, around: &str, wanted: &str) -> Option<Element> {
    element
        .closest(around)
        .ok()
        .flatten()?
        .query_selector(wanted)
        .ok()
        .flatten()
}

fn beside(head: &Element, across: isize) -> Option<Element> {
    let board = head.closest(".board").ok().flatten()?;
    let heads = board.query_selector_all("[data-head]").ok()?;
    let all = (0..heads.length()).filter_map(|index| heads.get(index)?.dyn_into::<Element>().ok());
    let all: Vec<Element> = all.collect();
    let at = all.iter().position(|other| other == head)?;
    all.get(at.checked_add_signed(across)?).cloned()
}

fn focus(element: Option<Element>) {
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // an element that cannot take the focus leaves it where it is
        let _ = element.focus();
    }
}
