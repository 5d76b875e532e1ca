//! One field of a form: its label, what is written in it, and what may be.

use tierwalk_protocol::{Edit, FormField, Input, Toggle};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::prelude::*;

use super::{On, prose};
use crate::state::Msg;

/// A field, with the fields in it.
pub fn view(field: &FormField, line: Option<u32>, on: &On) -> Html {
    let current = field.line.is_some() && field.line == line && field.fields.is_empty();
    let class = classes!("field-of", current.then_some("cur"));
    let content = match &field.input {
        Input::Items | Input::Group => return group(field, line, on),
        Input::Choices { options } => choices(field, options, on),
        Input::Choice { options } => select(field, options, on),
        Input::Boolean => select(field, &["true".to_owned(), "false".to_owned()], on),
        _ => html! { <TextField field={field.clone()} {on} /> },
    };
    html! {
        <div key={field.path.clone()} {class}>
            <div class="fr">{ content }{ remove(field, on) }</div>
            if !field.help.is_empty() { <p class="help" id={id(field, "help")}>{ prose::message(&field.help) }</p> }
        </div>
    }
}

fn id(field: &FormField, part: &str) -> String {
    format!("form-{}-{part}", field.path)
}

fn label(field: &FormField) -> Html {
    html! { <label for={id(field, "in")}>{ &field.label }if field.required { <span class="quiet" aria-hidden="true">{ " *" }</span> }</label> }
}

/// Items and members below each other, with a way to add one.
fn group(field: &FormField, line: Option<u32>, on: &On) -> Html {
    let legend = match &field.input {
        Input::Items => format!("{}, {}", field.label, field.fields.len()),
        _ => field.label.clone(),
    };
    html! {
        <fieldset key={field.path.clone()} class="group">
            <legend>
                <span>{ legend }</span>
                <span>
                    { for field.add.as_ref().map(|add| change(on, "Add", &field.label, add)) }
                    { remove_of_item(field, on) }
                </span>
            </legend>
            if !field.help.is_empty() { <p class="help">{ prose::message(&field.help) }</p> }
            { for field.fields.iter().map(|field| view(field, line, on)) }
        </fieldset>
    }
}

fn change(on: &On, word: &str, what: &str, edit: &Edit) -> Html {
    let (edit, label) = (edit.clone(), format!("{word} {what}"));
    let onclick = on.reform(move |_| Msg::Change(edit.clone()));
    html! { <button type="button" class="btn sm" aria-label={label} {onclick}>{ word }</button> }
}

/// Items of lists have a button; other fields are taken out by leaving them empty.
fn remove_of_item(field: &FormField, on: &On) -> Html {
    match &field.remove {
        Some(edit) => change(on, "Remove", &field.label, edit),
        None => html! {},
    }
}

fn remove(field: &FormField, on: &On) -> Html {
    let is_item = field
        .path
        .rsplit('.')
        .next()
        .is_some_and(|step| step.parse::<u32>().is_ok());
    match is_item {
        true => remove_of_item(field, on),
        false => html! {},
    }
}

fn choices(field: &FormField, options: &[Toggle], on: &On) -> Html {
    let option = |toggle: &Toggle| {
        let edit = toggle.edit.clone();
        let on = on.clone();
        let onchange = Callback::from(move |_: Event| {
            edit.iter()
                .for_each(|edit| on.emit(Msg::Change(edit.clone())));
        });
        html! { <label class="choice"><input type="checkbox" checked={toggle.on} disabled={toggle.edit.is_none()} {onchange} />{ &toggle.value }</label> }
    };
    html! {
        <><span id={id(field, "label")}>{ &field.label }</span>
        <span role="group" aria-labelledby={id(field, "label")}>{ for options.iter().map(option) }</span></>
    }
}

fn select(field: &FormField, options: &[String], on: &On) -> Html {
    let path = field.path.clone();
    let onchange = on.reform(move |event: Event| Msg::Fill {
        path: path.clone(),
        value: event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|select| select.value())
            .unwrap_or_default(),
        at: js_sys::Date::now(),
    });
    let value = field.value.clone().unwrap_or_default();
    let unset = match &field.default {
        Some(default) => format!("{default} (default)"),
        None => "not set".to_owned(),
    };
    let odd = Some(&value).filter(|value| !value.is_empty() && !options.contains(value));
    let option = |option: &String| {
        html! { <option value={option.clone()} selected={*option == value}>{ option }</option> }
    };
    html! {
        <>{ label(field) }
        <select class="field" id={id(field, "in")} aria-describedby={described(field)} disabled={field.write.is_none()} {onchange}>
            if !field.required || value.is_empty() { <option value="" selected={value.is_empty()}>{ unset }</option> }
            { for odd.map(option) }
            { for options.iter().map(option) }
        </select></>
    }
}

fn described(field: &FormField) -> Option<String> {
    (!field.help.is_empty()).then(|| id(field, "help"))
}

/// Properties of [`TextField`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The field.
    pub field: FormField,
    /// Messages.
    pub on: On,
}

/// A line of text. While it has the focus it shows what was typed, not what became of it.
#[component]
pub fn TextField(props: &Props) -> Html {
    let field = &props.field;
    let draft = use_state(|| None::<String>);
    let oninput = {
        let (draft, on, path) = (draft.clone(), props.on.clone(), field.path.clone());
        Callback::from(move |event: InputEvent| {
            let input: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
            let value = input.map(|input| input.value()).unwrap_or_default();
            draft.set(Some(value.clone()));
            on.emit(Msg::Fill {
                path: path.clone(),
                value,
                at: js_sys::Date::now(),
            });
        })
    };
    let onblur = {
        let draft = draft.clone();
        Callback::from(move |_: FocusEvent| draft.set(None))
    };
    let onfocus = {
        let (on, line) = (props.on.clone(), field.line);
        Callback::from(move |_: FocusEvent| on.emit(Msg::Point(line)))
    };
    let value = (*draft)
        .clone()
        .or_else(|| field.value.clone())
        .unwrap_or_default();
    let mono = matches!(
        field.input,
        Input::Code | Input::List { .. } | Input::Labels
    );
    let placeholder = field
        .default
        .as_ref()
        .map(|default| format!("{default} (default)"));
    html! {
        <>{ label(field) }
        <input class={classes!("field", mono.then_some("mono"))} id={id(field, "in")} {value} {placeholder} required={field.required}
            aria-describedby={described(field)} disabled={field.write.is_none()} autocomplete="off" spellcheck="false"
            {oninput} {onblur} {onfocus} /></>
    }
}
