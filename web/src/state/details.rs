//! What there is to say about the chosen policy: the endpoints that it selects, the flows at them, and its problems.

use std::sync::Arc;

use tierwalk_protocol::{
    BrokenPolicy, Diagnostic, EndLabel, FlowRow, PolicyCard, PolicyRef, Question, Selected,
};

use super::{Effect, Focus, Model, Width, board_view, files::Files};
use crate::shared::Shared;

#[cfg(test)]
mod tests;

/// So many flows are listed.
const MOST_FLOWS: usize = 12;

/// What the page knows of the chosen policy.
#[derive(Debug, Default)]
pub struct State {
    /// It is shown in place of the walk.
    pub shown: bool,
    /// The endpoints that it selects.
    pub selected: Option<Shared<Selected>>,
}

/// The chosen policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Which it is.
    pub policy: PolicyRef,
    /// What it is on the board.
    pub what: What,
    /// The endpoints that it selects, once they are known.
    pub selected: Option<Shared<Selected>>,
    /// The flows at these endpoints.
    pub flows: Flows,
    /// What is wrong or doubtful in its text.
    pub problems: Vec<Diagnostic>,
}

/// What a policy is on the board.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It is evaluated, in this tier.
    Card(Box<PolicyCard>, String),
    /// It has an error and is left out.
    Broken(Box<BrokenPolicy>),
}

/// Flows whose ends a policy selects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flows {
    /// How many have such a source.
    pub from: usize,
    /// How many have such a destination.
    pub to: usize,
    /// How many have either.
    pub either: usize,
    /// How many flows there are.
    pub all: usize,
    /// The first of them.
    pub listed: Vec<Arc<FlowRow>>,
}

/// Whether this end of a flow is one of the selected endpoints.
pub fn selects(selected: &Selected, end: &EndLabel) -> bool {
    let key = |end: &EndLabel| {
        let EndLabel { namespace, name } = end.clone();
        (namespace.is_empty(), namespace, name)
    };
    let (wanted, endpoints) = (key(end), &selected.endpoints);
    let found = endpoints.binary_search_by(|endpoint| key(endpoint).cmp(&wanted));
    found.is_ok()
}

impl Model {
    /// A policy was chosen: unless a form is shown, what there is to say about it is.
    pub(super) fn show_details(&mut self) -> Option<Effect> {
        let is_form = self.shows_form() || self.shows_object();
        self.details.shown = self.width != Width::Narrow && !is_form;
        let policy = self.policy.clone()?;
        Some(self.ask(Question::Selected(policy)))
    }

    pub(super) fn turn_to_policy(&mut self) -> Vec<Effect> {
        self.details.shown = true;
        self.templates.form = false;
        self.objects.form.shown = false;
        let mut effects = vec![Effect::Focus(Focus::Side)];
        effects.extend(self.ask_selected());
        effects
    }

    /// Another policy may be at hand.
    pub(super) fn ask_selected(&mut self) -> Option<Effect> {
        let known = self.details.selected.as_ref().map(|it| &it.policy);
        if known == self.policy.as_ref() {
            return None;
        }
        self.ask_selected_again()
    }

    /// What a policy selects may change with every edit.
    pub(super) fn ask_selected_again(&mut self) -> Option<Effect> {
        let policy = self.policy.clone().filter(|_| self.is_highlighting())?;
        Some(self.ask(Question::Selected(policy)))
    }

    fn is_highlighting(&self) -> bool {
        self.details.shown || self.width == Width::Narrow
    }

    /// The endpoints of the chosen policy, where they are to be seen.
    pub fn highlighted(&self) -> Option<&Shared<Selected>> {
        let selected = self.details.selected.as_ref()?;
        let is_it = self.policy.as_ref() == Some(&selected.policy) && self.is_highlighting();
        is_it.then_some(selected)
    }

    /// What there is to say about the chosen policy, if that is to be seen.
    pub fn details(&self) -> Option<Details> {
        let policy = self.policy.clone().filter(|_| self.is_highlighting())?;
        let board = &self.analysis.board;
        let what = match board_view::card(board, &policy) {
            Some((tier, card)) => What::Card(Box::new(card.clone()), tier.name.clone()),
            None => What::Broken(Box::new(board_view::broken(board, &policy)?.clone())),
        };
        let selected = self.highlighted().cloned();
        let flows = selected.as_ref().map(|selected| self.flows_at(selected));
        Some(Details {
            what,
            selected,
            flows: flows.unwrap_or_default(),
            problems: self.problems_of(&policy),
            policy,
        })
    }

    fn flows_at(&self, selected: &Selected) -> Flows {
        let mut flows = Flows {
            all: self.analysis.flows.len(),
            ..Flows::default()
        };
        for row in &self.analysis.flows {
            let (from, to) = (selects(selected, &row.from), selects(selected, &row.to));
            flows.from += usize::from(from);
            flows.to += usize::from(to);
            flows.either += usize::from(from || to);
            if (from || to) && flows.listed.len() < MOST_FLOWS {
                flows.listed.push(Arc::clone(row));
            }
        }
        flows
    }

    fn problems_of(&self, policy: &PolicyRef) -> Vec<Diagnostic> {
        let Some((file, first, last)) = self.lines_of(policy) else {
            return Vec::new();
        };
        let problems = self.analysis.diagnostics.iter().filter(|problem| {
            let place = &problem.place;
            place.file == file && (first..=last).contains(&place.line)
        });
        problems.cloned().collect()
    }

    /// The lines of the open file that are the text of the policy that is shown.
    pub fn highlighted_lines(&self) -> Option<(u32, u32)> {
        let policy = self.policy.as_ref().filter(|_| self.details.shown)?;
        let (file, first, last) = self.lines_of(policy)?;
        (*file == *self.open).then_some((first, last))
    }

    fn lines_of(&self, policy: &PolicyRef) -> Option<(String, u32, u32)> {
        let place = board_view::place(&self.analysis.board, policy)?;
        let (first, last) = document(&self.files, &place.file, place.line)?;
        Some((place.file, first, last))
    }
}

/// First and last line of the document that a line is in; empty lines around it are not of it.
fn document(files: &Files, file: &str, line: u32) -> Option<(u32, u32)> {
    let text = files.text(file)?;
    let (mut first, mut last) = (None, 1);
    for (number, text) in (1..).zip(text.lines()) {
        if text.starts_with("---") {
            if number >= line {
                break;
            }
            first = None;
        } else if !text.trim().is_empty() {
            first = first.or(Some(number));
            last = number;
        }
    }
    first.map(|first| (first, last))
}
