//! What would change this: suggestions, each with what it changes before it is applied.

use tierwalk_protocol::{Change, Flipped, Suggestion, TemplateNote};
use yew::prelude::*;

use super::{On, click, marks::verdict, prose};
use crate::state::{
    Msg,
    suggest::{self, SHOWN, View},
    words,
};

/// Properties of [`Suggestions`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is known.
    pub view: View,
    /// Messages.
    pub on: On,
}

/// The section under the walk.
#[component]
pub fn Suggestions(props: &Props) -> Html {
    let View { found, all, .. } = &props.view;
    let shown = if *all { found.list.len() } else { SHOWN };
    html! {
        <section class="sec" aria-labelledby="change">
            <h3><span id="change">{ "What would change this" }</span>{ more(props) }</h3>
            if found.list.is_empty() {
                <p>{ "No small edit that was tried flips this." }</p>
            } else if found.both {
                <p>{ "Both ends deny: one edit alone does not flip this." }</p>
            }
            <ul class="fixes">{ for found.list.iter().take(shown).enumerate().map(|(index, it)| item(props, index, it)) }</ul>
            { for found.template.iter().map(|note| template(props, note)) }
            if found.untried > 0 && (*all || found.list.len() <= SHOWN) {
                <p class="eff">{ format!("{} not tried, to keep this quick", words::count(found.untried as usize, "more edit")) }</p>
            }
        </section>
    }
}

/// Which line of a template would have to change.
fn template(props: &Props, note: &TemplateNote) -> Html {
    let place = note.place.clone();
    let go = click(&props.on, move || Msg::Reveal(place.clone(), true));
    html! {
        <p class="eff">{ prose::message(&note.why) }{ " " }<button type="button" class="link" title={note.place.file.clone()} onclick={go}>{ words::place(&note.place) }</button></p>
    }
}

/// `1 more, flips 3`.
fn more(props: &Props) -> Html {
    let View { found, all, .. } = &props.view;
    let rest = found.list.get(SHOWN..).unwrap_or_default();
    let text = match rest {
        [] => return html! {},
        _ if *all => "fewer".to_owned(),
        [one] => format!("1 more, flips {}", one.flips.len()),
        many => format!("{} more", many.len()),
    };
    let all = *all;
    html! { <button type="button" class="link" aria-expanded={all.to_string()} onclick={click(&props.on, move || Msg::Suggest(suggest::Msg::All(!all)))}>{ text }</button> }
}

fn item(props: &Props, index: usize, suggestion: &Suggestion) -> Html {
    let open = props.view.preview == Some(index);
    let next = if open { None } else { Some(index) };
    let flow = &props.view.found.flow;
    html! {
        <li>
            <span class="strong">{ prose::pieces(&suggestion.title) }</span>
            <span class="eff">{ format!("{}. {}", words::place(&suggestion.place), suggestion.effect(flow)) }</span>
            { for suggestion.expectations().map(|text| html! { <span class="eff strong">{ text }</span> }) }
            { for props.view.broken.get(index).and_then(|names| breaks(names)) }
            <button type="button" class="btn edge sm" disabled={!props.view.usable} aria-expanded={open.to_string()}
                onclick={click(&props.on, move || Msg::Suggest(suggest::Msg::Preview(next)))}>{ if open { "Close" } else { "Preview" } }</button>
            if open { { preview(props, index, suggestion) } }
        </li>
    }
}

/// The checks that a suggestion would break.
fn breaks(names: &[String]) -> Option<Html> {
    let word = if names.len() == 1 { "check" } else { "checks" };
    let named = names
        .iter()
        .enumerate()
        .map(|(at, name)| html! { <>{ if at > 0 { ", " } else { "" } }<code>{ name }</code></> });
    let text = html! { <span class="eff strong">{ format!("Breaks {word} ") }{ for named }</span> };
    (!names.is_empty()).then_some(text)
}

fn preview(props: &Props, index: usize, suggestion: &Suggestion) -> Html {
    html! {
        <div class="preview">
            { for suggestion.changes.iter().map(change) }
            if suggestion.flips.len() > 1 { <ul class="flips">{ for suggestion.flips.iter().take(FLIPS).map(flip) }{ others(suggestion) }</ul> }
            <button type="button" class="btn main sm" onclick={click(&props.on, move || Msg::Suggest(suggest::Msg::Apply(index)))}>{ "Apply" }</button>
        </div>
    }
}

/// Flows that are named; the others are counted.
const FLIPS: usize = 8;

fn flip(flipped: &Flipped) -> Html {
    html! { <li><code>{ &flipped.flow }</code>{ " " }{ verdict(flipped.to) }</li> }
}

fn others(suggestion: &Suggestion) -> Html {
    match suggestion.flips.len().saturating_sub(FLIPS) {
        0 => html! {},
        more => html! { <li>{ format!("and {more} more") }</li> },
    }
}

/// The blanks that all lines begin with.
fn indent(change: &Change) -> usize {
    let lines = change.before.iter().chain(&change.after);
    let lines = lines.filter(|line| !line.trim().is_empty());
    let blanks = lines.map(|line| line.len() - line.trim_start_matches(' ').len());
    blanks.min().unwrap_or(0)
}

fn change(change: &Change) -> Html {
    let name = change.file.rsplit('/').next().unwrap_or_default();
    let indent = indent(change);
    let line = |mark: &'static str, said: &'static str, text: &String| {
        html! { <span class={classes!("dl", (mark == "+").then_some("new"))}><span aria-hidden="true">{ mark }</span><span class="sr">{ said }</span><span>{ text.get(indent..).unwrap_or_default() }</span></span> }
    };
    html! {
        <div class="diff" role="group" aria-label={format!("Changes at {name}:{}", change.line)}>
            { for change.before.iter().map(|text| line("−", "removed: ", text)) }
            { for change.after.iter().map(|text| line("+", "added: ", text)) }
        </div>
    }
}
