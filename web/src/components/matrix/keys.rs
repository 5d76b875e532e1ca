//! The pointer and the keyboard in the matrix: which cell they are at, and what choosing it does.

use std::rc::Rc;

use tierwalk_protocol::MatrixEnd;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::Matrix;
use crate::state::{
    Msg,
    matrix::{self, Axis, Line, Table, What},
};

impl Matrix {
    pub(super) fn clicked(&self, ctx: &Context<Self>, table: &Table) -> Callback<MouseEvent> {
        let (on, rows, columns) = (
            ctx.props().on.clone(),
            Rc::clone(&self.rows),
            Rc::clone(&self.columns),
        );
        let ends = Rc::clone(&table.ends);
        Callback::from(move |event: MouseEvent| {
            let Some((row, column)) = cell_of(&event) else {
                return;
            };
            let line = |axis: &Axis, at: usize| axis.lines.get(at).cloned();
            if let (Some(row), Some(column)) = (line(&rows, row), line(&columns, column)) {
                on.emit(Msg::Matrix(matrix::Msg::At(
                    Rc::clone(&row.key),
                    Rc::clone(&column.key),
                )));
                if let Some(msg) = chosen(&ends, &row, &column) {
                    on.emit(Msg::Matrix(msg));
                }
            }
        })
    }

    pub(super) fn keys(&self, ctx: &Context<Self>, table: &Table) -> Callback<KeyboardEvent> {
        let (on, rows, columns) = (
            ctx.props().on.clone(),
            Rc::clone(&self.rows),
            Rc::clone(&self.columns),
        );
        let ends = Rc::clone(&table.ends);
        let page = (self.size.1 / 28).max(1) as isize;
        Callback::from(move |event: KeyboardEvent| {
            let Some((row, column)) = cell_of(&event) else {
                return;
            };
            let (Some(row_line), Some(column_line)) =
                (rows.lines.get(row), columns.lines.get(column))
            else {
                return;
            };
            let all = event.ctrl_key() || event.meta_key();
            let far = isize::MAX / 2;
            let (down, across) = match event.key().as_str() {
                "Enter" | " " => {
                    event.prevent_default();
                    if let Some(msg) = chosen(&ends, row_line, column_line) {
                        on.emit(Msg::Matrix(msg));
                    }
                    return;
                }
                "ArrowUp" => (-1, 0),
                "ArrowDown" => (1, 0),
                "ArrowLeft" => (0, -1),
                "ArrowRight" => (0, 1),
                "PageUp" => (-page, 0),
                "PageDown" => (page, 0),
                "Home" => (if all { -far } else { 0 }, -far),
                "End" => (if all { far } else { 0 }, far),
                _ => return,
            };
            event.prevent_default();
            let to = |axis: &Axis, at: usize, by: isize| {
                let last = axis.lines.len().saturating_sub(1);
                let at = (at as isize + by).clamp(0, last as isize) as usize;
                axis.lines.get(at).map(|line| Rc::clone(&line.key))
            };
            if let (Some(row), Some(column)) = (to(&rows, row, down), to(&columns, column, across))
            {
                on.emit(Msg::Matrix(matrix::Msg::At(row, column)));
            }
        })
    }
}

/// What choosing a cell does: fold or unfold a group, or walk from one end to the other.
fn chosen(ends: &[MatrixEnd], row: &Line, column: &Line) -> Option<matrix::Msg> {
    match (&row.what, &column.what) {
        (What::Head | What::Folded(_), _) => Some(matrix::Msg::FoldByKey(row.group.to_string())),
        (_, What::Folded(_)) => Some(matrix::Msg::FoldByKey(column.group.to_string())),
        (What::End(from), What::End(to)) if from != to => {
            let text = |end: usize| Some(ends.get(end)?.text.clone());
            Some(matrix::Msg::Walk(text(*from)?, text(*to)?))
        }
        _ => None,
    }
}

/// The line and column of the cell in which an event began.
pub(super) fn cell_of(event: &web_sys::Event) -> Option<(usize, usize)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let cell: HtmlElement = target
        .closest("[data-at]")
        .ok()
        .flatten()?
        .dyn_into()
        .ok()?;
    let (row, column) = cell
        .get_attribute("data-at")?
        .split_once(',')
        .map(|(row, column)| (row.parse().ok(), column.parse().ok()))?;
    Some((row?, column?))
}
