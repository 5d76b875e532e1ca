//! The strip: all flows at rest, what flipped after an edit, and trouble.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    On, button,
    marks::{Mark, labelled, mark, verdict},
    prose,
    silence::remedy,
};
use crate::state::{
    EngineState, Msg, Saved,
    flips::{Counts, Flip},
    keys, words,
};

/// How many flips are named before they are only counted.
const NAMED: usize = 2;

/// Properties of [`Strip`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Counts over all flows.
    pub counts: Counts,
    /// Flows that flipped since the baseline.
    pub flips: Rc<Vec<Flip>>,
    /// How the engine is.
    pub engine: EngineState,
    /// How saving went.
    pub saved: Saved,
    /// Something to be said once.
    pub notice: Option<AttrValue>,
    /// Whether what is said offers the files instead of a link.
    pub offer: bool,
    /// Whether there is anything to undo.
    pub can_undo: bool,
    /// Whether flips are counted at all.
    pub baseline: bool,
    /// Keys are written as on a Mac.
    pub mac: bool,
    /// Messages.
    pub on: On,
}

/// One line, always there, always of the same height.
#[component]
pub fn Strip(props: &Props) -> Html {
    let on = &props.on;
    html! {
        <section class="strip" aria-label="All flows">
            <div class="grow" tabindex="0">{ said(props) }</div>
            if props.baseline && props.flips.is_empty() && !props.can_undo {
                <span class="quiet wide">{ "Nothing flipped since the baseline" }</span>
            }
            if props.can_undo {
                <button type="button" class="btn sm" onclick={super::click(on, || Msg::Undo)}>{ "Undo" }<kbd class="wide">{ keys::shown("⌘Z", props.mac) }</kbd></button>
            }
            if props.baseline {
                { button(on, "Pin as baseline", "sm wide", || Msg::Pin) }
            }
        </section>
    }
}

fn said(props: &Props) -> Html {
    trouble(props).unwrap_or_else(|| match &props.notice {
        Some(notice) => html! {
            <>
            <span class="notice">{ prose::message(notice) }</span>
            if props.offer {
                { button(&props.on, "Download zip", "edge sm", || Msg::Export) }
            }
            { button(&props.on, "Dismiss", "edge sm", || Msg::Dismiss) }
            { counted(props) }
            </>
        },
        None => counted(props),
    })
}

/// What keeps verdicts from being current, or text from being kept.
fn trouble(props: &Props) -> Option<Html> {
    let (what, so) = match &props.engine {
        EngineState::Stopped => (
            "Evaluation was stopped after 2 s.",
            "Your text is safe; verdicts are from before that edit.",
        ),
        EngineState::Died(_) => (
            "The engine is not there.",
            "Your text is safe and you can go on editing; the next edit tries again.",
        ),
        EngineState::Outdated => (
            "A newer version of this page is there.",
            "Your text is safe. Reload the page to get verdicts again.",
        ),
        EngineState::Loading | EngineState::Ready => return unsaved(props),
    };
    Some(html! {
        <>
        <span class="sum notice">{ mark(Mark::Warn, "") }<b>{ what }</b>{ " " }{ so }</span>
        { remedy(&props.engine, &props.on) }
        </>
    })
}

fn unsaved(props: &Props) -> Option<Html> {
    let what = match props.saved {
        Saved::Yes => return None,
        Saved::Full => "Not saved: this browser’s storage is full.",
        Saved::Nowhere => "Not saved: this browser keeps nothing.",
    };
    Some(html! {
        <>
        <span class="sum">{ mark(Mark::Warn, "") }<b>{ what }</b>{ " Keep the tab open, or download the files." }</span>
        { button(&props.on, "Download zip", "edge sm", || Msg::Export) }
        </>
    })
}

/// What flipped, else all flows.
fn counted(props: &Props) -> Html {
    if props.flips.is_empty() {
        at_rest(props)
    } else {
        flipped(props)
    }
}

fn at_rest(props: &Props) -> Html {
    let counts = &props.counts;
    if counts.flows == 0 {
        let text = if props.engine == EngineState::Loading {
            "Loading the engine. You can read and edit; verdicts appear in a moment."
        } else {
            "No flows yet"
        };
        return html! { <span class="sum">{ text }</span> };
    }
    html! {
        <>
        if props.baseline && props.can_undo {
            <span class="sum"><b>{ "No flow flips" }</b></span>
        }
        <span class="sum"><b>{ words::count(counts.flows, "flow") }</b></span>
        <span class="sum">{ labelled(Mark::Allow, &format!("{} Allow", counts.allow), "") }</span>
        <span class="sum">{ labelled(Mark::Deny, &format!("{} Deny", counts.deny), "") }</span>
        if counts.unread > 0 {
            <span class="sum">{ mark(Mark::Warn, "") }{ format!("{} not read", counts.unread) }</span>
        }
        if counts.pending > 0 {
            <span class="sum wide">{ labelled(Mark::Staged, &pending(counts.pending), "") }</span>
        }
        { expectations(counts) }
        </>
    }
}

fn pending(flows: usize) -> String {
    let verb = if flows == 1 { "changes" } else { "change" };
    format!(
        "{} {verb} if staged policies are enforced",
        words::count(flows, "flow")
    )
}

fn expectations(counts: &Counts) -> Html {
    match (counts.expected, counts.unmet) {
        (0, _) => html! {},
        (all, 0) => {
            html! { <span class="sum">{ format!("{} met", words::count(all, "expectation")) }</span> }
        }
        (all, unmet) => {
            html! { <span class="sum"><b>{ format!("{unmet} of {all}") }</b>{ " expectations not met" }</span> }
        }
    }
}

fn flipped(props: &Props) -> Html {
    let more = props.flips.len().saturating_sub(NAMED);
    html! {
        <>
        <span class="sum"><b>{ format!("{} flipped", words::count(props.flips.len(), "flow")) }</b></span>
        { for props.flips.iter().take(NAMED).map(flip) }
        if more > 0 {
            <span class="flip">{ format!("and {more} more") }</span>
        }
        if props.counts.unmet > 0 {
            <span class="flip">{ expectations(&props.counts) }</span>
        }
        </>
    }
}

fn flip(flip: &Flip) -> Html {
    let (from, to) = words::namespaces(&flip.flow);
    let flow = &flip.flow;
    html! {
        <span class="flip">
            <code><span class="wide">{ from }</span>{ format!("{} → {to}{} {}", flow.from.name, flow.to.name, flow.port) }</code>
            { verdict(flip.was) }<span class="arrow">{ "→" }</span>{ verdict(flip.now) }
        </span>
    }
}
