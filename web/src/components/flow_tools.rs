//! Above the table of flows: what is listed, in which order, and what writes many flows at once.

use tierwalk_protocol::{Verdict, compose::Expected};
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, InputEvent, SubmitEvent};
use yew::prelude::*;

use super::{On, button, popover::Popover, prose};
use crate::state::{
    Msg, Panel,
    flow_list::{Arrangement, Column, Filter, Group},
    flows::{Msg as FlowsMsg, Pairs, Since},
    words,
};

/// Properties of [`FlowTools`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// How the table is arranged.
    pub arrangement: Arrangement,
    /// Which flows are listed.
    pub filter: Filter,
    /// What flips are counted from.
    pub since: Since,
    /// Only what flipped is listed.
    pub flipped: bool,
    /// All pairs that are about to be written.
    pub pairs: Pairs,
    /// What floats.
    pub panel: Option<Panel>,
    /// Messages.
    pub on: On,
}

/// A field and two menus.
#[component]
pub fn FlowTools(props: &Props) -> Html {
    let on = &props.on;
    let find = super::sometimes(on, |event: InputEvent| {
        let field: HtmlInputElement = event.target_dyn_into()?;
        Some(Msg::Flows(FlowsMsg::Find(field.value())))
    });
    html! {
        <>
        if props.flipped { { since(props) } }
        <input id="flow-filter" class="field filter" type="search" aria-label="Filter the flows" placeholder="Filter" autocomplete="off" spellcheck="false"
            value={props.filter.text.clone()} oninput={find} />
        <Popover panel={Panel::Arrange} open={props.panel.clone()} label={arranged(props)} class="sm" {on}>{ arrange(props) }</Popover>
        <Popover panel={Panel::MoreFlows} open={props.panel.clone()} label="More" class="sm" {on}>{ more(props) }</Popover>
        </>
    }
}

/// Says what the table shows that it would not show by itself.
fn arranged(props: &Props) -> String {
    let hides = props.filter.verdict.is_some() || props.filter.flipped || props.filter.unmet;
    let sort = props
        .arrangement
        .sort
        .map_or("file order".to_owned(), |(column, _)| {
            column.name().to_lowercase()
        });
    let hides = if hides { ", filtered" } else { "" };
    match props.arrangement.group {
        Some(group) => format!("By {}{hides}", group.name()),
        None => format!("Sort: {sort}{hides}"),
    }
}

fn since(props: &Props) -> Html {
    let options = [
        ("the baseline", Since::Baseline),
        ("the last edit", Since::LastEdit),
    ];
    let chosen = options.iter().position(|(_, since)| *since == props.since);
    select(
        &props.on,
        "Flipped since",
        &options.map(|(name, _)| name),
        chosen,
        move |at| options.get(at).map(|(_, since)| FlowsMsg::Since(*since)),
    )
}

/// A list to choose from, with its label before it.
fn select(
    on: &On,
    label: &'static str,
    names: &[&str],
    chosen: Option<usize>,
    msg: impl Fn(usize) -> Option<FlowsMsg> + 'static,
) -> Html {
    let onchange = super::sometimes(on, move |event: Event| {
        let select: HtmlSelectElement = event.target_dyn_into()?;
        msg(usize::try_from(select.selected_index()).ok()?).map(Msg::Flows)
    });
    html! {
        <label class="pick"><span>{ label }</span>
            <select class="field" aria-label={label} {onchange}>{ for names.iter().enumerate().map(|(at, name)| html! { <option selected={chosen == Some(at)}>{ *name }</option> }) }</select>
        </label>
    }
}

fn check(on: &On, label: &'static str, checked: bool, msg: fn(bool) -> FlowsMsg) -> Html {
    let onchange = super::sometimes(on, move |event: Event| {
        let field: HtmlInputElement = event.target_dyn_into()?;
        Some(Msg::Flows(msg(field.checked())))
    });
    html! { <label class="check"><input type="checkbox" {checked} {onchange} />{ label }</label> }
}

fn arrange(props: &Props) -> Html {
    let on = &props.on;
    let Arrangement { sort, group } = props.arrangement;
    let columns: Vec<&str> = std::iter::once("file order")
        .chain(Column::ALL.map(Column::name))
        .collect();
    let by = sort.map(|(column, _)| column);
    let sorted = std::iter::once(None)
        .chain(Column::ALL.map(Some))
        .position(|column| column == by);
    let groups: Vec<&str> = std::iter::once("none")
        .chain(Group::ALL.map(Group::name))
        .collect();
    let grouped = std::iter::once(None)
        .chain(Group::ALL.map(Some))
        .position(|it| it == group);
    let verdicts = [None, Some(Verdict::Allow), Some(Verdict::Deny)];
    let listed = verdicts
        .iter()
        .position(|verdict| *verdict == props.filter.verdict);
    html! {
        <div class="arrange">
            { select(on, "Sort by", &columns, sorted, |at| Some(FlowsMsg::Sort(at.checked_sub(1).and_then(|at| Column::ALL.get(at)).copied()))) }
            if let Some((column, _)) = sort {
                { button(on, "Other way round", "edge sm", move || Msg::Flows(FlowsMsg::Sort(Some(column)))) }
            }
            { select(on, "Group by", &groups, grouped, |at| Some(FlowsMsg::Group(at.checked_sub(1).and_then(|at| Group::ALL.get(at)).copied()))) }
            { select(on, "Verdict", &["any", "Allow", "Deny"], listed, move |at| verdicts.get(at).map(|verdict| FlowsMsg::Verdict(*verdict))) }
            { check(on, "Flipped only", props.filter.flipped, FlowsMsg::Flipped) }
            { check(on, "Expectation not met", props.filter.unmet, FlowsMsg::Unmet) }
            if sort.is_some() || group.is_some() {
                <p class="quiet">{ "Rows keep their place while you edit." }</p>
                { button(on, "Sort again", "edge sm", || Msg::Flows(FlowsMsg::SortAgain)) }
            }
            if !props.filter.is_empty() {
                { button(on, "Clear filter", "edge sm", || Msg::Flows(FlowsMsg::ClearFilter)) }
            }
        </div>
    }
}

fn more(props: &Props) -> Html {
    let on = &props.on;
    let expect = |label: &str, expected| {
        button(on, label, "edge sm", move || {
            Msg::Flows(FlowsMsg::Expect(Vec::new(), expected))
        })
    };
    html! {
        <div class="arrange">
            { pairs(props) }
            <h3>{ "Expected verdicts of all flows" }</h3>
            <div class="line">
                { expect("Expect what is now", Expected::Now) }
                { expect("Clear all", Expected::Nothing) }
            </div>
            <p class="quiet">{ "A table of flows can be pasted into the line below: source, destination, port, protocol, expected." }</p>
        </div>
    }
}

/// All pairs of two namespaces.
fn pairs(props: &Props) -> Html {
    let Props { pairs, on, .. } = props;
    let names: Vec<&str> = pairs
        .namespaces
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let at = |wanted: &str| names.iter().position(|name| *name == wanted);
    let end = |label, chosen: &str, set: fn(&mut Pairs, String)| {
        let pairs = pairs.clone();
        select(on, label, &names, at(chosen), move |at| {
            let name = pairs.namespaces.get(at)?.0.clone();
            let mut pairs = pairs.clone();
            pairs.problem = None;
            set(&mut pairs, name);
            Some(FlowsMsg::Pairs(pairs))
        })
    };
    let onsubmit = on.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Flows(FlowsMsg::WritePairs)
    });
    html! {
        <form {onsubmit}>
            <h3>{ "All pairs in a namespace" }</h3>
            if names.is_empty() {
                <p class="quiet">{ "No pods yet." }</p>
            } else {
                { end("From", &pairs.from, |pairs, name| pairs.from = name) }
                { end("To", &pairs.to, |pairs, name| pairs.to = name) }
                { port(on, pairs) }
                <p class="quiet">{ words::count(count(pairs), "flow") }</p>
                if let Some(problem) = &pairs.problem {
                    <p role="alert">{ prose::message(problem) }</p>
                }
                <button type="submit" class="btn edge sm">{ "Write all pairs" }</button>
            }
        </form>
    }
}

fn port(on: &On, pairs: &Pairs) -> Html {
    let known = pairs.clone();
    let oninput = super::sometimes(on, move |event: InputEvent| {
        let field: HtmlInputElement = event.target_dyn_into()?;
        Some(Msg::Flows(FlowsMsg::Pairs(Pairs {
            port: field.value(),
            problem: None,
            ..known.clone()
        })))
    });
    html! { <label class="pick"><span>{ "Port" }</span><input class="field mono" value={pairs.port.clone()} spellcheck="false" autocomplete="off" {oninput} /></label> }
}

/// How many flows there would be.
fn count(pairs: &Pairs) -> usize {
    let pods = |wanted: &str| {
        let found = pairs.namespaces.iter().find(|(name, _)| name == wanted);
        found.map_or(0, |(_, pods)| *pods as usize)
    };
    let same = if pairs.from == pairs.to {
        pods(&pairs.from)
    } else {
        0
    };
    pods(&pairs.from) * pods(&pairs.to) - same
}
