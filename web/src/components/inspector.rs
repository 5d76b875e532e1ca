//! The walk of the chosen flow: the verdict, the sentence that says why, and every step.

use tierwalk_protocol::{FlowRow, Place, Side, Verdict, Walk, walk::Direction};
use yew::prelude::*;

use super::{
    On, button, click,
    marks::{Mark, labelled, large_verdict, mark, pending_verdict, verdict},
    prose,
    silence::silence,
    steps::{self, Steps, Toggled},
    suggestions::Suggestions,
    views::{self, Sides},
};
use crate::{
    shared::Shared,
    state::{
        EngineState, Msg, flips, matrix,
        one_edit::OneEdit,
        suggest::View,
        walk_rows::{self, Row},
        words,
    },
};

/// Properties of [`Inspector`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The flow.
    pub flow: Option<FlowRow>,
    /// Its walk.
    pub walk: Option<Shared<Walk>>,
    /// The end that is shown.
    pub direction: Direction,
    /// The row at hand.
    pub step: usize,
    /// Changed foldings.
    pub toggled: Toggled,
    /// How the engine is, as long as there is nothing from it to show.
    #[prop_or_default]
    pub silence: Option<EngineState>,
    /// The flow is a pair of the matrix that no file lists.
    pub pair: bool,
    /// There is a form to be shown instead.
    pub sides: bool,
    /// What would change its verdict.
    pub suggestions: Option<View>,
    /// Its verdict in the baseline, if it flipped.
    pub was: Option<Verdict>,
    /// The one edit since the baseline, if it was just one.
    pub edit: Option<OneEdit>,
    /// Messages.
    pub on: On,
}

/// The reason, next to nothing else.
#[component]
pub fn Inspector(props: &Props) -> Html {
    html! {
        <aside class="pane insp" id="walk" aria-label="Walk of the selected flow">
            if props.sides { <Sides shown={views::Side::Walk} on={&props.on} /> }
            { match &props.flow {
                Some(flow) => with_flow(props, flow),
                None => html! { <><h2 class="sr">{ "Walk" }</h2>{ nothing(props) }</> },
            } }
        </aside>
    }
}

fn nothing(props: &Props) -> Html {
    match &props.silence {
        Some(engine) => silence(engine, &props.on),
        None => {
            html! { <div class="empty"><b>{ "Choose a flow to see who decides it." }</b></div> }
        }
    }
}

fn with_flow(props: &Props, flow: &FlowRow) -> Html {
    let rows = props
        .walk
        .as_ref()
        .and_then(|walk| walk_rows::side(walk, props.direction))
        .map(walk_rows::rows)
        .unwrap_or_default();
    html! {
        <>
        { head(flow, props.walk.as_deref()) }
        <div class="scroll">
            { match &props.walk {
                Some(walk) => html! { <>{ why(props, walk) }{ sides(props, flow, walk, &rows) }</> },
                None => unread(props, flow),
            } }
            { for props.suggestions.clone().filter(|_| props.walk.is_some()).map(|view| html! { <Suggestions {view} on={&props.on} /> }) }
        </div>
        if props.walk.is_some() {
            <footer class="pfoot">
                if props.pair { { button(&props.on, "Add to flows", "sm", || Msg::Matrix(matrix::Msg::AddFlow)) } }
                { button(&props.on, "Copy walk", "sm", || Msg::CopyWalk) }
                if !rows.is_empty() && !props.pair {
                    { button(&props.on, "Link to step", "sm", || Msg::ShareStep) }
                }
                if rows.get(props.step).is_some_and(|row| row.hit.is_some()) {
                    { button(&props.on, "Copy hit", "sm", || Msg::CopyHit) }
                }
                <span class="grow" />
                if !rows.is_empty() {
                    <span class="quiet nowrap at">{ format!("step {} of {}", props.step + 1, rows.len()) }</span>
                }
            </footer>
        }
        </>
    }
}

fn head(flow: &FlowRow, walk: Option<&Walk>) -> Html {
    let (from, to) = words::namespaces(flow);
    let pending = walk.filter(|walk| walk.pending_verdict != walk.verdict);
    html! {
        <header class="fhead">
            <h2>
                <span><span class="ns">{ from }</span><b>{ &flow.from.name }</b></span>
                <span class="arrow">{ "→" }</span>
                <span><span class="ns">{ to }</span><b>{ &flow.to.name }</b></span>
                <span class="ns">{ &flow.port }</span>
            </h2>
            <div class="line">
                { walk.map_or_else(|| labelled(Mark::Warn, "not read", "null lg"), |walk| large_verdict(walk.verdict)) }
                { expected(flow) }
            </div>
            { for pending.map(|walk| html! { <p class="if">{ pending_verdict(walk.pending_verdict) }{ " once staged policies are enforced" }</p> }) }
        </header>
    }
}

fn expected(flow: &FlowRow) -> Html {
    let Some(expected) = flow.expected else {
        return html! {};
    };
    let text = format!(" expected {}", words::expected(expected));
    if flow.verdict.is_none() {
        html! { <span class="quiet">{ text }</span> }
    } else if flips::unmet(flow) {
        html! { <span class="unmet strong">{ mark(Mark::No, "s10") }{ text }<span class="sr">{ ", not met" }</span></span> }
    } else {
        html! { <span class="quiet">{ mark(Mark::Yes, "s10") }{ text }</span> }
    }
}

fn why(props: &Props, walk: &Walk) -> Html {
    let reason = &walk.reason;
    html! {
        <section class="sec" aria-labelledby="why">
            <h3 id="why"><span>{ "Why" }</span>{ for props.was.map(|was| html! { <span>{ format!("was {}", words::verdict(was)) }</span> }) }</h3>
            <p class="why">{ prose::pieces(&reason.what) }</p>
            if !reason.more.is_empty() || reason.more_at.is_some() || reason.decided_at.is_some() {
                <p>{ prose::pieces(&reason.more) }{ " " }{ for reason.more_at.as_ref().or(reason.decided_at.as_ref()).map(|place| link(&props.on, place)) }</p>
            }
            { for props.was.and(props.edit.as_ref()).map(|edit| html! { <p>{ because(props, edit) }</p> }) }
        </section>
    }
}

/// Said only where nothing else differs from the baseline, so that it is no guess.
fn because(props: &Props, edit: &OneEdit) -> Html {
    let became = match (edit.before.as_str(), edit.after.as_str()) {
        (before, after) if [before, after].iter().all(|it| it.trim().is_empty()) => {
            html! { "where only spaces changed." }
        }
        ("", after) => html! { <><code>{ after }</code>{ " was added." }</> },
        (before, "") => html! { <><code>{ before }</code>{ " was removed." }</> },
        (before, after) => {
            html! { <><code>{ before }</code>{ " became " }<code>{ after }</code>{ "." }</> }
        }
    };
    let unmet = props
        .flow
        .as_ref()
        .filter(|flow| flips::unmet(flow))
        .and_then(|flow| flow.expected);
    html! {
        <>
        { "Your edit did this: " }{ link(&props.on, &edit.place) }{ ", " }{ became }
        { for unmet.map(|expected| format!(" The flow file expects {}.", words::expected(expected))) }
        </>
    }
}

fn link(on: &On, place: &Place) -> Html {
    let to = place.clone();
    html! { <button type="button" class="link" title={place.file.clone()} onclick={click(on, move || Msg::Reveal(to.clone(), true))}>{ words::place(place) }</button> }
}

fn unread(props: &Props, flow: &FlowRow) -> Html {
    let Some(error) = &flow.error else {
        return html! {};
    };
    html! {
        <section class="sec"><h3>{ "Why" }</h3><p class="why">{ prose::message(error) }</p><p>{ link(&props.on, &flow.place) }</p></section>
    }
}

fn sides(props: &Props, flow: &FlowRow, walk: &Walk, rows: &[Row]) -> Html {
    html! {
        <section class="wsec">
            { side(props, Direction::Egress, walk, &flow.from.name, rows) }
            { side(props, Direction::Ingress, walk, &flow.to.name, rows) }
        </section>
    }
}

fn side(props: &Props, direction: Direction, walk: &Walk, end: &str, rows: &[Row]) -> Html {
    let label = match direction {
        Direction::Egress => "Egress",
        Direction::Ingress => "Ingress",
    };
    let Some(side) = walk_rows::side(walk, direction) else {
        return html! {
            <h3 class="side"><span class="fold-at">{ mark(Mark::None, "s10") }<b>{ label }</b>{ format!(" {end} is no policy endpoint: no policy applies at that end.") }</span></h3>
        };
    };
    let open = props.direction == direction;
    html! {
        <>
        <h3>
            <button type="button" class="side" aria-expanded={open.to_string()} onclick={click(&props.on, move || Msg::Direction(direction))}>
                <span class="fold-at">{ mark(if open { Mark::Open } else { Mark::More }, "s10") }<b>{ label }</b>{ format!(" at {}", side.endpoint) }</span>
                { if side.reached { verdict(side.verdict) } else { labelled(Mark::None, "not reached", "null") } }
            </button>
        </h3>
        if !open { { steps::folded(&walk_rows::rows(side), label) } }
        if open {
            { for not_reached(side).map(|text| html! { <p class="pad quiet">{ text }</p> }) }
            <Steps rows={rows.to_vec()} {label} step={props.step} toggled={props.toggled.clone()} on={&props.on} />
        }
        </>
    }
}

fn not_reached(side: &Side) -> Option<&'static str> {
    match (side.reached, side.verdict) {
        (true, _) => None,
        (false, Verdict::Allow) => {
            Some("Not reached: egress denied first. If it had arrived, ingress would allow it.")
        }
        (false, Verdict::Deny) => {
            Some("Not reached: egress denied first. If it had arrived, ingress would deny it too.")
        }
    }
}
