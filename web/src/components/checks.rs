//! The checks of the workspace: what each asks, how many it found, and every finding.

use tierwalk_protocol::{
    Fix,
    checks::{Check, CheckReport, CheckSource, Finding, FindingLevel},
};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{
    On,
    apply_as::ApplyAs,
    click,
    marks::{Mark, labelled, mark},
    prose,
    views::Views,
};
use crate::{
    shared::Shared,
    state::{
        Middle, Msg, Tab,
        checks::{self, Chosen, EXCEPTED, Health, apply::What, check_key, finding_key},
        words,
    },
};

/// Properties of [`Checks`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the checks say.
    pub report: Option<Shared<CheckReport>>,
    /// There is something to check with.
    pub any: bool,
    /// Findings by group, by their numbers.
    pub groups: Vec<(String, Vec<usize>)>,
    /// They are grouped by team.
    pub by_team: bool,
    /// What is chosen.
    pub chosen: Option<Chosen>,
    /// How the checker is.
    pub health: Health,
    /// What is applied as somebody.
    pub apply: What,
    /// The views to choose from.
    pub views: Vec<Tab>,
    /// Messages.
    pub on: On,
}

/// The list of checks above the findings.
#[component]
pub fn Checks(props: &Props) -> Html {
    let on = &props.on;
    html! {
        <section class="pane mid checks" id="board" aria-label="Checks">
            <h2 class="sr">{ "Checks" }</h2>
            <div class="phead">
                <Views views={props.views.clone()} shown={Middle::Checks} {on} /><span class="grow" />
                <button type="button" class="btn sm" onclick={click(on, || checks::Msg::New.into())}>{ "New check" }</button>
            </div>
            <div class="scroll" tabindex="0" role="group" aria-label="Checks and findings">
                { trouble(&props.health) }
                { match &props.report {
                    Some(report) => html! { <>if report.checks.is_empty() { { nothing(on) } } else { { list(props, report) }{ findings(props, report) } }
                        <ApplyAs report={report.apply.clone()} what={props.apply} on={on.clone()} /></> },
                    None if props.health != Health::Well => html! {},
                    None if props.any => html! { <div class="empty"><b>{ "Loading the checks." }</b></div> },
                    None => html! { <>{ nothing(on) }<ApplyAs what={props.apply} on={on.clone()} /></> },
                } }
            </div>
        </section>
    }
}

fn nothing(on: &On) -> Html {
    html! {
        <div class="empty"><b>{ "No checks in this workspace." }</b>
            <p>{ "Checks are your organisation's rules about policies, written in Rego. The starter pack brings fourteen that you can switch and set." }</p>
            <p><button type="button" class="btn edge sm" onclick={click(on, || checks::Msg::AddPack.into())}>{ "Add the starter pack" }</button></p></div>
    }
}

fn trouble(health: &Health) -> Html {
    let said = match health {
        Health::Well => return html! {},
        Health::TimedOut(file) if file.is_empty() => {
            "The checks were stopped after 8 s. The next edit tries again.".to_owned()
        }
        Health::TimedOut(file) => format!(
            "The checks were stopped after 8 s. {file} did not end. Your text is safe; findings are from before that edit."
        ),
        Health::Died(why) => format!(
            "The checks are not there: {why}. Your text is safe; the next edit tries again."
        ),
    };
    html! { <p class="pad strong" role="status">{ said }</p> }
}

fn list(props: &Props, report: &CheckReport) -> Html {
    html! {
        <section class="block" aria-label="List of checks">
            <h3>{ "Checks" }<span>{ summary(report) }</span></h3>
            <table class="tbl checklist" role="grid" aria-label="Checks" onkeydown={keys(&props.on)}>
                <thead><tr>{ for ["On", "Result", "Check", "What it asks", "Applies", "Findings"].iter().map(|head| html! { <th scope="col">{ *head }</th> }) }</tr></thead>
                <tbody>{ for report.checks.iter().enumerate().map(|(index, check)| row(props, index, check)) }</tbody>
            </table>
        </section>
    }
}

fn summary(report: &CheckReport) -> String {
    let on = report.checks.iter().filter(|check| check.on).count();
    let off = match report.checks.len() - on {
        0 => String::new(),
        off => format!(", {off} off"),
    };
    let policies = report.policies as usize;
    let others = report.objects.len() - policies.min(report.objects.len());
    let mut what = words::count(policies, "policy");
    if others > 0 {
        what.push_str(&format!(" and {}", words::count(others, "other object")));
    }
    format!(
        "{on} on{off} · evaluated on {what} in {} ms",
        report.took.round()
    )
}

fn row(props: &Props, index: usize, check: &Check) -> Html {
    let selected = props.chosen.as_ref() == Some(&check_key(check));
    let stop = match &props.chosen {
        Some(Chosen::Check(..)) => selected,
        _ => index == 0,
    };
    html! {
        <tr aria-selected={selected.to_string()} tabindex={if stop { "0" } else { "-1" }}
            onclick={click(&props.on, move || checks::Msg::Check(index).into())}>
            <td>{ switch(&props.on, index, check) }</td>
            <td>{ result(check) }</td>
            <td><code title={check.id.clone()}>{ &check.id }</code></td>
            <td title={check.title.clone()}>{ for source(check).map(|name| html! { <><span class="tag">{ name }</span>{ " " }</> }) }{ prose::message(&check.title) }</td>
            <td class="num">{ for check.applies.filter(|_| check.on) }</td>
            <td>{ found(check) }</td>
        </tr>
    }
}

/// Turns a check on or off, where the settings can.
fn switch(on: &On, index: usize, check: &Check) -> Html {
    if check.switch.is_none() {
        return html! {};
    }
    let on = on.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        on.emit(checks::Msg::Switch(index).into());
    });
    html! { <button type="button" role="switch" class="switch" aria-checked={check.on.to_string()} aria-label={format!("{} on", check.id)} {onclick} /> }
}

/// What a check is written as, if it is no Rego of its own.
fn source(check: &Check) -> Option<&'static str> {
    match check.source {
        CheckSource::Rego => None,
        CheckSource::Constraint => Some("Gatekeeper"),
        CheckSource::Policy => Some("CEL"),
    }
}

fn result(check: &Check) -> Html {
    match check {
        Check { broken: true, .. } => labelled(Mark::Warn, "Not read", "warned"),
        Check { on: false, .. } => html! { <span class="quiet">{ "Off" }</span> },
        Check { fails, .. } if *fails > 0 => labelled(Mark::Deny, "Fail", ""),
        Check { warns, .. } if *warns > 0 => labelled(Mark::Warn, "Warn", "warned"),
        _ => html! { <span class="quiet">{ mark(Mark::Yes, "s10") }{ " holds" }</span> },
    }
}

fn found(check: &Check) -> String {
    if !check.on || check.broken {
        return String::new();
    }
    let counts = [
        (check.fails, "fail"),
        (check.warns, "warn"),
        (check.excepted, "excepted"),
    ];
    let said = counts.iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    match said.is_empty() {
        true => "none".to_owned(),
        false => said.join(", "),
    }
}

fn findings(props: &Props, report: &CheckReport) -> Html {
    let switch = |by_team: bool, label: &'static str| {
        let pressed = (props.by_team == by_team).to_string();
        html! { <button type="button" aria-pressed={pressed} onclick={click(&props.on, move || checks::Msg::ByTeam(by_team).into())}>{ label }</button> }
    };
    html! {
        <section class="block" aria-label="Findings">
            <h3>{ "Findings" }<span class="by"><span id="grouped">{ "grouped by" }</span><span class="seg" role="group" aria-labelledby="grouped">{ switch(false, "file") }{ switch(true, "team") }</span></span></h3>
            if props.groups.is_empty() {
                <div class="empty"><p>{ "Every policy passes." }</p></div>
            }
            <div onkeydown={keys(&props.on)}>
                { for props.groups.iter().map(|(name, indexes)| group(props, report, name, indexes)) }
            </div>
            if report.omitted > 0 {
                <p class="quiet pad">{ format!("and {} more", report.omitted) }</p>
            }
        </section>
    }
}

fn group(props: &Props, report: &CheckReport, name: &str, indexes: &[usize]) -> Html {
    let all = || {
        indexes
            .iter()
            .filter_map(|index| Some((*index, report.findings.get(*index)?)))
    };
    let name = match name {
        EXCEPTED => "Excepted".to_owned(),
        name => name.to_owned(),
    };
    let mut files: Vec<&str> = all().map(|(_, it)| it.place.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let note = match props.by_team || files.len() > 1 {
        true => words::count(files.len(), "file"),
        false => words::count(indexes.len(), "finding"),
    };
    html! {
        <>
        <p class="grp"><span>{ name }</span><span>{ note }</span></p>
        <ul class="findings">{ for all().map(|(index, finding)| entry(props, report, index, finding)) }</ul>
        </>
    }
}

fn entry(props: &Props, report: &CheckReport, index: usize, finding: &Finding) -> Html {
    let current = props.chosen.as_ref() == Some(&finding_key(finding));
    let id = report
        .checks
        .get(finding.check as usize)
        .map_or("", |check| check.id.as_str());
    html! {
        <li class={classes!("finding", current.then_some("cur"))}>
            { level(finding) }
            <button type="button" class="plain-link what" aria-current={current.then_some("true")}
                onclick={click(&props.on, move || checks::Msg::Finding(index).into())}>{ prose::message(&finding.message) }</button>
            <span class="fixes">{ for finding.fixes.iter().filter(|_| finding.excepted.is_none()).map(|fix| fix_button(&props.on, fix)) }</span>
            <span class="where">{ for finding.excepted.as_ref().filter(|it| !it.reason.is_empty()).map(|it| format!("Reason given: {}, until {}. ", it.reason, it.expires)) }
                { format!("{}:{} ", finding.place.file, finding.place.line) }<code>{ &finding.path }</code>{ format!(" · {id}") }</span>
        </li>
    }
}

/// Mark and word of a finding.
pub fn level(finding: &Finding) -> Html {
    match (&finding.excepted, finding.level) {
        (Some(_), _) => html! { <span class="quiet">{ "Excepted" }</span> },
        (None, FindingLevel::Fail) => labelled(Mark::Deny, "Fail", ""),
        (None, FindingLevel::Warn) => labelled(Mark::Warn, "Warn", "warned"),
    }
}

/// A button that makes a fix.
pub fn fix_button(on: &On, fix: &Fix) -> Html {
    let made = fix.clone();
    html! { <button type="button" class="btn edge sm" onclick={click(on, move || checks::Msg::Fix(made.clone()).into())}>{ prose::message(&fix.title) }</button> }
}

/// Arrows go through checks and findings, as one list.
fn keys(on: &On) -> Callback<KeyboardEvent> {
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "Enter" if is_row(&event) => {
                event.prevent_default();
                return on.emit(Msg::Key(
                    crate::state::keys::Command::Walk,
                    crate::state::Pane::Board,
                ));
            }
            _ => return,
        };
        event.prevent_default();
        on.emit(checks::Msg::By(by).into());
    })
}

fn is_row(event: &KeyboardEvent) -> bool {
    crate::browser::origin(event).is_some_and(|element| element.tag_name() == "TR")
}
