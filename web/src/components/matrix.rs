//! The matrix: every source and every destination, for one port. Only what can be seen is drawn.

mod grid;
mod keys;
mod legend;
mod switches;

use std::{ops::Range, rc::Rc};

use gloo::events::EventListener;
use web_sys::Element;
use yew::prelude::*;

use self::{
    legend::legend,
    switches::{counts, export, filters, nothing_left, switches},
};
use super::{On, button, matrix_row::spoken, views::Views};
use crate::state::{
    Middle, Msg, Panel, Tab,
    matrix::{Axis, Line, State, Table, What, name},
    words,
};

/// What the heads of lines and columns take of the window, in CSS pixels, as in the style sheet.
const HEADS: (u32, u32) = (168, 162);

/// Properties of [`Matrix`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The matrix.
    pub matrix: State,
    /// The views there are.
    pub views: Vec<Tab>,
    /// Messages.
    pub on: On,
}

/// What happens inside.
pub enum Inside {
    /// It was scrolled or resized.
    Moved,
    /// The pointer, or the focus, is at a line and column.
    Hot(Option<(usize, usize)>),
}

/// The matrix and its switches.
pub struct Matrix {
    pane: NodeRef,
    rows: Rc<Axis>,
    columns: Rc<Axis>,
    /// Where the window begins, and its size without heads: across and down.
    from: (u32, u32),
    size: (u32, u32),
    /// The scroll position that is to be set, so that the cell at hand is in the window.
    scroll: Option<(u32, u32)>,
    hot: Option<(usize, usize)>,
    _resized: Option<EventListener>,
}

impl Component for Matrix {
    type Message = Inside;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let mut matrix = Self {
            pane: NodeRef::default(),
            rows: Rc::default(),
            columns: Rc::default(),
            from: (0, 0),
            size: (900, 900),
            scroll: None,
            hot: None,
            _resized: None,
        };
        matrix.lay_out(&ctx.props().matrix);
        matrix
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        let now = &ctx.props().matrix;
        self.lay_out(now);
        if before.matrix.at != now.at {
            self.reach(now);
        }
        true
    }

    fn update(&mut self, _: &Context<Self>, msg: Inside) -> bool {
        match msg {
            Inside::Moved => {
                let before = self.windows();
                self.measure();
                self.windows() != before
            }
            Inside::Hot(hot) => std::mem::replace(&mut self.hot, hot) != hot,
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if let (Some((left, top)), Some(pane)) = (self.scroll.take(), self.pane.cast::<Element>()) {
            pane.set_scroll_left(left as i32);
            pane.set_scroll_top(top as i32);
        }
        if first {
            let link = ctx.link().clone();
            let window = gloo::utils::window();
            self._resized = Some(EventListener::new(&window, "resize", move |_| {
                link.send_message(Inside::Moved);
            }));
            ctx.link().send_message(Inside::Moved);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { matrix, views, on } = ctx.props();
        html! {
            <section class="pane mid" id="board" aria-label="Matrix">
                <h2 class="sr">{ "Matrix" }</h2>
                <div class="phead"><Views views={views.clone()} shown={Middle::Matrix} {on} /><span class="grow" />{ export(matrix, on) }</div>
                <div class="subhead mxhead">{ switches(matrix, on) }<span class="grow" />{ counts(matrix) }</div>
                { match &matrix.table {
                    None => html! { <div class="scroll" /> },
                    Some(table) => self.table(ctx, table),
                } }
            </section>
        }
    }
}

impl Matrix {
    fn lay_out(&mut self, matrix: &State) {
        if let Some(table) = &matrix.table {
            self.rows = Rc::new(Axis::rows(table, &matrix.from, &matrix.folded));
            self.columns = Rc::new(Axis::columns(table, &matrix.to, &matrix.folded));
        }
    }

    /// Looks at what is in the window.
    fn measure(&mut self) {
        if let Some(pane) = self.pane.cast::<Element>() {
            let of = |value: i32| u32::try_from(value).unwrap_or_default();
            self.from = (of(pane.scroll_left()), of(pane.scroll_top()));
            let size = (of(pane.client_width()), of(pane.client_height()));
            self.size = (
                size.0.saturating_sub(HEADS.0),
                size.1.saturating_sub(HEADS.1),
            );
        }
    }

    /// Moves the window so that the cell at hand is in it.
    fn reach(&mut self, matrix: &State) {
        self.measure();
        let Some((row, column)) = self.at(matrix) else {
            return;
        };
        let left = self.columns.reach(column, self.from.0, self.size.0);
        let top = self.rows.reach(row, self.from.1, self.size.1);
        if (left, top) != self.from {
            self.from = (left, top);
            self.scroll = Some(self.from);
        }
    }

    fn windows(&self) -> (Range<usize>, Range<usize>) {
        (
            self.columns.window(self.from.0, self.size.0),
            self.rows.window(self.from.1, self.size.1),
        )
    }

    /// The cell at hand.
    fn at(&self, matrix: &State) -> Option<(usize, usize)> {
        let (row, column) = matrix.at.as_ref()?;
        Some((self.rows.position(row)?, self.columns.position(column)?))
    }

    fn table(&self, ctx: &Context<Self>, table: &Table) -> Html {
        let Props { matrix, on, .. } = ctx.props();
        if let Some(error) = &table.error {
            return html! { <div class="empty"><b>{ super::prose::message(error) }</b><p>{ "Write a protocol and a port, such as tcp/8080, udp/53 or icmp/8." }</p></div> };
        }
        if table.ends.is_empty() {
            return html! { <div class="empty"><b>{ "No endpoints" }</b><p>{ "Add pods to cluster/pods.yaml, or paste " }<code>{ "kubectl get pods -A -o yaml" }</code>{ "." }</p>
                { button(on, "Paste", "edge sm wide", || Msg::Panel(Some(Panel::Import))) }
            </div> };
        }
        if self.rows.lines.is_empty() || self.columns.lines.is_empty() {
            return html! { <div class="mxroom">{ filters(matrix, on) }{ nothing_left(matrix, on) }</div> };
        }
        let moved = ctx.link().callback(|_: Event| Inside::Moved);
        html! {
            <>
            <div class="mxroom">
                { filters(matrix, on) }
                <div class="scroll mxpane" ref={&self.pane} onscroll={moved}>{ self.grid(ctx, matrix, table) }</div>
            </div>
            <p class="mxsaid" aria-hidden="true">{ self.said(table) }</p>
            { legend() }
            </>
        }
    }

    /// What the pointer or the focus is at, in words.
    fn said(&self, table: &Table) -> String {
        let line = |axis: &Axis, index: usize| axis.lines.get(index).cloned();
        let cell = self
            .hot
            .and_then(|(row, column)| Some((line(&self.rows, row)?, line(&self.columns, column)?)));
        cell.map(|(row, column)| spoken(table, &row, &column))
            .unwrap_or_default()
    }
}

/// The names of a line, for what is said about it.
pub(super) fn line_name(table: &Table, line: &Line) -> String {
    match &line.what {
        What::End(end) => table.ends.get(*end).map(name).unwrap_or_default(),
        What::Head => line.group.to_string(),
        What::Folded(ends) => format!("{}, {}", line.group, words::count(ends.len(), "end")),
    }
}
