//! One field of the form of an object.

use tierwalk_protocol::{Control, FieldChange, FieldEdit, ObjectField, Offer};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{On, object_items::Items, object_terms::Terms, prose};
use crate::state::{Msg, object};

/// Fields, those that are seldom needed out of sight.
pub fn all(fields: &[ObjectField], offers: &[Offer], on: &On) -> Html {
    let (seldom, usual): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.seldom);
    html! {
        <>
            { for usual.into_iter().map(|field| view(field, offers, on)) }
            if !seldom.is_empty() {
                <details key="more" class="more">
                    <summary>{ "More" }</summary>
                    { for seldom.into_iter().map(|field| view(field, offers, on)) }
                </details>
            }
        </>
    }
}

/// Sends a change of a field.
pub fn change(on: &On, path: &str, what: FieldEdit) {
    let change = FieldChange {
        path: path.to_owned(),
        what,
    };
    on.emit(Msg::Object(object::Msg::Change(
        change,
        js_sys::Date::now(),
    )));
}

/// The id of a part of a field.
pub fn id(field: &ObjectField, part: &str) -> String {
    format!("field-{}-{part}", field.path)
}

fn view(field: &ObjectField, offers: &[Offer], on: &On) -> Html {
    let content = match &field.control {
        Control::Items(columns) => {
            return html! { <Items key={field.path.clone()} field={field.clone()} columns={columns.clone()} offers={offers.to_vec()} {on} /> };
        }
        Control::Selector(operators) | Control::Match(operators) => {
            return html! { <div key={field.path.clone()} class="field-of"><Terms field={field.clone()} operators={operators.clone()} offers={offers.to_vec()} {on} />{ notes(field) }</div> };
        }
        Control::Labels => {
            return html! { <div key={field.path.clone()} class="field-of"><Terms field={field.clone()} operators={Vec::<String>::new()} offers={offers.to_vec()} {on} />{ notes(field) }</div> };
        }
        Control::Choice(options) => select(field, options, on),
        Control::Flag => select(field, &["true".to_owned(), "false".to_owned()], on),
        Control::Choices(options) => choices(field, options, on),
        _ => text(field, on),
    };
    html! {
        <div key={field.path.clone()} class="field-of"><div class="fr">{ content }</div>{ notes(field) }</div>
    }
}

/// Help, what comes of the value, what is wrong with it.
fn notes(field: &ObjectField) -> Html {
    html! {
        <>
            if let Some(problem) = &field.problem { <p class="help bad" id={id(field, "problem")}>{ prose::message(problem) }</p> }
            if let Some(note) = &field.note { <p class="help" id={id(field, "note")}>{ note }</p> }
            if !field.help.is_empty() { <p class="help" id={id(field, "help")}>{ prose::message(&field.help) }</p> }
        </>
    }
}

/// The ids of what describes a field.
pub fn described(field: &ObjectField) -> Option<String> {
    let parts = [
        (field.problem.is_some(), "problem"),
        (field.note.is_some(), "note"),
        (!field.help.is_empty(), "help"),
    ];
    let ids: Vec<String> = parts
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, part)| id(field, part))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn text(field: &ObjectField, on: &On) -> Html {
    let (path, on) = (field.path.clone(), on.clone());
    let typed = Callback::from(move |value: String| change(&on, &path, FieldEdit::Set(value)));
    html! {
        <><label for={id(field, "in")}>{ &field.label }</label>
        <Draft id={id(field, "in")} value={field.value.clone().unwrap_or_default()} offer={field.offer.clone()}
            placeholder={blank(field)} described={described(field)} wrong={field.problem.is_some()} locked={field.locked} mono={field.control == Control::List} {typed} /></>
    }
}

/// What an empty field of a rule means.
fn blank(field: &ObjectField) -> Option<&'static str> {
    let narrows = [".protocol", ".nets", ".ports"];
    let is_rule = field.path.starts_with("spec.ingress[") || field.path.starts_with("spec.egress[");
    (is_rule && narrows.iter().any(|end| field.path.ends_with(end))).then_some("any")
}

fn select(field: &ObjectField, options: &[String], on: &On) -> Html {
    let (path, on) = (field.path.clone(), on.clone());
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            change(&on, &path, FieldEdit::Set(select.value()));
        }
    });
    let value = field.value.clone().unwrap_or_default();
    let odd = Some(&value).filter(|value| !value.is_empty() && !options.contains(value));
    let option = |option: &String| html! { <option value={option.clone()} selected={*option == value}>{ option }</option> };
    html! {
        <><label for={id(field, "in")}>{ &field.label }</label>
        <select class="field" id={id(field, "in")} aria-describedby={described(field)} disabled={field.locked} {onchange}>
            <option value="" selected={value.is_empty()}>{ "not set" }</option>
            { for odd.map(option) }
            { for options.iter().map(option) }
        </select></>
    }
}

fn choices(field: &ObjectField, options: &[String], on: &On) -> Html {
    let value = field.value.clone().unwrap_or_default();
    let chosen: Vec<String> = value
        .split(", ")
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    let option = |option: &String| {
        let is_on = chosen.contains(option);
        let mut next: Vec<String> = chosen.iter().filter(|it| *it != option).cloned().collect();
        if !is_on {
            next.push(option.clone());
            next.sort_by_key(|it| options.iter().position(|other| other == it));
        }
        let (path, on) = (field.path.clone(), on.clone());
        let onchange =
            Callback::from(move |_: Event| change(&on, &path, FieldEdit::Set(next.join(", "))));
        html! { <label class="choice"><input type="checkbox" checked={is_on} disabled={field.locked} {onchange} />{ option }</label> }
    };
    html! {
        <><span id={id(field, "label")}>{ &field.label }</span>
        <span role="group" aria-labelledby={id(field, "label")}>{ for options.iter().map(option) }</span></>
    }
}

/// Properties of [`Draft`].
#[derive(Properties, PartialEq)]
pub struct DraftProps {
    /// Its id.
    pub id: String,
    /// What is written.
    pub value: String,
    /// What is offered.
    #[prop_or_default]
    pub offer: String,
    /// What it means that nothing is written.
    #[prop_or_default]
    pub placeholder: Option<&'static str>,
    /// A name, where there is no label.
    #[prop_or_default]
    pub name: Option<String>,
    /// What describes it.
    #[prop_or_default]
    pub described: Option<String>,
    /// Something is wrong with it.
    #[prop_or_default]
    pub wrong: bool,
    /// It cannot be changed.
    #[prop_or_default]
    pub locked: bool,
    /// It is code.
    #[prop_or_default]
    pub mono: bool,
    /// What was typed.
    pub typed: Callback<String>,
}

/// A line of text. While it has the focus it shows what was typed, not what became of it.
#[component]
pub fn Draft(props: &DraftProps) -> Html {
    let draft = use_state(|| None::<String>);
    let oninput = {
        let (draft, typed) = (draft.clone(), props.typed.clone());
        Callback::from(move |event: InputEvent| {
            let input: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
            let value = input.map(|input| input.value()).unwrap_or_default();
            draft.set(Some(value.clone()));
            typed.emit(value);
        })
    };
    let onblur = {
        let draft = draft.clone();
        Callback::from(move |_: FocusEvent| draft.set(None))
    };
    let value = (*draft).clone().unwrap_or_else(|| props.value.clone());
    let list = (!props.offer.is_empty()).then(|| format!("of-{}", props.offer));
    html! {
        <input class={classes!("field", props.mono.then_some("mono"))} id={props.id.clone()} {value} {list} placeholder={props.placeholder} aria-label={props.name.clone()}
            aria-describedby={props.described.clone()} aria-invalid={props.wrong.then_some("true")} disabled={props.locked} autocomplete="off" spellcheck="false" {oninput} {onblur} />
    }
}
