use tierwalk_resources::model::{Action, TierAction};

use crate::engine::{PolicyIndex, TierIndex};
use crate::hit::{Hit, HitBy};

use super::{TierOutcome, Verdict};

/// One way to read the policies: as enforced, or with staged ones taken as enforced.
pub(super) struct Reading {
    takes_staged: bool,
    /// What is decided, if anything.
    pub verdict: Option<Verdict>,
    pub hits: Vec<Hit>,
    /// The current tier.
    outcome: TierOutcome,
    /// The policy to charge if the current tier ends.
    trigger: Option<PolicyIndex>,
}

impl Reading {
    pub fn new(takes_staged: bool) -> Self {
        Self {
            takes_staged,
            verdict: None,
            hits: Vec::new(),
            outcome: TierOutcome::NotReached,
            trigger: None,
        }
    }

    /// Enters a tier.
    pub fn open(&mut self) {
        self.trigger = None;
        self.outcome = match self.verdict {
            Some(_) => TierOutcome::NotReached,
            None => TierOutcome::Skipped,
        };
    }

    /// Whether it still looks at policies of the current tier, staged ones or others.
    pub fn looks_at(&self, staged: bool) -> bool {
        self.outcome == TierOutcome::Skipped && (self.takes_staged || !staged)
    }

    /// Notes what an applicable policy did. Flow logs charge the end of a tier to the last enforced policy
    /// (Calico `felix/calc/endpoint_lookup_cache.go`), in pending traces to the first one without a match
    /// (Calico `app-policy/checker/check.go`).
    pub fn note(&mut self, policy: PolicyIndex, outcome: Option<(u32, Action)>) {
        if let Some((rule, action)) = outcome {
            self.outcome = TierOutcome::Rule {
                policy,
                rule,
                action,
            };
        } else if self.trigger.is_none() || !self.takes_staged {
            self.trigger = Some(policy);
        }
    }

    /// Leaves the tier: a policy without a verdict makes its end count.
    pub fn close(&mut self, tier: TierIndex, default_action: TierAction) -> TierOutcome {
        if let (TierOutcome::Skipped, Some(trigger)) = (self.outcome, self.trigger) {
            let action = match default_action {
                TierAction::Deny => Action::Deny,
                TierAction::Pass => Action::Pass,
            };
            self.outcome = TierOutcome::End { trigger, action };
        }
        match self.outcome {
            TierOutcome::NotReached | TierOutcome::Skipped => {}
            TierOutcome::Rule {
                policy,
                rule,
                action,
            } => self.hit(HitBy::Policy { tier, policy }, Some(rule), action),
            TierOutcome::End {
                trigger: policy,
                action,
            } => self.hit(HitBy::Policy { tier, policy }, None, action),
        }
        self.outcome
    }

    /// What the profiles did, if the walk got to them. Pending traces have no entry where none decided
    /// (Calico `app-policy/checker/check.go`).
    pub fn profiles(&mut self, by: HitBy, rule: u32, action: Action) {
        if by == HitBy::NoProfile && self.takes_staged {
            self.verdict = Some(Verdict::Deny);
        } else {
            self.hit(by, Some(rule), action);
        }
    }

    /// Decides without policy.
    pub fn decide(&mut self, verdict: Verdict) {
        self.verdict = self.verdict.or(Some(verdict));
    }

    /// What lets a packet through a host endpoint does not let it into a pod.
    pub fn cross_boundary(&mut self) {
        if self.verdict == Some(Verdict::Allow) {
            self.verdict = None;
        }
    }

    fn hit(&mut self, by: HitBy, rule: Option<u32>, action: Action) {
        self.hits.push(Hit { by, rule, action });
        self.verdict = match action {
            Action::Allow => Some(Verdict::Allow),
            Action::Deny => Some(Verdict::Deny),
            Action::Pass | Action::Log => None,
        };
    }
}
