//! The evaluation at one end.

use tierwalk_resources::model::{Action, Policy, Rule, TierAction};

use crate::Engine;
use crate::engine::{Endpoint, PolicyIndex, ProfileIndex, TierIndex};
use crate::hit::HitBy;
use crate::matching::{Packet, failed};
use crate::route::Stage;

use super::reading::Reading;
use super::{
    Applies, Bypass, Direction, Phase, PolicyStep, ProfileStep, RuleTrial, SideWalk, Skip, Step,
    TierStep, Verdict,
};

/// Walks one end, reading the policies both ways at once, so that each rule is tried once.
pub(super) struct SideWalker<'a> {
    engine: &'a Engine,
    packet: &'a Packet<'a>,
    direction: Direction,
    enforced: Reading,
    pending: Reading,
    steps: Vec<Step>,
    trials: Vec<RuleTrial>,
}

impl<'a> SideWalker<'a> {
    pub fn new(engine: &'a Engine, packet: &'a Packet<'a>, direction: Direction) -> Self {
        Self {
            engine,
            packet,
            direction,
            enforced: Reading::new(false),
            pending: Reading::new(true),
            steps: Vec::new(),
            trials: Vec::new(),
        }
    }

    /// One stage of the way.
    pub fn pass(&mut self, stage: Stage) {
        match stage {
            Stage::Bypass(bypass) => self.bypass(bypass),
            Stage::Tiers(endpoint, phase) => self.tiers(endpoint, phase),
            Stage::Profiles(endpoint) => self.profiles(endpoint),
            Stage::Boundary => {
                self.enforced.cross_boundary();
                self.pending.cross_boundary();
            }
        }
    }

    /// All tiers, for the policies of one phase. Phases that few policies are of are only shown if one is.
    fn tiers(&mut self, endpoint: Endpoint, phase: Phase) {
        let usual = matches!(phase, Phase::Workload | Phase::Normal);
        if usual || self.engine.has_policy(endpoint, self.direction, phase) {
            for (tier, _) in self.engine.tiers() {
                self.tier(tier, endpoint, phase);
            }
        }
    }

    fn tier(&mut self, tier: TierIndex, endpoint: Endpoint, phase: Phase) {
        self.enforced.open();
        self.pending.open();
        let policies = self.engine.policies_of(tier);
        let policies: Vec<PolicyStep> = policies
            .map(|policy| self.policy(policy, endpoint, phase))
            .collect();
        let default_action = match phase {
            Phase::Untracked | Phase::PreDnat => TierAction::Pass,
            _ => self.engine.tier(tier).default_action,
        };
        self.steps.push(Step::Tier(TierStep {
            tier,
            phase,
            endpoint,
            skipped: self.skipped(&policies),
            enforced: self.enforced.close(tier, default_action),
            pending: self.pending.close(tier, default_action),
            policies,
        }));
    }

    fn skipped(&self, policies: &[PolicyStep]) -> Option<Skip> {
        let staged = |step: &PolicyStep| self.engine.policy(step.policy).id.kind.is_staged();
        let mut applying = policies.iter().filter(|step| step.applies == Applies::Yes);
        if applying.clone().any(|step| !staged(step)) {
            None
        } else if applying.next().is_some() {
            Some(Skip::OnlyStaged)
        } else if policies.is_empty() {
            Some(Skip::NoPolicies)
        } else if policies
            .iter()
            .all(|step| step.applies == Applies::NotSelected)
        {
            Some(Skip::NoneSelects)
        } else {
            Some(Skip::NotThisDirection)
        }
    }

    fn policy(&mut self, policy: PolicyIndex, endpoint: Endpoint, phase: Phase) -> PolicyStep {
        let applies = self.engine.applies(policy, endpoint, self.direction, phase);
        let staged = self.engine.policy(policy).id.kind.is_staged();
        let wanted = self.enforced.looks_at(staged) || self.pending.looks_at(staged);
        let start = self.trials.len() as u32;
        let tried = applies == Applies::Yes && wanted;
        let outcome = if tried { self.rules(policy) } else { None };
        if tried {
            for reading in [&mut self.enforced, &mut self.pending] {
                if reading.looks_at(staged) {
                    reading.note(policy, outcome);
                }
            }
        }
        PolicyStep {
            policy,
            applies,
            tried,
            trials: start..self.trials.len() as u32,
            outcome,
        }
    }

    /// Tries rules until one decides. Log decides nothing.
    fn rules(&mut self, policy: PolicyIndex) -> Option<(u32, Action)> {
        let rules = self.engine.rules(policy, self.direction);
        for (index, rule) in (0..).zip(rules) {
            let failed = failed(self.engine, rule, self.packet);
            self.trials.push(RuleTrial {
                rule: index,
                failed,
            });
            if failed.is_empty() && rule.action != Action::Log {
                return Some((index, rule.action));
            }
        }
        None
    }

    /// The profiles, for what no tier decided.
    fn profiles(&mut self, endpoint: Endpoint) {
        let enforced = self.enforced.verdict.is_none();
        let pending = self.pending.verdict.is_none();
        if !enforced && !pending {
            return;
        }
        let decided = self.decide_by_profile(endpoint);
        let (by, rule, action) = match decided {
            Some((profile, rule, action)) => (HitBy::Profile(profile), rule, action),
            None => (HitBy::NoProfile, 0, Action::Deny),
        };
        if enforced {
            self.enforced.profiles(by, rule, action);
        }
        if pending {
            self.pending.profiles(by, rule, action);
        }
        self.steps.push(Step::Profile(ProfileStep {
            enforced,
            pending,
            decided: decided.map(|(profile, rule, _)| (profile, rule)),
            verdict: match action {
                Action::Allow => Verdict::Allow,
                _ => Verdict::Deny,
            },
        }));
    }

    /// The first rule of the first profile that allows or denies; a profile that is missing denies
    /// (Calico `felix/calc/active_rules_calculator.go`).
    fn decide_by_profile(&self, endpoint: Endpoint) -> Option<(ProfileIndex, u32, Action)> {
        let profiles = self.engine.profiles_of(endpoint).iter();
        let mut known = profiles.filter_map(|name| self.engine.profile_index(name));
        known.find_map(|index| match self.engine.profile(index) {
            None => Some((index, 0, Action::Deny)),
            Some(profile) => {
                let rules = match self.direction {
                    Direction::Egress => &profile.egress,
                    Direction::Ingress => &profile.ingress,
                };
                let (rule, action) = self.profile_rule(rules)?;
                Some((index, rule, action))
            }
        })
    }

    fn profile_rule(&self, rules: &[Rule]) -> Option<(u32, Action)> {
        let matches = |rule: &Rule| failed(self.engine, rule, self.packet).is_empty();
        let mut decisive = (0..)
            .zip(rules)
            .filter(|(_, rule)| rule.action != Action::Log && matches(rule));
        let (index, rule) = decisive.next()?;
        (rule.action != Action::Pass).then_some((index, rule.action))
    }

    /// The dataplane decides.
    fn bypass(&mut self, bypass: Bypass) {
        self.steps.push(Step::Bypass(bypass));
        self.enforced.decide(bypass.verdict());
        self.pending.decide(bypass.verdict());
    }

    pub fn finish(self, endpoint: Endpoint) -> SideWalk {
        SideWalk {
            direction: self.direction,
            endpoint,
            verdict: self.enforced.verdict.unwrap_or(Verdict::Allow),
            pending_verdict: self.pending.verdict.unwrap_or(Verdict::Allow),
            reached: true,
            enforced: self.enforced.hits,
            pending: self.pending.hits,
            steps: self.steps,
            trials: self.trials,
        }
    }
}

impl Engine {
    /// Whether a policy applies to an endpoint in a direction and phase.
    pub fn applies(
        &self,
        policy: PolicyIndex,
        endpoint: Endpoint,
        direction: Direction,
        phase: Phase,
    ) -> Applies {
        let selected = self.positions_selecting(endpoint);
        if selected.binary_search(&policy.0).is_err() {
            return Applies::NotSelected;
        }
        let policy = self.policy(policy);
        let governs = match direction {
            Direction::Egress => policy.governs_egress,
            Direction::Ingress => policy.governs_ingress,
        };
        match (governs, belongs_to(policy, phase)) {
            (false, _) => Applies::NotThisDirection,
            (true, false) => Applies::NotThisPhase,
            (true, true) => Applies::Yes,
        }
    }
}

impl Engine {
    fn has_policy(&self, endpoint: Endpoint, direction: Direction, phase: Phase) -> bool {
        let mut selecting = self.selecting(endpoint);
        selecting.any(|policy| self.applies(policy, endpoint, direction, phase) == Applies::Yes)
    }
}

/// Which policies a phase looks at (Calico `felix/calc/event_sequencer.go`).
pub(crate) fn belongs_to(policy: &Policy, phase: Phase) -> bool {
    let early = policy.do_not_track || policy.pre_dnat;
    match phase {
        Phase::Workload | Phase::Normal => !early,
        Phase::Untracked => policy.do_not_track,
        Phase::PreDnat => policy.pre_dnat,
        Phase::Forward => policy.apply_on_forward && !early,
    }
}
