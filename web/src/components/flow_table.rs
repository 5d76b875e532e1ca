//! The flows as a table: one tab stop, arrows inside.

use tierwalk_protocol::{Analysis, FlowRow, Verdict};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{
    On, click,
    marks::{Mark, mark, pending_verdict, verdict},
    prose,
};
use crate::{
    shared::Shared,
    state::{
        Msg,
        flips::{self, Baseline},
        words,
    },
};

/// Properties of [`FlowTable`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// What flips are counted against.
    pub baseline: Option<Baseline>,
    /// The chosen flow.
    pub flow: Option<String>,
    /// Only those that flipped.
    pub flipped: bool,
    /// Messages.
    pub on: On,
}

/// Every flow with what became of it.
#[component]
pub fn FlowTable(props: &Props) -> Html {
    let was = |flow: &FlowRow| {
        props
            .baseline
            .as_ref()
            .and_then(|baseline| baseline.was(flow))
    };
    let rows: Vec<_> = props
        .analysis
        .flows
        .iter()
        .map(|flow| (flow, was(flow)))
        .filter(|(_, was)| !props.flipped || was.is_some())
        .collect();
    let flipped = rows.iter().any(|(_, was)| was.is_some());
    let chosen = props
        .flow
        .as_ref()
        .filter(|id| rows.iter().any(|(flow, _)| flow.id == **id));
    let stop = chosen.or_else(|| rows.first().map(|(flow, _)| &flow.id));
    let ids = rows.iter().map(|(flow, _)| flow.id.clone()).collect();
    html! {
        <table class={classes!("tbl", "flows", flipped.then_some("flipped"))} role="grid" aria-label="Flows" onkeydown={keys(props, ids)}>
            <thead><tr>{ for ["Verdict", "Flow", "Port", "Tier", "Pending", "Expected"].iter().map(|head| html! { <th scope="col">{ *head }</th> }) }</tr></thead>
            <tbody>{ for rows.iter().map(|(flow, was)| row(props, flow, *was, stop)) }</tbody>
        </table>
    }
}

fn row(props: &Props, flow: &FlowRow, was: Option<Verdict>, stop: Option<&String>) -> Html {
    let selected = props.flow.as_ref() == Some(&flow.id);
    let id = flow.id.clone();
    let (from, to) = words::namespaces(flow);
    html! {
        <>
        <tr key={flow.id.clone()} aria-selected={selected.to_string()} tabindex={if stop == Some(&flow.id) { "0" } else { "-1" }}
            onclick={click(&props.on, move || Msg::Flow(id.clone()))}>
            <td>{ outcome(flow, was) }</td>
            <td class={classes!("fl", flow.error.as_ref().map(|_| "bad"))}>
                <span class="ns">{ from }</span>{ &flow.from.name }<span class="to">{ "→" }</span><span class="ns">{ to }</span>{ &flow.to.name }
            </td>
            <td class="fl"><span class="ns">{ &flow.port }</span></td>
            <td>{ &flow.decided_in }</td>
            <td>{ pending(flow) }</td>
            <td>{ expected(flow) }</td>
        </tr>
        { for flow.error.as_ref().map(|error| error_row(props, flow, error)) }
        </>
    }
}

fn outcome(flow: &FlowRow, was: Option<Verdict>) -> Html {
    let now = match flow.verdict {
        Some(now) => verdict(now),
        None => html! { <span class="quiet">{ mark(Mark::Warn, "") }{ " not read" }</span> },
    };
    let was = was.map(|was| html! { <>{ " " }<span class="quiet">{ format!("was {}", words::verdict(was)) }</span></> });
    html! { <>{ now }{ for was }</> }
}

fn pending(flow: &FlowRow) -> Html {
    match flow.pending {
        Some(pending) if flips::differs(flow) => pending_verdict(pending),
        Some(_) => html! { <span class="quiet">{ "same" }</span> },
        None => html! {},
    }
}

fn expected(flow: &FlowRow) -> Html {
    let Some(expected) = flow.expected else {
        return html! { <span class="quiet">{ "none set" }</span> };
    };
    let word = words::expected(expected);
    if flips::unmet(flow) {
        html! { <span class="unmet">{ mark(Mark::No, "s10") }{ " " }{ word }<span class="sr">{ ", not met" }</span></span> }
    } else if flow.verdict.is_some() {
        html! { <span class="quiet">{ mark(Mark::Yes, "s10") }{ " " }{ word }<span class="sr">{ ", met" }</span></span> }
    } else {
        html! { <span class="quiet">{ word }</span> }
    }
}

/// What is wrong with a line, below it, with the way to it.
fn error_row(props: &Props, flow: &FlowRow, error: &str) -> Html {
    let place = flow.place.clone();
    html! {
        <tr class="why-not"><td /><td colspan="5">
            { prose::message(error) }{ " " }
            <button type="button" class="link" onclick={click(&props.on, move || Msg::Reveal(place.clone(), true))}>{ words::place(&flow.place) }</button>
        </td></tr>
    }
}

fn keys(props: &Props, ids: Vec<String>) -> Callback<KeyboardEvent> {
    let (on, flow) = (props.on.clone(), props.flow.clone());
    Callback::from(move |event: KeyboardEvent| {
        let at = ids.iter().position(|id| Some(id) == flow.as_ref());
        let last = ids.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowDown" => at.map_or(0, |at| (at + 1).min(last)),
            "ArrowUp" => at.map_or(0, |at| at.saturating_sub(1)),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                on.emit(Msg::Key(
                    crate::state::keys::Command::Walk,
                    crate::state::Pane::Flows,
                ));
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(id) = ids.get(next) {
            on.emit(Msg::FlowByKey(id.clone()));
        }
    })
}
