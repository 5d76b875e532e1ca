//! The evaluator's walks in the words of the protocol, with the place of everything.

mod hits;
mod reason;
mod steps;

use tierwalk_protocol as protocol;
use tierwalk_protocol::Reason;
use tierwalk_tiers::{Flow, FlowError, SideWalk, Verdict, Walk};

use crate::Workspace;

pub(crate) use hits::policy_ref;
pub(crate) use reason::plain;

/// How much of a walk is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Verdicts and hits; no steps, no sentence.
    Hits,
    /// What a page can show: the nearest rules of each policy.
    Page,
    /// Everything.
    Full,
}

impl Workspace {
    /// Walks a flow, whether or not a file lists it.
    ///
    /// # Errors
    /// If an end is unknown or the ends do not fit together.
    pub fn trace(&self, flow: &Flow, detail: Detail) -> Result<protocol::Walk, FlowError> {
        let walk = self.compiled.engine.walk(flow)?;
        Ok(self.told(&walk, detail))
    }

    /// A walk in the words of the protocol.
    pub(crate) fn told(&self, walk: &Walk, detail: Detail) -> protocol::Walk {
        protocol::Walk {
            verdict: verdict(walk.verdict),
            pending_verdict: verdict(walk.pending_verdict),
            egress: walk
                .egress
                .as_ref()
                .map(|side| self.side(walk, side, detail)),
            ingress: walk
                .ingress
                .as_ref()
                .map(|side| self.side(walk, side, detail)),
            reason: match detail {
                Detail::Hits => Reason::default(),
                Detail::Page | Detail::Full => self.reason(walk),
            },
        }
    }

    fn side(&self, walk: &Walk, side: &SideWalk, detail: Detail) -> protocol::Side {
        let engine = &self.compiled.engine;
        let strings = side.enforced.iter().enumerate();
        protocol::Side {
            endpoint: engine.endpoint_name(side.endpoint),
            verdict: verdict(side.verdict),
            pending_verdict: verdict(side.pending_verdict),
            reached: side.reached,
            enforced: hits::told(engine, &side.enforced),
            pending: hits::told(engine, &side.pending),
            enforced_strings: strings
                .map(|(position, hit)| hit.text(engine, position))
                .collect(),
            steps: match detail {
                Detail::Hits => Vec::new(),
                Detail::Page | Detail::Full => steps::told(self, walk, side, detail),
            },
        }
    }
}

/// A verdict in the words of the protocol.
pub(crate) fn verdict(verdict: Verdict) -> protocol::Verdict {
    match verdict {
        Verdict::Allow => protocol::Verdict::Allow,
        Verdict::Deny => protocol::Verdict::Deny,
    }
}
