//! The matrix: what is known of all pairs for one port, and the pair at hand.

mod axis;
mod csv;
mod table;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, rc::Rc, sync::Arc};

use tierwalk_protocol::{FlowRow, Matrix, MatrixAsked, Pair, Question};

use super::{Effect, Focus, Model, model::Shown};
use crate::shared::Shared;

pub use axis::{Axis, Line, What};
pub use table::{Cell, Counts, Summary, Table, name};

/// What is known of the matrix and how it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The protocol and port that were chosen; empty for the one that flows use most.
    pub service: String,
    /// What the engine said last.
    pub table: Option<Shared<Table>>,
    /// Only sources with this in their names.
    pub from: String,
    /// Only destinations with this in their names.
    pub to: String,
    /// Groups that are folded.
    pub folded: Rc<BTreeSet<String>>,
    /// The line and the column at hand, by their keys.
    pub at: Option<(Rc<str>, Rc<str>)>,
    /// The pair whose walk is shown in place of a flow's.
    pub pair: Option<Arc<FlowRow>>,
    /// The question for rows that is open.
    asked: u32,
    /// The question for a pair that is open.
    asked_pair: u32,
}

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// Another protocol and port.
    Service(String),
    /// Only some sources.
    From(String),
    /// Only some destinations.
    To(String),
    /// Fold or unfold a group.
    Fold(String),
    /// Fold or unfold a group, and leave the focus at it.
    FoldByKey(String),
    /// A cell came to hand, by its line and column.
    At(Rc<str>, Rc<str>),
    /// Walk from one end to another, given as flow lines name them.
    Walk(String, String),
    /// Add the pair at hand to the flows.
    AddFlow,
    /// Download what is shown.
    Csv,
}

impl State {
    fn fold(&mut self, group: String) {
        let folded = Rc::make_mut(&mut self.folded);
        if !folded.remove(&group) {
            folded.insert(group);
        }
    }

    /// Shows no pair in place of a flow any more; says whether it did.
    pub(super) fn forget_pair(&mut self) -> bool {
        self.asked_pair = 0;
        self.pair.take().is_some()
    }
}

impl Model {
    pub(super) fn update_matrix(&mut self, msg: Msg) -> Vec<Effect> {
        let matrix = &mut self.matrix;
        match msg {
            Msg::Service(service) => {
                matrix.service = service;
                return self.ask_matrix();
            }
            Msg::From(text) => matrix.from = text,
            Msg::To(text) => matrix.to = text,
            Msg::Fold(group) => matrix.fold(group),
            Msg::FoldByKey(group) => {
                matrix.fold(group);
                return vec![Effect::Focus(Focus::Cell)];
            }
            Msg::At(line, column) => {
                matrix.at = Some((line, column));
                return vec![Effect::Focus(Focus::Cell)];
            }
            Msg::Walk(from, to) => return self.walk_pair(&from, &to),
            Msg::AddFlow => return self.add_pair(),
            Msg::Csv => return self.matrix_csv(),
        }
        Vec::new()
    }

    /// Asks for the rows from the first one on.
    pub(super) fn ask_matrix(&mut self) -> Vec<Effect> {
        let question = Question::Matrix(MatrixAsked {
            service: self.matrix.service.clone(),
            first: 0,
        });
        let effect = self.ask(question);
        self.matrix.asked = self.questions;
        vec![effect]
    }

    /// What was asked is asked again after an edit.
    pub(super) fn refresh_matrix(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.shows_matrix() {
            effects.extend(self.ask_matrix());
        }
        if let Some(pair) = &self.matrix.pair {
            let line = pair.id.clone();
            effects.push(self.ask_pair(line));
        }
        effects
    }

    /// Rows came; the next ones are asked for.
    pub(super) fn rows_came(&mut self, id: u32, rows: Matrix) -> Vec<Effect> {
        if id != self.matrix.asked || !self.shows_matrix() {
            return Vec::new();
        }
        let before = self.matrix.table.as_deref();
        let table = Table::with(before, rows);
        let next = table.next().map(|first| MatrixAsked {
            service: table.service.clone(),
            first,
        });
        self.matrix.table = Some(Shared::from(table));
        let Some(next) = next else {
            return Vec::new();
        };
        let effect = self.ask(Question::Matrix(next));
        self.matrix.asked = self.questions;
        vec![effect]
    }

    fn walk_pair(&mut self, from: &str, to: &str) -> Vec<Effect> {
        self.details.shown = false;
        let Some(table) = &self.matrix.table else {
            return Vec::new();
        };
        let line = format!("{from} -> {to} {}", table.service);
        vec![self.ask_pair(line)]
    }

    fn ask_pair(&mut self, line: String) -> Effect {
        let effect = self.ask(Question::Pair(line));
        self.matrix.asked_pair = self.questions;
        effect
    }

    /// The walk of a pair came: it is shown until a flow is chosen.
    pub(super) fn pair_came(&mut self, id: u32, pair: Pair) {
        if id != self.matrix.asked_pair {
            return;
        }
        let flow = pair.flow.id.clone();
        let before = self.matrix.pair.take();
        let again =
            before.is_some_and(|before| before.id == flow && before.verdict == pair.flow.verdict);
        self.matrix.pair = Some(Arc::new(pair.flow));
        self.shown = Some(Shown {
            flow,
            walk: pair.walk.map(|walk| Shared::from(*walk)),
        });
        if !again {
            self.look_at_decision();
        }
    }

    fn add_pair(&mut self) -> Vec<Effect> {
        let Some(pair) = self.matrix.pair.take() else {
            return Vec::new();
        };
        self.matrix.asked_pair = 0;
        self.flow = Some(pair.id.clone());
        self.add_flows(std::slice::from_ref(&pair.id))
    }

    fn matrix_csv(&mut self) -> Vec<Effect> {
        let Some(table) = self
            .matrix
            .table
            .as_deref()
            .filter(|table| table.is_complete())
        else {
            return Vec::new();
        };
        let text = csv::text(table, &self.matrix.from, &self.matrix.to);
        let name = format!(
            "{}-{}.csv",
            self.name,
            table.service.replace(['/', ' '], "-")
        );
        vec![Effect::HandOut {
            name,
            kind: "text/csv",
            text,
        }]
    }
}
