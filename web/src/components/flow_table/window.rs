//! Which lines of a long table are drawn: those in view, some around them, and the one that can have the focus.

use std::ops::Range;

use web_sys::Element;

use crate::state::flow_list::Item;

#[cfg(test)]
mod tests;

/// Tables up to this many lines are drawn whole, with what is wrong with a flow below it.
pub const SHORT: usize = 200;

/// Lines that a page goes by.
pub const PAGE: usize = 10;

/// Lines that are drawn above and below what is in view.
const AROUND: usize = 12;

/// How high lines are, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Heights {
    row: f64,
    group: f64,
}

/// What part of the table is in view, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    top: f64,
    height: f64,
    pub heights: Heights,
}

/// A part of the table: drawn, or left out with its space kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Gap(Range<usize>),
    Lines(Range<usize>),
}

impl Default for Heights {
    fn default() -> Self {
        Self {
            row: 26.0,
            group: 26.0,
        }
    }
}

impl Heights {
    /// The space of some lines.
    pub fn of(&self, items: &[Item]) -> f64 {
        items.iter().map(|item| self.one(item)).sum()
    }

    fn one(&self, item: &Item) -> f64 {
        match item {
            Item::Group(..) => self.group,
            Item::Row(_) => self.row,
        }
    }
}

/// What is in view now.
pub fn measured(scroller: &Element) -> View {
    let height = |selector| {
        let line = scroller.query_selector(selector).ok().flatten()?;
        Some(line.get_bounding_client_rect().height()).filter(|height| *height > 0.0)
    };
    let usual = Heights::default();
    View {
        // a step of some lines draws anew, not every pixel
        top: (f64::from(scroller.scroll_top()) / 100.0).floor() * 100.0,
        height: f64::from(scroller.client_height()),
        heights: Heights {
            row: height("tr.flow").unwrap_or(usual.row),
            group: height("tr.group").unwrap_or(usual.group),
        },
    }
}

/// The parts of the table, in order; `kept` is drawn wherever it is.
pub fn parts(items: &[Item], kept: Option<usize>, view: &View) -> Vec<Part> {
    if items.len() <= SHORT {
        return vec![Part::Lines(0..items.len())];
    }
    let seen = seen(items, view);
    let mut drawn = vec![seen.clone()];
    match kept {
        Some(at) if at < seen.start => drawn.insert(0, at..at + 1),
        Some(at) if at >= seen.end => drawn.push(at..at + 1),
        _ => {}
    }
    let mut parts = Vec::new();
    let mut end = 0;
    for lines in drawn {
        if lines.start > end {
            parts.push(Part::Gap(end..lines.start));
        }
        end = lines.end;
        parts.push(Part::Lines(lines));
    }
    if end < items.len() {
        parts.push(Part::Gap(end..items.len()));
    }
    parts
}

fn seen(items: &[Item], view: &View) -> Range<usize> {
    let mut bottom = 0.0;
    let mut first = None;
    let mut last = items.len();
    for (at, item) in items.iter().enumerate() {
        bottom += view.heights.one(item);
        if first.is_none() && bottom >= view.top {
            first = Some(at);
        }
        if bottom > view.top + view.height {
            last = at + 1;
            break;
        }
    }
    let first = first.unwrap_or(items.len());
    first.saturating_sub(AROUND)..(last + AROUND).min(items.len())
}
