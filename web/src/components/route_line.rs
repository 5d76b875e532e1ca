//! The route over the board, measured after each render and whenever the board changes its size.

use gloo::render::request_animation_frame;
use tierwalk_protocol::{Analysis, Direction, Walk};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{DomRect, Element, ResizeObserver};
use yew::prelude::*;

use crate::{
    browser,
    shared::Shared,
    state::{
        board_filter,
        board_view::Stop,
        route::{self, Column, Layout, Route},
    },
};

/// Where the route runs: above the headings, along the left part of the cards, between the columns.
const LAYOUT: Layout = Layout {
    top: 9.0,
    rail: 12.0,
    gutter: 6.0,
};

/// Space between the card that passed and the line below it.
const BELOW: f64 = 5.0;

/// A stop as the board's elements carry it.
pub fn word(stop: Option<Stop>) -> Option<&'static str> {
    stop.map(|stop| match stop {
        Stop::Over => "over",
        Stop::Through => "through",
        Stop::Ends => "ends",
        Stop::Beyond => "beyond",
    })
}

/// Properties of [`RouteLine`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The board.
    pub board: NodeRef,
    /// What the engine found: where the cards are.
    pub analysis: Shared<Analysis>,
    /// What of the board is shown: which tiers are folded.
    pub shown: board_filter::State,
    /// The walk that is drawn.
    pub walk: Option<Shared<Walk>>,
    /// The end that is shown.
    pub direction: Direction,
}

/// The drawing. It is hidden from the accessibility tree: the walk is the list.
#[component]
pub fn RouteLine(props: &Props) -> Html {
    let route = use_state_eq(Route::default);
    let redraw = {
        let (route, board) = (route.setter(), props.board.clone());
        Callback::from(move |()| {
            route.set(
                board
                    .cast::<Element>()
                    .map(|board| measure(&board))
                    .unwrap_or_default(),
            )
        })
    };
    let frame = use_mut_ref(|| None);
    use_effect({
        let redraw = redraw.clone();
        // before the next paint, when the browser has to arrange the page anyway
        move || *frame.borrow_mut() = Some(request_animation_frame(move |_| redraw.emit(())))
    });
    use_effect_with(props.board.clone(), move |board| observe(board, redraw));
    html! {
        <svg class="route" aria-hidden="true">
            { for route.solid.iter().map(|path| html! { <path d={path.clone()} /> }) }
            { for route.dashed.iter().map(|path| html! { <path class="dash" d={path.clone()} /> }) }
            { for route.start.map(|(x, y)| html! { <circle class="dot" cx={x.to_string()} cy={y.to_string()} r="3.5" /> }) }
        </svg>
    }
}

/// Redraws when the board's size changes; the returned function ends that.
fn observe(board: &NodeRef, redraw: Callback<()>) -> impl FnOnce() + use<> {
    let changed = Closure::<dyn FnMut()>::new(move || redraw.emit(()));
    let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok();
    if let (Some(observer), Some(board)) = (&observer, board.cast::<Element>()) {
        observer.observe(&board);
    }
    move || {
        if let Some(observer) = observer {
            observer.disconnect();
        }
        drop(changed);
    }
}

fn measure(board: &Element) -> Route {
    let origin = board.get_bounding_client_rect();
    let Ok(columns) = board.query_selector_all("[data-route]") else {
        return Route::default();
    };
    let columns: Vec<_> = (0..columns.length())
        .filter_map(|index| columns.get(index)?.dyn_into().ok())
        .filter_map(|column: Element| measure_column(&column, &origin))
        .collect();
    route::draw(&columns, LAYOUT)
}

fn measure_column(column: &Element, origin: &DomRect) -> Option<Column> {
    let stop = match column.get_attribute("data-route")?.as_str() {
        "over" => Stop::Over,
        "through" => Stop::Through,
        "ends" => Stop::Ends,
        _ => Stop::Beyond,
    };
    let area = column.get_bounding_client_rect();
    let marked = column.query_selector("[data-stop]").ok().flatten();
    let rect = marked.map_or_else(|| area.clone(), |marked| marked.get_bounding_client_rect());
    let round = |value: f64| (value / browser::zoom() * 2.0).round() / 2.0;
    Some(Column {
        left: round(area.left() - origin.left()),
        right: round(area.right() - origin.left()),
        stop,
        mark: round(rect.top() + rect.height() / 2.0 - origin.top()),
        below: round(rect.bottom() - origin.top()) + BELOW,
    })
}
