//! The files: an index, not a tree. One line per folder, names run on.

use std::rc::Rc;

use tierwalk_protocol::{Analysis, FileSummary};
use yew::prelude::*;

use super::{On, click};
use crate::{
    shared::Shared,
    state::{
        Msg,
        files::{Files, TextFile},
        words,
    },
};

/// Folders that have a place of their own in the order.
const FOLDERS: [&str; 5] = ["policies", "cluster", "templates", "checks", "flows"];

/// Properties of [`FileIndex`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The files.
    pub files: Files,
    /// The open one.
    pub open: Rc<str>,
    /// What the engine found in them.
    pub analysis: Shared<Analysis>,
    /// Messages.
    pub on: On,
}

/// Every file, by folder.
#[component]
pub fn FileIndex(props: &Props) -> Html {
    html! {
        <nav class="index" aria-label="Files">
            <dl>{ for groups(&props.files).into_iter().map(|(folder, files)| group(props, &folder, &files)) }</dl>
        </nav>
    }
}

/// Files by their first folder: the known folders first, then others in the order of the files.
pub fn groups(files: &Files) -> Vec<(String, Vec<TextFile>)> {
    let mut groups: Vec<(String, Vec<TextFile>)> = FOLDERS
        .iter()
        .map(|folder| ((*folder).to_owned(), Vec::new()))
        .collect();
    for file in files.iter() {
        let folder = file
            .path
            .split_once('/')
            .map_or("files", |(folder, _)| folder);
        match groups.iter_mut().find(|(name, _)| name == folder) {
            Some((_, files)) => files.push(file.clone()),
            None => groups.push((folder.to_owned(), vec![file.clone()])),
        }
    }
    groups.retain(|(_, files)| !files.is_empty());
    groups
}

fn group(props: &Props, folder: &str, files: &[TextFile]) -> Html {
    html! {
        <>
        <dt title={folder.to_owned()}>{ capitalised(folder) }</dt>
        <dd>{ for files.iter().map(|file| entry(props, file)) }</dd>
        </>
    }
}

fn entry(props: &Props, file: &TextFile) -> Html {
    let summary = props
        .analysis
        .files
        .iter()
        .find(|summary| *summary.path == *file.path);
    let staged = summary.is_some_and(|summary| summary.staged);
    let current = (file.path == props.open).then_some("page");
    let path = Rc::clone(&file.path);
    html! {
        <button type="button" class={classes!(staged.then_some("staged-f"))} aria-current={current} title={file.path.to_string()}
            onclick={click(&props.on, move || Msg::Open(Rc::clone(&path)))}>
            { words::stem(&file.path) }
            if staged { <span class="sr">{ ", staged" }</span> }
            { for summary.map(problems) }
        </button>
    }
}

fn problems(summary: &FileSummary) -> Html {
    let (count, word, class) = match (summary.errors, summary.warnings) {
        (0, 0) => return html! {},
        (0, 1) => (1, "warning", Some("w")),
        (0, warnings) => (warnings, "warnings", Some("w")),
        (1, _) => (1, "error", None),
        (errors, _) => (errors, "errors", None),
    };
    let shown = if count > 9 {
        "9+".to_owned()
    } else {
        count.to_string()
    };
    html! { <span class={classes!("cnt", class)} title={format!("{count} {word}")}>{ " " }{ shown }<span class="sr">{ " " }{ word }</span></span> }
}

fn capitalised(folder: &str) -> String {
    let mut chars = folder.chars();
    chars.next().map_or_else(String::new, |first| {
        std::iter::once(first.to_ascii_uppercase())
            .chain(chars)
            .collect()
    })
}
