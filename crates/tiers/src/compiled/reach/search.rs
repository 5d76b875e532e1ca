//! Whether a rule decides anything: a packet that gets to it, or the rules that take all of its packets.

use tierwalk_resources::model::Protocol;

use crate::compiled::Mode;
use crate::compiled::check::Point;
use crate::compiled::evaluate::Evaluation;
use crate::engine::PolicyIndex;
use crate::hit::HitBy;
use crate::walk::Direction;

use super::atoms::Atoms;
use super::extent::At;
use super::lines::{WITH_PORTS, parts};
use super::places::{Place, Places};
use super::sieve::{Sieve, Spot, Taker};
use super::{Decider, Empty};

/// How much is looked at in one search of all rules.
const MOST_STEPS: usize = 40_000_000;
/// Places that are tried with single packets before anything is proved.
const TRIED_PLACES: usize = 3;

/// What becomes of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Some packet gets to it.
    Decides,
    /// Others take all of its packets.
    Covered(Vec<Decider>),
    /// It has no packets.
    Empty(Empty),
    /// Not found out.
    Unknown,
}

/// What is left of a rule's packets at one spot.
enum Outcome {
    Reached,
    Covered {
        by: Vec<Taker>,
        /// Whether rules that depend on the protected address, or on other tiers, had a part in it.
        is_local: bool,
    },
    Empty,
}

/// Looks into the rules of one direction.
pub(super) struct Search<'a> {
    pub atoms: &'a Atoms<'a>,
    pub places: &'a Places<'a>,
    pub sieve: Sieve<'a>,
}

/// The rule in question.
#[derive(Clone, Copy)]
pub(super) struct Target {
    pub policy: u32,
    pub number: u32,
}

impl<'a> Search<'a> {
    pub fn is_exhausted(&self) -> bool {
        self.sieve.steps > MOST_STEPS
    }

    pub fn fate(&mut self, target: Target) -> Fate {
        let extents = self.sieve.extents;
        if !extents.has_packets(target.number) {
            return Fate::Empty(Empty::Packets);
        }
        if !extents.has_peers(target.number) {
            return Fate::Empty(Empty::Peers);
        }
        if self.is_exhausted() || !self.is_of_known_family(target) {
            return Fate::Unknown;
        }
        if self.is_hit_somewhere(target) {
            return Fate::Decides;
        }
        if let Some(by) = self.covered_by_own_policy(target) {
            return Fate::Covered(self.sieve.deciders(by));
        }
        self.fate_in_places(target)
    }

    /// Whether an endpoint has an address of an IP version that the rule is for. Manifests may lack addresses.
    fn is_of_known_family(&self, target: Target) -> bool {
        let extents = self.sieve.extents;
        let known = |v4| extents.is_live(target.number, v4) && self.places.has_family(v4);
        self.places.of(target.policy).len() == 0 || known(true) || known(false)
    }

    /// Tries some of its packets.
    fn is_hit_somewhere(&mut self, target: Target) -> bool {
        let places: &'a Places<'a> = self.places;
        let step = places.of(target.policy).len().div_ceil(TRIED_PLACES).max(1);
        for place in places.of(target.policy).step_by(step) {
            for v4 in [true, false] {
                let Some(local) = place.locals(v4).first().copied() else {
                    continue;
                };
                let port = self.sieve.extents.has_source_ports.then_some(0);
                let at = At {
                    v4,
                    local: Some(local),
                    port,
                };
                let samples = self.sieve.region(target.number, at).samples();
                if samples
                    .into_iter()
                    .any(|sample| self.is_hit(target, place, at, sample))
                {
                    return true;
                }
            }
        }
        false
    }

    /// Whether a packet gets to a rule that it matches: no other decides in the rule's tier before it.
    fn is_hit(&self, target: Target, place: &Place<'_>, at: At, sample: (u32, u32)) -> bool {
        let Some(point) = self.point(at, sample) else {
            return false;
        };
        let mut hits = Vec::new();
        let mut evaluation = Evaluation {
            engine: self.sieve.engine,
            compiled: self.sieve.compiled,
            point: &point,
            direction: self.sieve.extents.direction,
            mode: self.mode(target),
            verdict: None,
            hits: &mut hits,
        };
        evaluation.chain(place.chain, place.phase);
        let own = self.sieve.engine.tier_of(PolicyIndex(target.policy));
        let of_tier = hits.iter().find_map(|hit| match hit.by {
            HitBy::Policy { tier, policy } if tier == own => Some((policy, hit.rule)),
            _ => None,
        });
        of_tier.is_some_and(|(policy, rule)| {
            let start = self.sieve.extents.rules.start(policy.0);
            rule.is_none_or(|rule| start + rule >= target.number)
        })
    }

    fn point(&self, at: At, (peer, line): (u32, u32)) -> Option<Point<'a>> {
        let (local, peer) = (self.atoms.get(at.local?)?, self.atoms.get(peer)?);
        let (source, destination) = match self.sieve.extents.direction {
            Direction::Egress => (&local.side, &peer.side),
            Direction::Ingress => (&peer.side, &local.side),
        };
        let (protocol, rest) = parts(line);
        let has_ports = WITH_PORTS.contains(&protocol);
        let mut point = Point {
            is_v4: at.v4,
            protocol,
            icmp: matches!(protocol, Protocol::ICMP | Protocol::ICMPV6)
                .then_some(((rest >> 8) as u8, rest as u8)),
            source: source.clone(),
            destination: destination.clone(),
        };
        point.source.port = has_ports.then_some(at.port.unwrap_or_default());
        point.destination.port = has_ports.then_some(rest);
        Some(point)
    }

    /// The earlier rules of its own policy, if they take all of its packets wherever the policy applies.
    fn covered_by_own_policy(&mut self, target: Target) -> Option<Vec<Taker>> {
        let extents = self.sieve.extents;
        if extents.get(target.number)?.is_local {
            return None;
        }
        let mut by = Vec::new();
        let mut found = false;
        for at in self.spots(target, None) {
            let mut region = self.sieve.region(target.number, at);
            found |= !region.is_empty();
            for number in extents.rules.start(target.policy)..target.number {
                self.sieve
                    .take(at, number, Some(target.number), &mut region, &mut by);
            }
            if !region.is_empty() {
                return None;
            }
        }
        found.then_some(by)
    }

    fn fate_in_places(&mut self, target: Target) -> Fate {
        let places: &'a Places<'a> = self.places;
        let mut proofs: Vec<(At, Vec<Taker>)> = Vec::new();
        let mut all_by: Vec<Taker> = Vec::new();
        let mut is_empty = false;
        for place in places.of(target.policy) {
            for at in self.spots(target, Some(place)) {
                if self.is_exhausted() {
                    return Fate::Unknown;
                }
                let anywhere = At { local: None, ..at };
                self.sieve.steps += proofs.len();
                if proofs
                    .iter()
                    .any(|(known, by)| *known == anywhere && self.all_apply(by, place))
                {
                    continue;
                }
                match self.outcome(target, place, at) {
                    Outcome::Reached => return Fate::Decides,
                    Outcome::Covered { by, is_local } => {
                        all_by.extend(&by);
                        if !is_local {
                            proofs.push((anywhere, by));
                        }
                    }
                    Outcome::Empty => {
                        is_empty = true;
                        if !self.is_local(target) {
                            proofs.push((anywhere, Vec::new()));
                        }
                    }
                }
            }
        }
        match (all_by.is_empty(), is_empty) {
            (false, _) => Fate::Covered(self.sieve.deciders(all_by)),
            (true, true) => Fate::Empty(self.why_empty(target)),
            (true, false) => Fate::Unknown,
        }
    }

    fn why_empty(&self, target: Target) -> Empty {
        let extent = self.sieve.extents.get(target.number);
        if extent.is_some_and(|extent| extent.by_peer) {
            Empty::Ports
        } else if self.is_local(target) {
            Empty::Protected
        } else {
            Empty::Peers
        }
    }

    /// Whether all these rules apply at a place.
    fn all_apply(&self, by: &[Taker], place: &Place<'_>) -> bool {
        by.iter().all(|taker| match taker {
            Taker::Rule(number) => self
                .sieve
                .policy_of(*number)
                .is_some_and(|policy| place.has(policy)),
            Taker::End(_) => false,
        })
    }

    fn is_local(&self, target: Target) -> bool {
        self.sieve
            .extents
            .get(target.number)
            .is_some_and(|extent| extent.is_local)
    }

    /// The spots of a place where a rule has to be looked at; without a place, those that stand for any.
    fn spots(&self, target: Target, place: Option<&Place<'_>>) -> Vec<At> {
        let ports: Vec<Option<u16>> = match self.sieve.extents.has_source_ports {
            true => self
                .source_ports(target, place)
                .into_iter()
                .map(Some)
                .collect(),
            false => vec![None],
        };
        let mut spots = Vec::new();
        for v4 in [true, false] {
            let locals = place.map(|place| place.locals(v4)).unwrap_or_default();
            let anybody = (locals.is_empty() && !self.is_local(target)).then_some(None);
            for local in locals.iter().copied().map(Some).chain(anybody) {
                spots.extend(ports.iter().map(|port| At {
                    v4,
                    local,
                    port: *port,
                }));
            }
        }
        spots
    }

    fn source_ports(&self, target: Target, place: Option<&Place<'_>>) -> Vec<u16> {
        let rules = self.sieve.extents.rules;
        let own = rules.start(target.policy)..rules.start(target.policy + 1);
        let others = place.into_iter().flat_map(|place| place.rules(rules));
        self.sieve.extents.source_ports(own.chain(others))
    }

    /// What is left of a rule's packets when they get to it.
    fn outcome(&mut self, target: Target, place: &Place<'_>, at: At) -> Outcome {
        let whole = self.sieve.region(target.number, at);
        let Some((earlier, own)) = place
            .tiers_up_to(target.policy)
            .filter(|_| !whole.is_empty())
        else {
            return Outcome::Empty;
        };
        let spot = Spot {
            place,
            at,
            mode: self.mode(target),
            target: Some(target.number),
        };
        let mut by = Vec::new();
        let left = self.sieve.through(
            spot,
            place.policies(own),
            target.number,
            whole.clone(),
            &mut by,
        );
        if left.is_empty() {
            return Outcome::Covered {
                is_local: self.depends_on_place(target, &by),
                by,
            };
        }
        // What is staged may let packets through that an earlier tier stops as yet.
        for mode in [spot.mode, Mode::Pending] {
            let spot = Spot { mode, ..spot };
            let pass = |region, tier| self.sieve.through_tier(spot, tier, region, &mut Vec::new());
            if !earlier.iter().fold(left.clone(), pass).is_empty() {
                return Outcome::Reached;
            }
        }
        let mut by = Vec::new();
        let pass = |region, tier| self.sieve.through_tier(spot, tier, region, &mut by);
        let left = earlier.iter().fold(whole, pass);
        self.sieve
            .through(spot, place.policies(own), target.number, left, &mut by);
        Outcome::Covered { by, is_local: true }
    }

    /// Whether the protected address has a say in which packets these are.
    fn depends_on_place(&self, target: Target, by: &[Taker]) -> bool {
        let is_local = |number: u32| {
            let extent = self.sieve.extents.get(number);
            extent.is_some_and(|extent| extent.is_local)
        };
        self.is_local(target)
            || by
                .iter()
                .any(|taker| matches!(taker, Taker::Rule(it) if is_local(*it)))
    }

    /// A staged policy decides nothing but what is pending.
    fn mode(&self, target: Target) -> Mode {
        if self.sieve.is_staged(target.policy) {
            Mode::Pending
        } else {
            Mode::Enforced
        }
    }
}
