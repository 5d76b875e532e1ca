//! The chosen policy: what is remarkable about it, what it selects, and the flows there.

use std::collections::BTreeMap;

use tierwalk_protocol::{Diagnostic, Flag, FlowRow, Hits, PolicyCard, Selected, Severity};
use yew::prelude::*;

use super::{
    On, button, click,
    marks::{Mark, labelled, mark, verdict},
    prose,
    views::{Side, Sides},
};
use crate::state::{
    Msg,
    details::{Details, Flows, What},
    object, words,
};

/// So many endpoints are named.
const MOST_NAMED: usize = 200;

/// Properties of [`PolicyPane`] and [`PolicyDetails`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The policy, if one is chosen.
    pub details: Option<Details>,
    /// Messages.
    pub on: On,
}

/// The right pane, with the chosen policy.
#[component]
pub fn PolicyPane(props: &Props) -> Html {
    html! {
        <aside class="pane insp policy" id="walk" aria-label="Selected policy">
            <Sides shown={Side::Policy} on={&props.on} />
            { match &props.details {
                Some(details) => html! { <>{ head(details) }<div class="scroll" tabindex="-1"><PolicyDetails details={details.clone()} on={&props.on} /></div>{ foot(details, &props.on) }</> },
                None => html! { <><h2 class="sr">{ "Policy" }</h2><div class="empty"><b>{ "Choose a policy to see what it selects." }</b></div></> },
            } }
        </aside>
    }
}

fn head(details: &Details) -> Html {
    let policy = &details.policy;
    let scope = match policy.namespace.as_str() {
        "" => String::new(),
        namespace => format!("{namespace}/"),
    };
    html! {
        <header class="fhead">
            <h2><span><span class="ns">{ scope }</span><b>{ name(details) }</b></span></h2>
            <p class="if">{ place_of(details) }</p>
        </header>
    }
}

fn name(details: &Details) -> &str {
    match details.policy.name.as_str() {
        "" => "no name",
        name => name,
    }
}

/// `gnp · tier security · order 20 · Ingress, Egress`.
fn place_of(details: &Details) -> String {
    let (kind, tier, order, types) = match &details.what {
        What::Card(card, tier) => (&card.short_kind, Some(tier), card.order, types(card)),
        What::Broken(broken) => (
            &broken.short_kind,
            broken.tier.as_ref(),
            broken.order,
            String::new(),
        ),
    };
    let order = match words::order(order) {
        order if order.is_empty() => "no order".to_owned(),
        order => format!("order {order}"),
    };
    let tier = tier.map_or_else(
        || "tier not readable".to_owned(),
        |tier| format!("tier {tier}"),
    );
    let parts = [kind.clone(), tier, order, types];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn types(card: &PolicyCard) -> String {
    match (card.ingress, card.egress) {
        (true, true) => "Ingress and Egress",
        (true, false) => "Ingress",
        (false, true) => "Egress",
        (false, false) => "",
    }
    .to_owned()
}

fn foot(details: &Details, on: &On) -> Html {
    let place = match &details.what {
        What::Card(card, _) => card.place.clone(),
        What::Broken(broken) => broken.place.clone(),
    };
    let policy = details.policy.clone();
    html! {
        <footer class="pfoot">
            { button(on, "Go to text", "sm", move || Msg::Reveal(place.clone(), true)) }
            { button(on, "Edit in form", "sm", move || Msg::Object(object::Msg::Edit(policy.clone()))) }
        </footer>
    }
}

/// What there is to say about a policy, part by part.
#[component]
pub fn PolicyDetails(props: &Props) -> Html {
    let Some(details) = &props.details else {
        return html! {};
    };
    let on = &props.on;
    match &details.what {
        What::Broken(_) => html! {
            <>
            { section("In error", None, html! { <p>{ "This policy is left out of evaluation until its text is mended." }</p> }) }
            { problems(details, on) }
            </>
        },
        What::Card(card, _) => html! {
            <>
            { flags(card, details) }
            { problems(details, on) }
            { endpoints(card, details.selected.as_deref()) }
            { flows(card, &details.flows, on) }
            </>
        },
    }
}

fn section(title: &str, note: Option<String>, content: Html) -> Html {
    html! {
        <section class="sec"><h3><span>{ title }</span>{ for note.map(|note| html! { <span>{ note }</span> }) }</h3>{ content }</section>
    }
}

fn flags(card: &PolicyCard, details: &Details) -> Html {
    if card.flags.is_empty() {
        return html! {};
    }
    let flag = |flag: &Flag| {
        html! { <li>{ super::card::tag(*flag) }<span>{ meaning(*flag, details.flows.all) }</span></li> }
    };
    section(
        "Flags",
        None,
        html! { <ul class="flags">{ for card.flags.iter().map(flag) }</ul> },
    )
}

fn meaning(flag: Flag, flows: usize) -> String {
    match flag {
        Flag::Check => "A check refuses it.".to_owned(),
        Flag::Staged => {
            "It decides nothing; its hits are what would be once it is enforced.".to_owned()
        }
        Flag::SelectsNothing => {
            "No pod and no host endpoint matches its selectors, so it decides nothing.".to_owned()
        }
        Flag::Shadowed => "No rule of it ever decides: others do before them.".to_owned(),
        Flag::Unused if flows > 0 => {
            format!("It selects endpoints, and none of {flows} flows hits it.")
        }
        Flag::Unused => "It selects endpoints, and no flow hits it.".to_owned(),
    }
}

fn problems(details: &Details, on: &On) -> Html {
    if details.problems.is_empty() {
        return html! {};
    }
    let count = details.problems.len().to_string();
    section(
        "Problems",
        Some(count),
        html! { <ul class="said">{ for details.problems.iter().map(|it| problem(it, on)) }</ul> },
    )
}

fn problem(problem: &Diagnostic, on: &On) -> Html {
    let place = problem.place.clone();
    let sign = match problem.severity {
        Severity::Error => Mark::No,
        _ => Mark::Warn,
    };
    let go = click(on, move || Msg::Reveal(place.clone(), true));
    html! {
        <li>
            { mark(sign, "s10") }<span class="sr">{ words::severity(problem.severity) }{ ": " }</span>
            <span>{ prose::message(&problem.message) }{ ". " }{ for problem.help.as_ref().map(|help| html! { <span class="quiet">{ prose::message(help) }{ ". " }</span> }) }<button type="button" class="link" title={problem.place.file.clone()} onclick={go}>{ words::place(&problem.place) }</button></span>
        </li>
    }
}

fn endpoints(card: &PolicyCard, selected: Option<&Selected>) -> Html {
    let total = selected.map_or(card.endpoints, |it| it.total) as usize;
    let content = match selected {
        None => html! {},
        Some(_) if total == 0 => html! { <p>{ "Nothing: no pod and no host endpoint." }</p> },
        Some(selected) => {
            html! { <ul class="ends">{ for by_namespace(selected).into_iter().map(ends) }</ul> }
        }
    };
    section("Selects", Some(words::count(total, "endpoint")), content)
}

fn by_namespace(selected: &Selected) -> Vec<(String, Vec<String>)> {
    let mut groups: BTreeMap<(bool, &str), Vec<String>> = BTreeMap::new();
    for end in selected.endpoints.iter().take(MOST_NAMED) {
        let key = (end.namespace.is_empty(), end.namespace.as_str());
        groups.entry(key).or_default().push(end.name.clone());
    }
    let groups = groups.into_iter();
    let mut groups: Vec<_> = groups
        .map(|((_, key), names)| (key.to_owned(), names))
        .collect();
    let more = selected.total as usize - selected.endpoints.len().min(MOST_NAMED);
    if let Some((_, names)) = groups.last_mut().filter(|_| more > 0) {
        names.push(format!("and {more} more"));
    }
    groups
}

fn ends((namespace, names): (String, Vec<String>)) -> Html {
    let namespace = match namespace.as_str() {
        "" => "host endpoints",
        namespace => namespace,
    };
    html! { <li><span class="ns">{ namespace }</span><span>{ names.join(", ") }</span></li> }
}

fn flows(card: &PolicyCard, flows: &Flows, on: &On) -> Html {
    if flows.all == 0 || card.endpoints == 0 {
        return html! {};
    }
    let more = flows.either - flows.listed.len();
    section(
        "Flows at these endpoints",
        Some(format!("{} of {}", flows.either, flows.all)),
        html! {
            <>
            <p class="line">{ format!("{} from them, {} to them", flows.from, flows.to) }{ hits(card) }</p>
            <ul class="at">{ for flows.listed.iter().map(|row| flow(row, on)) }</ul>
            if more > 0 { <p class="quiet">{ format!("and {more} more, underlined in the table of flows") }</p> }
            </>
        },
    )
}

fn hits(card: &PolicyCard) -> Html {
    let Hits { allow, deny, pass } = card.hits;
    let hit = |kind: Mark, count: u32, word: &str| {
        (count > 0).then(|| labelled(kind, &format!("{count} {word}"), ""))
    };
    html! {
        <span class="of">{ for hit(Mark::Allow, allow, "Allow") }{ for hit(Mark::Deny, deny, "Deny") }{ for hit(Mark::Pass, pass, "Pass") }
            if (allow, deny, pass) == (0, 0, 0) { { "no hits" } }</span>
    }
}

fn flow(row: &FlowRow, on: &On) -> Html {
    let id = row.id.clone();
    html! {
        <li><button type="button" class="btn sm" onclick={click(on, move || Msg::Flow(id.clone()))}>
            { row.verdict.map_or_else(|| labelled(Mark::Warn, "not read", "null"), verdict) }<code>{ words::flow(row) }</code>
        </button></li>
    }
}
