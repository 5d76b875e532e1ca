//! A policy on the board.

use std::sync::Arc;

use tierwalk_protocol::{BrokenPolicy, Flag, Hits, PolicyCard, PolicyRef, walk::Action};
use yew::prelude::*;

use super::marks::{Mark, mark};
use crate::state::{
    board_view::{self, Part},
    words,
};

/// Properties of [`Card`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The policy.
    pub card: Arc<PolicyCard>,
    /// What became of the chosen flow here.
    pub part: Part,
    /// It is the chosen one.
    pub chosen: bool,
    /// The endpoints that it selects, in words, if they are known.
    pub selected: Option<String>,
    /// It is the board's tab stop.
    pub stop: bool,
    /// It was chosen.
    pub onclick: Callback<MouseEvent>,
}

/// Name, order, scope, endpoints, hits, and what is remarkable.
#[component]
pub fn Card(props: &Props) -> Html {
    let Props { card, part, .. } = props;
    let staged = card.flags.contains(&Flag::Staged);
    let applies = *part != Part::None;
    let decided = matches!(part, Part::Decided(_));
    let class = classes!(
        "card",
        applies.then_some("in"),
        decided.then_some("won"),
        staged.then_some("staged")
    );
    html! {
        <button type="button" {class} aria-current={props.chosen.then_some("true")} tabindex={if props.stop { "0" } else { "-1" }}
            data-stop={decided.then_some("")} onclick={&props.onclick}>
            { node(*part) }
            <span class="nm"><b title={card.policy.name.clone()}>{ &card.policy.name }</b><span class="ord">{ words::order(card.order) }</span></span>
            <span class="ln"><span>{ scope(&card.short_kind, &card.policy) }</span>{ endpoints(card.endpoints, props.selected.clone()) }</span>
            <span class="ln"><span class="ct">{ hits(card) }</span>{ for board_view::flag(card).map(tag) }</span>
        </button>
    }
}

/// The mark that the route runs through.
fn node(part: Part) -> Html {
    match part {
        Part::Decided(action) => html! { <span class="node">{ mark(action.into(), "") }</span> },
        Part::Tried => html! { <span class="node tried" /> },
        Part::None | Part::Applies => html! {},
    }
}

fn scope(short_kind: &str, policy: &PolicyRef) -> String {
    let scope = match policy.namespace.as_str() {
        "" => "global",
        namespace => namespace,
    };
    format!("{short_kind} {scope}")
}

fn endpoints(count: u32, names: Option<String>) -> Html {
    match count {
        0 => html! { <b class="strong">{ "0 pods" }</b> },
        _ => html! { <span title={names}>{ words::count(count as usize, "pod") }</span> },
    }
}

fn hits(card: &PolicyCard) -> Html {
    match card.hits {
        Hits {
            allow: 0,
            deny: 0,
            pass: 0,
        } if card.endpoints == 0 => html! {},
        Hits {
            allow: 0,
            deny: 0,
            pass: 0,
        } => html! { <span>{ "no hits" }</span> },
        Hits { allow, deny, pass } => {
            html! { <>{ hit(Action::Allow, allow) }{ hit(Action::Deny, deny) }{ hit(Action::Pass, pass) }</> }
        }
    }
}

fn hit(action: Action, count: u32) -> Html {
    if count == 0 {
        return html! {};
    }
    html! { <span>{ mark(Mark::from(action), "s10") }{ count }<span class="sr">{ format!(" {}", words::action(action)) }</span></span> }
}

/// A flag as a tag.
pub fn tag(flag: Flag) -> Html {
    match flag {
        Flag::Check => {
            html! { <span class="tag bad">{ "Check " }{ mark(Mark::No, "s10") }<span class="sr">{ "failed" }</span></span> }
        }
        Flag::Staged => html! { <span class="tag staged">{ "Staged" }</span> },
        Flag::SelectsNothing => html! { <span class="tag">{ "Selects nothing" }</span> },
        Flag::Shadowed => html! { <span class="tag">{ "Shadowed" }</span> },
        Flag::Unused => html! { <span class="tag">{ "Unused" }</span> },
    }
}

/// Properties of [`BrokenCard`].
#[derive(Properties, PartialEq)]
pub struct BrokenProps {
    /// The policy.
    pub broken: BrokenPolicy,
    /// It is the chosen one.
    pub chosen: bool,
    /// It is the board's tab stop.
    pub stop: bool,
    /// It was chosen.
    pub onclick: Callback<MouseEvent>,
}

/// A policy with an error: it stands where it would be evaluated.
#[component]
pub fn BrokenCard(props: &BrokenProps) -> Html {
    let broken = &props.broken;
    let policy = &broken.policy;
    let name = match policy.name.as_str() {
        "" => "no name",
        name => name,
    };
    html! {
        <button type="button" class="card in broken" aria-current={props.chosen.then_some("true")} tabindex={if props.stop { "0" } else { "-1" }}
            title={broken.problem.replace('`', "")} onclick={&props.onclick}>
            <span class="nm"><b>{ name }</b><span class="ord">{ words::order(broken.order) }</span></span>
            <span class="ln"><span>{ scope(&broken.short_kind, policy) }</span><span>{ "–" }</span></span>
            <span class="ln"><span class="ct"><span>{ "left out" }</span></span>
                <span class="tag bad">{ format!("Line {} ", broken.place.line) }{ mark(Mark::No, "s10") }<span class="sr">{ "in error" }</span></span></span>
        </button>
    }
}
