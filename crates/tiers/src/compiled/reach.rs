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
mod ties;

use crate::Engine;
use crate::engine::{PolicyIndex, TierIndex};
use crate::walk::Direction;

use atoms::Atoms;
use extent::Extents;
use names::Names;
use places::Places;
use search::{Fate, Search, Target};
use sieve::Sieve;
use ties::Ties;

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

/// Two policies of a tier with the same order, and rules of theirs that do different things with the same
/// packet: which of them decides is a matter of the policies' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderTie {
    /// The one that decides.
    pub first: PolicyIndex,
    /// The one that would, if its name came first.
    pub second: PolicyIndex,
    /// Which of their rule lists.
    pub direction: Direction,
    /// Index of the rule of the first.
    pub rule_of_first: u32,
    /// Index of the rule of the second.
    pub rule_of_second: u32,
}

/// What holds of all packets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The rules that never decide, in the order of evaluation.
    pub idle: Vec<IdleRule>,
    /// Ties that matter, in the order of evaluation.
    pub ties: Vec<OrderTie>,
}

impl Engine {
    /// Which rules never decide with these endpoints and network sets, and which ties matter. Enforced policies
    /// are taken without staged ones and with them, staged ones as pending. Rules in a direction that their
    /// policy does not govern are left out, and so is what takes too long to find out.
    pub fn reach(&self) -> Reach {
        let compiled = self.compiled();
        let names = Names::new(&compiled.sides, &self.model().network_sets);
        let mut reach = Reach::default();
        let Some(domains) = names.representatives() else {
            return reach;
        };
        let atoms = Atoms::new(self, compiled, &names, &domains);
        for direction in [Direction::Egress, Direction::Ingress] {
            let extents = Extents::new(compiled, &atoms, direction);
            let places = Places::new(self, compiled, &atoms, direction);
            let sieve = || Sieve::new(self, compiled, &atoms, &extents);
            let mut search = Search {
                atoms: &atoms,
                places: &places,
                sieve: sieve(),
            };
            self.search(direction, &mut search, &mut reach.idle);
            reach.ties.extend(Ties::new(&places, sieve()).find());
        }
        reach
            .idle
            .sort_by_key(|it| (it.policy, it.direction, it.rule));
        reach
            .ties
            .sort_by_key(|it| (it.second, it.first, it.direction));
        reach
    }

    fn search(&self, direction: Direction, search: &mut Search<'_>, idle: &mut Vec<IdleRule>) {
        let policies = (0..self.policy_count() as u32).map(PolicyIndex);
        for policy in policies.filter(|policy| self.governs(*policy, direction)) {
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
