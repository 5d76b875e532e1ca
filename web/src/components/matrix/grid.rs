//! The table itself: its heads, and the lines that are in the window.

use std::{ops::Range, rc::Rc};

use yew::prelude::*;

use super::{HEADS, Inside, Matrix, keys::cell_of};
use crate::{
    components::{
        On, click,
        marks::{Mark, mark},
        matrix_row::MatrixRow,
    },
    state::{
        Msg,
        matrix::{self, Line, State, Table, What},
    },
};

impl Matrix {
    pub(super) fn grid(&self, ctx: &Context<Self>, matrix: &State, table: &Table) -> Html {
        let (across, down) = self.windows();
        let at = self.at(matrix);
        let stop = at.filter(|(row, column)| down.contains(row) && across.contains(column));
        let stop = stop.unwrap_or_else(|| (self.first_end(&down), across.start));
        let row = |(index, line): (usize, &Line)| {
            let here = |cell: Option<(usize, usize)>| {
                cell.filter(|(row, _)| *row == index)
                    .map(|(_, column)| column)
            };
            html! {
                <MatrixRow key={line.key.to_string()} table={ctx.props().matrix.table.clone()} line={line.clone()} {index} columns={Rc::clone(&self.columns)}
                    across={across.clone()} stop={here(Some(stop))} chosen={here(at)} hot={here(self.hot).is_some()} />
            }
        };
        let lines = self.rows.lines.iter().enumerate();
        let lines = lines.skip(down.start).take(down.len());
        let hot = ctx
            .link()
            .callback(|event: MouseEvent| Inside::Hot(cell_of(&event)));
        let focused = ctx
            .link()
            .callback(|event: FocusEvent| Inside::Hot(cell_of(&event)));
        let left = ctx.link().callback(|_: MouseEvent| Inside::Hot(None));
        html! {
            <table class="mx" role="grid" aria-label={format!("Verdict for {} from each row to each column", table.service)}
                aria-rowcount={(self.rows.lines.len() + 1).to_string()} aria-colcount={(self.columns.lines.len() + 1).to_string()}
                onclick={self.clicked(ctx, table)} onkeydown={self.keys(ctx, table)} onmouseover={hot} onmouseleave={left} onfocusin={focused}>
                { self.widths(&across) }
                { self.head(ctx, table, &across) }
                <tbody>
                    { space(self.rows.start(down.start)) }
                    { for lines.map(row) }
                    { space(self.rows.size() - self.rows.start(down.end)) }
                </tbody>
            </table>
        }
    }

    fn first_end(&self, down: &Range<usize>) -> usize {
        let mut lines = down.clone();
        let is_end = |line: &usize| {
            self.rows
                .lines
                .get(*line)
                .is_some_and(|line| line.what != What::Head)
        };
        lines.find(is_end).unwrap_or(down.start)
    }

    fn widths(&self, across: &Range<usize>) -> Html {
        let (before, after) = self.beside(across);
        html! {
            <colgroup>
                <col width={HEADS.0.to_string()} /><col width={before.to_string()} />
                { for across.clone().map(|_| html! { <col width="36" /> }) }
                <col width={after.to_string()} />
            </colgroup>
        }
    }

    /// The room that columns take which are not drawn.
    fn beside(&self, across: &Range<usize>) -> (u32, u32) {
        let columns = &self.columns;
        (
            columns.start(across.start),
            columns.size() - columns.start(across.end),
        )
    }

    fn head(&self, ctx: &Context<Self>, table: &Table, across: &Range<usize>) -> Html {
        let shown = self.columns.lines.get(across.clone()).unwrap_or_default();
        let groups = shown.chunk_by(|a, b| a.group == b.group);
        let group = |lines: &[Line]| match lines {
            [first, _, ..] if first.what != What::Head => {
                html! { <th colspan={lines.len().to_string()} scope="colgroup">{ fold(&ctx.props().on, &first.group, true) }</th> }
            }
            _ => html! { <td /> },
        };
        let hot = self.hot.map(|(_, column)| column);
        let columns = shown.iter().zip(across.clone()).map(|(line, index)| {
            let alone = shown.iter().filter(|other| other.group == line.group).count() == 1;
            let class = classes!("c", (hot == Some(index)).then_some("hot"), line.first.then_some("gs"));
            html! { <th {class} scope="col" aria-colindex={(index + 2).to_string()}><span>{ column_name(ctx, table, line, alone) }</span></th> }
        });
        html! {
            <thead>
                <tr class="nsr" aria-hidden="true"><td /><td />{ for groups.map(group) }<td /></tr>
                <tr aria-rowindex="1"><th class="corner" scope="col" aria-colindex="1">{ "from ↓ to →" }</th><td aria-hidden="true" />{ for columns }<td aria-hidden="true" /></tr>
            </thead>
        }
    }
}

/// Room for lines that are not drawn.
fn space(height: u32) -> Html {
    html! { <tr aria-hidden="true" class="room"><td height={height.to_string()} /></tr> }
}

fn column_name(ctx: &Context<Matrix>, table: &Table, line: &Line, alone: bool) -> Html {
    let end = match &line.what {
        What::End(end) => table.ends.get(*end),
        _ => return html! { <>{ fold(&ctx.props().on, &line.group, false) }</> },
    };
    let Some(end) = end else {
        return html! {};
    };
    let title = end.sets.join(", ");
    if alone && !end.namespace.is_empty() {
        return html! { <><span class="ns">{ format!("{}/", end.namespace) }</span>{ &end.name }</> };
    }
    html! { <span title={(!title.is_empty()).then_some(title)}>{ &end.name }</span> }
}

/// Folds a group by its head over the columns. The keyboard does it at the head of the lines.
fn fold(on: &On, group: &Rc<str>, open: bool) -> Html {
    let to = Rc::clone(group);
    html! {
        <button type="button" class="fold" tabindex="-1" aria-expanded={open.to_string()}
            onclick={click(on, move || Msg::Matrix(matrix::Msg::Fold(to.to_string())))}>{ mark(if open { Mark::Open } else { Mark::More }, "s10") }{ &**group }</button>
    }
}
