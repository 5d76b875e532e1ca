//! What changed since the baseline.

use std::{borrow::Borrow, rc::Rc, sync::Arc};

use serde::{Deserialize, Serialize};
use tierwalk_protocol::{Analysis, FlowRow, Verdict};

use super::Model;
use crate::shared::Shared;

#[cfg(test)]
mod tests;

/// The verdicts that flips are counted against, sorted by flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline(Rc<Vec<(String, Verdict)>>);

/// A flow whose verdict is another than in the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The flow as it is now.
    pub flow: Arc<FlowRow>,
    /// What happened to it in the baseline.
    pub was: Verdict,
    /// What happens now.
    pub now: Verdict,
}

/// The counts of the strip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Flows.
    pub flows: usize,
    /// Allowed ones.
    pub allow: usize,
    /// Denied ones.
    pub deny: usize,
    /// Lines that give no verdict.
    pub unread: usize,
    /// Flows that change if staged policies are enforced.
    pub pending: usize,
    /// Flows that were read and have an expected verdict.
    pub expected: usize,
    /// Of these, the ones that get another.
    pub unmet: usize,
}

/// What flipped, and the counts over all flows.
#[derive(Debug, Default)]
pub struct Flipped {
    /// Flows whose verdict is another, in file order.
    pub flips: Rc<Vec<Flip>>,
    /// Counts over all flows.
    pub counts: Counts,
    analysis: Shared<Analysis>,
    base: Option<Baseline>,
}

impl Flipped {
    /// As it is now.
    pub fn of(model: &Model) -> Self {
        Self {
            flips: Rc::new(model.flips()),
            counts: Counts::of(&model.analysis.flows),
            analysis: model.analysis.clone(),
            base: model.flip_base().cloned(),
        }
    }

    /// Whether it is of the same flows, against the same baseline.
    pub fn is_of(&self, model: &Model) -> bool {
        self.analysis == model.analysis && self.base.as_ref() == model.flip_base()
    }
}

impl Baseline {
    /// The verdicts as they are now.
    pub fn of(flows: &[impl Borrow<FlowRow>]) -> Self {
        let verdict = |flow: &FlowRow| Some((flow.id.clone(), flow.verdict?));
        let mut verdicts: Vec<_> = flows
            .iter()
            .filter_map(|flow| verdict(flow.borrow()))
            .collect();
        verdicts.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self(Rc::new(verdicts))
    }

    /// What this flow's verdict was, if it is another now.
    pub fn was(&self, flow: &FlowRow) -> Option<Verdict> {
        let at = self.0.binary_search_by(|(id, _)| id.cmp(&flow.id)).ok()?;
        let (_, was) = *self.0.get(at)?;
        (was != flow.verdict?).then_some(was)
    }

    /// Every flow that flipped, in file order.
    pub fn flips(&self, flows: &[Arc<FlowRow>]) -> Vec<Flip> {
        let flip = |flow: &Arc<FlowRow>| {
            Some(Flip {
                was: self.was(flow)?,
                now: flow.verdict?,
                flow: Arc::clone(flow),
            })
        };
        flows.iter().filter_map(flip).collect()
    }
}

impl Counts {
    /// Of these flows.
    pub fn of(flows: &[impl Borrow<FlowRow>]) -> Self {
        let count = |pred: &dyn Fn(&FlowRow) -> bool| {
            flows.iter().filter(|flow| pred((*flow).borrow())).count()
        };
        Self {
            flows: flows.len(),
            allow: count(&|flow| flow.verdict == Some(Verdict::Allow)),
            deny: count(&|flow| flow.verdict == Some(Verdict::Deny)),
            unread: count(&|flow| flow.verdict.is_none()),
            pending: count(&differs),
            expected: count(&|flow| flow.expected.is_some() && flow.verdict.is_some()),
            unmet: count(&unmet),
        }
    }
}

/// Whether staged policies would change this flow.
pub fn differs(flow: &FlowRow) -> bool {
    flow.pending.is_some() && flow.pending != flow.verdict
}

/// Whether this flow gets another verdict than expected.
pub fn unmet(flow: &FlowRow) -> bool {
    flow.expected.is_some() && flow.verdict.is_some() && flow.expected != flow.verdict
}
