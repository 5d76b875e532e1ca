//! Colour in a terminal. Every colour stands beside a word that says the same.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};
use tierwalk_protocol::{Action, Verdict};

use crate::args::Color;

const ALLOW: Style = AnsiColor::Green.on_default().bold();
const DENY: Style = AnsiColor::Red.on_default().bold();
const PASS: Style = AnsiColor::Blue.on_default().bold();
const STAGED: Style = AnsiColor::Yellow.on_default();

/// Paints, or leaves plain.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    /// Whether to paint.
    pub on: bool,
}

impl Paint {
    /// As asked; by default if a person looks.
    pub fn new(color: Color, terminal: bool) -> Self {
        let on = match color {
            Color::Auto => terminal,
            Color::Always => true,
            Color::Never => false,
        };
        Self { on }
    }

    /// A verdict, in its colour.
    pub fn verdict(self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Allow => self.with(ALLOW, "Allow"),
            Verdict::Deny => self.with(DENY, "Deny"),
        }
    }

    /// An action, in its colour.
    pub fn action(self, action: Action) -> String {
        match action {
            Action::Allow => self.with(ALLOW, "Allow"),
            Action::Deny => self.with(DENY, "Deny"),
            Action::Pass => self.with(PASS, "Pass"),
            Action::Log => self.strong("Log"),
        }
    }

    /// Whether something held.
    pub fn mark(self, held: bool) -> &'static str {
        if held { "✓" } else { "✕" }
    }

    /// What matters.
    pub fn strong(self, text: impl Display) -> String {
        self.with(Style::new().bold(), text)
    }

    /// What matters less.
    pub fn quiet(self, text: impl Display) -> String {
        self.with(Style::new().dimmed(), text)
    }

    /// What is staged.
    pub fn staged(self, text: impl Display) -> String {
        self.with(STAGED, text)
    }

    /// What failed.
    pub fn bad(self, text: impl Display) -> String {
        self.with(DENY, text)
    }

    /// What went well.
    pub fn good(self, text: impl Display) -> String {
        self.with(ALLOW, text)
    }

    fn with(self, style: Style, text: impl Display) -> String {
        if self.on {
            format!("{style}{text}{style:#}")
        } else {
            text.to_string()
        }
    }
}
