//! Marks: shape and symbol in one glyph, drawn in the colour of the text. The word always follows.

use tierwalk_protocol::{Verdict, walk::Action};
use yew::prelude::*;

use crate::state::words;

/// A glyph of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Disc with a tick.
    Allow,
    /// Octagon with a cross.
    Deny,
    /// Arrow plate.
    Pass,
    /// Sheet.
    Log,
    /// Broken ring.
    Staged,
    /// Dash: does not apply.
    None,
    /// Ring: tried, no match.
    Tried,
    /// Arc: skipped.
    Skip,
    /// Tick: held.
    Yes,
    /// Cross: did not hold.
    No,
    /// Triangle: warning.
    Warn,
    /// Folded.
    More,
    /// Unfolded.
    Open,
    /// The product's own.
    Bars,
}

impl Mark {
    /// Its name in the sprite and in the style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::Pass => "pass",
            Self::Log => "log",
            Self::Staged => "staged",
            Self::None => "none",
            Self::Tried => "tried",
            Self::Skip => "skip",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Warn => "warn",
            Self::More => "more",
            Self::Open => "open",
            Self::Bars => "bars",
        }
    }
}

impl From<Action> for Mark {
    fn from(action: Action) -> Self {
        match action {
            Action::Allow => Self::Allow,
            Action::Deny => Self::Deny,
            Action::Pass => Self::Pass,
            Action::Log => Self::Log,
        }
    }
}

impl From<Verdict> for Mark {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allow => Self::Allow,
            Verdict::Deny => Self::Deny,
        }
    }
}

/// A mark of 14 px; `size` is `s10`, `s18` or empty.
pub fn mark(mark: Mark, size: &'static str) -> Html {
    html! {
        <svg class={classes!("m", mark.name(), size)} aria-hidden="true">
            <use href={format!("#m-{}", mark.name())} />
        </svg>
    }
}

/// Mark and word.
pub fn verdict(verdict: Verdict) -> Html {
    labelled(verdict.into(), words::verdict(verdict), "")
}

/// Mark and word, as large as a verdict gets.
pub fn large_verdict(verdict: Verdict) -> Html {
    let kind = Mark::from(verdict);
    html! { <span class={classes!("v", kind.name(), "lg")}>{ mark(kind, "s18") }{ words::verdict(verdict) }</span> }
}

/// A verdict that staged policies would give.
pub fn pending_verdict(verdict: Verdict) -> Html {
    labelled(verdict.into(), words::verdict(verdict), "pend")
}

/// Any mark with its word, in the mark's colour.
pub fn labelled(kind: Mark, text: &str, extra: &'static str) -> Html {
    html! { <span class={classes!("v", kind.name(), extra)}>{ mark(kind, "") }{ text }</span> }
}

/// A word in the colour of an action, where its mark stands elsewhere in the row.
pub fn action_word(action: Action) -> Html {
    html! { <span class={classes!("v", Mark::from(action).name())}>{ words::action(action) }</span> }
}

/// The drawings that [`mark`] uses, once per page.
#[component]
pub fn Sprite() -> Html {
    html! {
        <svg class="sprite" width="0" height="0" aria-hidden="true">
            { decisions() }
            { others() }
        </svg>
    }
}

fn decisions() -> Html {
    html! {
        <>
        { cut_out("allow", "M4.5 8.4l2.4 2.4 4.7-5.2", "1.9", html! { <circle cx="8" cy="8" r="7.4" mask="url(#k-allow)" fill="currentColor" /> }) }
        { cut_out("deny", "M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4", "1.9", html! { <path d="M4.9.5h6.2l4.4 4.4v6.2l-4.4 4.4H4.9L.5 11.1V4.9z" mask="url(#k-deny)" fill="currentColor" /> }) }
        { cut_out("pass", "M3.2 8h6M7 5.4L9.6 8 7 10.6", "1.8", html! { <path d="M.4 1.9h9.9L15.8 8l-5.5 6.1H.4z" mask="url(#k-pass)" fill="currentColor" /> }) }
        { cut_out("log", "M5 5.2h6M5 8h6M5 10.8h3.4", "1.6", html! { <path d="M2 .8h12v14.4H2z" mask="url(#k-log)" fill="currentColor" /> }) }
        <symbol id="m-staged" viewBox="0 0 16 16">
            <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.5" />
            <path d="M4.7 8h.01M8 8h.01M11.3 8h.01" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" />
        </symbol>
        </>
    }
}

/// A filled shape with a symbol cut out of it, so that it shows on any surface.
fn cut_out(name: &str, symbol: &'static str, width: &'static str, shape: Html) -> Html {
    html! {
        <>
        <mask id={format!("k-{name}")}>
            <rect width="16" height="16" fill="#fff" />
            <path d={symbol} fill="none" stroke="#000" stroke-width={width} stroke-linecap="round" stroke-linejoin="round" />
        </mask>
        <symbol id={format!("m-{name}")} viewBox="0 0 16 16">{ shape }</symbol>
        </>
    }
}

fn others() -> Html {
    html! {
        <>
        { line("none", "M4 8h8", "1.6") }
        <symbol id="m-tried" viewBox="0 0 16 16"><circle cx="8" cy="8" r="4.4" fill="none" stroke="currentColor" stroke-width="1.7" /></symbol>
        { line("skip", "M2 10.5c1.6-4.6 10.4-4.6 12 0M14 10.5l.2-3.4M14 10.5l-3.3-.7", "1.5") }
        { line("yes", "M3.4 8.6l3 3 6.2-7", "1.7") }
        { line("no", "M4 4l8 8M12 4l-8 8", "2.1") }
        { line("warn", "M8 2L15 14H1zM8 6.4v3.4M8 11.9h.01", "1.5") }
        { line("more", "M6 4l4 4-4 4", "1.5") }
        { line("open", "M4 6l4 4 4-4", "1.5") }
        <symbol id="m-bars" viewBox="0 0 18 16"><path d="M1 1h4v14H1zM7 1h4v9H7zM13 1h4v4h-4z" fill="currentColor" /></symbol>
        </>
    }
}

fn line(name: &str, path: &'static str, width: &'static str) -> Html {
    html! {
        <symbol id={format!("m-{name}")} viewBox="0 0 16 16">
            <path d={path} fill="none" stroke="currentColor" stroke-width={width} stroke-linecap="round" stroke-linejoin="round" />
        </symbol>
    }
}
