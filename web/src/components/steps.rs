//! The steps of one end, as a list: the list comes first, the route on the board is its drawing.

use tierwalk_protocol::{Clause, PolicyStep, walk::Action};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{
    On, click,
    marks::{Mark, action_word, mark},
    rule::Rule,
};
use crate::state::{
    Msg, Pane,
    keys::Command,
    walk_rows::{self, Row, What},
    words,
};

/// Rows and rules whose folding was changed: row, and rule if it is one.
pub type Toggled = Vec<(usize, Option<usize>)>;

/// Properties of [`Steps`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The rows.
    pub rows: Vec<Row>,
    /// `Egress` or `Ingress`.
    pub label: AttrValue,
    /// The row at hand.
    pub step: usize,
    /// Changed foldings.
    pub toggled: Toggled,
    /// Messages.
    pub on: On,
}

/// Every row; one tab stop, arrows inside.
#[component]
pub fn Steps(props: &Props) -> Html {
    let opened = walk_rows::opened(&props.rows);
    html! {
        <ol class="walk" aria-label={format!("{} steps", props.label)}>
            { for props.rows.iter().enumerate().map(|(index, row)| item(props, index, row, opened == Some(index))) }
        </ol>
    }
}

fn item(props: &Props, index: usize, row: &Row, opened: bool) -> Html {
    let current = index == props.step;
    let rules = rules(row);
    let has_detail = !row.others.is_empty() || rules.is_some_and(has_detail);
    let open = has_detail && (opened != props.toggled.contains(&(index, None)));
    let quiet = matches!(row.what, What::Skipped(_)).then_some("quietly");
    html! {
        <li class={classes!(current.then_some("cur"))}>
            <button type="button" class={classes!("step", quiet)} aria-current={current.then_some("step")} tabindex={if current { "0" } else { "-1" }}
                aria-expanded={has_detail.then(|| open.to_string())}
                onclick={click(&props.on, move || Msg::Step(index))} onkeydown={keys(props, index, open)}>
                { step_mark(row) }
                <span class="tn">{ &row.tier }</span>
                <span class="pn">{ what(row) }</span>
                { result(row) }
            </button>
            { for row.hit.as_ref().filter(|_| current).map(|hit| html! { <p class="hitline"><code class="hit">{ hit }</code></p> }) }
            if open {
                <div class="detail">
                    { for rules.map(|policy| detail(props, index, policy)) }
                    { others(props, index, row) }
                </div>
            }
        </li>
    }
}

fn rules(row: &Row) -> Option<&PolicyStep> {
    match &row.what {
        What::Policy(policy) => Some(policy),
        _ => None,
    }
}

fn has_detail(policy: &PolicyStep) -> bool {
    !policy.rules.is_empty() || !policy.why.is_empty()
}

/// Policies of the tier that do not apply, and why; below rules they are folded.
fn others(props: &Props, row: usize, of: &Row) -> Html {
    if of.others.is_empty() {
        return html! {};
    }
    let list = html! { <ul class="others" aria-label="Policies that do not apply">{ for of.others.iter().map(other) }{ for more(of) }</ul> };
    let Some(policy) = rules(of) else {
        return html! { <><p class="applies">{ "Do not apply:" }</p>{ list }</> };
    };
    let key = policy.rules.len();
    let open = props.toggled.contains(&(row, Some(key)));
    let count = of.others.len() + of.omitted as usize;
    let verb = if count == 1 {
        "policy does"
    } else {
        "policies do"
    };
    html! {
        <>
        <button type="button" class="rl" aria-expanded={open.to_string()} onclick={click(&props.on, move || Msg::Toggle(row, Some(key)))}>
            <span class="rn">{ mark(if open { Mark::Open } else { Mark::More }, "s10") }{ format!("{count} other {verb} not apply") }</span>
        </button>
        if open { { list } }
        </>
    }
}

/// How many are not listed.
fn more(row: &Row) -> Option<Html> {
    (row.omitted > 0)
        .then(|| html! { <li class="quiet">{ format!("and {} more", row.omitted) }</li> })
}

fn other(policy: &PolicyStep) -> Html {
    let failed = policy.why.iter().filter(|clause| !clause.held);
    html! {
        <li><span class="strong">{ &policy.policy.name }</span>{ " " }{ for failed.map(criterion) }</li>
    }
}

/// `selector app == "web" · has app = "api"`.
fn criterion(clause: &Clause) -> Html {
    let field = words::clause_field(&clause.field);
    html! { <span class="crit">{ field }{ " " }<code>{ &clause.wants }</code>{ " · has " }<code>{ &clause.has }</code></span> }
}

/// Why a policy applies: the selectors that are written and that the endpoint satisfies.
fn applies(policy: &PolicyStep) -> Html {
    let is_selector = |clause: &&Clause| clause.held && clause.field.contains("elector");
    let held: Vec<_> = policy.why.iter().filter(is_selector).collect();
    if held.is_empty() {
        return html! {};
    }
    html! { <p class="applies">{ "Applies: " }{ for held.into_iter().map(criterion) }</p> }
}

fn step_mark(row: &Row) -> Html {
    let kind = match &row.what {
        What::Skipped(_) => Mark::Skip,
        What::Policy(policy) if policy.staged => Mark::Staged,
        What::Policy(policy) => policy.action.map_or(Mark::Tried, Mark::from),
        What::End(action) | What::Profile(_, action) => Mark::from(*action),
        What::Bypass(_, action) => action.map_or(Mark::None, Mark::from),
    };
    mark(kind, "")
}

fn what(row: &Row) -> Html {
    match &row.what {
        What::Skipped(why) => html! { { why } },
        What::End(_) => html! { { "End of tier" } },
        What::Profile(name, _) if name.is_empty() => html! { { "no profile" } },
        What::Profile(name, _) => html! { { name } },
        What::Bypass(text, _) => html! { { text } },
        What::Policy(policy) => policy_name(policy),
    }
}

fn policy_name(policy: &PolicyStep) -> Html {
    let name = &policy.policy.name;
    let staged = if policy.staged { ", staged" } else { "" };
    match walk_rows::deciding_rule(policy) {
        Some(rule) => html! { <>{ name }{ staged }{ " " }<code>{ &rule.path }</code></> },
        None if policy.policy.namespace.is_empty() => html! { <>{ name }{ staged }</> },
        None => html! { <>{ format!("{}/{name}", policy.policy.namespace) }{ staged }</> },
    }
}

fn result(row: &Row) -> Html {
    match &row.what {
        What::Skipped(_) => html! { <span>{ "skipped" }</span> },
        What::Policy(policy) if policy.staged => {
            html! { <span class="v staged">{ "Staged" }</span> }
        }
        What::Policy(policy) => policy.action.map_or_else(
            || html! { <span class="quiet">{ "no rule matched" }</span> },
            action_word,
        ),
        What::End(action) | What::Profile(_, action) => action_word(*action),
        What::Bypass(_, action) => action.map(action_word).unwrap_or_default(),
    }
}

fn detail(props: &Props, row: usize, policy: &PolicyStep) -> Html {
    let nearest = walk_rows::deciding_rule(policy)
        .and_then(|rule| {
            policy
                .rules
                .iter()
                .position(|other| std::ptr::eq(rule, other))
        })
        .or_else(|| walk_rows::nearest(policy).map(|(index, _)| index));
    let rule = |(index, rule): (usize, &tierwalk_protocol::RuleStep)| {
        let open = (nearest == Some(index)) != props.toggled.contains(&(row, Some(index)));
        html! { <Rule rule={rule.clone()} {open} toggle={props.on.reform(move |_| Msg::Toggle(row, Some(index)))} on={&props.on} /> }
    };
    html! {
        <>
            if !policy.why.is_empty() { { applies(policy) } }
            { for policy.rules.iter().enumerate().map(rule) }
            if policy.omitted > 0 {
                <p class="quiet">{ format!("{} that did not match are left out", words::count(policy.omitted as usize, "rule")) }</p>
            }
            { for pending(policy).map(|action| html! { <p class="quiet">{ format!("Once enforced, it would {}.", words::action(action).to_ascii_lowercase()) }</p> }) }
        </>
    }
}

fn pending(policy: &PolicyStep) -> Option<Action> {
    policy.action.filter(|_| policy.staged)
}

/// `↑` `↓` go through the steps, `←` `→` fold and unfold, `Enter` goes to the line.
fn keys(props: &Props, index: usize, open: bool) -> Callback<KeyboardEvent> {
    let (on, place) = (
        props.on.clone(),
        props.rows.get(index).and_then(|row| row.place.clone()),
    );
    Callback::from(move |event: KeyboardEvent| {
        let msg = match event.key().as_str() {
            "ArrowDown" => Msg::Key(Command::Step(1), Pane::Walk),
            "ArrowUp" => Msg::Key(Command::Step(-1), Pane::Walk),
            "ArrowLeft" if open => Msg::Toggle(index, None),
            "ArrowRight" if !open => Msg::Toggle(index, None),
            "Enter" => match &place {
                Some(place) => Msg::Reveal(place.clone(), true),
                None => return,
            },
            _ => return,
        };
        event.prevent_default();
        on.emit(msg);
    })
}

/// The rows of the end that is folded: the same list, for those who hear the page.
pub fn folded(rows: &[Row], label: &str) -> Html {
    html! {
        <ol class="sr" aria-label={format!("{label} steps")}>
            { for rows.iter().map(|row| html! { <li>{ format!("{} ", row.tier) }{ what(row) }{ " " }{ result(row) }</li> }) }
        </ol>
    }
}
