//! What the engine says.

use std::{rc::Rc, sync::Arc};

use tierwalk_protocol::{Analysis, FlowRow, Verdict, Walk};

use super::{Effect, EngineState, Model, flips::Baseline, model::Shown, walk_rows};
use crate::{
    engine::{Event, Stop},
    shared::Shared,
};

impl Model {
    pub(super) fn heard(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Ready => {
                self.engine = EngineState::Ready;
                Vec::new()
            }
            Event::Analysis { revision, analysis } => self.analysed(revision, analysis),
            Event::Walk { flow, walk, .. } => {
                self.walked(flow, walk.map(Shared::from));
                let mut effects = self.check_after_walk();
                effects.extend(self.suggest_soon());
                effects
            }
            Event::Reply { id, reply } => {
                let reply = reply.map(|reply| self.replied(id, *reply));
                reply.unwrap_or_default()
            }
            Event::Stopped { why, retried, .. } => {
                self.engine = match why {
                    Stop::TimedOut => EngineState::Stopped,
                    Stop::Died(_) if retried => EngineState::Loading,
                    Stop::Died(why) => EngineState::Died(why),
                };
                Vec::new()
            }
            Event::Outdated => {
                self.engine = EngineState::Outdated;
                Vec::new()
            }
        }
    }

    /// How the engine is, as long as nothing came from it that could be shown.
    pub fn silence(&self) -> Option<EngineState> {
        let is_silent = self.analysis.board.tiers.is_empty();
        is_silent.then(|| self.engine.clone())
    }

    /// An engine that was lost is started by whatever it is told next.
    pub(super) fn restart(&mut self) -> Vec<Effect> {
        if self.engine == EngineState::Outdated {
            return vec![Effect::Save, Effect::Reload];
        }
        self.engine = EngineState::Loading;
        self.fresh = false;
        vec![Effect::TellAll]
    }

    fn analysed(&mut self, revision: u32, analysis: Rc<Analysis>) -> Vec<Effect> {
        self.engine = EngineState::Ready;
        self.fresh = revision >= self.asked;
        self.late &= !self.fresh;
        let before = std::mem::replace(&mut self.analysis, Shared::from(analysis));
        let first = self.baseline.is_none() && !self.analysis.flows.is_empty();
        if first {
            self.baseline = Some(Baseline::of(&self.analysis.flows));
        }
        let mut effects = self.keep_flow(&before);
        self.walked_with_analysis();
        self.turn_at_first();
        effects.extend(self.fill_what_waits());
        self.checks.engine = Some(self.analysis.clone());
        self.merge_findings();
        effects.extend(self.check());
        effects.extend(self.refresh_matrix());
        effects.extend(self.suggest_soon());
        if self.fresh {
            effects.extend(self.keep());
        }
        effects.extend(self.focus_on_moved());
        effects.extend(self.ask_labelled());
        if self.fresh {
            effects.extend(self.ask_selected_again());
            effects.extend(self.refresh_form());
        }
        effects
    }

    /// The chosen flow may be gone: take the one that stands in its place, or the first denied one.
    fn keep_flow(&mut self, before: &Analysis) -> Vec<Effect> {
        if self
            .flow
            .as_ref()
            .is_some_and(|flow| self.row(flow).is_some())
        {
            return self.row_without_walk();
        }
        let old = self
            .flow
            .as_ref()
            .and_then(|id| before.flows.iter().find(|flow| flow.id == *id));
        let here = |old: &Arc<FlowRow>| {
            let mut flows = self.analysis.flows.iter();
            flows
                .find(|flow| flow.place.file == old.place.file && flow.place.line == old.place.line)
        };
        let flows = &self.analysis.flows;
        let denied = || {
            flows
                .iter()
                .find(|flow| flow.verdict == Some(Verdict::Deny))
        };
        let next = old.and_then(here).or_else(denied).or_else(|| flows.first());
        self.flow = next.map(|flow| flow.id.clone());
        self.led_to = None;
        match &self.flow {
            Some(flow) => vec![Effect::AskWalk(flow.clone())],
            None => {
                self.shown = None;
                Vec::new()
            }
        }
    }

    /// A flow that cannot be read any more has no walk.
    fn row_without_walk(&mut self) -> Vec<Effect> {
        let flow = self.flow.clone().unwrap_or_default();
        if self.analysis.walk_of.as_ref() == Some(&flow) && self.analysis.walk.is_none() {
            self.walked(flow, None);
        } else if self.analysis.walk_of.as_ref() != Some(&flow) {
            return vec![Effect::AskWalk(flow)];
        }
        Vec::new()
    }

    /// A walk that is as it was stays the same one, so that nothing is drawn again for it.
    fn walked_with_analysis(&mut self) {
        let analysis = self.analysis.clone();
        let Some((flow, walk)) = analysis.walk_of.as_ref().zip(analysis.walk.as_ref()) else {
            return;
        };
        let same = |known: &&Shared<Walk>| ***known == *walk;
        let shown = self.shown.as_ref().filter(|shown| shown.flow == *flow);
        let known = shown.and_then(|shown| shown.walk.as_ref()).filter(same);
        let walk = known.cloned().unwrap_or_else(|| Shared::from(walk.clone()));
        self.walked(flow.clone(), Some(walk));
    }

    fn walked(&mut self, flow: String, walk: Option<Shared<Walk>>) {
        if self.flow.as_ref() != Some(&flow) || self.matrix.pair.is_some() {
            return;
        }
        let same = self
            .shown
            .as_ref()
            .is_some_and(|shown| shown.flow == flow && shown.walk.is_some());
        let verdict = |shown: &Shown| shown.walk.as_ref().map(|walk| walk.verdict);
        let before = self.shown.as_ref().and_then(verdict);
        let flipped = before != walk.as_ref().map(|walk| walk.verdict);
        self.shown = Some(Shown { flow, walk });
        if !same || flipped {
            self.look_at_decision();
        }
        self.follow_link();
        self.step = self.step.min(self.rows().len().saturating_sub(1));
    }

    /// Turns to the step that a link leads to.
    fn follow_link(&mut self) {
        let Some((direction, step)) = self.led_to.take() else {
            return;
        };
        let side = self
            .walk()
            .and_then(|walk| walk_rows::side(walk, direction));
        if side.is_some() {
            self.direction = direction;
            self.step = step as usize;
        }
    }

    /// Turns to the end that decided, and to the row that did.
    pub(super) fn look_at_decision(&mut self) {
        if let Some(walk) = self.walk() {
            self.direction = walk_rows::deciding_side(walk);
        }
        self.toggled.clear();
        self.step = walk_rows::decisive(&self.rows());
    }
}
