//! One flow of the table; drawn again only when something about it is another.

use std::{ops::Deref, sync::Arc};

use tierwalk_protocol::{FlowRow, Verdict, compose::Expected};
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::*;

use crate::components::{
    On, click,
    marks::{Mark, mark, pending_verdict, verdict},
    prose,
};
use crate::state::{Msg, flips, flows, words};

/// A row that equals another only if both are the same one.
#[derive(Clone, Debug)]
pub struct Kept(Arc<FlowRow>);

impl From<&Arc<FlowRow>> for Kept {
    fn from(row: &Arc<FlowRow>) -> Self {
        Self(Arc::clone(row))
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Kept {
    type Target = FlowRow;

    fn deref(&self) -> &FlowRow {
        &self.0
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The flow.
    pub row: Kept,
    /// What it was, if it flipped.
    pub was: Option<Verdict>,
    /// Whether the chosen policy selects its source, and its destination.
    pub ends: (bool, bool),
    /// Its line in the table, from 1.
    pub number: usize,
    /// Whether there is a column of what is pending.
    pub staged: bool,
    /// Whether what is wrong with it is told below it.
    pub told: bool,
    /// It is chosen.
    pub selected: bool,
    /// It is reached by tab.
    pub stop: bool,
    /// Messages.
    pub on: On,
}

/// A flow with what became of it.
#[component]
pub fn Row(props: &Props) -> Html {
    let flow = &*props.row;
    let id = flow.id.clone();
    let (from, to) = words::namespaces(flow);
    let onclick = click(&props.on, move || Msg::Flow(id.clone()));
    html! {
        <>
        <tr class="flow" aria-selected={props.selected.to_string()} aria-rowindex={props.number.to_string()} tabindex={if props.stop { "0" } else { "-1" }} {onclick}>
            <td class="out">{ outcome(flow, props.was) }</td>
            <td class={classes!("fl", flow.error.as_ref().map(|_| "bad"))} title={title(props)}>
                { end(&from, &flow.from.name, props.ends.0) }<span class="to">{ "→" }</span>{ end(&to, &flow.to.name, props.ends.1) }
            </td>
            <td class="fl port"><span class="ns">{ &flow.port }</span></td>
            <td class="tier" title={(!flow.decided_by.is_empty()).then(|| flow.decided_by.clone())}>{ &flow.decided_in }</td>
            if props.staged { <td class="pending">{ pending(flow) }</td> }
            <td class="expected">{ expected(props) }</td>
        </tr>
        { for flow.error.as_ref().filter(|_| props.told).map(|error| error_row(props, error)) }
        </>
    }
}

/// What is wrong with the flow, if that is not told below it; else its ends, which the column may cut.
fn title(props: &Props) -> Option<String> {
    let flow = &*props.row;
    match &flow.error {
        Some(error) => (!props.told).then(|| error.replace('`', "")),
        None => Some(words::flow(flow)),
    }
}

fn end(namespace: &str, name: &str, selected: bool) -> Html {
    let namespace = html! { <span class="ns">{ namespace }</span> };
    if selected {
        return html! { <span class="picked">{ namespace }{ name }<span class="sr">{ " (selected by the policy)" }</span></span> };
    }
    html! { <>{ namespace }{ name }</> }
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

/// What is expected; of the chosen flow, to be chosen.
fn expected(props: &Props) -> Html {
    let flow = &*props.row;
    let unmet = flips::unmet(flow);
    let sign = match (flow.expected, flow.verdict) {
        (Some(_), Some(_)) if unmet => html! { <>{ mark(Mark::No, "s10") }{ " " }</> },
        (Some(_), Some(_)) => html! { <>{ mark(Mark::Yes, "s10") }{ " " }</> },
        _ => html! {},
    };
    let met = match (flow.expected, flow.verdict) {
        (Some(_), Some(_)) if unmet => ", not met",
        (Some(_), Some(_)) => ", met",
        _ => "",
    };
    let word = flow.expected.map_or("none set", words::expected);
    let class = if unmet { "unmet" } else { "quiet" };
    if props.selected && flow.verdict.is_some() {
        return html! { <span {class}>{ sign }{ choice(props, word, met) }</span> };
    }
    html! { <span {class}>{ sign }{ word }<span class="sr">{ met }</span></span> }
}

fn choice(props: &Props, word: &'static str, met: &str) -> Html {
    let id = props.row.id.clone();
    let onchange = crate::components::sometimes(&props.on, move |event: Event| {
        let select: HtmlSelectElement = event.target_dyn_into()?;
        let expected = match select.value().as_str() {
            "allow" => Expected::Verdict(Verdict::Allow),
            "deny" => Expected::Verdict(Verdict::Deny),
            _ => Expected::Nothing,
        };
        Some(Msg::Flows(flows::Msg::Expect(vec![id.clone()], expected)))
    });
    let option =
        |value: &'static str| html! { <option {value} selected={value == word}>{ value }</option> };
    html! {
        <select class="expect" aria-label={format!("Expected{met}")} {onchange}>
            { for ["none set", "allow", "deny"].map(option) }
        </select>
    }
}

/// What is wrong with a line, below it, with the way to it.
fn error_row(props: &Props, error: &str) -> Html {
    let place = props.row.place.clone();
    html! {
        <tr class="why-not"><td /><td colspan={if props.staged { "5" } else { "4" }}>
            { prose::message(error) }{ " " }
            <button type="button" class="link" onclick={click(&props.on, move || Msg::Reveal(place.clone(), true))}>{ words::place(&props.row.place) }</button>
        </td></tr>
    }
}
