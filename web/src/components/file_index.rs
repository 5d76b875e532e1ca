//! The files: an index, not a tree. One line per folder, names run on.

use std::{collections::HashMap, rc::Rc};

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

/// A file in the index.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    path: Rc<str>,
    errors: u32,
    warnings: u32,
    staged: bool,
}

/// Every file, by folder. What is typed changes no file's name: the list is drawn again only when something in it is
/// another.
#[component]
pub fn FileIndex(props: &Props) -> Html {
    let summaries = props.analysis.files.iter();
    let summaries: HashMap<&str, &FileSummary> = summaries
        .map(|summary| (summary.path.as_str(), summary))
        .collect();
    let entry = |file: TextFile| {
        let summary = summaries.get(&*file.path);
        Entry {
            errors: summary.map_or(0, |summary| summary.errors),
            warnings: summary.map_or(0, |summary| summary.warnings),
            staged: summary.is_some_and(|summary| summary.staged),
            path: file.path,
        }
    };
    let folders = groups(&props.files).into_iter();
    let folders = folders.map(|(folder, files)| (folder, files.into_iter().map(entry).collect()));
    html! { <Folders folders={folders.collect::<Vec<_>>()} open={&props.open} on={&props.on} /> }
}

#[derive(Properties, PartialEq)]
struct FoldersProps {
    folders: Vec<(String, Vec<Entry>)>,
    open: Rc<str>,
    on: On,
}

#[component]
fn Folders(props: &FoldersProps) -> Html {
    html! {
        <nav class="index" aria-label="Files">
            <dl>{ for props.folders.iter().map(|(folder, files)| group(props, folder, files)) }</dl>
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

fn group(props: &FoldersProps, folder: &str, files: &[Entry]) -> Html {
    html! {
        <>
        <dt title={folder.to_owned()}>{ capitalised(folder) }</dt>
        <dd>{ for files.iter().map(|file| entry(props, file)) }</dd>
        </>
    }
}

fn entry(props: &FoldersProps, file: &Entry) -> Html {
    let current = (file.path == props.open).then_some("page");
    let path = Rc::clone(&file.path);
    html! {
        <button type="button" class={classes!(file.staged.then_some("staged-f"))} aria-current={current} title={file.path.to_string()}
            onclick={click(&props.on, move || Msg::Open(Rc::clone(&path)))}>
            <span class="stem">{ words::stem(&file.path) }</span>
            if file.staged { <span class="sr">{ ", staged" }</span> }
            { problems(file) }
        </button>
    }
}

fn problems(file: &Entry) -> Html {
    let (count, word, class) = match (file.errors, file.warnings) {
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
