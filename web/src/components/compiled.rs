//! What the open template is compiled to, line by line, with the line of the template that made each.

use tierwalk_protocol::{Analysis, CompiledLine, CompiledObject, LineOrigin, TemplateFile};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{On, button, click, views::Views};
use crate::{
    shared::Shared,
    state::{Middle, Msg, Tab, words},
};

/// Properties of [`Compiled`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// The open file.
    pub open: AttrValue,
    /// The line of the template that is pointed at.
    pub line: Option<u32>,
    /// The views there are.
    pub views: Vec<Tab>,
    /// Messages.
    pub on: On,
}

/// The compiled objects of the open template.
#[component]
pub fn Compiled(props: &Props) -> Html {
    let template = props.analysis.template.as_ref();
    let template = template.filter(|template| *template.file == *props.open);
    let objects = template.map_or(&[][..], |template| &template.objects);
    html! {
        <section class="pane mid" id="board" aria-label="Compiled">
            <h2 class="sr">{ "Compiled" }</h2>
            <div class="phead"><Views views={props.views.clone()} shown={Middle::Compiled} on={&props.on} /><span class="grow" />{ clusters(props) }</div>
            <div class="bridged">
                // the editor draws here what leads from a line of the template to what it made
                <svg class="bridge" aria-hidden="true"><path /></svg>
                <div class="scroll compiled" tabindex="0" role="group" aria-label="Compiled objects" onkeydown={keys(props, objects)}
                    onmouseleave={props.on.reform(|_| Msg::Point(None))}>
                    { for objects.iter().map(|object| view(props, object)) }
                    if objects.is_empty() { { nothing(template) } }
                </div>
            </div>
            { for template.map(|template| foot(props, template)) }
        </section>
    }
}

fn nothing(template: Option<&TemplateFile>) -> Html {
    if template.is_none() {
        return html! {};
    }
    html! {
        <div class="empty"><b>{ "Nothing is compiled" }</b>
            <p>{ "A template with an error makes no object, and a definition makes objects where it is used. The problems are below the board and in the text." }</p></div>
    }
}

fn clusters(props: &Props) -> Html {
    let names = &props.analysis.clusters;
    if names.is_empty() {
        return html! {};
    }
    let chosen = &props.analysis.cluster;
    let choice = |name: Option<String>| {
        let label = name.clone().unwrap_or_else(|| "all".to_owned());
        let pressed = (*chosen == name).to_string();
        html! { <button type="button" aria-pressed={pressed} onclick={click(&props.on, move || Msg::Cluster(name.clone()))}>{ label }</button> }
    };
    let all = std::iter::once(None).chain(names.iter().cloned().map(Some));
    html! { <><span class="quiet">{ "cluster" }</span><div class="seg" role="group" aria-label="Cluster">{ for all.map(choice) }</div></> }
}

fn view(props: &Props, object: &CompiledObject) -> Html {
    let name = match &object.namespace {
        Some(namespace) => format!("{namespace}/{}", object.name),
        None => object.name.clone(),
    };
    let label = format!("{} {name}", object.kind);
    html! {
        <section aria-label={label.clone()}>
            <h3 class="subhead"><b>{ &object.kind }</b><code>{ name }</code><span class="grow" />{ placement(props, object) }</h3>
            <ol class="code mapped" aria-label={label}>{ for lines(props, object) }</ol>
        </section>
    }
}

/// Where the object goes, if that is not everywhere.
fn placement(props: &Props, object: &CompiledObject) -> Html {
    let chosen = props.analysis.cluster.as_ref();
    let away = object.clusters.iter().filter(|it| !it.goes);
    let mut away = away.filter(|it| chosen.is_none_or(|name| *name == it.cluster));
    match away.next() {
        Some(placement) => {
            html! { <span class="quiet">{ format!("not in {}: {}", placement.cluster, placement.reason.replace('`', "")) }</span> }
        }
        None => html! {},
    }
}

/// A line of the template is named once above everything that it made in a row.
fn lines<'a>(props: &'a Props, object: &'a CompiledObject) -> impl Iterator<Item = Html> + 'a {
    let before = std::iter::once(None).chain(object.lines.iter().map(Some));
    let lines = before.zip(&object.lines);
    lines.map(|(before, it)| {
        let same =
            before.is_some_and(|before| (before.line, before.origin) == (it.line, it.origin));
        line(props, it, same)
    })
}

fn line(props: &Props, line: &CompiledLine, same: bool) -> Html {
    let from = line.line;
    let lit = from.is_some() && from == props.line;
    let origin = match (line.origin, from) {
        _ if same => String::new(),
        (LineOrigin::Line, Some(from)) => format!("line {from}"),
        (LineOrigin::Default, _) => "default".to_owned(),
        _ => String::new(),
    };
    let onclick = from.map(|from| click(&props.on, move || Msg::Source(from)));
    let onmouseenter = props.on.reform(move |_| Msg::Point(from));
    html! {
        <li class={classes!(lit.then_some("mapl"), from.is_some().then_some("goes"))} {onmouseenter} {onclick}>
            <span class="src">{ origin }</span>{ text(&line.text) }
        </li>
    }
}

/// A line of YAML: its key, and an action in the colour of what it does.
fn text(line: &str) -> Html {
    let body = line.trim_start_matches([' ', '-']);
    let indent = &line[..line.len() - body.len()];
    let Some((key, value)) = body
        .split_once(':')
        .filter(|(key, _)| !key.contains([' ', '"']))
    else {
        return html! { <span><span class="p">{ indent }</span><span class="s">{ body }</span></span> };
    };
    let class = match (key, value.trim()) {
        ("action", "Allow") => "a-allow",
        ("action", "Deny") => "a-deny",
        ("action", "Pass") => "a-pass",
        ("action", "Log") => "a-log",
        _ => "s",
    };
    html! { <span><span class="p">{ indent }</span><span class="k">{ key }</span><span class="p">{ ":" }</span><span {class}>{ value }</span></span> }
}

fn foot(props: &Props, template: &TemplateFile) -> Html {
    let lines = template.objects.iter().flat_map(|object| &object.lines);
    let made = lines
        .filter(|line| line.line.is_some() && line.line == props.line)
        .count();
    let said = match props.line.filter(|_| made > 0) {
        Some(line) => format!(
            "Line {line} of the template made {}.",
            words::count(made, "line")
        ),
        None => format!(
            "Read-only. {} compiled.",
            words::count(template.objects.len(), "object")
        ),
    };
    html! {
        <footer class="pfoot">
            <span class="quiet at">{ said }</span><span class="grow" />
            if !template.objects.is_empty() { { button(&props.on, "Copy YAML", "sm", || Msg::CopyCompiled) } }
            if template.detachable { { button(&props.on, "Detach into policies/", "sm", || Msg::Detach) } }
        </footer>
    }
}

/// Arrows point at the next line that a line of the template made, `Enter` goes to that line.
fn keys(props: &Props, objects: &[CompiledObject]) -> Callback<KeyboardEvent> {
    let lines = objects.iter().flat_map(|object| &object.lines);
    let mut lines: Vec<u32> = lines.filter_map(|line| line.line).collect();
    lines.dedup();
    let (on, now) = (props.on.clone(), props.line);
    Callback::from(move |event: KeyboardEvent| {
        let at = now.and_then(|now| lines.iter().position(|line| *line == now));
        let next = match event.key().as_str() {
            "ArrowDown" => at.map_or(Some(0), |at| Some(at + 1)),
            "ArrowUp" => at.and_then(|at| at.checked_sub(1)),
            "Enter" => {
                now.into_iter().for_each(|line| on.emit(Msg::Source(line)));
                None
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(line) = next.and_then(|next| lines.get(next)) {
            on.emit(Msg::Point(Some(*line)));
        }
    })
}
