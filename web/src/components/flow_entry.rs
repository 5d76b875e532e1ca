//! The line at the foot of the drawer that adds a flow, with what may stand in it.

use tierwalk_protocol::compose::Choice;
use web_sys::{ClipboardEvent, HtmlInputElement, InputEvent, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

use super::{On, marks, prose};
use crate::state::{
    Msg,
    flows::{Entry, Msg as FlowsMsg},
};

/// Properties of [`FlowEntry`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is being written.
    pub entry: Entry,
    /// Messages.
    pub on: On,
}

/// One flow, typed: `Enter` adds it to the flow file, arrows go through what may stand at the cursor.
#[component]
pub fn FlowEntry(props: &Props) -> Html {
    let Props { entry, on } = props;
    let field = use_node_ref();
    use_effect_with(entry.cursor, {
        let (field, text) = (field.clone(), entry.text.clone());
        move |(at, sent)| {
            if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| *sent > 0) {
                // the text comes first, or the cursor would have nowhere to go
                field.set_value(&text);
                let _ = field.set_selection_range(*at, *at);
            }
        }
    });
    let open = entry.open && !entry.completion.choices.is_empty();
    let problem = entry.problem.as_ref();
    html! {
        <form class="entry" onsubmit={submit(on)}>
            if open {
                <ul class="choices" id="flow-choices" role="listbox" aria-label="What may stand here">
                    { for entry.completion.choices.iter().enumerate().map(|(at, choice)| option(on, at, choice, entry.at == Some(at))) }
                </ul>
            }
            if let Some(problem) = problem {
                <p class="problem" id="flow-problem" role="alert">{ format!("column {}: ", problem.column) }{ prose::message(&problem.message) }{ "; " }{ prose::message(&problem.help) }</p>
            }
            <span aria-hidden="true">{ "+" }</span>
            <input ref={field} id="flow-entry" name="flow" role="combobox" aria-label="Add a flow" aria-autocomplete="list" aria-haspopup="listbox"
                aria-expanded={open.to_string()} aria-controls={open.then_some("flow-choices")}
                aria-activedescendant={entry.at.filter(|_| open).map(|at| format!("flow-choice-{at}"))}
                aria-invalid={problem.map(|_| "true")} aria-describedby={problem.map(|_| "flow-problem")}
                placeholder="namespace/pod -> namespace/pod tcp/8080 allow" autocomplete="off" spellcheck="false" value={entry.text.clone()}
                oninput={written(on)} onkeydown={keys(props)} onpaste={pasted(on)} onblur={on.reform(|_| Msg::Flows(FlowsMsg::Close))} />
            <span class="would">{ for entry.completion.verdict.filter(|_| entry.completion.line == entry.text).map(marks::verdict) }</span>
        </form>
    }
}

/// A choice does not take the focus from the line.
fn option(on: &On, at: usize, choice: &Choice, chosen: bool) -> Html {
    let onmousedown = on.reform(move |event: MouseEvent| {
        event.prevent_default();
        Msg::Flows(FlowsMsg::Choose(at))
    });
    html! {
        <li key={choice.label.clone()} id={format!("flow-choice-{at}")} role="option" aria-selected={chosen.to_string()} {onmousedown}>
            <Choiced {chosen} /><span>{ &choice.label }</span><span class="quiet">{ &choice.detail }</span>
        </li>
    }
}

/// Properties of [`Choiced`].
#[derive(Properties, PartialEq)]
struct ChoicedProps {
    chosen: bool,
}

/// Keeps the choice at hand in view.
#[component]
fn Choiced(props: &ChoicedProps) -> Html {
    let place = use_node_ref();
    use_effect_with(props.chosen, {
        let place = place.clone();
        move |chosen| {
            let line = place
                .cast::<web_sys::Element>()
                .and_then(|place| place.parent_element());
            if let Some(line) = line.filter(|_| *chosen) {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                line.scroll_into_view_with_scroll_into_view_options(&options);
            }
        }
    });
    html! { <span ref={place} aria-hidden="true" /> }
}

fn submit(on: &On) -> Callback<SubmitEvent> {
    on.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Flows(FlowsMsg::Submit)
    })
}

fn written(on: &On) -> Callback<InputEvent> {
    super::sometimes(on, |event: InputEvent| {
        let field: HtmlInputElement = event.target_dyn_into()?;
        let at = field.selection_start().ok().flatten().unwrap_or_default();
        Some(Msg::Flows(FlowsMsg::Write(field.value(), at)))
    })
}

fn keys(props: &Props) -> Callback<KeyboardEvent> {
    let (on, entry) = (props.on.clone(), props.entry.clone());
    Callback::from(move |event: KeyboardEvent| {
        let completes = entry.completion.from < entry.completion.to;
        let msg = match (event.key().as_str(), entry.at) {
            ("ArrowDown", _) => FlowsMsg::Move(1),
            ("ArrowUp", _) => FlowsMsg::Move(-1),
            ("Enter", Some(at)) if entry.open => FlowsMsg::Choose(at),
            ("Tab", at) if entry.open && !event.shift_key() && (completes || at.is_some()) => {
                FlowsMsg::Choose(at.unwrap_or(0))
            }
            ("Escape", _) if entry.open => FlowsMsg::Close,
            _ => return,
        };
        event.prevent_default();
        on.emit(Msg::Flows(msg));
    })
}

/// More than one line, or a table, is added at once.
fn pasted(on: &On) -> Callback<Event> {
    super::sometimes(on, |event: Event| {
        use wasm_bindgen::JsCast;
        let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
        let text = data.get_data("text/plain").ok()?;
        let many = text.trim().contains(['\n', '\t']) || text.matches(['|', ',']).count() > 1;
        many.then(|| {
            event.prevent_default();
            Msg::Flows(FlowsMsg::Paste(text))
        })
    })
}
