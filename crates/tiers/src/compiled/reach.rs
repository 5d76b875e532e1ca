//! Which rules decide, found out for all packets at once.
//!
//! Peers that no rule can tell apart are one class, and what stands above IP is a number line, so that what a
//! rule matches is a set of boxes. The packets of a rule are followed through the rules before it, at every
//! place where its policy applies; a rule that none of them gets to never decides. Everything that is left
//! out (a pod that talks to itself, what the dataplane decides ahead of policy, the phases of a host endpoint
//! before the rule's own) could only take more packets away: what is told here is so.

mod atoms;
mod extent;
mod lines;
mod names;
mod peers;
mod places;
mod region;
mod search;
mod sets;
mod sieve;

use crate::Engine;
use crate::engine::{PolicyIndex, TierIndex};
use crate::walk::Direction;

use atoms::Atoms;
use extent::Extents;
use names::Names;
use places::Places;
use search::{Fate, Search, Target};
use sieve::Sieve;

use super::Compiled;

/// A rule that never decides, whatever the packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdleRule {
    /// Its policy.
    pub policy: PolicyIndex,
    /// Which of the policy's rule lists.
    pub direction: Direction,
    /// Its index.
    pub rule: u32,
    /// Why.
    pub why: Idle,
}

/// Why a rule never decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idle {
    /// These decide all of its packets before it, in the order of evaluation; never empty.
    Covered(Vec<Decider>),
    /// It matches no packet.
    Empty(Empty),
}

/// What decides packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decider {
    /// A rule, in the direction in question.
    Rule {
        /// Its policy.
        policy: PolicyIndex,
        /// Its index.
        rule: u32,
    },
    /// The end of a tier.
    EndOfTier(TierIndex),
}

/// Why a rule matches no packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Empty {
    /// Its protocol, ports, ICMP type and IP version exclude each other.
    Packets,
    /// Nobody is the peer that it wants.
    Peers,
    /// None of the peers that it wants has the named port or service that it wants.
    Ports,
    /// None of the endpoints that its policy selects is what it wants of the end that the policy protects.
    Protected,
}

impl Engine {
    /// The rules that never decide with these endpoints and network sets, in the order of evaluation. Enforced
    /// policies are taken without staged ones and with them, staged ones as pending. Rules in a direction that
    /// their policy does not govern are left out, and those whose packets are too many to follow.
    pub fn idle_rules(&self) -> Vec<IdleRule> {
        let compiled = self.compiled.get_or_init(|| Box::new(Compiled::new(self)));
        let names = Names::new(&compiled.sides, &self.model().network_sets);
        let Some(domains) = names.representatives() else {
            return Vec::new();
        };
        let atoms = Atoms::new(self, compiled, &names, &domains);
        let mut idle = Vec::new();
        for direction in [Direction::Egress, Direction::Ingress] {
            let extents = Extents::new(compiled, &atoms, direction);
            let places = Places::new(self, compiled, &atoms, direction);
            let sieve = Sieve::new(self, compiled, &atoms, &extents);
            let mut search = Search {
                atoms: &atoms,
                places: &places,
                sieve,
            };
            self.search(direction, &mut search, &mut idle);
        }
        idle.sort_by_key(|it| (it.policy, it.direction, it.rule));
        idle
    }

    fn search(&self, direction: Direction, search: &mut Search<'_>, idle: &mut Vec<IdleRule>) {
        for policy in (0..self.policy_count() as u32).map(PolicyIndex) {
            if !self.governs(policy, direction) {
                continue;
            }
            let first = search.sieve.extents.rules.start(policy.0);
            for rule in 0..self.rules(policy, direction).len() as u32 {
                let target = Target {
                    policy: policy.0,
                    number: first + rule,
                };
                let why = match search.fate(target) {
                    Fate::Covered(by) => Idle::Covered(by),
                    Fate::Empty(empty) => Idle::Empty(empty),
                    Fate::Decides | Fate::Unknown => continue,
                };
                idle.push(IdleRule {
                    policy,
                    direction,
                    rule,
                    why,
                });
            }
        }
    }
}
