//! Files and editor.

use std::rc::Rc;

use tierwalk_protocol::checks::RegoModule;
use tierwalk_protocol::{Analysis, Walk, walk::Direction};
use yew::prelude::*;

use super::{
    On, button, click, editor_host::EditorHost, file_index::FileIndex, file_name::FileName,
    file_tabs::FileTabs, gallery::Gallery, name_form::NameForm, popover::Popover,
};
use crate::{
    shared::Shared,
    state::{
        Msg, Pane, Panel, Target, editor_view,
        files::Files,
        find,
        keys::Command,
        language::{self, Answers, Renaming},
        open_files::OpenFiles,
        words,
    },
};

/// Properties of [`TextPane`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Number of the workspace.
    pub workspace: u32,
    /// The files.
    pub files: Files,
    /// The files as they were when the baseline was pinned.
    pub baseline: Option<Files>,
    /// The open one.
    pub open: Rc<str>,
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// The walk of the chosen flow.
    pub walk: Option<Shared<Walk>>,
    /// The end that is shown.
    pub direction: Direction,
    /// Where the editor is to go.
    pub target: Option<Target>,
    /// Lines of the open file to be marked, first and last: of a template or of the chosen policy.
    pub mapped: Option<(u32, u32)>,
    /// Counts how often the editor was to take the focus.
    pub focus: u32,
    /// What is known of the open policy, if it is one.
    pub policy: Option<RegoModule>,
    /// How many objects were checked.
    pub checked: usize,
    /// Counts how often the selection was to be evaluated.
    pub selection: u32,
    /// What floats.
    pub panel: Option<Panel>,
    /// What the engine says to the editor.
    #[prop_or_default]
    pub answers: Answers,
    /// The name that is being changed.
    #[prop_or_default]
    pub renaming: Option<Renaming>,
    /// The files that were opened.
    #[prop_or_default]
    pub opened: OpenFiles,
    /// Messages.
    pub on: On,
}

/// The index of files above the text of one of them.
#[component]
pub fn TextPane(props: &Props) -> Html {
    html! {
        <section class="pane text" id="text" aria-label="Files and editor">
            <h2 class="sr">{ "Files and editor" }</h2>
            <FileIndex files={props.files.clone()} open={props.open.clone()} analysis={props.analysis.clone()} on={&props.on} />
            <FileTabs opened={props.opened.clone()} open={props.open.clone()} on={&props.on} />
            <div class="edhead">{ head(props) }</div>
            if props.open.is_empty() {
                <div class="empty"><b>{ "No files yet" }</b><p>{ "Add one, paste YAML anywhere, or drop a folder." }</p>
                    { button(&props.on, "New file", "edge sm", || Msg::Panel(Some(Panel::NewFile))) }
                </div>
            }
            <EditorHost
                workspace={props.workspace}
                files={props.files.clone()}
                baseline={props.baseline.clone()}
                open={props.open.clone()}
                analysis={props.analysis.clone()}
                walk={props.walk.clone()}
                direction={props.direction}
                target={props.target.clone()}
                mapped={props.mapped}
                focus={props.focus}
                answers={props.answers.clone()}
                coverage={props.policy.as_ref().map(|policy| policy.lines.clone()).unwrap_or_default()}
                selection={props.selection}
                on={&props.on}
            />
            if props.policy.is_some() { { coverage_note(props.checked) } }
        </section>
    }
}

fn coverage_note(checked: usize) -> Html {
    let objects = words::count(checked, "object");
    html! { <footer class="pfoot"><span class="quiet coverage-note">{ format!("Coverage: how often a line held over {objects}. An outlined bar never held.") }</span></footer> }
}

/// `Rego v1 · 3 lines never held`.
fn policy(policy: &RegoModule) -> String {
    let never = policy.lines.iter().filter(|line| line.held == 0).count();
    match never {
        0 => format!("Rego v{}", policy.version),
        never => format!(
            "Rego v{} · {} never held",
            policy.version,
            words::count(never, "line")
        ),
    }
}

fn head(props: &Props) -> Html {
    let on = &props.on;
    if let Some(renaming) = &props.renaming {
        return html! { <NameForm renaming={renaming.clone()} {on} /> };
    }
    match props.panel {
        Some(Panel::NewFile) => html! {
            <FileName label="Add" value={props.files.free_path("policies/new.yaml")} done={on.reform(Msg::NewFile)} {on} />
        },
        Some(Panel::Rename) => html! {
            <FileName label="Rename" value={props.open.to_string()} done={on.reform(Msg::Rename)} {on} />
        },
        Some(Panel::Gallery) => {
            html! { <Gallery starters={props.analysis.starters.clone()} {on} /> }
        }
        _ => resting_head(props),
    }
}

fn resting_head(props: &Props) -> Html {
    let on = &props.on;
    let (folder, name) = props
        .open
        .rsplit_once('/')
        .map_or(("", &*props.open), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let problems = || editor_view::problems(&props.analysis, &props.open);
    html! {
        <>
        <span class="path">{ folder }<b>{ name }</b></span>
        <span class="grow" />
        if !props.open.is_empty() {
            <span class="quiet nowrap">{ match &props.policy {
                Some(module) if problems().next().is_none() => policy(module),
                _ => editor_view::summary(problems()),
            } }</span>
        }
        if problems().next().is_some() {
            <button type="button" class="btn sm" onclick={click(on, || Msg::Key(Command::Problem(1), Pane::Text))}>{ "Next" }<kbd>{ "F8" }</kbd></button>
        }
        <Popover panel={Panel::File} open={props.panel.clone()} label="File" class="sm" arrow=true {on}>
            { item(on, "New file", || Msg::Panel(Some(Panel::NewFile))) }
            { item(on, "New from template", || Msg::Panel(Some(Panel::Gallery))) }
            { item(on, "Find in all files", || Msg::Find(find::Msg::Open)) }
            if !props.open.is_empty() {
                { item(on, "Format", || Msg::Language(language::Msg::Format)) }
                { item(on, "Rename", || Msg::Panel(Some(Panel::Rename))) }
                { item(on, "Delete", || Msg::Delete) }
            }
        </Popover>
        </>
    }
}

fn item(on: &On, label: &str, msg: impl Fn() -> Msg + 'static) -> Html {
    html! { <button type="button" class="item" onclick={click(on, msg)}>{ label }</button> }
}
