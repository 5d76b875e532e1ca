//! The flows pane: how its table is arranged, what is being written below it, and what is expected.

mod compose;

use std::rc::Rc;

use tierwalk_protocol::{
    Analysis, Edit, Question, Verdict,
    compose::{Completion, Expected, FlowsAsked, FlowsReply, LineProblem, Lines},
};

use super::{
    Effect, EngineState, Focus, Model, Panel,
    flips::Baseline,
    flow_list::{Arrangement, Column, Filter, Group, Order},
    history::Change,
    text_edit, words,
};
use crate::shared::Shared;

#[cfg(test)]
mod tests;

/// What flips are counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// The pinned verdicts.
    #[default]
    Baseline,
    /// Before the last edit.
    LastEdit,
}

/// What the flows pane knows.
#[derive(Debug, Default)]
pub struct State {
    /// How the table is arranged.
    pub arrangement: Arrangement,
    /// The order that came of it.
    pub order: Option<Rc<Order>>,
    /// Which flows are listed.
    pub filter: Filter,
    /// What flips are counted from.
    pub since: Since,
    /// What was so before the last edit.
    pub before_edit: Option<Shared<Analysis>>,
    /// The verdicts of that, if they are looked at.
    pub edit_baseline: Option<Baseline>,
    /// The line that is being written.
    pub entry: Entry,
    /// All pairs that are about to be written.
    pub pairs: Pairs,
    /// What was asked last.
    asked: u32,
}

/// The line that is being written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its text.
    pub text: String,
    /// What may stand at its cursor.
    pub completion: Completion,
    /// Whether the choices are shown.
    pub open: bool,
    /// The one at hand.
    pub at: Option<usize>,
    /// Whether the first choice is to be taken once the choices for this line are here.
    pub awaits: bool,
    /// What is wrong with it.
    pub problem: Option<LineProblem>,
    /// Where the cursor is to go, and how often it was sent.
    pub cursor: (u32, u32),
}

/// All pairs of two namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Namespaces with how many pods each has.
    pub namespaces: Vec<(String, u32)>,
    /// Namespace of the sources.
    pub from: String,
    /// Namespace of the destinations.
    pub to: String,
    /// Protocol and port.
    pub port: String,
    /// Why there are none.
    pub problem: Option<String>,
}

/// What can happen in the flows pane.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The line is this now, with the cursor here.
    Write(String, u32),
    /// The choice below or above.
    Move(isize),
    /// Take a choice.
    Choose(usize),
    /// Hide the choices.
    Close,
    /// Add the line.
    Submit,
    /// Flows were pasted: lines or a table.
    Paste(String),
    /// Sort by a column; by the same one the other way round.
    Sort(Option<Column>),
    /// Group.
    Group(Option<Group>),
    /// Arrange again by what is so now.
    SortAgain,
    /// List what has this text.
    Find(String),
    /// List what has this verdict.
    Verdict(Option<Verdict>),
    /// List what flipped.
    Flipped(bool),
    /// List what does not meet what is expected.
    Unmet(bool),
    /// List all.
    ClearFilter,
    /// Count flips from here.
    Since(Since),
    /// Expect this of these flows; of all if none are named.
    Expect(Vec<String>, Expected),
    /// All pairs of this and that.
    Pairs(Pairs),
    /// Write all pairs.
    WritePairs,
}

impl Model {
    pub(super) fn update_flows(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Write(text, at) => return self.write(text, at),
            Msg::Move(by) => self.flows.entry.step(by),
            Msg::Choose(index) => return self.choose(index),
            Msg::Close => self.flows.entry.close(),
            Msg::Submit => return self.submit(),
            Msg::Paste(text) => return self.read_flows(text),
            Msg::Sort(column) => self.sort(column),
            Msg::Group(group) => {
                self.flows.arrangement.group = group;
                self.arrange();
            }
            Msg::SortAgain => self.arrange(),
            Msg::Find(text) => self.flows.filter.text = text,
            Msg::Verdict(verdict) => self.flows.filter.verdict = verdict,
            Msg::Flipped(flipped) => self.flows.filter.flipped = flipped,
            Msg::Unmet(unmet) => self.flows.filter.unmet = unmet,
            Msg::ClearFilter => self.flows.filter = Filter::default(),
            Msg::Since(since) => self.since(since),
            Msg::Expect(flows, expected) => {
                return vec![self.ask_flows(FlowsAsked::Expect { flows, expected })];
            }
            Msg::Pairs(pairs) => self.flows.pairs = pairs,
            Msg::WritePairs => {
                let Pairs { from, to, port, .. } = self.flows.pairs.clone();
                return vec![self.ask_flows(FlowsAsked::Pairs { from, to, port })];
            }
        }
        Vec::new()
    }

    /// Asks for what the panel of all pairs needs to know.
    pub(super) fn flows_panel_opened(&mut self) -> Vec<Effect> {
        self.flows.pairs.problem = None;
        let asks = self.panel == Some(Panel::MoreFlows);
        let ask = asks.then(|| self.ask_flows(FlowsAsked::Namespaces));
        ask.into_iter().collect()
    }

    /// To the field that filters the table.
    pub(super) fn filter_flows(&mut self) -> Vec<Effect> {
        self.folded = self.drawer_folded().then_some(false).or(self.folded);
        vec![Effect::Focus(Focus::FlowFilter)]
    }

    /// Remembers how things were, for what flips with the last edit.
    pub(super) fn edit_begins(&mut self) {
        self.flows.before_edit = Some(self.analysis.clone());
        self.flows.edit_baseline = None;
        if self.flows.since == Since::LastEdit {
            self.since(Since::LastEdit);
        }
    }

    /// The verdicts that flips are counted against.
    pub fn flip_base(&self) -> Option<&Baseline> {
        match self.flows.since {
            Since::Baseline => self.baseline.as_ref(),
            Since::LastEdit => self.flows.edit_baseline.as_ref(),
        }
    }

    fn since(&mut self, since: Since) {
        self.flows.since = since;
        if since == Since::LastEdit {
            let before = self.flows.before_edit.as_ref().unwrap_or(&self.analysis);
            self.flows.edit_baseline = Some(Baseline::of(&before.flows));
        }
    }

    fn sort(&mut self, column: Option<Column>) {
        let now = self.flows.arrangement.sort;
        self.flows.arrangement.sort = column.map(|column| (column, now == Some((column, false))));
        self.arrange();
    }

    fn arrange(&mut self) {
        self.flows.order = Order::of(&self.analysis.flows, self.flows.arrangement);
    }

    fn ask_flows(&mut self, asked: FlowsAsked) -> Effect {
        let effect = self.ask(Question::Flows(asked));
        self.flows.asked = self.questions;
        effect
    }

    /// What the engine says. Of completions only the one that was asked for last counts.
    pub(super) fn flows_replied(&mut self, id: u32, reply: FlowsReply) -> Vec<Effect> {
        match reply {
            FlowsReply::Completion(completion) => {
                if id == self.flows.asked && completion.line == self.flows.entry.text {
                    return self.completed(completion);
                }
                Vec::new()
            }
            FlowsReply::Lines(lines) => self.lines_read(lines),
            FlowsReply::Namespaces(namespaces) => {
                self.namespaces_came(namespaces);
                Vec::new()
            }
            FlowsReply::Pairs(pairs) => self.pairs_came(pairs),
            FlowsReply::Edits(edits) => self.expect(&edits),
        }
    }

    /// Edits of an older text would land in the wrong place.
    fn expect(&mut self, edits: &[Edit]) -> Vec<Effect> {
        if !self.fresh || edits.is_empty() {
            return Vec::new();
        }
        match text_edit::apply(&self.files, edits) {
            Some(files) => {
                self.panel = None;
                self.change(files, Change::Structure)
            }
            None => Vec::new(),
        }
    }

    fn namespaces_came(&mut self, namespaces: Vec<(String, u32)>) {
        let pairs = &mut self.flows.pairs;
        let first = namespaces.iter().max_by_key(|(_, pods)| *pods);
        let first = first.map(|(name, _)| name.clone()).unwrap_or_default();
        for end in [&mut pairs.from, &mut pairs.to] {
            if !namespaces.iter().any(|(name, _)| name == end) {
                first.clone_into(end);
            }
        }
        if pairs.port.is_empty() {
            "tcp/8080".clone_into(&mut pairs.port);
        }
        pairs.namespaces = namespaces;
    }

    fn pairs_came(&mut self, lines: Result<Vec<String>, String>) -> Vec<Effect> {
        let pairs = &mut self.flows.pairs;
        let lines = match lines {
            Ok(lines) => lines,
            Err(problem) => {
                pairs.problem = Some(problem);
                return Vec::new();
            }
        };
        let name = if pairs.from == pairs.to {
            pairs.from.clone()
        } else {
            format!("{}-to-{}", pairs.from, pairs.to)
        };
        let head = format!(
            "# from every pod of {} to every pod of {}\nflows:\n",
            pairs.from, pairs.to
        );
        let path = self.files.free_path(&format!("flows/{name}-pairs.yaml"));
        let items = lines.iter().map(|line| format!("- {line}\n"));
        let text = items.fold(head, |text, item| text + &item);
        self.panel = None;
        self.notice = Some(format!(
            "{} written to `{path}`.",
            words::count(lines.len(), "flow")
        ));
        self.change(self.files.with(&path, text), Change::Structure)
    }

    fn lines_read(&mut self, lines: Lines) -> Vec<Effect> {
        let written = &mut self.flows.entry;
        let typed = lines.lines.len() == 1
            && lines
                .lines
                .first()
                .is_some_and(|line| line == written.text.trim());
        if typed && let Some(problem) = lines.problems.into_iter().next() {
            written.problem = Some(problem);
            return vec![Effect::Focus(Focus::Entry)];
        } else if typed {
            written.clear();
        }
        self.add_flows(&lines.lines)
    }

    /// Adds lines or a table. Without an engine to read them, lines are added as they are.
    pub(super) fn read_flows(&mut self, text: String) -> Vec<Effect> {
        if self.engine == EngineState::Ready {
            return vec![self.ask_flows(FlowsAsked::Read(text))];
        }
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        self.flows.entry.clear();
        self.add_flows(&lines)
    }
}
