//! What is chosen among the checks: why it failed, where, what would pass, what came in and out, and where
//! else the same rule runs.

use std::rc::Rc;

use tierwalk_protocol::{
    Place,
    checks::{Check, CheckReport, CheckSource, CheckedObject, Finding, FindingLevel, Parameter},
};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlFormElement, HtmlInputElement, HtmlSelectElement, SubmitEvent};
use yew::prelude::*;

use super::{
    On,
    checks::{fix_button, level},
    click,
    marks::{Mark, labelled},
    prose,
};
use crate::{
    shared::Shared,
    state::{
        Msg,
        checks::{self, Evaluated, conftest_line, is_rego},
        files::Files,
        words,
    },
};

/// Lines before and after the one that is meant.
const AROUND: u32 = 5;

/// Properties of [`CheckDetails`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the checks say.
    pub report: Shared<CheckReport>,
    /// The files.
    pub files: Files,
    /// The open one.
    pub open: Rc<str>,
    /// The chosen finding.
    pub finding: Option<usize>,
    /// The chosen check.
    pub check: Option<usize>,
    /// The form of an exception is open.
    pub excepting: bool,
    /// What a check sees is shown.
    pub input: bool,
    /// The object that expressions are evaluated on.
    pub object: Option<String>,
    /// What was evaluated last.
    pub evaluated: Option<Evaluated>,
    /// Today, as `2026-11-21`.
    pub today: AttrValue,
    /// Messages.
    pub on: On,
}

/// The finding or the check that is chosen.
#[component]
pub fn CheckDetails(props: &Props) -> Html {
    let report = &props.report;
    let finding = props
        .finding
        .and_then(|index| Some((index, report.findings.get(index)?)));
    let check = props
        .check
        .and_then(|index| Some((index, report.checks.get(index)?)));
    let label = if finding.is_some() {
        "Finding"
    } else {
        "Check"
    };
    html! {
        <aside class="pane insp" id="walk" aria-label={label}>
            { match (finding, check) {
                (Some((index, finding)), _) => of_finding(props, index, finding),
                (_, Some((index, check))) => of_check(props, index, check),
                _ => html! { <><h2 class="sr">{ "Check" }</h2><div class="empty"><b>{ "Choose a check to see what it asks." }</b></div></> },
            } }
        </aside>
    }
}

fn of_finding(props: &Props, index: usize, finding: &Finding) -> Html {
    let check = props.report.checks.get(finding.check as usize);
    html! {
        <>
        <header class="fhead">
            <h2><span>{ check.map_or("", |check| &check.id) }</span><span class="arrow">{ "→" }</span>{ path(&finding.place.file) }</h2>
            <div class="line">{ large(finding) }<span class="quiet">{ applies(finding, check) }</span></div>
        </header>
        <div class="scroll" tabindex="0" role="group" aria-label="Details">
            <section class="sec"><h3>{ "Why" }</h3><p class="why">{ prose::message(&finding.message) }</p>
                { for check.filter(|it| !it.why.is_empty()).map(|it| html! { <p>{ prose::message(&it.why) }</p> }) }
                { for finding.excepted.as_ref().map(|it| html! { <p>{ excepted(props, it) }</p> }) }
            </section>
            { place(props, index, finding) }
            { what_would_pass(props, finding) }
            { evaluation(props) }
            <section class="sec"><h3>{ "Output" }<button type="button" class="btn sm" aria-pressed={props.input.to_string()} onclick={toggle_input(props)}>{ "Input" }</button></h3><p class="pre">{ &finding.output }</p>{ input(props) }</section>
            { elsewhere(finding, check.is_none_or(|it| it.source == CheckSource::Rego)) }
            if props.excepting { { exception(props, index) } }
        </div>
        <footer class="pfoot">
            if finding.except.is_some() && finding.excepted.is_none() {
                <button type="button" class="btn sm" aria-expanded={props.excepting.to_string()} onclick={toggle_form(props)}>{ "Except this" }</button>
            }
            if check.is_none_or(|it| it.source == CheckSource::Rego) {
                <button type="button" class="btn sm" onclick={click(&props.on, move || checks::Msg::Copy(index).into())}>{ "Copy as Conftest" }</button>
            }
        </footer>
        </>
    }
}

fn path(path: &str) -> Html {
    let (folder, name) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    html! { <span>{ folder }{ slash }<b>{ name }</b></span> }
}

fn large(finding: &Finding) -> Html {
    match (&finding.excepted, finding.level) {
        (Some(_), _) => html! { <span class="v lg null">{ "Excepted" }</span> },
        (None, FindingLevel::Fail) => labelled(Mark::Deny, "Fail", "lg"),
        (None, FindingLevel::Warn) => labelled(Mark::Warn, "Warn", "lg warned"),
    }
}

fn applies(finding: &Finding, check: Option<&Check>) -> String {
    let applies = check.and_then(|check| Some((check.fails + check.warns, check.applies?)));
    match applies {
        Some((found, applies)) => format!("{}, {found} of {applies}", finding.rule),
        None => finding.rule.clone(),
    }
}

fn excepted(props: &Props, excepted: &checks::Excepted) -> Html {
    match &excepted.place {
        Some(place) => {
            html! { <>{ format!("Excepted until {}: {}. ", excepted.expires, excepted.reason) }{ link(&props.on, place) }</> }
        }
        None => html! { { "An exception rule of a policy takes it out." } },
    }
}

fn link(on: &On, place: &Place) -> Html {
    let to = place.clone();
    html! { <button type="button" class="link" title={place.file.clone()} onclick={click(on, move || Msg::Reveal(to.clone(), true))}>{ words::place(place) }</button> }
}

/// The lines around the field, and the field marked.
fn place(props: &Props, index: usize, finding: &Finding) -> Html {
    let place = &finding.place;
    let Some(text) = props.files.text(&place.file) else {
        return html! {};
    };
    let from = place.line.saturating_sub(AROUND).max(1);
    let lines = (1u32..).zip(text.lines());
    let shown = lines.filter(|(number, _)| (from..=place.line + 2).contains(number));
    let guess = (!finding.named)
        .then_some(" The check names no field; this is the one that it reads and speaks of.");
    html! {
        <section class="sec">
            <h3>{ "Where" }<button type="button" class="link" title={place.file.clone()} onclick={click(&props.on, move || checks::Msg::Go(index).into())}>{ words::place(place) }</button></h3>
            <div class="excerpt" tabindex="0" role="group" aria-label={format!("Lines of {}", place.file)}><ol class="code">{ for shown.map(|(number, line)| excerpt(place, number, line, finding)) }</ol></div>
            { for guess.map(|guess| html! { <p class="quiet">{ guess }</p> }) }
        </section>
    }
}

fn excerpt(place: &Place, number: u32, line: &str, finding: &Finding) -> Html {
    let meant = number == place.line;
    let class = match finding.level {
        FindingLevel::Fail => "sq err",
        FindingLevel::Warn => "sq",
    };
    let (before, marked, after) = match meant {
        true => split(line, place),
        false => (line.to_owned(), String::new(), String::new()),
    };
    html! {
        <li class={classes!(meant.then_some("decides"))}><span class="no">{ number }</span><span>{ before }<span {class}>{ marked }</span>{ after }</span></li>
    }
}

/// A line at the field: columns are UTF-16 code units.
fn split(line: &str, place: &Place) -> (String, String, String) {
    let units: Vec<u16> = line.encode_utf16().collect();
    let start = (place.column.saturating_sub(1) as usize).min(units.len());
    let end = (start + (place.to - place.from) as usize).min(units.len());
    let text = String::from_utf16_lossy;
    (
        text(&units[..start]),
        text(&units[start..end]),
        text(&units[end..]),
    )
}

fn what_would_pass(props: &Props, finding: &Finding) -> Html {
    if finding.fixes.is_empty() || finding.excepted.is_some() {
        return html! {};
    }
    html! {
        <section class="sec"><h3>{ "What would pass" }</h3>
            <ul class="passes">{ for finding.fixes.iter().map(|fix| html! { <li>{ fix_button(&props.on, fix) }</li> }) }</ul>
        </section>
    }
}

fn toggle_input(props: &Props) -> Callback<MouseEvent> {
    let input = !props.input;
    click(&props.on, move || checks::Msg::Input(input).into())
}

fn toggle_form(props: &Props) -> Callback<MouseEvent> {
    let open = !props.excepting;
    click(&props.on, move || checks::Msg::Excepting(open).into())
}

fn input(props: &Props) -> Html {
    let shown = props
        .report
        .input
        .as_ref()
        .filter(|input| props.input && Some(&input.object) == props.object.as_ref());
    match shown {
        Some(input) => {
            html! { <p class="pre" tabindex="0" role="group" aria-label="Input">{ &input.json }</p> }
        }
        None => html! {},
    }
}

/// Conftest knows Rego of its own kind only.
fn elsewhere(finding: &Finding, in_ci: bool) -> Html {
    let admission = match (&finding.excepted, finding.level) {
        (Some(_), _) => "apply goes through",
        (None, FindingLevel::Fail) => "apply is refused",
        (None, FindingLevel::Warn) => "apply goes through, with a warning",
    };
    let line = match &finding.excepted {
        Some(_) => format!("EXCP - {} - {}", finding.place.file, finding.package),
        None => conftest_line(finding),
    };
    html! {
        <section class="sec"><h3>{ "The same rule runs" }</h3>
            <dl class="kv">
                <dt>{ "while typing" }</dt><dd>{ if finding.excepted.is_some() { "no squiggle".to_owned() } else { format!("squiggle at line {}", finding.place.line) } }</dd>
                if in_ci { <dt>{ "in CI" }</dt><dd class="pre">{ line }</dd> }
                <dt>{ "at admission" }</dt><dd>{ admission }</dd>
            </dl>
        </section>
    }
}

/// Reason and last day, which every exception needs.
fn exception(props: &Props, index: usize) -> Html {
    let on = props.on.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form: Option<HtmlFormElement> = event.target_dyn_into();
        let value = |name: &str| {
            let field = form.as_ref()?.elements().named_item(name)?;
            Some(field.dyn_into::<HtmlInputElement>().ok()?.value())
        };
        if let (Some(reason), Some(expires)) = (value("reason"), value("expires")) {
            on.emit(checks::Msg::Except(index, reason, expires).into());
        }
    });
    html! {
        <section class="sec"><h3>{ "Except this" }</h3>
            <form class="except" {onsubmit}>
                <label for="except-reason">{ "Reason" }</label><input class="field" id="except-reason" name="reason" required=true autocomplete="off" />
                <label for="except-expires">{ "Last day" }</label><input class="field" id="except-expires" name="expires" type="date" required=true min={props.today.clone()} />
                <span /><button type="submit" class="btn edge sm">{ "Write the exception" }</button>
            </form>
        </section>
    }
}

fn of_check(props: &Props, index: usize, check: &Check) -> Html {
    let findings = props.report.findings.iter().enumerate();
    let found: Vec<(usize, &Finding)> = findings
        .filter(|(_, it)| it.check as usize == index)
        .collect();
    html! {
        <>
        <header class="fhead"><h2><span>{ check.place.as_ref().map_or("shipped check", |place| &place.file) }</span></h2>
            <div class="line"><span class="v lg">{ &check.id }</span>{ for check.switch.as_ref().map(|fix| fix_button(&props.on, fix)) }</div></header>
        <div class="scroll" tabindex="0" role="group" aria-label="Details">
            <section class="sec"><h3>{ "What it asks" }</h3><p class="why">{ prose::message(&check.title) }</p>
                if !check.why.is_empty() { <p>{ prose::message(&check.why) }</p> }
                { for check.place.as_ref().map(|place| html! { <p>{ link(&props.on, place) }</p> }) }
            </section>
            if !check.parameters.is_empty() { { parameters(props, index, &check.parameters) } }
            if !found.is_empty() {
                <section class="sec"><h3>{ "Findings" }</h3><ul class="passes">{ for found.iter().map(|(index, finding)| one(props, *index, finding)) }</ul></section>
            }
            { evaluation(props) }
            { for check.rego.as_ref().map(|rego| source(rego)) }
        </div>
        </>
    }
}

fn one(props: &Props, index: usize, finding: &Finding) -> Html {
    html! { <li>{ level(finding) }{ " " }<button type="button" class="link" onclick={click(&props.on, move || checks::Msg::Finding(index).into())}>{ prose::message(&finding.message) }</button></li> }
}

fn parameters(props: &Props, check: usize, parameters: &[Parameter]) -> Html {
    html! {
        <section class="sec"><h3>{ "Parameters" }</h3>
            <div class="params">{ for parameters.iter().map(|parameter| field(props, check, parameter)) }</div>
        </section>
    }
}

/// What is typed is written when the field is left.
fn field(props: &Props, check: usize, parameter: &Parameter) -> Html {
    let name = parameter.name.clone();
    let onchange = super::sometimes(&props.on, move |event: Event| {
        let input: HtmlInputElement = event.target_dyn_into()?;
        let (name, value) = (name.clone(), input.value());
        Some(checks::Msg::Parameter { check, name, value }.into())
    });
    let id = format!("parameter-{}", parameter.name);
    html! {
        <>
        <label for={id.clone()}>{ &parameter.name }</label>
        <input class="field mono" id={id.clone()} value={parameter.value.clone()} {onchange} autocomplete="off" spellcheck="false" aria-describedby={format!("{id}-means")} />
        <p class="quiet" id={format!("{id}-means")}>{ &parameter.means }</p>
        </>
    }
}

fn source(rego: &str) -> Html {
    html! {
        <section class="sec"><h3>{ "Its Rego" }<span>{ "shipped, read-only" }</span></h3>
            <p class="pre" tabindex="0" role="group" aria-label="Rego of the check">{ rego.to_owned() }</p></section>
    }
}

/// An expression of the open policy, on an object.
fn evaluation(props: &Props) -> Html {
    if !is_rego(&props.open) {
        return html! {};
    }
    html! {
        <section class="sec" aria-label="Evaluation">
            <h3><label for="evaluated-on">{ "Evaluated on" }</label><button type="button" class="btn sm" onclick={click(&props.on, || checks::Msg::EvaluateSelection.into())}>{ "Evaluate the selection" }</button></h3>
            { objects(props) }
            { match &props.evaluated {
                Some(evaluated) => value(evaluated),
                None => html! { <p class="quiet">{ "Select an expression in the policy to see its value. " }<kbd>{ "Ctrl ↵" }</kbd></p> },
            } }
        </section>
    }
}

fn objects(props: &Props) -> Html {
    let onchange = super::sometimes(&props.on, |event: Event| {
        let select: HtmlSelectElement = event.target_dyn_into()?;
        Some(checks::Msg::Object(select.value()).into())
    });
    let option = |object: &CheckedObject| {
        let selected = props.object.as_ref() == Some(&object.id);
        html! { <option value={object.id.clone()} {selected}>{ title(object) }</option> }
    };
    html! { <select class="field" id="evaluated-on" {onchange}>{ for props.report.objects.iter().map(|it| option(it)) }</select> }
}

fn title(object: &CheckedObject) -> String {
    match object.namespace.as_str() {
        "" => format!("{} {}", object.kind, object.name),
        namespace => format!("{} {namespace}/{}", object.kind, object.name),
    }
}

fn value(evaluated: &Evaluated) -> Html {
    let text = html! { <p class="pre expression">{ &evaluated.text }</p> };
    let value = match &evaluated.value {
        None => html! {},
        Some(Err(why)) => html! { <p>{ prose::message(why) }</p> },
        Some(Ok(values)) if values.is_empty() => html! { <p class="strong">{ "undefined" }</p> },
        Some(Ok(values)) => {
            html! { <>{ for values.iter().take(50).map(|value| html! { <p class="pre strong">{ value }</p> }) }</> }
        }
    };
    html! { <div role="status" class="value">{ text }{ value }</div> }
}
