//! Policies are dragged over the board with a mouse or pen.

use gloo::utils::document;
use tierwalk_protocol::{Analysis, Board, Move, PolicyRef};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use crate::{shared::Shared, state::object};

/// So many pixels make a drag of a press.
const FAR: i32 = 5;

/// A policy that is pressed or dragged.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// The policy.
    pub policy: PolicyRef,
    /// Where it was pressed.
    from: (i32, i32),
    /// The tier that it is over, and its place there.
    pub over: Option<(String, usize)>,
}

impl Drag {
    /// Begins with a press on a card.
    pub fn begin(board: &Board, event: &PointerEvent) -> Option<Self> {
        if event.button() != 0 || event.pointer_type() == "touch" {
            return None;
        }
        let element: Element = event.target()?.dyn_into().ok()?;
        if element.closest(".anchor").ok()?.is_some() {
            return None;
        }
        let card = element.closest("[data-card]").ok()??;
        let tier = card
            .closest("[data-tier]")
            .ok()??
            .get_attribute("data-tier")?;
        let at: usize = card.get_attribute("data-card")?.parse().ok()?;
        let tier = board.tiers.iter().find(|it| it.name == tier)?;
        Some(Self {
            policy: tier.policies.get(at)?.policy.clone(),
            from: (event.client_x(), event.client_y()),
            over: None,
        })
    }

    /// Goes on to where the pointer is.
    #[must_use]
    pub fn to(&self, event: &PointerEvent) -> Self {
        let (x, y) = (event.client_x(), event.client_y());
        let is_near = (x - self.from.0).abs() < FAR && (y - self.from.1).abs() < FAR;
        let over = match self.over.is_none() && is_near {
            true => None,
            false => place(x, y).or_else(|| self.over.clone()),
        };
        Self {
            over,
            ..self.clone()
        }
    }

    /// The place in this tier that it is over.
    pub fn place_in(&self, tier: &str) -> Option<usize> {
        let over = self.over.as_ref()?;
        (over.0 == tier).then_some(over.1)
    }

    /// The move that it comes to when it is let go.
    pub fn dropped(&self, board: &Board) -> Option<Move> {
        let (tier, at) = self.over.as_ref()?;
        let tier = board.tiers.iter().find(|it| it.name == *tier)?;
        Some(object::placed(tier, &self.policy, *at))
    }
}

/// The tier at a point, and how many of its cards are above it.
fn place(x: i32, y: i32) -> Option<(String, usize)> {
    let (x, y) = (x as f32, y as f32);
    let tier = document()
        .element_from_point(x, y)?
        .closest("[data-tier]")
        .ok()??;
    let cards = tier.query_selector_all("[data-card]").ok()?;
    let above = (0..cards.length()).filter(|index| {
        let card = cards
            .get(*index)
            .and_then(|node| node.dyn_into::<Element>().ok());
        let middle = card.map(|card| card.get_bounding_client_rect());
        middle.is_some_and(|rect| rect.top() + rect.height() / 2.0 < f64::from(y))
    });
    Some((tier.get_attribute("data-tier")?, above.count()))
}

/// Handlers of the board, which share what is dragged.
pub struct Handlers {
    /// A press.
    pub down: Callback<PointerEvent>,
    /// A move of the pointer.
    pub go: Callback<PointerEvent>,
    /// It is let go.
    pub up: Callback<PointerEvent>,
    /// It is given up.
    pub cancel: Callback<PointerEvent>,
}

/// Handlers for a board; `moved` hears where a policy was put.
pub fn handlers(
    drag: &UseStateHandle<Option<Drag>>,
    board: &NodeRef,
    analysis: &Shared<Analysis>,
    moved: Callback<Move>,
) -> Handlers {
    let (begun, gone, left, given_up) = (drag.clone(), drag.clone(), drag.clone(), drag.clone());
    let board = board.clone();
    let (at_start, at_end) = (analysis.clone(), analysis.clone());
    Handlers {
        down: Callback::from(move |event: PointerEvent| {
            begun.set(Drag::begin(&at_start.board, &event));
        }),
        go: Callback::from(move |event: PointerEvent| {
            let Some(before) = &*gone else { return };
            let now = before.to(&event);
            if now == *before {
                return;
            }
            if let Some(board) = board.cast::<Element>() {
                // without the capture only the end outside of the board is missed
                let _ = board.set_pointer_capture(event.pointer_id());
            }
            gone.set(Some(now));
        }),
        up: Callback::from(move |_: PointerEvent| {
            if let Some(wanted) = left.as_ref().and_then(|drag| drag.dropped(&at_end.board)) {
                moved.emit(wanted);
            }
            left.set(None);
        }),
        cancel: Callback::from(move |_: PointerEvent| given_up.set(None)),
    }
}

/// The step that an arrow with Alt moves a policy by: over tiers, and down.
pub fn step(event: &KeyboardEvent) -> Option<(isize, isize)> {
    Some(match event.key().as_str() {
        "ArrowUp" => (0, -1),
        "ArrowDown" => (0, 1),
        "ArrowLeft" => (-1, 0),
        "ArrowRight" => (1, 0),
        _ => return None,
    })
}
