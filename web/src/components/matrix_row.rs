//! A line of the matrix.

use std::{ops::Range, rc::Rc};

use tierwalk_protocol::MatrixCell;
use yew::prelude::*;

use super::{
    marks::{Mark, mark},
    matrix::line_name,
};
use crate::{
    shared::Shared,
    state::matrix::{Axis, Cell, Line, Summary, Table, What},
};

/// Properties of [`MatrixRow`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is known of all pairs.
    pub table: Option<Shared<Table>>,
    /// The line.
    pub line: Line,
    /// Its number.
    pub index: usize,
    /// All columns.
    pub columns: Rc<Axis>,
    /// Those that are drawn.
    pub across: Range<usize>,
    /// The column of the matrix's tab stop, if it is in this line.
    pub stop: Option<usize>,
    /// The column of the cell at hand, if it is in this line.
    pub chosen: Option<usize>,
    /// The pointer or the focus is in this line.
    pub hot: bool,
}

/// A head of a group, or an end with its cells.
#[component]
pub fn MatrixRow(props: &Props) -> Html {
    let Some(table) = &props.table else {
        return html! {};
    };
    let rowindex = (props.index + 2).to_string();
    if props.line.what == What::Head {
        return head(props, rowindex);
    }
    let lines = props.columns.lines.iter().zip(0..);
    let lines = lines.skip(props.across.start).take(props.across.len());
    let cells = lines.map(|(column, index)| cell(props, table, column, index));
    html! {
        <tr aria-rowindex={rowindex} class={props.line.first.then_some("gs")}>
            <th scope="row" class={props.hot.then_some("hot")} aria-colindex="1">{ row_name(table, &props.line) }</th>
            <td class="room" aria-hidden="true" />{ for cells }<td class="room" aria-hidden="true" />
        </tr>
    }
}

fn head(props: &Props, rowindex: String) -> Html {
    let column = props.stop.unwrap_or(props.across.start);
    html! {
        <tr class="nsr" aria-rowindex={rowindex}>
            <th scope="row" aria-colindex="1">
                <button type="button" class="fold" aria-expanded="true" data-at={at(props.index, column)}
                    tabindex={if props.stop.is_some() { "0" } else { "-1" }}>{ mark(Mark::Open, "s10") }{ &*props.line.group }</button>
            </th>
            <td colspan={(props.across.len() + 2).to_string()} aria-hidden="true" />
        </tr>
    }
}

fn at(row: usize, column: usize) -> String {
    format!("{row},{column}")
}

fn row_name(table: &Table, line: &Line) -> Html {
    match &line.what {
        What::End(end) => {
            let end = table.ends.get(*end);
            let sets = end
                .map(|end| end.sets.join(", "))
                .filter(|sets| !sets.is_empty());
            html! { <span title={sets}>{ end.map(|end| end.name.clone()) }</span> }
        }
        What::Head | What::Folded(_) => {
            html! { <span class="folded">{ mark(Mark::More, "s10") }{ line_name(table, line) }</span> }
        }
    }
}

fn cell(props: &Props, table: &Table, column: &Line, index: usize) -> Html {
    let (look, drawn) = drawn(table, &props.line, column);
    let class = classes!(look, column.first.then_some("gs"));
    html! {
        <td {class} role="gridcell" aria-colindex={(index + 2).to_string()} data-at={at(props.index, index)} aria-label={spoken(table, &props.line, column)}
            aria-selected={(props.chosen == Some(index)).to_string()} tabindex={if props.stop == Some(index) { "0" } else { "-1" }}>{ drawn }</td>
    }
}

/// The stretch of ends that a line stands for.
fn stretch(line: &Line) -> Range<usize> {
    match &line.what {
        What::Head => 0..0,
        What::Folded(ends) => ends.clone(),
        What::End(end) => *end..end + 1,
    }
}

fn drawn(table: &Table, row: &Line, column: &Line) -> (&'static str, Html) {
    let (What::End(from), What::End(to)) = (&row.what, &column.what) else {
        return summed(table.summary(stretch(row), stretch(column)));
    };
    match table.cell(*from, *to) {
        Cell::Itself => ("self", html! {}),
        Cell::Unknown => ("", html! { "…" }),
        Cell::Is(cell) => match cell {
            MatrixCell::Allow => ("allow", mark(Mark::Allow, "")),
            MatrixCell::AllowPendingDeny => ("allow pend", mark(Mark::Allow, "")),
            MatrixCell::Deny => ("deny", mark(Mark::DenyOpen, "")),
            MatrixCell::DenyPendingAllow => ("deny pend", mark(Mark::DenyOpen, "")),
            MatrixCell::NoEndpoint | MatrixCell::Apart => ("none", mark(Mark::None, "")),
        },
    }
}

/// A mark where all agree, else how many are allowed.
fn summed(summary: Summary) -> (&'static str, Html) {
    let pend = summary.pending > 0;
    match (summary.allow, summary.deny) {
        (0, 0) => ("none", mark(Mark::None, "")),
        (_, 0) => (
            if pend { "allow pend" } else { "allow" },
            mark(Mark::Allow, ""),
        ),
        (0, _) => (
            if pend { "deny pend" } else { "deny" },
            mark(Mark::DenyOpen, ""),
        ),
        (allow, _) => (if pend { "some pend" } else { "some" }, html! { allow }),
    }
}

/// A cell in words.
pub(super) fn spoken(table: &Table, row: &Line, column: &Line) -> String {
    let ends = format!("{} to {}", line_name(table, row), line_name(table, column));
    let said = match (&row.what, &column.what) {
        (What::Head, _) => return line_name(table, row),
        (What::End(from), What::End(to)) => one(table.cell(*from, *to)).to_owned(),
        _ => {
            let Summary {
                allow,
                deny,
                pending,
            } = table.summary(stretch(row), stretch(column));
            let pending = if pending > 0 {
                format!(", {pending} pending")
            } else {
                String::new()
            };
            format!("{allow} Allow, {deny} Deny{pending}")
        }
    };
    format!("{ends}: {said}")
}

fn one(cell: Cell) -> &'static str {
    match cell {
        Cell::Itself => "itself",
        Cell::Unknown => "being evaluated",
        Cell::Is(MatrixCell::Allow) => "Allow",
        Cell::Is(MatrixCell::Deny) => "Deny",
        Cell::Is(MatrixCell::AllowPendingDeny) => "Allow, pending Deny",
        Cell::Is(MatrixCell::DenyPendingAllow) => "Deny, pending Allow",
        Cell::Is(MatrixCell::NoEndpoint) => "no policy endpoint on either side",
        Cell::Is(MatrixCell::Apart) => "no common IP version",
    }
}
