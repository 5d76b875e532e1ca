//! What changed since an earlier save.

use yew::prelude::*;

use super::{On, button, marks::verdict};
use crate::state::{
    Msg,
    flips::Flip,
    saves::{self, Comparison, FileChange, Line},
    words,
};

/// The most lines of a file that are shown.
const LINES: usize = 60;

/// Properties of [`ComparisonView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What changed.
    pub comparison: Comparison,
    /// When the save was made.
    pub when: String,
    /// Messages.
    pub on: On,
}

/// Flows that flipped, then the files with the lines that went and came.
#[component]
pub fn ComparisonView(props: &Props) -> Html {
    let Comparison { files, flips, .. } = &props.comparison;
    let on = &props.on;
    html! {
        <section class="compare" aria-label="Comparison">
            <h2>{ format!("Since {}: {}, {}", props.when, changed(files), flipped(flips)) }</h2>
            <div class="line">
                { button(on, "Restore this save", "edge sm", || Msg::Saves(saves::Msg::Restore)) }
                { button(on, "End comparison", "sm", || Msg::Saves(saves::Msg::End)) }
            </div>
            if !flips.is_empty() { <ul aria-label="Flipped flows">{ for flips.iter().map(flip) }</ul> }
            { for files.iter().map(file) }
        </section>
    }
}

fn changed(files: &[FileChange]) -> String {
    match files.len() {
        0 => "no file changed".to_owned(),
        n => format!("{} changed", words::count(n, "file")),
    }
}

fn flipped(flips: &[Flip]) -> String {
    match flips.len() {
        0 => "no flow flipped".to_owned(),
        n => format!("{} flipped", words::count(n, "flow")),
    }
}

fn flip(flip: &Flip) -> Html {
    html! { <li class="line"><code>{ words::flow(&flip.flow) }</code>{ verdict(flip.was) }<span class="arrow">{ "→" }</span>{ verdict(flip.now) }</li> }
}

fn file(file: &FileChange) -> Html {
    let more = file.lines.len().saturating_sub(LINES);
    html! {
        <section>
            <h3><code>{ &file.path }</code>{ " " }<span class="quiet">{ file.what }</span></h3>
            <ol class="lines">{ for file.lines.iter().take(LINES).map(line) }</ol>
            if more > 0 { <p class="quiet">{ format!("and {}", words::count(more, "more line")) }</p> }
        </section>
    }
}

fn line(line: &Line) -> Html {
    let (sign, said) = if line.came {
        ("+", "came: ")
    } else {
        ("−", "went: ")
    };
    html! {
        <li class={classes!(line.came.then_some("came"))}><span class="quiet">{ line.number }</span>
            <span aria-hidden="true">{ sign }</span><span class="sr">{ said }</span><code>{ &line.text }</code></li>
    }
}
