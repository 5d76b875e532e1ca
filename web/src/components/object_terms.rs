//! Conditions of a selector, or labels, each in a row; other selectors are typed.

use gloo::utils::document;
use tierwalk_protocol::{Control, FieldEdit, ObjectField, Offer, Term};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlSelectElement};
use yew::prelude::*;

use super::{
    On,
    object_field::{Draft, change, described, id},
};

/// Properties of [`Terms`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The field.
    pub field: ObjectField,
    /// Operators; labels have none.
    pub operators: Vec<String>,
    /// What exists in the workspace.
    pub offers: Vec<Offer>,
    /// Messages.
    pub on: On,
}

/// What is being put together: it stays while the focus is on it, also while it is not complete.
#[component]
pub fn Terms(props: &Props) -> Html {
    let rows = use_state(|| None::<Vec<Term>>);
    let typed = use_state(|| None::<bool>);
    let field = &props.field;
    let can_be_typed = matches!(field.control, Control::Selector(_));
    let has_rows =
        field.value.as_ref().is_none_or(|value| value.is_empty()) || !field.terms.is_empty();
    let is_typed = can_be_typed && typed.unwrap_or(!has_rows);
    let shown = (*rows).clone().unwrap_or_else(|| field.terms.clone());
    let set = {
        let (rows, on, path) = (rows.clone(), props.on.clone(), field.path.clone());
        Callback::from(move |(next, write): (Vec<Term>, bool)| {
            rows.set(Some(next.clone()));
            if write {
                change(&on, &path, FieldEdit::Terms(next));
            }
        })
    };
    let onfocusout = {
        let rows = rows.clone();
        Callback::from(move |event: FocusEvent| {
            let to: Option<Element> = event.related_target().and_then(|it| it.dyn_into().ok());
            let group = event
                .target_dyn_into::<Element>()
                .and_then(|it| it.closest(".terms").ok().flatten());
            let stays = to
                .zip(group)
                .is_some_and(|(to, group)| group.contains(Some(&to)));
            if !stays {
                rows.set(None);
            }
        })
    };
    let switch = {
        let typed = typed.clone();
        Callback::from(move |_: MouseEvent| typed.set(Some(!is_typed)))
    };
    let added = use_mut_ref(|| false);
    use_effect_with((shown.len(), id(field, "")), {
        let added = added.clone();
        move |(count, id): &(usize, String)| {
            if added.take() {
                focus_on_last(id, *count);
            }
        }
    });
    let add = {
        let (set, mut next) = (set.clone(), shown.clone());
        next.push(Term {
            operator: "==".to_owned(),
            ..Term::default()
        });
        Callback::from(move |_: MouseEvent| {
            *added.borrow_mut() = true;
            set.emit((next.clone(), false));
        })
    };
    let word = if props.operators.is_empty() {
        "label"
    } else {
        "condition"
    };
    html! {
        <div class="terms" role="group" aria-label={field.label.clone()} aria-describedby={described(field)} {onfocusout}>
            <div class="fr"><span>{ &field.label }</span><span class="acts">
                if !is_typed { <button type="button" class="btn sm" aria-label={format!("Add {word} to {}", field.label)} disabled={field.locked} onclick={add}>{ format!("Add {word}") }</button> }
                if can_be_typed && has_rows { <button type="button" class="btn sm" aria-label={format!("{}: {}", if is_typed { "Conditions" } else { "Type it" }, field.label)} onclick={switch}>{ if is_typed { "Conditions" } else { "Type it" } }</button> }
                { remove_whole(props) }
            </span></div>
            if is_typed { { typed_field(props) } } else { <div class="rows">{ for shown.iter().enumerate().map(|(at, term)| row(props, &shown, at, term, &set)) }</div> }
            if !is_typed && shown.is_empty() { <p class="help">{ nothing(field) }</p> }
        </div>
    }
}

/// A new condition is filled in at once.
fn focus_on_last(id: &str, count: usize) {
    let key = format!("{id}key{}", count.saturating_sub(1));
    let key = document().get_element_by_id(&key);
    if let Some(key) = key.and_then(|key| key.dyn_into::<HtmlElement>().ok()) {
        // a field that cannot take the focus leaves it where it is
        let _ = key.focus();
    }
}

fn nothing(field: &ObjectField) -> &'static str {
    match (&field.control, &field.value) {
        (Control::Match(_), Some(_)) => "all",
        (Control::Labels, _) => "none",
        _ if field.path.ends_with("selector") && field.path.contains('[') => "any",
        _ if field.path == "spec.selector" => "all",
        _ => "not set",
    }
}

/// A label selector that matches everything is taken out by itself.
fn remove_whole(props: &Props) -> Html {
    let field = &props.field;
    let is_peer =
        matches!(field.control, Control::Match(_)) && !field.path.starts_with("spec.podSelector");
    let (path, on) = (field.path.clone(), props.on.clone());
    let onclick = match (is_peer, &field.value) {
        (true, Some(_)) => {
            Callback::from(move |_: MouseEvent| change(&on, &path, FieldEdit::Remove))
        }
        (true, None) => {
            Callback::from(move |_: MouseEvent| change(&on, &path, FieldEdit::Terms(Vec::new())))
        }
        _ => return html! {},
    };
    let word = if field.value.is_some() {
        "Remove"
    } else {
        "All"
    };
    html! { <button type="button" class="btn sm" aria-label={format!("{word} {}", field.label)} disabled={field.locked} {onclick}>{ word }</button> }
}

fn typed_field(props: &Props) -> Html {
    let field = &props.field;
    let (path, on) = (field.path.clone(), props.on.clone());
    let typed = Callback::from(move |value: String| change(&on, &path, FieldEdit::Set(value)));
    html! {
        <Draft id={id(field, "in")} name={format!("{} selector", field.label)} value={field.value.clone().unwrap_or_default()}
            described={described(field)} wrong={field.problem.is_some()} locked={field.locked} mono={true} {typed} />
    }
}

type Set = Callback<(Vec<Term>, bool)>;

fn row(props: &Props, all: &[Term], at: usize, term: &Term, set: &Set) -> Html {
    let field = &props.field;
    let name = |part: &str| format!("{} {} {part}", field.label, at + 1);
    let with = |put: fn(&mut Term, String)| {
        let (all, set) = (all.to_vec(), set.clone());
        Callback::from(move |value: String| {
            let mut next = all.clone();
            if let Some(term) = next.get_mut(at) {
                put(term, value);
            }
            set.emit((next, true));
        })
    };
    let without = {
        let (mut next, set) = (all.to_vec(), set.clone());
        if at < next.len() {
            next.remove(at);
        }
        Callback::from(move |_: MouseEvent| set.emit((next.clone(), true)))
    };
    let has_key = !matches!(term.operator.as_str(), "all" | "global");
    let has_value =
        has_key && !term.operator.starts_with("has") && !term.operator.starts_with("does");
    let values = format!("{}/{}", field.offer, term.key);
    let values = if props.offers.iter().any(|it| it.name == values) {
        values
    } else {
        String::new()
    };
    html! {
        <div key={at} class="term">
            if has_key { <Draft id={id(field, &format!("key{at}"))} name={name("key")} value={term.key.clone()} offer={field.offer.clone()} mono={true} typed={with(|term, value| term.key = value)} /> }
            if props.operators.is_empty() { <span>{ "=" }</span> } else { { operator(props, name("operator"), term, with(|term, value| term.operator = value)) } }
            if has_value { <Draft id={id(field, &format!("value{at}"))} name={name("value")} value={term.value.clone()} offer={values} mono={true} typed={with(|term, value| term.value = value)} /> }
            <button type="button" class="btn sm" aria-label={format!("Remove {} {}", field.label, at + 1)} onclick={without}>{ "✕" }</button>
        </div>
    }
}

fn operator(props: &Props, name: String, term: &Term, put: Callback<String>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            put.emit(select.value());
        }
    });
    let option = |operator: &String| html! { <option value={operator.clone()} selected={*operator == term.operator}>{ operator }</option> };
    html! { <select class="field" aria-label={name} disabled={props.field.locked} {onchange}>{ for props.operators.iter().map(option) }</select> }
}
