//! Sizes of the panes, as the reader set them.

use serde::{Deserialize, Serialize};

use super::{Effect, Model, Width};

#[cfg(test)]
mod tests;

/// The least width of the board, in pixels.
const BOARD: u32 = 420;

/// A line between two panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Between text and board.
    Text,
    /// Between board and inspector.
    Inspector,
    /// Above the drawer.
    Drawer,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A pane is to be this large, in pixels, in a page that has this much room.
    Set(Edge, u32, u32),
    /// As large as it is by itself.
    Restore(Edge),
}

/// Sizes in pixels, where they were set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panes {
    /// Width of the text.
    pub text: Option<u32>,
    /// Width of the inspector.
    pub inspector: Option<u32>,
    /// Height of the drawer.
    pub drawer: Option<u32>,
}

impl Panes {
    /// The size of a pane.
    pub fn size(&self, edge: Edge, width: Width) -> u32 {
        self.set(edge).unwrap_or(match (edge, width) {
            (Edge::Text, Width::Wide) => 452,
            (Edge::Text, _) => 400,
            (Edge::Inspector, _) => 356,
            (Edge::Drawer, _) => 246,
        })
    }

    /// The size that was set, if one was.
    pub fn set(&self, edge: Edge) -> Option<u32> {
        match edge {
            Edge::Text => self.text,
            Edge::Inspector => self.inspector,
            Edge::Drawer => self.drawer,
        }
    }

    fn slot(&mut self, edge: Edge) -> &mut Option<u32> {
        match edge {
            Edge::Text => &mut self.text,
            Edge::Inspector => &mut self.inspector,
            Edge::Drawer => &mut self.drawer,
        }
    }

    /// Least and greatest size of a pane in a page with this much room.
    pub fn bounds(&self, edge: Edge, width: Width, room: u32) -> (u32, u32) {
        let beside = |other: Edge| {
            if width == Width::Wide {
                self.size(other, width)
            } else {
                0
            }
        };
        let (least, greatest) = match edge {
            Edge::Text => (320, room.saturating_sub(BOARD + beside(Edge::Inspector))),
            Edge::Inspector => (300, room.saturating_sub(BOARD + beside(Edge::Text))),
            Edge::Drawer => (72, room / 2),
        };
        (least, greatest.max(least))
    }
}

impl Model {
    pub(super) fn update_panes(&mut self, msg: Msg) -> Vec<Effect> {
        let panes = &mut self.preferences.panes;
        match msg {
            Msg::Set(edge, size, room) => {
                let (least, greatest) = panes.bounds(edge, self.width, room);
                *panes.slot(edge) = Some(size.clamp(least, greatest));
            }
            Msg::Restore(edge) => *panes.slot(edge) = None,
        }
        vec![Effect::Prefer(self.preferences)]
    }
}
