//! A rule that was tried, with its clauses: what is wanted, and what this flow has.

use tierwalk_protocol::{Clause, RuleStep};
use yew::prelude::*;

use super::{
    On, click,
    marks::{Mark, mark},
};
use crate::state::{Msg, words};

/// Properties of [`Rule`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The rule.
    pub rule: RuleStep,
    /// Whether its clauses show.
    pub open: bool,
    /// Fold or unfold.
    pub toggle: Callback<MouseEvent>,
    /// Messages.
    pub on: On,
}

/// One line closed; open, a table of clauses.
#[component]
pub fn Rule(props: &Props) -> Html {
    let Props { rule, open, .. } = props;
    let fold = if *open { Mark::Open } else { Mark::More };
    html! {
        <>
        <button type="button" class="rl" aria-expanded={open.to_string()} onclick={&props.toggle}>
            <span class="rn">{ mark(fold, "s10") }<code>{ &rule.path }</code>{ format!(" {}", words::action(rule.action)) }</span>
            <span>{ outcome(rule) }</span>
        </button>
        if *open { { clauses(props) } }
        </>
    }
}

fn outcome(rule: &RuleStep) -> String {
    let all = rule.clauses.len();
    let failed = rule.clauses.iter().filter(|clause| !clause.held).count();
    match (all, failed) {
        (0, _) if rule.matched => "matches everything".to_owned(),
        (0, _) => "did not match".to_owned(),
        (_, 0) => format!("{all} of {} held", words::count(all, "clause")),
        _ => format!("{failed} of {} failed", words::count(all, "clause")),
    }
}

fn clauses(props: &Props) -> Html {
    if props.rule.clauses.is_empty() {
        return html! {};
    }
    html! {
        <table class="clauses">
            <caption class="sr">{ "Clauses: what the rule wants and what this flow has" }</caption>
            <colgroup><col class="c-mark" /><col class="c-field" /><col /></colgroup>
            <tbody>{ for props.rule.clauses.iter().map(|clause| row(&props.on, clause)) }</tbody>
        </table>
    }
}

fn row(on: &On, clause: &Clause) -> Html {
    let (kind, said, class) = if clause.held {
        (Mark::Yes, "held", "")
    } else {
        (Mark::No, "did not hold", "x")
    };
    html! {
        <tr {class}>
            <td>{ mark(kind, "s10") }<span class="sr">{ said }</span></td>
            <td>{ field(on, clause) }</td>
            <td>{ &clause.wants }{ if clause.held { html! { " · " } } else { html! { <br /> } } }<span class="has">{ format!("has {}", clause.has) }</span></td>
        </tr>
    }
}

/// The field goes to its line.
fn field(on: &On, clause: &Clause) -> Html {
    let name = words::clause_field(&clause.field);
    match clause.place.clone() {
        Some(place) => html! {
            <button type="button" class="plain-link" title={format!("{} · {}", clause.field, words::place(&place))}
                onclick={click(on, move || Msg::Reveal(place.clone(), true))}>{ name }</button>
        },
        None => html! { { name } },
    }
}
