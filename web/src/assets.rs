//! Files of the page that are loaded later, under the names the build gave them.

use gloo::utils::document;

/// The drawings of all marks, as one SVG element.
pub(crate) const MARKS: &str = include_str!("components/marks.svg");

/// The address that the `meta` element of this name holds.
pub(crate) fn url(name: &str) -> Option<String> {
    let selector = format!("meta[name='{name}']");
    let meta = document().query_selector(&selector).ok()??;
    meta.get_attribute("content")
}
