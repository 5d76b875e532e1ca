//! The problems of all files.

use tierwalk_protocol::{Analysis, Diagnostic, Fix, Severity};
use yew::prelude::*;

use super::{
    On, click,
    marks::{Mark, mark},
    prose,
};
use crate::{
    shared::Shared,
    state::{Msg, words},
};

/// How many are listed; a million-line paste may have as many problems.
const SHOWN: usize = 500;

/// Properties of [`ProblemList`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// Messages.
    pub on: On,
}

/// Each problem with its place, what to do about it, and its fixes.
#[component]
pub fn ProblemList(props: &Props) -> Html {
    let problems = &props.analysis.diagnostics;
    let more = problems.len().saturating_sub(SHOWN);
    html! {
        <>
        <ol class="problems">{ for problems.iter().take(SHOWN).map(|problem| entry(&props.on, problem)) }</ol>
        if more > 0 {
            <p class="quiet pad">{ format!("and {more} more") }</p>
        }
        </>
    }
}

fn entry(on: &On, problem: &Diagnostic) -> Html {
    let place = problem.place.clone();
    let kind = match problem.severity {
        Severity::Error => Mark::Deny,
        Severity::Warning => Mark::Warn,
        Severity::Info | Severity::Hint => Mark::None,
    };
    html! {
        <li>
            { mark(kind, "") }
            <div>
                <p class="what"><span class="sr">{ format!("{}: ", words::severity(problem.severity)) }</span>{ prose::message(&problem.message) }</p>
                { for problem.help.as_ref().map(|help| html! { <p>{ prose::message(help) }</p> }) }
                <p class="quiet">
                    <button type="button" class="link" onclick={click(on, move || Msg::Reveal(place.clone(), true))}>{ words::place(&problem.place) }</button>
                    { " · " }{ &problem.code }
                </p>
            </div>
            <div class="fixes">{ for problem.fixes.iter().map(|fix| fix_button(on, fix)) }</div>
        </li>
    }
}

fn fix_button(on: &On, fix: &Fix) -> Html {
    let msg = fix.clone();
    html! { <button type="button" class="btn edge sm" onclick={click(on, move || Msg::Apply(msg.clone()))}>{ prose::message(&fix.title) }</button> }
}
