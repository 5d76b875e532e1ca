//! Rules and other lists, as a table: a row for each item, and its fields below it.

use gloo::utils::document;
use tierwalk_protocol::{FieldEdit, ObjectField, Offer};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{
    On,
    object_field::{self, change, id},
    prose,
};

/// Properties of [`Items`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The list.
    pub field: ObjectField,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// What exists in the workspace.
    pub offers: Vec<Offer>,
    /// Messages.
    pub on: On,
}

/// What is open, dragged, and about to have the focus.
#[derive(Clone, Debug, Default, PartialEq)]
struct Hand {
    open: Option<usize>,
    dragged: Option<usize>,
    over: Option<usize>,
    focus: Option<usize>,
}

/// A table of items. Alt and an arrow move the item that has the focus.
#[component]
pub fn Items(props: &Props) -> Html {
    let hand = use_state(Hand::default);
    let field = &props.field;
    let count = field.fields.len();
    use_effect_with((count, field.fields.clone()), {
        let (hand, path) = (hand.clone(), field.path.clone());
        move |_| take_focus(&hand, &path)
    });
    let add = {
        let (hand, on, path) = (hand.clone(), props.on.clone(), field.path.clone());
        Callback::from(move |_: MouseEvent| {
            hand.set(Hand {
                open: Some(count),
                focus: Some(count),
                ..Hand::default()
            });
            change(&on, &path, FieldEdit::Add);
        })
    };
    let one = field.label.trim_end_matches('s').to_lowercase();
    html! {
        <fieldset class="group">
            <legend><span>{ format!("{}, {count}", field.label) }</span>
                <button type="button" class="btn sm" aria-label={format!("Add {one}")} disabled={field.locked} onclick={add}>{ "Add" }</button></legend>
            if let Some(problem) = &field.problem { <p class="help bad">{ prose::message(problem) }</p> }
            if !field.help.is_empty() { <p class="help">{ &field.help }</p> }
            if count > 0 { { table(props, &hand) } }
        </fieldset>
    }
}

/// After an item was added or moved, its row has the focus.
fn take_focus(hand: &UseStateHandle<Hand>, path: &str) {
    let Some(at) = hand.focus else { return };
    let row = document().get_element_by_id(&format!("field-{path}[{at}]-row"));
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        // a row that cannot take the focus leaves it where it is
        let _ = row.focus();
        hand.set(Hand {
            focus: None,
            ..(**hand).clone()
        });
    }
}

fn table(props: &Props, hand: &UseStateHandle<Hand>) -> Html {
    let items = props.field.fields.iter().enumerate();
    html! {
        <table class="items" aria-label={props.field.label.clone()}>
            <thead><tr>{ for props.columns.iter().map(|column| html! { <th scope="col">{ column }</th> }) }</tr></thead>
            <tbody>{ for items.map(|(at, item)| item_rows(props, hand, at, item)) }</tbody>
        </table>
    }
}

fn item_rows(props: &Props, hand: &UseStateHandle<Hand>, at: usize, item: &ObjectField) -> Html {
    let open = hand.open == Some(at);
    let toggle = {
        let hand = hand.clone();
        Callback::from(move |_: MouseEvent| {
            let open = if open { None } else { Some(at) };
            hand.set(Hand {
                open,
                ..Hand::default()
            });
        })
    };
    let (first, others) = item
        .summary
        .split_first()
        .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let drop = (hand.over == Some(at) && hand.dragged != Some(at)).then_some("drop");
    let (dragstart, dragover, dropped, dragend) = drags(props, hand, at);
    html! {
        <key={item.path.clone()}>
            <tr key="row" class={classes!("irow", open.then_some("open"), drop)} draggable="true"
                ondragstart={dragstart} ondragover={dragover} ondrop={dropped} ondragend={dragend}>
                <td><button type="button" class="link" id={id(item, "row")} aria-expanded={open.to_string()}
                    aria-label={format!("{}: {}", item.label, item.summary.join(", "))} onclick={toggle} onkeydown={keys(props, hand, at, item)}>{ first }</button></td>
                { for others.iter().map(|text| html! { <td title={text.clone()}>{ text }</td> }) }
            </tr>
            if open { <tr key="open"><td colspan={props.columns.len().to_string()}>{ opened(props, hand, at, item) }</td></tr> }
        </>
    }
}

fn opened(props: &Props, hand: &UseStateHandle<Hand>, at: usize, item: &ObjectField) -> Html {
    let act = |word: &str, what: FieldEdit, next: Hand, disabled: bool| {
        let (on, path, hand) = (props.on.clone(), item.path.clone(), hand.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            hand.set(next.clone());
            change(&on, &path, what.clone());
        });
        html! { <button type="button" class="btn sm" aria-label={format!("{word} {}", item.label.to_lowercase())} {disabled} {onclick}>{ word }</button> }
    };
    let at_end = at + 1 >= props.field.fields.len();
    let to = |at: usize| Hand {
        open: Some(at),
        focus: Some(at),
        ..Hand::default()
    };
    html! {
        <div class="opened">
            { object_field::all(&item.fields, &props.offers, &props.on) }
            if let Some(problem) = &item.problem { <p class="help">{ prose::message(problem) }</p> }
            <p class="acts">
                { act("Copy", FieldEdit::Copy, to(at + 1), false) }
                { act("Move up", FieldEdit::Move(at.saturating_sub(1) as u32), to(at.saturating_sub(1)), at == 0) }
                { act("Move down", FieldEdit::Move(at as u32 + 1), to(at + 1), at_end) }
                { act("Remove", FieldEdit::Remove, Hand { focus: at.checked_sub(1), ..Hand::default() }, false) }
            </p>
        </div>
    }
}

fn keys(
    props: &Props,
    hand: &UseStateHandle<Hand>,
    at: usize,
    item: &ObjectField,
) -> Callback<KeyboardEvent> {
    let (on, path, hand) = (props.on.clone(), item.path.clone(), hand.clone());
    let count = props.field.fields.len();
    Callback::from(move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowUp" => at.checked_sub(1),
            "ArrowDown" => Some(at + 1).filter(|to| *to < count),
            _ => return,
        };
        event.prevent_default();
        let Some(to) = to else { return };
        if !event.alt_key() {
            let row = document().get_element_by_id(&format!(
                "field-{}[{to}]-row",
                path.rsplit_once('[').map_or("", |it| it.0)
            ));
            if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
                let _ = row.focus();
            }
            return;
        }
        let open = hand.open.map(|open| if open == at { to } else { open });
        hand.set(Hand {
            open,
            focus: Some(to),
            ..Hand::default()
        });
        change(&on, &path, FieldEdit::Move(to as u32));
    })
}

type OnDrag = Callback<DragEvent>;

fn drags(
    props: &Props,
    hand: &UseStateHandle<Hand>,
    at: usize,
) -> (OnDrag, OnDrag, OnDrag, OnDrag) {
    let (start, over, drop, end) = (hand.clone(), hand.clone(), hand.clone(), hand.clone());
    let (on, list) = (props.on.clone(), props.field.path.clone());
    (
        Callback::from(move |event: DragEvent| {
            if let Some(data) = event.data_transfer() {
                // Firefox drags only what has data
                let _ = data.set_data("text/plain", "");
            }
            start.set(Hand {
                dragged: Some(at),
                ..Hand::default()
            });
        }),
        Callback::from(move |event: DragEvent| {
            if over.dragged.is_some() {
                event.prevent_default();
                if over.over != Some(at) {
                    over.set(Hand {
                        over: Some(at),
                        ..(*over).clone()
                    });
                }
            }
        }),
        Callback::from(move |event: DragEvent| {
            if let Some(from) = drop.dragged {
                event.prevent_default();
                event.stop_propagation();
                drop.set(Hand {
                    focus: Some(at),
                    ..Hand::default()
                });
                if from != at {
                    change(&on, &format!("{list}[{from}]"), FieldEdit::Move(at as u32));
                }
            }
        }),
        Callback::from(move |_: DragEvent| {
            end.set(Hand {
                dragged: None,
                over: None,
                ..(*end).clone()
            })
        }),
    )
}
