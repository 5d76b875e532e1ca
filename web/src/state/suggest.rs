//! What would change the verdict that is shown: asked when the text rests, previewed, applied.

use tierwalk_protocol::{Question, SuggestAsked, Suggestion, Suggestions};

use super::{Effect, Focus, Model, files::Files, history::Change, text_edit};

#[cfg(test)]
mod tests;

/// Suggestions that show unasked.
pub const SHOWN: usize = 2;

/// Checks that take longer for the text as it stands are not asked about edits of it, in milliseconds.
const QUICK_MS: f64 = 4000.0;

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The text has rested: ask.
    Rested,
    /// Show all suggestions, or the first ones.
    All(bool),
    /// Show what a suggestion changes, or nothing.
    Preview(Option<usize>),
    /// Make its edits.
    Apply(usize),
}

/// What is known.
#[derive(Debug, Default)]
pub struct State {
    /// What was asked last.
    asked: Option<Asked>,
    /// What came of it.
    found: Option<Suggestions>,
    /// The checks that each of them would break, once the checker has said so.
    broken: Option<Vec<Vec<String>>>,
    all: bool,
    preview: Option<usize>,
}

/// A question, and what it was about.
#[derive(Debug)]
struct Asked {
    id: u32,
    flow: String,
    files: Files,
    cluster: Option<String>,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The suggestions.
    pub found: Suggestions,
    /// The checks that each of them would break, as far as that is known.
    pub broken: Vec<Vec<String>>,
    /// Whether they are about the text as it stands; else they wait for the next ones.
    pub usable: bool,
    /// All are shown.
    pub all: bool,
    /// The one whose changes are shown.
    pub preview: Option<usize>,
}

impl Model {
    pub(super) fn update_suggest(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Rested => return self.ask_for_suggestions(),
            Msg::All(all) => {
                self.suggest.all = all;
                self.suggest.preview = None;
            }
            Msg::Preview(index) => self.preview(index),
            Msg::Apply(index) => return self.apply_suggestion(index),
        }
        Vec::new()
    }

    /// The suggestions about the flow that is shown.
    pub fn suggestions(&self) -> Option<View> {
        let State {
            found,
            broken,
            all,
            preview,
            ..
        } = &self.suggest;
        let found = found
            .clone()
            .filter(|it| Some(&it.flow) == self.shown_flow())?;
        let usable = self.is_asked();
        Some(View {
            usable,
            all: *all,
            preview: preview.filter(|_| usable),
            broken: broken.clone().unwrap_or_default(),
            found,
        })
    }

    /// The effect that asks as soon as the text rests, if that is not known yet.
    pub(super) fn suggest_soon(&self) -> Option<Effect> {
        let pair = self.matrix.pair.as_ref().map(|pair| &pair.id);
        let is_chosen = pair.or(self.flow.as_ref()) == self.shown_flow();
        let wanted = self.fresh && is_chosen && self.walk().is_some() && !self.is_asked();
        wanted.then_some(Effect::Rest)
    }

    pub(super) fn suggested(&mut self, id: u32, suggestions: Suggestions) -> Vec<Effect> {
        if self.suggest.asked.as_ref().is_some_and(|it| it.id == id) {
            self.suggest.found = Some(suggestions);
            self.suggest.broken = None;
            self.suggest.preview = None;
            return self.try_suggestions().into_iter().collect();
        }
        self.suggest_soon().into_iter().collect()
    }

    /// The effect that asks which checks the suggestions would break, once the checks are known for the text as it
    /// stands and answer quickly.
    pub(super) fn try_suggestions(&self) -> Option<Effect> {
        let report = self.checks.report.as_ref()?;
        let quick = report.took <= QUICK_MS && self.checks_are_fresh();
        let state = &self.suggest;
        let (asked, found) = (state.asked.as_ref()?, state.found.as_ref()?);
        if !quick || !self.is_asked() || found.flow != asked.flow || state.broken.is_some() {
            return None;
        }
        let tries = found.list.iter().map(|suggestion| {
            let files = text_edit::apply(&self.files, &suggestion.edits);
            files.map_or_else(Vec::new, |files| self.files.difference(&files).changed)
        });
        Some(Effect::TryEdits(asked.id, tries.collect()))
    }

    pub(super) fn suggestions_tried(&mut self, number: u32, broken: Vec<Vec<String>>) {
        if self
            .suggest
            .asked
            .as_ref()
            .is_some_and(|it| it.id == number)
        {
            self.suggest.broken = Some(broken);
        }
    }

    fn shown_flow(&self) -> Option<&String> {
        self.shown.as_ref().map(|shown| &shown.flow)
    }

    /// Whether what is shown was asked about, with the text as it stands.
    fn is_asked(&self) -> bool {
        let asked = self.suggest.asked.as_ref();
        asked.is_some_and(|asked| {
            Some(&asked.flow) == self.shown_flow()
                && asked.files == self.files
                && asked.cluster == self.looked_at().cluster
        })
    }

    fn ask_for_suggestions(&mut self) -> Vec<Effect> {
        if self.suggest_soon().is_none() {
            return Vec::new();
        }
        let Some(flow) = self.shown_flow().cloned() else {
            return Vec::new();
        };
        let is_other = self.suggest.found.as_ref().is_none_or(|it| it.flow != flow);
        if is_other {
            self.suggest.all = false;
        }
        let effect = self.ask(Question::Suggest(SuggestAsked { flow: flow.clone() }));
        self.suggest.asked = Some(Asked {
            id: self.questions,
            flow,
            files: self.files.clone(),
            cluster: self.looked_at().cluster,
        });
        vec![effect]
    }

    fn suggestion(&self, index: usize) -> Option<Suggestion> {
        let view = self.suggestions().filter(|view| view.usable)?;
        view.found.list.get(index).cloned()
    }

    /// The editor shows the place; the focus stays.
    fn preview(&mut self, index: Option<usize>) {
        self.suggest.preview = index;
        let place = index.and_then(|index| self.suggestion(index));
        if let Some(suggestion) = place {
            let pane = self.pane;
            self.reveal(&suggestion.place, false);
            self.pane = pane;
        }
    }

    fn apply_suggestion(&mut self, index: usize) -> Vec<Effect> {
        let Some(suggestion) = self.suggestion(index) else {
            return Vec::new();
        };
        let pane = self.pane;
        self.reveal(&suggestion.place, false);
        self.pane = pane;
        self.suggest.preview = None;
        let Some(files) = text_edit::apply(&self.files, &suggestion.edits) else {
            return Vec::new();
        };
        let mut effects = self.change(files, Change::Structure);
        effects.push(Effect::Focus(Focus::Step));
        effects
    }
}
