//! The tiers of one endpoint.

use tierwalk_resources::model::{Action, TierAction};

use crate::engine::{PolicyIndex, TierIndex};
use crate::hit::{Hit, HitBy};
use crate::walk::{Direction, Phase, Verdict};
use crate::{Endpoint, Engine};

use super::chains::{Chain, TierChain};
use super::check::Point;
use super::record::Record;
use super::{Compiled, Mode, Rules};

/// Tiers with fewer rules than this are read from top to bottom.
const FEW_RULES: u32 = 96;

/// Evaluates one end of a flow in one mode.
pub(super) struct Evaluation<'a> {
    pub engine: &'a Engine,
    pub compiled: &'a Compiled,
    pub point: &'a Point<'a>,
    pub direction: Direction,
    pub mode: Mode,
    pub verdict: Option<Verdict>,
    pub hits: &'a mut Vec<Hit>,
}

impl Evaluation<'_> {
    pub fn tiers(&mut self, endpoint: Endpoint, phase: Phase) {
        let chains = &self.compiled.chains;
        if let Some(chain) = chains.get(self.engine, endpoint, self.direction, phase) {
            self.chain(chain, phase);
        }
    }

    pub fn chain(&mut self, chain: &Chain, phase: Phase) {
        for tier in &chain.tiers {
            let range = tier.start as usize..tier.end as usize;
            let policies = chain.policies.get(range).unwrap_or_default();
            if self.verdict.is_none() && (self.takes_staged() || tier.last_enforced.is_some()) {
                self.tier(tier, policies, phase);
            }
        }
    }

    fn takes_staged(&self) -> bool {
        self.mode == Mode::Pending
    }

    fn tier(&mut self, tier: &TierChain, policies: &[u32], phase: Phase) {
        let found = match tier.rules {
            0..FEW_RULES => self.first_by_reading(policies),
            _ => self.first_by_leaping(policies),
        };
        let index = TierIndex(tier.tier);
        let rules = self.compiled.rules(self.direction);
        if let Some((number, rule)) =
            found.and_then(|it| Some((it, rules.records.get(it as usize)?)))
        {
            let by = HitBy::Policy {
                tier: index,
                policy: PolicyIndex(rule.policy),
            };
            let at = number - rules.start(rule.policy);
            return self.hit(by, Some(at), rule.action);
        }
        let trigger = match self.mode {
            Mode::Enforced => tier.last_enforced,
            Mode::Pending => policies.first().copied(),
        };
        let by = HitBy::Policy {
            tier: index,
            policy: PolicyIndex(trigger.unwrap_or_default()),
        };
        self.hit(by, None, self.default_action(index, phase));
    }

    fn default_action(&self, tier: TierIndex, phase: Phase) -> Action {
        let early = matches!(phase, Phase::Untracked | Phase::PreDnat);
        match self.engine.tier(tier).default_action {
            TierAction::Deny if !early => Action::Deny,
            _ => Action::Pass,
        }
    }

    fn skips(&self, policy: u32) -> bool {
        let staged = self.compiled.staged.get(policy as usize);
        !self.takes_staged() && staged.copied().unwrap_or_default()
    }

    /// The first rule that matches, all rules tried in order.
    fn first_by_reading(&self, policies: &[u32]) -> Option<u32> {
        let rules = self.compiled.rules(self.direction);
        let policies = policies.iter().filter(|policy| !self.skips(**policy));
        let mut numbers = policies.flat_map(|policy| rules.start(*policy)..rules.start(policy + 1));
        numbers.find(|number| {
            let rule = rules.records.get(*number as usize);
            rule.is_some_and(|rule| {
                rule.action != Action::Log && self.compiled.matches(rule, self.point)
            })
        })
    }

    /// The first rule that matches, looked for in the lists where it must stand.
    fn first_by_leaping(&self, policies: &[u32]) -> Option<u32> {
        let rules = self.compiled.rules(self.direction);
        let (first, last) = (policies.first()?, policies.last()?);
        let start = rules.start(*first);
        let end = rules.start(last + 1);
        let peer = match self.direction {
            Direction::Egress => &self.point.destination,
            Direction::Ingress => &self.point.source,
        };
        let owners = self.compiled.owners(peer);
        let matches = owners.flat_map(|class| class.satisfied().iter().copied());
        let port = self.point.destination.port;
        let port = port.map(|port| (self.point.protocol, port));
        let lists = rules.postings.lists(&peer.nets, matches, port);
        let best = lists.fold(end, |best, list| {
            self.leap(list, policies, start..best).unwrap_or(best)
        });
        (best < end).then_some(best)
    }

    /// The first rule of a list that is in the range, of one of the policies, and matches.
    fn leap(&self, list: &[u32], policies: &[u32], range: std::ops::Range<u32>) -> Option<u32> {
        let rules = self.compiled.rules(self.direction);
        let mut list = after(list, range.start);
        let mut policies = policies;
        while let [number, later @ ..] = list {
            if *number >= range.end {
                return None;
            }
            let rule = rules.records.get(*number as usize)?;
            policies = after(policies, rule.policy);
            let next = *policies.first()?;
            if next != rule.policy {
                list = after(list, rules.start(next));
            } else if !self.skips(rule.policy) && self.compiled.matches(rule, self.point) {
                return Some(*number);
            } else {
                list = later;
            }
        }
        None
    }

    /// The first rule of the first profile that allows or denies; a profile that is missing denies.
    pub fn profiles(&mut self, endpoint: Endpoint) {
        if self.verdict.is_some() {
            return;
        }
        let names = self.engine.profiles_of(endpoint).iter();
        for profile in names.filter_map(|name| self.engine.profile_index(name)) {
            let decided = match self.compiled.profile(profile, self.direction) {
                None => Some((0, Action::Deny)),
                Some(rules) => self.first_of_profile(rules),
            };
            if let Some((rule, action)) = decided {
                return self.hit(HitBy::Profile(profile), Some(rule), action);
            }
        }
        self.verdict = Some(Verdict::Deny);
        if self.mode == Mode::Enforced {
            self.hit(HitBy::NoProfile, Some(0), Action::Deny);
        }
    }

    fn first_of_profile(&self, rules: &[Record]) -> Option<(u32, Action)> {
        let decides =
            |rule: &Record| rule.action != Action::Log && self.compiled.matches(rule, self.point);
        let (number, rule) = (0..).zip(rules).find(|(_, rule)| decides(rule))?;
        (rule.action != Action::Pass).then_some((number, rule.action))
    }

    fn hit(&mut self, by: HitBy, rule: Option<u32>, action: Action) {
        self.hits.push(Hit { by, rule, action });
        match action {
            Action::Allow => self.verdict = Some(Verdict::Allow),
            Action::Deny => self.verdict = Some(Verdict::Deny),
            Action::Pass | Action::Log => {}
        }
    }
}

impl Rules {
    /// The number of a policy's first rule.
    pub(super) fn start(&self, policy: u32) -> u32 {
        self.starts
            .get(policy as usize)
            .copied()
            .unwrap_or_default()
    }
}

/// The part of a sorted list from `first` on: galloping, since it is mostly near.
fn after(list: &[u32], first: u32) -> &[u32] {
    let mut step = 1;
    while list.get(step).is_some_and(|it| *it < first) {
        step *= 2;
    }
    let near = list.get(..(step + 1).min(list.len())).unwrap_or_default();
    let at = near.partition_point(|it| *it < first);
    list.get(at..).unwrap_or_default()
}
