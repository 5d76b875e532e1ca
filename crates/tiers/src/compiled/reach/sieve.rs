//! What rules leave of some packets.

use tierwalk_resources::model::{Action, Rule, TierAction};

use crate::Engine;
use crate::compiled::Compiled;
use crate::compiled::Mode;
use crate::compiled::chains::TierChain;
use crate::engine::{PolicyIndex, TierIndex};
use crate::walk::Phase;

use super::Decider;
use super::atoms::Atoms;
use super::extent::{At, Extents};
use super::places::Place;
use super::region::Region;
use super::sets::Bits;

/// Who takes packets: the end of a tier, or a rule by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taker {
    End(u32),
    Rule(u32),
}

/// Sends packets through the rules of one direction.
pub(super) struct Sieve<'a> {
    pub engine: &'a Engine,
    pub compiled: &'a Compiled,
    pub extents: &'a Extents<'a>,
    v4: Bits,
    v6: Bits,
    /// About how many steps were taken so far.
    pub steps: usize,
}

/// Where packets are sent through rules, and how these are read.
#[derive(Clone, Copy)]
pub(super) struct Spot<'p> {
    pub place: &'p Place<'p>,
    pub at: At,
    pub mode: Mode,
    /// The rule whose packets they are, if what it wants of requests matters, too.
    pub target: Option<u32>,
}

impl<'a> Sieve<'a> {
    pub fn new(
        engine: &'a Engine,
        compiled: &'a Compiled,
        atoms: &Atoms<'_>,
        extents: &'a Extents<'a>,
    ) -> Self {
        let (mut v4, mut v6) = (Bits::none(atoms.len()), Bits::none(atoms.len()));
        for number in 0..atoms.len() as u32 {
            match atoms.is_v4(number) {
                true => v4.insert(number),
                false => v6.insert(number),
            }
        }
        Self {
            engine,
            compiled,
            extents,
            v4,
            v6,
            steps: 0,
        }
    }

    /// All packets of a rule.
    pub fn region(&mut self, number: u32, at: At) -> Region {
        let family = if at.v4 { &self.v4 } else { &self.v6 };
        let mut region = Region::default();
        self.steps += self.extents.each_box(number, at, |peers, lines| {
            if let Some(peers) = peers.and(family).filter(|_| !lines.is_empty()) {
                region.add(peers, lines.clone());
            }
        });
        region
    }

    /// What of some packets is also a rule's.
    pub fn common(&mut self, region: &Region, number: u32, at: At) -> Region {
        let mut taken = Some(Region::default());
        let mut rest = region.clone();
        let steps = self.extents.each_box(number, at, |peers, lines| {
            rest.take(peers, lines, &mut taken);
        });
        self.steps += steps * region.size().max(1);
        taken.unwrap_or_default()
    }

    /// What the rules of some policies before number `end` leave of some packets.
    pub fn through(
        &mut self,
        spot: Spot<'_>,
        policies: &[u32],
        end: u32,
        mut region: Region,
        by: &mut Vec<Taker>,
    ) -> Region {
        for number in self.numbers(spot.mode, policies, end, &region) {
            if region.is_empty() {
                break;
            }
            self.take(spot.at, number, spot.target, &mut region, by);
        }
        region
    }

    /// The rules of some policies, before number `end`, that may have a part in a region.
    fn numbers(&mut self, mode: Mode, policies: &[u32], end: u32, region: &Region) -> Vec<u32> {
        let rules = self.extents.rules;
        let start = policies.first().map_or(end, |policy| rules.start(*policy));
        let last = policies
            .last()
            .map_or(start, |policy| rules.start(*policy + 1));
        let range = start..end.min(last);
        let reads = |policy: u32| self.reads(mode, policy);
        let numbers: Vec<u32> = match self.extents.candidates(region, range.clone()) {
            Some(candidates) => {
                let is_of = |number: &u32| {
                    let policy = self.policy_of(*number);
                    policy.is_some_and(|it| reads(it) && policies.binary_search(&it).is_ok())
                };
                candidates.into_iter().filter(is_of).collect()
            }
            None => {
                let policies = policies.iter().filter(|policy| reads(**policy));
                let numbers = policies.flat_map(|it| rules.start(*it)..rules.start(*it + 1));
                numbers.take_while(|number| *number < range.end).collect()
            }
        };
        self.steps += numbers.len();
        numbers
    }

    /// Takes from some packets those of a rule, unless it only logs, or packets are not all there is to it.
    pub fn take(
        &mut self,
        at: At,
        number: u32,
        target: Option<u32>,
        region: &mut Region,
        by: &mut Vec<Taker>,
    ) {
        let decides = self
            .extents
            .rules
            .records
            .get(number as usize)
            .is_some_and(|rule| rule.action != Action::Log);
        if !decides || region.is_empty() || !self.is_as_wide(number, target) {
            return;
        }
        let mut took = false;
        let steps = self.extents.each_box(number, at, |peers, lines| {
            took |= region.take(peers, lines, &mut None)
        });
        self.steps += steps * region.size().max(1);
        if took && !by.contains(&Taker::Rule(number)) {
            by.push(Taker::Rule(number));
        }
    }

    /// What of some packets a tier lets through.
    pub fn through_tier(
        &mut self,
        spot: Spot<'_>,
        tier: &TierChain,
        mut region: Region,
        by: &mut Vec<Taker>,
    ) -> Region {
        if spot.mode == Mode::Enforced && tier.last_enforced.is_none() {
            return region;
        }
        let mut passed = Region::default();
        let rules = &self.extents.rules.records;
        for number in self.numbers(spot.mode, spot.place.policies(tier), u32::MAX, &region) {
            let rule = rules.get(number as usize);
            match rule.is_some_and(|rule| rule.action == Action::Pass) {
                true => self.pass(spot, number, &mut region, &mut passed),
                false => self.take(spot.at, number, spot.target, &mut region, by),
            }
        }
        if !self.denies_at_end(tier, spot.place.phase) {
            passed.append(region);
        } else if !region.is_empty() && !by.contains(&Taker::End(tier.tier)) {
            by.push(Taker::End(tier.tier));
        }
        passed
    }

    /// Moves what a rule passes on.
    fn pass(&mut self, spot: Spot<'_>, number: u32, region: &mut Region, passed: &mut Region) {
        let mut taken = Some(Region::default());
        let mut rest = region.clone();
        let steps = self.extents.each_box(number, spot.at, |peers, lines| {
            rest.take(peers, lines, &mut taken);
        });
        self.steps += steps * region.size().max(1);
        passed.append(taken.unwrap_or_default());
        if self.is_as_wide(number, spot.target) {
            *region = rest;
        }
    }

    fn denies_at_end(&self, tier: &TierChain, phase: Phase) -> bool {
        let early = matches!(phase, Phase::Untracked | Phase::PreDnat);
        self.engine.tier(TierIndex(tier.tier)).default_action == TierAction::Deny && !early
    }

    /// Whether a rule also takes all requests where it takes all packets. Packets ignore HTTP matches, proxies
    /// do not (Calico `app-policy/checker/match.go`).
    fn is_as_wide(&self, number: u32, target: Option<u32>) -> bool {
        let Some(target) = target else {
            return true;
        };
        let http = |number| self.rule(number).and_then(|rule| rule.http.as_ref());
        http(number).is_none() || http(number) == http(target)
    }

    fn rule(&self, number: u32) -> Option<&'a Rule> {
        let (engine, rules) = (self.engine, self.extents.rules);
        let policy = self.policy_of(number)?;
        let of_policy = engine.rules(PolicyIndex(policy), self.extents.direction);
        of_policy.get((number - rules.start(policy)) as usize)
    }

    pub fn policy_of(&self, number: u32) -> Option<u32> {
        self.extents
            .rules
            .records
            .get(number as usize)
            .map(|rule| rule.policy)
    }

    /// Whether a policy is looked at.
    fn reads(&self, mode: Mode, policy: u32) -> bool {
        mode == Mode::Pending || !self.is_staged(policy)
    }

    pub fn is_staged(&self, policy: u32) -> bool {
        self.compiled
            .staged
            .get(policy as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Who they are, in the order of evaluation.
    pub fn deciders(&self, by: Vec<Taker>) -> Vec<Decider> {
        let decider = |taker: &Taker| match taker {
            Taker::End(tier) => Some(Decider::EndOfTier(TierIndex(*tier))),
            Taker::Rule(number) => {
                let policy = self.policy_of(*number)?;
                let rule = number - self.extents.rules.start(policy);
                Some(Decider::Rule {
                    policy: PolicyIndex(policy),
                    rule,
                })
            }
        };
        let mut deciders: Vec<Decider> = by.iter().filter_map(decider).collect();
        deciders.sort_unstable_by_key(|decider| match decider {
            Decider::EndOfTier(tier) => (tier.0, u32::MAX, 0),
            Decider::Rule { policy, rule } => (self.engine.tier_of(*policy).0, policy.0, *rule),
        });
        deciders.dedup();
        deciders
    }
}
