//! What the API server would answer to somebody who applies what is in the files.

use tierwalk_protocol::apply::{AppliedObject, ApplyChange, ApplyReport, PersonaName};
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::*;

use super::{
    On, click,
    marks::{Mark, labelled},
    sometimes,
};
use crate::state::{
    Msg,
    checks::{
        self,
        apply::{self, What},
    },
    words,
};

/// Properties of [`ApplyAs`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What came of it; `None` if there is nobody to apply as.
    #[prop_or_default]
    pub report: Option<ApplyReport>,
    /// What is applied.
    pub what: What,
    /// Messages.
    pub on: On,
}

/// The part of the checks that says who may apply what.
#[component]
pub fn ApplyAs(props: &Props) -> Html {
    html! {
        <section class="block apply" aria-label="Apply as">
            { match &props.report {
                Some(report) => html! { <>{ head(props, report) }{ answer(props, report) }</> },
                None => nobody(&props.on),
            } }
        </section>
    }
}

fn nobody(on: &On) -> Html {
    html! {
        <>
        <h3>{ "Apply as" }<button type="button" class="btn sm" onclick={click(on, || sent(apply::Msg::AddPersonas))}>{ "Add personas" }</button></h3>
        <p class="quiet pad">{ "Nobody to apply as. With personas and their rights in a file, this says what the cluster would answer to each of them." }</p>
        </>
    }
}

fn sent(msg: apply::Msg) -> Msg {
    checks::Msg::Apply(msg).into()
}

fn head(props: &Props, report: &ApplyReport) -> Html {
    let onchange = sometimes(&props.on, |event: Event| {
        let select: HtmlSelectElement = event.target_dyn_into()?;
        Some(sent(apply::Msg::Persona(select.value())))
    });
    let chosen = report.persona as usize;
    let option = |(index, persona): (usize, &PersonaName)| html! { <option value={persona.name.clone()} selected={index == chosen}>{ &persona.name }</option> };
    let what = |what: What, label: &'static str| {
        let pressed = (props.what == what).to_string();
        html! { <button type="button" aria-pressed={pressed} onclick={click(&props.on, move || sent(apply::Msg::What(what)))}>{ label }</button> }
    };
    html! {
        <h3>
            <span class="as"><label for="apply-as">{ "Apply as" }</label><select class="field" id="apply-as" {onchange}>{ for report.personas.iter().enumerate().map(option) }</select></span>
            <span class="seg" role="group" aria-label="What is applied">{ what(What::Policies, "Policies") }{ what(What::OpenFile, "Open file") }{ what(What::Changes, "Changes") }</span>
        </h3>
    }
}

fn answer(props: &Props, report: &ApplyReport) -> Html {
    let persona = report.personas.get(report.persona as usize);
    html! {
        <>
        <p class="grp"><span>{ persona.map(who) }</span><span>{ counts(report) }</span></p>
        if report.objects.is_empty() { <div class="empty"><p>{ nothing(props.what) }</p></div> }
        <ul class="findings">{ for report.objects.iter().map(|object| row(&props.on, object)) }</ul>
        if report.omitted > 0 { <p class="quiet pad">{ format!("and {} more, which were not asked", report.omitted) }</p> }
        <p class="quiet pad">{ cluster(props.what) }</p>
        </>
    }
}

/// Who a persona is to the cluster.
fn who(persona: &PersonaName) -> String {
    match persona.groups.as_slice() {
        [] => format!("user {}", persona.user),
        groups => format!("user {} in {}", persona.user, groups.join(", ")),
    }
}

fn counts(report: &ApplyReport) -> String {
    let refused = report.objects.iter();
    let refused = refused.filter(|it| it.change == ApplyChange::Refused);
    let refused = refused.count();
    format!(
        "{} admitted, {refused} refused",
        report.objects.len() - refused
    )
}

fn nothing(what: What) -> &'static str {
    match what {
        What::Policies => "No policies and no network sets to apply.",
        What::OpenFile => "The open file has no object to apply.",
        What::Changes => "No object differs from the baseline.",
    }
}

/// To which cluster it is applied.
fn cluster(what: What) -> &'static str {
    match what {
        What::Policies => {
            "Applied one after the other to a cluster that has everything else of the workspace."
        }
        What::OpenFile => "Applied to a cluster that has all other files of the workspace.",
        What::Changes => "Applied to a cluster that is as the workspace was at the baseline.",
    }
}

fn row(on: &On, object: &AppliedObject) -> Html {
    let place = object.place.clone();
    let name = match object.namespace.as_str() {
        "" => object.object.clone(),
        namespace => format!("{} in {namespace}", object.object),
    };
    let more = object.change == ApplyChange::Refused || object.printed.contains('\n');
    html! {
        <li class="finding">
            { change(object.change) }
            <button type="button" class="plain-link what" onclick={click(on, move || Msg::Reveal(place.clone(), true))}>{ name }</button>
            <span class="where">{ format!("{}. {}", words::place(&object.place), asked(object)) }</span>
            if more { <p class="pre printed">{ &object.printed }</p> }
        </li>
    }
}

fn change(change: ApplyChange) -> Html {
    match change {
        ApplyChange::Created => labelled(Mark::Allow, "Created", ""),
        ApplyChange::Configured => labelled(Mark::Allow, "Configured", ""),
        ApplyChange::Unchanged => html! { <span class="quiet">{ "Unchanged" }</span> },
        ApplyChange::Refused => labelled(Mark::Deny, "Refused", ""),
    }
}

/// The stages in the server's order, up to the one that refused.
fn asked(object: &AppliedObject) -> String {
    let mut said: Vec<String> = Vec::new();
    let passed: Vec<&str> = (object.passed.iter())
        .map(|stage| stage.stage.as_str())
        .collect();
    if !passed.is_empty() {
        said.push(format!("Passed {}", passed.join(", ")));
    }
    if let Some(stage) = &object.refused_by {
        said.push(format!("refused by {stage}"));
    }
    said.join("; ")
}
