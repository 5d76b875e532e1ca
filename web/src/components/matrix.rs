//! The matrix: every source and every destination, for one port. Only what can be seen is drawn.

use std::{ops::Range, rc::Rc};

use gloo::events::EventListener;
use tierwalk_protocol::Verdict;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::{
    On, button,
    marks::{Mark, labelled, mark, verdict},
    matrix_row::{MatrixRow, spoken},
    views::Views,
};
use crate::state::{
    Middle, Msg, Tab,
    matrix::{self, Axis, Counts, Line, State, Table, What, name},
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
            return html! { <div class="empty"><b>{ "No endpoints" }</b><p>{ "Add pods to cluster/pods.yaml, or paste " }<code>{ "kubectl get pods -A -o yaml" }</code>{ "." }</p></div> };
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

    fn grid(&self, ctx: &Context<Self>, matrix: &State, table: &Table) -> Html {
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

    /// What the pointer or the focus is at, in words.
    fn said(&self, table: &Table) -> String {
        let line = |axis: &Axis, index: usize| axis.lines.get(index).cloned();
        let cell = self
            .hot
            .and_then(|(row, column)| Some((line(&self.rows, row)?, line(&self.columns, column)?)));
        cell.map(|(row, column)| spoken(table, &row, &column))
            .unwrap_or_default()
    }

    fn clicked(&self, ctx: &Context<Self>, table: &Table) -> Callback<MouseEvent> {
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

    fn keys(&self, ctx: &Context<Self>, table: &Table) -> Callback<KeyboardEvent> {
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
fn chosen(ends: &[tierwalk_protocol::MatrixEnd], row: &Line, column: &Line) -> Option<matrix::Msg> {
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
fn cell_of(event: &web_sys::Event) -> Option<(usize, usize)> {
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
            onclick={super::click(on, move || Msg::Matrix(matrix::Msg::Fold(to.to_string())))}>{ mark(if open { Mark::Open } else { Mark::More }, "s10") }{ &**group }</button>
    }
}

fn export(matrix: &State, on: &On) -> Html {
    let ready = matrix
        .table
        .as_ref()
        .is_some_and(|table| table.is_complete() && table.error.is_none());
    html! { if ready { { button(on, "Export CSV", "sm", || Msg::Matrix(matrix::Msg::Csv)) } } }
}

fn switches(matrix: &State, on: &On) -> Html {
    let services = matrix
        .table
        .as_ref()
        .map(|table| Rc::clone(&table.services));
    let shown = match matrix.service.as_str() {
        "" => matrix
            .table
            .as_ref()
            .map(|table| table.service.clone())
            .unwrap_or_default(),
        service => service.to_owned(),
    };
    let service = on.reform(|event: Event| Msg::Matrix(matrix::Msg::Service(value_of(&event))));
    html! {
        <>
        <label class="quiet">{ "Port" }<input class="field port" type="text" list="services" value={shown} autocomplete="off" spellcheck="false" onchange={service} /></label>
        <datalist id="services">{ for services.iter().flat_map(|all| all.iter()).map(|service| html! { <option value={service.clone()} /> }) }</datalist>
        </>
    }
}

/// In the corner between the heads.
fn filters(matrix: &State, on: &On) -> Html {
    let field = |label: &'static str, value: &str, msg: fn(String) -> matrix::Msg| {
        let typed = on.reform(move |event: InputEvent| Msg::Matrix(msg(value_of(&event))));
        html! {
            <input class="field" type="text" value={value.to_owned()} aria-label={label} placeholder={label} autocomplete="off" spellcheck="false" oninput={typed} />
        }
    };
    html! { <div class="mxfilters">{ field("Filter from", &matrix.from, matrix::Msg::From) }{ field("Filter to", &matrix.to, matrix::Msg::To) }</div> }
}

fn value_of(event: &web_sys::Event) -> String {
    let input: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
    input.map(|input| input.value()).unwrap_or_default()
}

fn counts(matrix: &State) -> Html {
    let Some(table) = matrix.table.as_ref().filter(|table| table.error.is_none()) else {
        return html! {};
    };
    let Some(Counts {
        pairs,
        allow,
        deny,
        pending,
    }) = table.counts
    else {
        return html! { <span class="quiet">{ "counting" }</span> };
    };
    html! {
        <span class="mxsum">
            <b>{ format!("{} pairs", words::number(pairs)) }</b>
            { labelled(Mark::Allow, &format!("{} Allow", words::number(allow)), "") }
            { labelled(Mark::Deny, &format!("{} Deny", words::number(deny)), "") }
            if pending > 0 { { labelled(Mark::Staged, &format!("{} pending", words::number(pending)), "") } }
        </span>
    }
}

fn nothing_left(matrix: &State, on: &On) -> Html {
    let filter = [&matrix.from, &matrix.to].map(|text| text.trim());
    let filter: Vec<&str> = filter.into_iter().filter(|text| !text.is_empty()).collect();
    let on = on.clone();
    let clear = Callback::from(move |_: MouseEvent| {
        on.emit(Msg::Matrix(matrix::Msg::From(String::new())));
        on.emit(Msg::Matrix(matrix::Msg::To(String::new())));
    });
    html! {
        <div class="empty"><b>{ format!("Nothing matches “{}”.", filter.join("” and “")) }</b>
            <button type="button" class="btn edge sm" onclick={clear}>{ "Clear filter" }</button></div>
    }
}

fn legend() -> Html {
    html! {
        <div class="legend">
            { verdict(Verdict::Allow) }{ verdict(Verdict::Deny) }
            <span>{ mark(Mark::None, "") }{ "no policy endpoint on either side" }</span>
            <span><i class="corner-mark" aria-hidden="true" />{ "verdict changes if staged policies are enforced" }</span>
        </div>
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
