//! Marks: shape and symbol in one glyph, drawn in the colour of the text. The word always follows.

use tierwalk_protocol::{Verdict, walk::Action};
use yew::prelude::*;

use crate::{assets::MARKS, state::words};

/// A glyph of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Disc with a tick.
    Allow,
    /// Octagon with a cross.
    Deny,
    /// Octagon with a cross, not filled: where most are Deny.
    DenyOpen,
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
            Self::DenyOpen => "deny-open",
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

/// The drawings that [`mark`] uses, once per page. Filled shapes have their symbol cut out, so that it
/// shows on any surface.
#[component]
pub fn Sprite() -> Html {
    Html::from_html_unchecked(AttrValue::Static(MARKS))
}
