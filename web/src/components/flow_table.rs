//! The flows as a table: one tab stop, arrows inside. Of a long table only what is looked at is drawn.

mod row;
mod window;

use std::rc::Rc;

use gloo::render::{AnimationFrame, request_animation_frame};
use tierwalk_protocol::{Analysis, FlowRow, Selected};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use self::{
    row::{Kept, Row},
    window::{Heights, Part, View},
};
use super::On;
use crate::{
    shared::Shared,
    state::{
        Msg, Pane, details,
        flips::Baseline,
        flow_list::{self, Arrangement, Column, Filter, Item, Order},
        flows, keys,
    },
};

/// Properties of [`FlowTable`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// The endpoints that the chosen policy selects.
    pub selected: Option<Shared<Selected>>,
    /// What flips are counted against.
    pub baseline: Option<Baseline>,
    /// Whether any flow flipped.
    pub flipped: bool,
    /// The chosen flow.
    pub flow: Option<String>,
    /// How the table is arranged.
    pub arrangement: Arrangement,
    /// The order that came of it.
    pub order: Option<Shared<Order>>,
    /// Which flows are listed.
    pub filter: Filter,
    /// Flows are being evaluated.
    pub stale: bool,
    /// Messages.
    pub on: On,
}

/// The lines of the table, the one that can be reached by tab, and the columns that are there.
struct Table<'a> {
    props: &'a Props,
    items: &'a [Item],
    stop: Option<usize>,
    staged: bool,
}

/// Every flow with what became of it.
#[component]
pub fn FlowTable(props: &Props) -> Html {
    let items = use_items(props);
    let scroller = use_node_ref();
    let view = use_state(View::default);
    let measure = {
        let (scroller, view) = (scroller.clone(), view.clone());
        Callback::from(move |()| {
            let now = scroller
                .cast::<Element>()
                .map(|element| window::measured(&element));
            if let Some(now) = now.filter(|now| *now != *view) {
                view.set(now);
            }
        })
    };
    let (frame, is_long) = (use_mut_ref(|| None), items.len() > window::SHORT);
    use_effect({
        let measure = measure.clone();
        move || *frame.borrow_mut() = is_long.then(|| in_frame(measure))
    });
    if items.is_empty() {
        return nothing(props);
    }
    let chosen = position(props, &items);
    let stop = chosen.or_else(|| items.iter().position(|item| matches!(item, Item::Row(_))));
    let staged = has_staged(&props.analysis);
    let table = Table {
        props,
        items: &items,
        stop,
        staged,
    };
    let parts = window::parts(&items, stop, &view);
    html! {
        <div class="scroll" ref={scroller} onscroll={measure.reform(|_: Event| ())} tabindex="-1">
            <table class={classes!("tbl", "flows", props.flipped.then_some("flipped"), staged.then_some("staged"), props.stale.then_some("stale"))} role="grid" aria-label="Flows"
                aria-rowcount={(items.len() + 1).to_string()} onkeydown={keys(props, &items)}>
                <thead><tr>{ for Column::ALL.iter().filter(|column| staged || **column != Column::Pending).map(|column| head(props, *column)) }</tr></thead>
                <tbody>{ for parts.into_iter().flat_map(|part| table.part(part, &view.heights)) }</tbody>
            </table>
        </div>
    }
}

/// Before the next paint, when the browser has to arrange the page anyway.
fn in_frame(measure: Callback<()>) -> AnimationFrame {
    request_animation_frame(move |_| measure.emit(()))
}

/// The lines, found again only when something that they depend on is another.
#[hook]
fn use_items(props: &Props) -> Rc<Vec<Item>> {
    let Props {
        analysis,
        order,
        filter,
        baseline,
        arrangement,
        ..
    } = props;
    let on = (
        analysis.clone(),
        order.clone(),
        filter.clone(),
        baseline.clone(),
        arrangement.group.is_some(),
    );
    use_memo(on, |(analysis, order, filter, baseline, grouped)| {
        let flipped = |row: &FlowRow| {
            baseline
                .as_ref()
                .is_some_and(|baseline| baseline.was(row).is_some())
        };
        flow_list::items(&analysis.flows, order.as_deref(), *grouped, filter, flipped)
    })
}

/// The line of the chosen flow.
fn position(props: &Props, items: &[Item]) -> Option<usize> {
    let chosen = props.flow.as_ref()?;
    let flows = &props.analysis.flows;
    let is_chosen = |item: &Item| matches!(item, Item::Row(index) if flows.get(*index).is_some_and(|row| row.id == *chosen));
    items.iter().position(is_chosen)
}

/// Whether a policy is staged, so that there is something to come.
fn has_staged(analysis: &Analysis) -> bool {
    let cards = analysis.board.tiers.iter().flat_map(|tier| &tier.policies);
    cards
        .into_iter()
        .any(|card| card.flags.contains(&tierwalk_protocol::Flag::Staged))
}

impl Table<'_> {
    /// How many columns a line across all of them has; one more would be a column of its own.
    fn columns(&self) -> &'static str {
        if self.staged { "6" } else { "5" }
    }

    /// All lines are in one list by their keys, so that a line which has the focus stays when others come and go.
    fn part(&self, part: Part, heights: &Heights) -> Vec<Html> {
        let items =
            |lines: &std::ops::Range<usize>| self.items.get(lines.clone()).unwrap_or_default();
        match part {
            Part::Gap(lines) => {
                let pixels = heights.of(items(&lines));
                vec![
                    html! { <tr key={format!("gap {}", lines.start)} class="gap" aria-hidden="true"><td colspan={self.columns()}><svg width="1" height={pixels.to_string()} /></td></tr> },
                ]
            }
            Part::Lines(lines) => {
                let listed = items(&lines);
                lines
                    .zip(listed)
                    .map(|(at, item)| self.line(at, item))
                    .collect()
            }
        }
    }

    fn line(&self, at: usize, item: &Item) -> Html {
        match item {
            Item::Group(name, count) => html! {
                <tr key={format!("group {name}")} class="group" aria-rowindex={(at + 2).to_string()}><th colspan={self.columns()} scope="rowgroup">{ name }<span class="n">{ count }</span></th></tr>
            },
            Item::Row(index) => {
                let props = self.props;
                let Some(row) = props.analysis.flows.get(*index) else {
                    return html! {};
                };
                let was = props
                    .baseline
                    .as_ref()
                    .and_then(|baseline| baseline.was(row));
                let is_selected = |end| {
                    props
                        .selected
                        .as_ref()
                        .is_some_and(|it| details::selects(it, end))
                };
                let ends = (is_selected(&row.from), is_selected(&row.to));
                html! {
                    <Row key={row.id.clone()} row={Kept::from(row)} {was} {ends} number={at + 2} staged={self.staged} told={self.items.len() <= window::SHORT}
                        selected={props.flow.as_ref() == Some(&row.id)} stop={self.stop == Some(at)} on={props.on.clone()} />
                }
            }
        }
    }
}

/// A head sorts by its column, and once more the other way round. By keyboard the menu of the table does so.
fn head(props: &Props, column: Column) -> Html {
    let sorted = props
        .arrangement
        .sort
        .filter(|(by, _)| *by == column)
        .map(|(_, descending)| descending);
    let order = sorted.map(|descending| {
        if descending {
            "descending"
        } else {
            "ascending"
        }
    });
    let arrow = sorted.map_or("", |descending| if descending { " ↓" } else { " ↑" });
    let onclick = super::click(&props.on, move || {
        Msg::Flows(flows::Msg::Sort(Some(column)))
    });
    html! {
        <th scope="col" class={column.name().to_lowercase()} aria-sort={order}>
            <button type="button" tabindex="-1" {onclick}>{ column.name() }<span aria-hidden="true">{ arrow }</span></button>
        </th>
    }
}

/// The filter keeps everything out, or nothing flipped.
fn nothing(props: &Props) -> Html {
    let hidden = crate::state::words::count(props.analysis.flows.len(), "flow");
    let verb = if props.analysis.flows.len() == 1 {
        "is"
    } else {
        "are"
    };
    let what = match props.filter.text.trim() {
        "" => "Nothing matches".to_owned(),
        text => format!("Nothing matches “{text}”."),
    };
    html! {
        <div class="scroll" tabindex="-1"><div class="empty"><b>{ what }</b>
            <p>{ format!("{hidden} {verb} hidden by the filter.") }</p>
            { super::button(&props.on, "Clear filter", "edge sm", || Msg::Flows(flows::Msg::ClearFilter)) }
        </div></div>
    }
}

fn keys(props: &Props, items: &Rc<Vec<Item>>) -> Callback<KeyboardEvent> {
    let (on, items) = (props.on.clone(), Rc::clone(items));
    let (at, analysis) = (position(props, &items), props.analysis.clone());
    Callback::from(move |event: KeyboardEvent| {
        if super::typed_in(&event) {
            return;
        }
        let next = match event.key().as_str() {
            "ArrowDown" => row_from(&items, at.map_or(0, |at| at + 1), 1),
            "ArrowUp" => at.and_then(|at| row_from(&items, at.checked_sub(1)?, -1)),
            "PageDown" => row_from(
                &items,
                (at.unwrap_or(0) + window::PAGE).min(items.len() - 1),
                -1,
            ),
            "PageUp" => row_from(&items, at.unwrap_or(0).saturating_sub(window::PAGE), 1),
            "Home" => row_from(&items, 0, 1),
            "End" => row_from(&items, items.len().saturating_sub(1), -1),
            "Enter" => {
                // what gets the focus is not to be pressed by the same key
                event.prevent_default();
                return on.emit(Msg::Key(keys::Command::Walk, Pane::Flows));
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(row) = next.and_then(|index| analysis.flows.get(index)) {
            on.emit(Msg::FlowByKey(row.id.clone()));
        }
    })
}

/// The first flow from a line on, past the heads of groups.
fn row_from(items: &[Item], at: usize, by: isize) -> Option<usize> {
    let mut at = Some(at);
    while let Some(item) = items.get(at?) {
        if let Item::Row(index) = item {
            return Some(*index);
        }
        at = at?.checked_add_signed(by);
    }
    None
}
